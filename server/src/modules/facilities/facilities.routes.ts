import { Refusal } from '@visavis/contract/errors'
import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import { DEVICE_LIFE_MS } from '../identity/index.ts'
import type { ActorByAccess, Identity, InmateActor, TerminalActor } from '../identity/index.ts'
import type { EnrolmentService } from './enrolment.service.ts'
import type { FacilitiesRepo } from './facilities.repo.ts'
import type { TerminalsService } from './terminals.service.ts'

/** Fifty bits of code need no more; a facility that enrols all its terminals in an hour stays below. */
const ENROLMENTS_PER_MINUTE = 10

/** REST of facilities and their terminals. */
export function bindFacilitiesRoutes(
  bind: BindRoute<ActorByAccess>,
  services: {
    enrolment: EnrolmentService
    terminals: TerminalsService
    identity: Identity
    facilities: FacilitiesRepo['facilities']
  },
): void {
  const { enrolment, terminals, identity, facilities } = services
  const { cookies } = identity
  bind(routes.facilities, async () => ({ facilities: await facilities() }))
  bind(routes.issueEnrolmentCode, ({ actor, params, requestId }) =>
    enrolment.issueCode(actor, { terminalId: params.terminalId, requestId }),
  )
  bind(
    routes.enrolTerminal,
    async ({ body, requestId, reply }) => {
      const { terminalId, token } = await enrolment.enrol(body.code, requestId)
      reply.header('set-cookie', cookies.keep('terminal', token, DEVICE_LIFE_MS))
      return terminals.info(terminalId, null)
    },
    { triesPerMinute: ENROLMENTS_PER_MINUTE },
  )
  bind(routes.terminal, async ({ actor, request, reply }) => {
    const { cookie } = request.headers
    const token = cookies.read(cookie, 'terminal')
    // A terminal in use never falls out of its enrolment: the cookie begins its life anew.
    if (token !== null) reply.header('set-cookie', cookies.keep('terminal', token, DEVICE_LIFE_MS))
    return terminals.info(actor.terminalId, await inmateAt(actor, identity, cookie))
  })
}

async function inmateAt(
  terminal: TerminalActor,
  identity: Identity,
  cookie: string | undefined,
): Promise<InmateActor | null> {
  try {
    const actor = await identity.actorOfCookies(cookie, 'inmate')
    return actor?.kind === 'inmate' && actor.terminalId === terminal.terminalId ? actor : null
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
