import { randomUUID } from 'node:crypto'
import type { ReplyMemory } from '@visavis/contract/answer'
import { Refusal } from '@visavis/contract/errors'
import { WALL_NAMESPACE, WallHandshake, wallCommands } from '@visavis/contract/wall-socket'
import type { WallClientToServer, WallServerToClient } from '@visavis/contract/wall-socket'
import type { Logger } from '@visavis/platform/log'
import { createReplyMemory } from '@visavis/platform/reply-memory'
import type { DefaultEventsMap, Namespace, Server } from 'socket.io'
import { bindSocket } from '../../platform/bind-socket.ts'
import type { SocketHandlers } from '../../platform/bind-socket.ts'
import { createReplyMemories } from '../../platform/reply-memories.ts'
import { guardNamespace } from '../../platform/socket-handshake.ts'
import { reachOf } from '../identity/index.ts'
import type { AccountActor, Asked } from '../identity/index.ts'
import type { Handovers } from './handovers.service.ts'
import type { OfficerService } from './officer.service.ts'
import type { WallDoor } from './wall-door.ts'
import type { Speeches } from './speeches.ts'
import type { WallMediaService } from './wall-media.ts'
import type { WallService } from './wall.service.ts'
import type { Wall, Walls, WallSocket, WallSocketData } from './walls.ts'

type WallNamespace = Namespace<
  WallClientToServer,
  WallServerToClient,
  DefaultEventsMap,
  WallSocketData
>

type Deps = {
  readonly io: Server
  readonly door: WallDoor
  readonly walls: Walls
  readonly service: WallService
  readonly media: WallMediaService
  readonly officers: OfficerService
  readonly speeches: Speeches
  readonly handovers: Handovers
  readonly log: Logger
}

/** Binds the namespace of officers' walls; it shares nothing with the seats' namespace (OV-3). */
export function bindWallNamespace(deps: Deps): void {
  const namespace = deps.io.of(WALL_NAMESPACE) as WallNamespace
  const memories = createReplyMemories()
  guardNamespace(namespace, {
    handshake: WallHandshake,
    log: deps.log,
    admit: async (socket) => {
      const { cookie } = socket.handshake.headers
      const authorise = (asked: Asked) => deps.door.authorise(cookie, asked)
      const { accountId, authSessionId } = await deps.door.admit(cookie)
      socket.data = { authorise, authSessionId, observerId: randomUUID() } satisfies WallSocketData
      return accountId
    },
  })
  namespace.on('connection', (socket) => {
    const { memory, release } = memories.borrow(socket.data.authSessionId)
    bindWallSocket(deps, socket, memory)
    socket.on('disconnect', release)
  })
}

/** Decisions about visits are carried out once per sign-in; the rest belongs to this very socket. */
const DECISIONS: readonly string[] = [
  wallCommands.checkSeat.name,
  wallCommands.admitSeat.name,
  wallCommands.refuseSeat.name,
  wallCommands.putBackSeat.name,
  wallCommands.removeSeat.name,
  wallCommands.answerHelp.name,
  wallCommands.resumeVisit.name,
  wallCommands.goOnUnrecorded.name,
  wallCommands.extendVisit.name,
  wallCommands.endVisit.name,
  wallCommands.warn.name,
  wallCommands.mute.name,
  wallCommands.unmute.name,
  wallCommands.pause.name,
  wallCommands.keepPaused.name,
  wallCommands.endSpeech.name,
  wallCommands.flag.name,
  wallCommands.unflag.name,
  wallCommands.offerVisits.name,
  wallCommands.answerOffer.name,
  wallCommands.judgeAdvice.name,
]

function bindWallSocket(deps: Deps, socket: WallSocket, memory: ReplyMemory): void {
  const own = createReplyMemory()
  const { authorise, observerId } = socket.data
  bindSocket(socket, {
    commands: wallCommands,
    handlers: handlersOf(deps, socket),
    authorise,
    reachOf,
    memoryOf: (command) => (DECISIONS.includes(command) ? memory : own),
    log: deps.log,
  })
  socket.on('disconnect', () => {
    Promise.all([deps.speeches.leave(observerId), deps.service.close(observerId)]).catch(
      (error: unknown) => {
        deps.log.warn({ err: error }, 'wall was not closed cleanly')
      },
    )
  })
}

function handlersOf(
  { walls, service, media, officers, speeches, handovers }: Deps,
  socket: WallSocket,
): SocketHandlers<typeof wallCommands, AccountActor> {
  const { observerId } = socket.data
  const opened = (): Wall => {
    const wall = walls.of(observerId)
    if (!wall) throw new Refusal('NOT_JOINED')
    return wall
  }
  return {
    open: (payload, cause) => service.open({ socket, observerId }, payload, cause),
    watch: async (payload, cause) => service.watch(opened(), payload, cause),
    openMedia: async (payload) => media.open(opened(), payload),
    connectTransport: async (payload) => media.connectTransport(opened(), payload),
    restartIce: async (payload) => media.restartIce(opened(), payload),
    resumeConsumer: async (payload) => media.resumeConsumer(opened(), payload),
    ...officers,
    speak: async (payload, cause) => speeches.speak(opened(), payload, cause),
    connectSpeech: async (payload) => speeches.connectSpeech(opened(), payload),
    produceSpeech: async (payload) => speeches.produceSpeech(opened(), payload),
    endSpeech: speeches.endSpeech,
    beat: async () => service.beat(opened()),
    colleagues: async () => handovers.colleagues(opened()),
    offerVisits: async (payload, cause) => handovers.offer(opened(), payload, cause),
    answerOffer: async (payload, cause) => handovers.answer(opened(), payload, cause),
  }
}
