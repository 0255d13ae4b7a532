import { routes } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from '../identity/index.ts'
import { createVisitSummariesRepo } from './visit-summaries.repo.ts'
import { createVisitSummariesService } from './visit-summaries.service.ts'

/** Puts the routes on the server by which parties read about their visits. */
export function addVisitSummaries(
  bind: BindRoute<ActorByAccess>,
  { db, clock }: { db: Database; clock: Clock },
): void {
  const summaries = createVisitSummariesService({ repo: createVisitSummariesRepo(db), clock })
  bind(routes.myVisits, async ({ actor }) => ({ visits: await summaries.list(actor) }))
  bind(routes.myVisit, ({ actor, params }) => summaries.one(actor, params.visitId))
  bind(routes.terminalVisits, async ({ actor }) => ({ visits: await summaries.list(actor) }))
}
