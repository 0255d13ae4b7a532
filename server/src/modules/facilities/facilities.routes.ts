import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '@visavis/contract/errors'
import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import { askingOf } from '../identity/index.ts'
import type {
  ActorByAccess,
  Identity,
  InmateActor,
  OpenedSession,
  TerminalActor,
} from '../identity/index.ts'
import type { EnrolmentService } from './enrolment.service.ts'
import type { FacilitiesRepo } from './facilities.repo.ts'
import type { TerminalsService } from './terminals.service.ts'

/** Fifty bits of code need no more; a facility that enrols all its terminals in an hour stays below. */
const ENROLMENTS_PER_MINUTE = 10
/** Every terminal of a large facility, behind one address, comes back at once after an outage. */
const CONNECTIONS_PER_MINUTE = 1_200
/** As long as a copied cookie is known for one; the session in it is over long before. */
const COOKIE_LIFE_MS = 24 * 3_600_000

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
  const { enrolment, identity, facilities } = services
  bind(routes.facilities, async () => ({ facilities: await facilities() }))
  bind(routes.issueEnrolmentCode, ({ actor, params, requestId }) =>
    enrolment.issueCode(actor, { terminalId: params.terminalId, requestId }),
  )
  bindDeviceRoutes(bind, services)
  bind(routes.terminalNonce, async () => identity.parts.nonces.issue(), {
    triesPerMinute: CONNECTIONS_PER_MINUTE,
  })
}

type Services = Parameters<typeof bindFacilitiesRoutes>[1]

function bindDeviceRoutes(
  bind: BindRoute<ActorByAccess>,
  { enrolment, terminals, identity }: Services,
): void {
  const { cookies, terminalPages } = identity
  const { devices } = identity.parts
  const keep = ({ token, ...device }: OpenedSession, reply: FastifyReply) => {
    reply.header('set-cookie', cookies.keep('terminal', token, COOKIE_LIFE_MS))
    return device
  }
  bind(
    routes.enrolTerminal,
    async ({ body, request, requestId, reply }) => {
      const session = await enrolment.enrol(body, terminalPages.said(askingOf(request), requestId))
      const info = await terminals.info(session.terminalId, null)
      return { info, device: keep(session, reply) }
    },
    { triesPerMinute: ENROLMENTS_PER_MINUTE },
  )
  bind(
    routes.connectTerminal,
    async ({ body, request, requestId, reply }) =>
      keep(await devices.connect(body, terminalPages.said(askingOf(request), requestId)), reply),
    { triesPerMinute: CONNECTIONS_PER_MINUTE },
  )
  bind(routes.terminal, async ({ actor, request }) =>
    terminals.info(actor.terminalId, await inmateAt(actor, identity, request)),
  )
}

async function inmateAt(
  terminal: TerminalActor,
  { actorOfCookies, terminalPages }: Identity,
  request: FastifyRequest,
): Promise<InmateActor | null> {
  const device = terminalPages.wordOf(askingOf(request))
  try {
    const actor = await actorOfCookies(request.headers.cookie, 'inmate', { device })
    return actor?.kind === 'inmate' && actor.terminalId === terminal.terminalId ? actor : null
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
