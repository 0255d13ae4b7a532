import { Refusal } from '@visavis/contract/errors'
import { routes } from '@visavis/contract/http'
import type { Database } from '@visavis/prisma'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from '../identity/index.ts'
import type { Eligibility } from './eligibility-api.ts'
import { explainService } from './explain.service.ts'

/** REST of eligibility. */
export function bindEligibilityRoutes(
  bind: BindRoute<ActorByAccess>,
  deps: Pick<Eligibility, 'assess'> & { readonly db: Database },
): void {
  const explain = explainService(deps)
  bind(routes.explainEligibility, ({ actor, body }) => {
    if (actor.visitorId !== null) return explain.toVisitor(actor.visitorId, body)
    if (actor.facilityId !== null) return explain.toStaff(actor.facilityId, body)
    throw new Refusal('FORBIDDEN')
  })
}
