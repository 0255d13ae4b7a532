import type { ReplyMemory } from '@visavis/contract/answer'
import { Refusal } from '@visavis/contract/errors'
import { VISIT_NAMESPACE, VisitHandshake, visitCommands } from '@visavis/contract/visit-socket'
import type { VisitClientToServer, VisitServerToClient } from '@visavis/contract/visit-socket'
import type { Logger } from '@visavis/platform/log'
import { createReplyMemory } from '@visavis/platform/reply-memory'
import type { DefaultEventsMap, Namespace, Server } from 'socket.io'
import { bindSocket } from '../../platform/bind-socket.ts'
import type { SocketHandlers } from '../../platform/bind-socket.ts'
import { createReplyMemories } from '../../platform/reply-memories.ts'
import { guardNamespace } from '../../platform/socket-handshake.ts'
import { actorIdOf, reachOf, requireAccess, requireWindow } from '../identity/index.ts'
import type { ActorOfCookies, Asked, TerminalPages } from '../identity/index.ts'
import type { JoinedSeat, SeatActor, SeatSocket, SeatSocketData } from './seat-connections.ts'
import type { SeatMediaService } from './seat-media.ts'
import type { SeatQualities } from './seat-quality.ts'
import type { SeatReports } from './seat-reports.ts'
import type { SeatsService } from './seats.service.ts'

type VisitNamespace = Namespace<
  VisitClientToServer,
  VisitServerToClient,
  DefaultEventsMap,
  SeatSocketData
>

type Deps = {
  readonly io: Server
  readonly actorOfCookies: ActorOfCookies
  readonly terminalPages: TerminalPages
  readonly seats: SeatsService
  readonly media: SeatMediaService
  readonly reports: Pick<SeatReports, 'report'>
  readonly qualities: Pick<SeatQualities, 'tell'>
  readonly log: Logger
}

/** Binds the namespace of the seats: visitors' browsers and inmates' terminals. */
export function bindVisitNamespace(deps: Deps): void {
  const namespace = deps.io.of(VISIT_NAMESPACE) as VisitNamespace
  const memories = createReplyMemories()
  guardNamespace(namespace, {
    handshake: VisitHandshake,
    log: deps.log,
    admit: async (socket, handshake) => {
      const { signInAs } = handshake
      const { cookie } = socket.handshake.headers
      const proved = await deps.terminalPages.ofSocket(socket.handshake, handshake)
      const authorise = (asked: Asked) => actorOf(deps, cookie, { signInAs, ...asked, ...proved })
      const actor = await authorise({ isByMachine: true })
      const { authSessionId } = actor
      socket.data = { authorise, authSessionId, seat: null } satisfies SeatSocketData
      return actorIdOf(actor)
    },
  })
  namespace.on('connection', (socket) => {
    const { memory, release } = memories.borrow(socket.data.authSessionId)
    bindSeatSocket(deps, socket, memory)
    socket.on('disconnect', release)
  })
}

async function actorOf(
  { actorOfCookies }: Deps,
  cookie: string | undefined,
  { signInAs, ...asked }: Asked & { readonly signInAs: 'account' | 'inmate' },
): Promise<SeatActor> {
  const actor = await actorOfCookies(cookie, signInAs, asked)
  if (signInAs === 'inmate') return requireWindow(requireAccess(actor, { kind: 'inmate' }))
  return requireAccess(actor, { kind: 'account', roles: ['visitor'] }, { isForRoomDevice: true })
}

/** These bind this very socket to its seat, so another socket's answer is no answer to them. */
const BINDING: ReadonlySet<string> = new Set([visitCommands.join.name, visitCommands.resume.name])

function bindSeatSocket(deps: Deps, socket: SeatSocket, memory: ReplyMemory): void {
  const own = createReplyMemory()
  bindSocket(socket, {
    commands: visitCommands,
    handlers: handlersOf(deps, socket),
    authorise: socket.data.authorise,
    reachOf,
    memoryOf: (command) => (BINDING.has(command) ? own : memory),
    log: deps.log,
  })
  socket.on('disconnect', () => {
    const { seat, isSignedOut = false } = socket.data
    if (!seat) return
    const gone = isSignedOut ? deps.seats.signedOut(seat, socket) : deps.seats.lost(seat, socket)
    gone.catch((error: unknown) => {
      // The ticker comes back to it: the link in memory is what counts.
      deps.log.error({ visitId: seat.visitId, err: error }, 'lost socket was not stored')
    })
  })
}

type Handlers = SocketHandlers<typeof visitCommands, SeatActor>

function mediaHandlersOf(
  media: SeatMediaService,
  joined: () => JoinedSeat,
): Pick<Handlers, (keyof typeof visitCommands & keyof SeatMediaService) | 'openMedia'> {
  return {
    openMedia: async (payload) => media.open(joined(), payload),
    connectTransport: async (payload) => media.connectTransport(joined(), payload),
    restartIce: async (payload) => media.restartIce(joined(), payload),
    createProducer: async (payload) => media.createProducer(joined(), payload),
    resumeConsumer: async (payload) => media.resumeConsumer(joined(), payload),
    askKeyFrame: async (payload) => media.askKeyFrame(joined(), payload),
    renewConsumer: async (payload) => media.renewConsumer(joined(), payload),
  }
}

/** What somebody in a seat tells of themselves, their company and their needs. */
function wordHandlersOf(
  { seats, reports, qualities }: Deps,
  joined: () => JoinedSeat,
): Pick<Handlers, 'report' | 'tellQuality' | 'together' | 'help' | 'acknowledge'> {
  return {
    ...tellingHandlersOf({ reports, qualities }, joined),
    async together(who, cause) {
      await seats.together(joined(), who, cause)
      return {}
    },
    async acknowledge(warning, cause) {
      await seats.acknowledge(joined(), warning, cause)
      return {}
    },
    async help(wish, cause) {
      await seats.help(joined(), wish, cause)
      return {}
    },
  }
}

/** What a seat's page tells of itself. */
function tellingHandlersOf(
  { reports, qualities }: Pick<Deps, 'reports' | 'qualities'>,
  joined: () => JoinedSeat,
): Pick<Handlers, 'report' | 'tellQuality'> {
  return {
    async report(report) {
      await reports.report(joined(), report)
      return {}
    },
    async tellQuality(report) {
      await qualities.tell(joined(), report)
      return {}
    },
  }
}

function handlersOf(deps: Deps, socket: SeatSocket): Handlers {
  const { seats, media } = deps
  const joined = (): JoinedSeat => {
    if (!socket.data.seat) throw new Refusal('NOT_JOINED')
    return socket.data.seat
  }
  const sitOn = async (seat: JoinedSeat): Promise<void> => {
    const { seat: older } = socket.data
    socket.data.seat = seat
    if (older && older.seatId !== seat.seatId) await seats.lost(older, socket)
  }
  return {
    async join(join, cause) {
      const { seat, visit } = await seats.ownSeat(cause.actor, join.visitId)
      // Gone while its seat was looked up: nothing may be taken for a socket that will never let go.
      if (!socket.connected) throw new Refusal('NOT_JOINED')
      await sitOn(seat)
      return seats.join(seat, { holdingEpoch: join.holdingEpoch, socket, cause, visit })
    },
    async resume(resume, cause) {
      // Gone while its sign-in was looked up: its end was told already and will not be told again.
      if (!socket.connected) throw new Refusal('NOT_JOINED')
      const seat = seats.takeUp(resume, socket)
      await sitOn(seat)
      const { visit } = await seats.ownSeat(cause.actor, seat.visitId)
      return seats.resume(seat, { holdingEpoch: resume.holdingEpoch, cause, visit })
    },
    ...wordHandlersOf(deps, joined),
    ...mediaHandlersOf(media, joined),
    checkLink: async () => ({}),
    async leave(_payload, cause) {
      const seat = joined()
      socket.data.seat = null
      await seats.leave(seat, socket, cause)
      return {}
    },
    async end(_payload, cause) {
      await seats.end(joined(), cause)
      return {}
    },
  }
}
