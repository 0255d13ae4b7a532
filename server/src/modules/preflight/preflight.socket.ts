import {
  PREFLIGHT_NAMESPACE,
  PreflightHandshake,
  preflightCommands,
} from '@visavis/contract/preflight-socket'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { createReplyMemory } from '@visavis/platform/reply-memory'
import type { Server, Socket } from 'socket.io'
import { bindSocket } from '../../platform/bind-socket.ts'
import type { SocketHandlers } from '../../platform/bind-socket.ts'
import { guardNamespace } from '../../platform/socket-handshake.ts'
import type { TurnConfig } from '../../platform/turn.ts'
import { actorIdOf, reachOf, requireAccess, requireWindow } from '../identity/index.ts'
import type { ActorOfCookies, Asked, TerminalPages } from '../identity/index.ts'
import type { Loops } from '../rooms/index.ts'
import { createLoopDesk } from './loop-desk.ts'
import type { LoopDesk, LoopHolder } from './loop-desk.ts'
import { withCountedLoss } from './loss-rules.ts'
import type { Tester } from './own-visit-rules.ts'
import type { PreflightService } from './preflight.service.ts'

type Deps = {
  readonly io: Server
  readonly actorOfCookies: ActorOfCookies
  readonly terminalPages: TerminalPages
  readonly loops: Loops
  readonly turn: TurnConfig | null
  readonly service: PreflightService
  readonly clock: Clock
  readonly log: Logger
}
type SignInAs = 'account' | 'inmate' | 'terminal'
type SocketData = {
  readonly authorise: (asked: Asked) => Promise<Tester>
  readonly holderId: string
}

/** Binds the namespace of tests (LV-10). It knows no visit but by the id that a result is kept with. */
export function bindPreflightNamespace(deps: Deps): void {
  const namespace = deps.io.of(PREFLIGHT_NAMESPACE)
  const desk = createLoopDesk(deps)
  guardNamespace(namespace, {
    handshake: PreflightHandshake,
    log: deps.log,
    admit: async (socket, handshake) => {
      const { signInAs } = handshake
      const { cookie } = socket.handshake.headers
      const proved = await deps.terminalPages.ofSocket(socket.handshake, handshake)
      const authorise = (asked: Asked) => testerOf(deps, cookie, { signInAs, ...asked, ...proved })
      const tester = await authorise({ isByMachine: true })
      socket.data = { authorise, holderId: holderOf(tester) } satisfies SocketData
      return actorIdOf(tester)
    },
  })
  namespace.on('connection', (socket) => bindOne(deps, desk, socket))
}

async function testerOf(
  { actorOfCookies }: Deps,
  cookie: string | undefined,
  { signInAs, ...asked }: Asked & { readonly signInAs: SignInAs },
): Promise<Tester> {
  const actor = await actorOfCookies(cookie, signInAs, asked)
  if (signInAs === 'terminal') return requireAccess(actor, { kind: 'terminal' })
  if (signInAs === 'inmate') return requireWindow(requireAccess(actor, { kind: 'inmate' }))
  return requireAccess(actor, { kind: 'account', roles: ['visitor'] }, { isForRoomDevice: true })
}

function holderOf(tester: Tester): string {
  return tester.kind === 'terminal' ? tester.terminalId : tester.authSessionId
}

function bindOne(deps: Deps, desk: LoopDesk, socket: Socket): void {
  const { authorise, holderId } = socket.data as SocketData
  const holder: LoopHolder = { holderId, socketId: socket.id }
  const own = createReplyMemory()
  bindSocket(socket, {
    commands: preflightCommands,
    handlers: handlersOf(deps, desk, holder),
    authorise,
    reachOf,
    memoryOf: () => own,
    log: deps.log,
  })
  socket.on('disconnect', () => void desk.close(holder))
}

function handlersOf(
  { service }: Deps,
  desk: LoopDesk,
  holder: LoopHolder,
): SocketHandlers<typeof preflightCommands, Tester> {
  return {
    async open() {
      const { routerRtpCapabilities, iceServers } = await desk.open(holder)
      return { routerRtpCapabilities, iceServers }
    },
    openLink: async (link) => desk.of(holder).link(link),
    connectTransport: async (transport) => desk.of(holder).connect(transport),
    createProducer: async (track) => desk.of(holder).produce(track),
    resumeConsumer: async (consumer) => desk.of(holder).resume(consumer),
    async report(report, { actor: tester, requestId }) {
      const counted = await desk.close(holder)
      const findings = withCountedLoss(report.findings, counted)
      const { problems, ...judged } = await service.report({
        ...report,
        findings,
        tester,
        requestId,
      })
      return { ...judged, problems: [...problems] }
    },
  }
}
