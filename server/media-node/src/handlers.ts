import { Refusal } from '@visavis/contract/errors'
import { verifyGrant } from '@visavis/contract/grant'
import { mediaPolicyOf } from '@visavis/contract/media-policy'
import type { speakerCommands } from '@visavis/contract/interventions-control'
import type { mediaCommands } from '@visavis/contract/media-control'
import type { pictureCommands } from '@visavis/contract/pictures-control'
import type { RoomFacts } from '@visavis/contract/media-graph'
import type { Clock } from '@visavis/platform/clock'
import type { Handlers } from '@visavis/platform/control-server'
import type { MediaNodeConfig } from './config.ts'
import type { MediaRouter } from './media-router.ts'
import type { Peers } from './peers.ts'
import { loopHandlers } from './loop-handlers.ts'
import type { LoopCommand } from './loop-handlers.ts'
import { pictureHandlers } from './picture-handlers.ts'
import { speakerHandlers } from './speaker-handlers.ts'
import type { Census } from './census.ts'
import { censusHandlers } from './census-handlers.ts'
import type { CensusCommand } from './census-handlers.ts'
import type { Drills } from './drills.ts'
import type { Loops } from './loops.ts'
import { describeRoom } from './room-view.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import {
  capabilitiesForLibrary,
  dtlsForLibrary,
  rtpForLibrary,
  transportForWire,
} from './rtc-values.ts'

export type HandlerParts = {
  readonly config: MediaNodeConfig
  readonly clock: Clock
  readonly bootId: string
  readonly rooms: Rooms
  readonly peers: Peers
  readonly loops: Loops
  readonly census: Census
  readonly drills: Drills
}

type MediaHandlers = Handlers<typeof mediaCommands>

/** Carries out each command of the contract. */
export function createHandlers(parts: HandlerParts): MediaHandlers {
  const handlers = {
    ...roomHandlers(parts),
    ...peerHandlers(parts),
    ...tapHandlers(parts),
    ...loopHandlers(parts.loops),
    ...speakerHandlers(parts.rooms),
    ...pictureHandlers(parts.rooms),
  }
  const { grantSecret } = parts.config
  return { ...handlers, ...censusHandlers({ ...parts, handlers, grantSecret }) }
}

function roomHandlers({
  rooms,
  peers,
  bootId,
  drills,
}: HandlerParts): Pick<MediaHandlers, 'describe' | 'openRoom' | 'updateRoom' | 'closeRoom'> {
  return {
    describe: async () => {
      const [drilled, real] = partition(rooms.all(), ({ visitId }) => drills.has(visitId))
      const hidden = new Set(drilled.map(({ router }) => router.routerId))
      const routers = rooms.routers().filter(({ routerId }) => !hidden.has(routerId))
      return {
        bootId,
        routers: routers.map((router) => router.info()),
        rooms: real.map((room) => describeRoom(room, peers)),
      }
    },
    openRoom: (request) => rooms.open(request),
    updateRoom: async (request) => {
      await rooms.update(request)
      return {}
    },
    closeRoom: async ({ visitId }) => {
      const flowLog = rooms.close(visitId)
      return { bothWayMs: flowLog.flowingMs, flow: [...flowLog.all()] }
    },
  }
}

function peerHandlers(
  parts: HandlerParts,
): Omit<
  MediaHandlers,
  | LoopCommand
  | keyof typeof speakerCommands
  | keyof typeof pictureCommands
  | CensusCommand
  | 'describe'
  | 'openRoom'
  | 'updateRoom'
  | 'closeRoom'
  | 'openTap'
  | 'closeTap'
> {
  const { rooms, peers } = parts
  return {
    openPeer: (request) => openPeer(parts, request),
    closePeer: async (key) => {
      peers.find(key)?.close()
      return {}
    },
    preferQuality: async ({ wishes, ...key }) => {
      peers.get(key).wishes = wishes
      return {}
    },
    connectTransport: async ({ transportId, dtlsParameters, ...key }) => {
      await peers.get(key).connect(transportId, dtlsForLibrary(dtlsParameters))
      return {}
    },
    restartIce: async ({ direction, ...key }) => ({
      iceParameters: await peers.get(key).restartIce(direction),
    }),
    createProducer: async ({ kind, rtpParameters, ...key }) => ({
      producerId: await peers.get(key).produce(kind, rtpForLibrary(rtpParameters)),
    }),
    ...consumerHandlers(rooms),
  }
}

function consumerHandlers(
  rooms: Rooms,
): Pick<MediaHandlers, 'resumeConsumer' | 'askKeyFrame' | 'renewConsumer'> {
  type Key = { peerId: string; routerId: string; consumerId: string }
  const roomOf = (key: Key): Room => {
    const room = rooms.all().find((one) => hasFlowTo(one, key))
    if (!room) throw new Refusal('CONSUMER_NOT_FOUND')
    return room
  }
  return {
    resumeConsumer: async (key) => {
      const { flows, pictures } = roomOf(key)
      await pictures.resume(flows.get(key))
      return {}
    },
    askKeyFrame: async (key) => {
      const { flows, pictures } = roomOf(key)
      await pictures.askKeyFrame(flows.get(key))
      return {}
    },
    renewConsumer: async (key) => {
      await roomOf(key).flows.renew(key)
      return {}
    },
  }
}

const openPeer: (
  parts: HandlerParts,
  request: Parameters<MediaHandlers['openPeer']>[0],
) => ReturnType<MediaHandlers['openPeer']> = async ({ rooms, peers }, request) => {
  const { routerId, peerId, visitId, rtpCapabilities, wishes } = request
  const room = visitId === null ? null : seatRoom(rooms.get(visitId), { routerId, seatId: peerId })
  const router: MediaRouter | null = room?.router ?? rooms.router(routerId)
  if (!router) throw new Refusal('ROOM_NOT_FOUND')
  const who = {
    peerId,
    visitId,
    rtpCapabilities: capabilitiesForLibrary(rtpCapabilities),
    wishes,
    mayBeWatched: room?.pictures.mayBeWatched ?? false,
  }
  const peer = await peers.open(router, who).catch((error: unknown) => {
    // The router may have gone with its room while the worker answered.
    throw rooms.router(routerId) ? error : new Refusal('ROOM_NOT_FOUND')
  })
  if (room && rooms.find(room.visitId) !== room) {
    peer.close()
    throw new Refusal('ROOM_NOT_FOUND')
  }
  return {
    send: peer.send && transportForWire(peer.send),
    receive: transportForWire(peer.receive),
  }
}

function partition<One>(all: readonly One[], isFirst: (one: One) => boolean): [One[], One[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))]
}

/** A seat opens its peer only where its room stands, and only if the facts know it. */
function seatRoom(room: Room, { routerId, seatId }: { routerId: string; seatId: string }): Room {
  if (room.router.routerId !== routerId) throw new Refusal('ROOM_NOT_FOUND')
  if (!room.hasSeat(seatId)) throw new Refusal('SEAT_NOT_FOUND')
  return room
}

function hasFlowTo(
  room: Room,
  { peerId, routerId, consumerId }: { peerId: string; routerId: string; consumerId: string },
): boolean {
  if (room.router.routerId !== routerId) return false
  return room.flows.find({ peerId, consumerId }) !== undefined
}

function tapHandlers({
  config,
  clock,
  rooms,
}: HandlerParts): Pick<MediaHandlers, 'openTap' | 'closeTap'> {
  return {
    openTap: async ({ visitId, epoch, grant: signed, address, port }) => {
      const room = rooms.get(visitId, epoch)
      if (room.router.pool === 'private') throw new Refusal('MEDIA_POLICY_FORBIDS')
      const grant = await verifyGrant(signed, { secret: config.grantSecret, now: clock.now() })
      if (grant.visitId !== visitId || grant.epoch !== epoch) {
        throw new Refusal('GRANT_REFUSED', { why: 'another visit or epoch' })
      }
      // RC-1: the grant is one key, the room's own facts are the other.
      if (!isRecordable(room.facts, grant.visitClass)) throw new Refusal('MEDIA_POLICY_FORBIDS')
      const { recordingId } = grant
      return room.openTap({ recordingId, address, port }, config.listen[0].ip)
    },
    closeTap: async ({ visitId }) => {
      rooms.get(visitId).closeTap()
      return {}
    },
  }
}

function isRecordable(facts: RoomFacts | null, grantedClass: RoomFacts['visitClass']): boolean {
  if (!facts || facts.visitClass !== grantedClass) return false
  const { policy, visitClass } = facts
  const wished = { social: policy, official: policy, privileged: policy }
  return mediaPolicyOf(visitClass, wished).isRecorded
}
