import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from '../identity/index.ts'
import type { AskedChecks } from './asked-checks.service.ts'

/** A check reads all of a recording: an office needs few, a program gets no more. */
const CHECKS_PER_MINUTE = 20

/** Puts the routes on the server by which recordings are checked when somebody wishes (RC-4). */
export function bindCheckRoutes(bind: BindRoute<ActorByAccess>, checks: AskedChecks): void {
  bind(
    routes.checkRecording,
    ({ actor, params, requestId, once }) => checks.ask({ actor, requestId, once, ...params }),
    { triesPerMinute: CHECKS_PER_MINUTE },
  )
  bind(routes.recordingChecks, ({ actor, params }) => checks.list(actor, params.recordingId))
}
