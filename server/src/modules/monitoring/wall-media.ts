import { Refusal } from '@visavis/contract/errors'
import type { DataOf, PayloadOf } from '@visavis/contract/command'
import type { wallCommands } from '@visavis/contract/wall-socket'
import type { Clock } from '@visavis/platform/clock'
import { holdUntilAnswered } from '../../platform/event-hold.ts'
import type { EventHold } from '../../platform/event-hold.ts'
import { turnServers } from '../../platform/turn.ts'
import type { TurnConfig } from '../../platform/turn.ts'
import type { PeerAddress, Rooms } from '../rooms/index.ts'
import type { Wall } from './walls.ts'

type Commands = typeof wallCommands

/** What a wall does with its receiving ends, one on each router. */
export type WallMediaService = ReturnType<typeof createWallMedia>

/** A relay's credentials hold for a long shift; a wall that stays open longer opens its media anew. */
const A_SHIFT_MS = 12 * 60 * 60 * 1_000

type WallMediaDeps = {
  readonly rooms: Rooms
  readonly hold: EventHold
  readonly turn: TurnConfig | null
  readonly clock: Clock
}

export function createWallMedia({ rooms, hold, turn, clock }: WallMediaDeps) {
  const addressOf = ({ observerId }: Wall, routerId: string): PeerAddress => ({
    routerId,
    peerId: observerId,
  })
  return {
    async open(
      wall: Wall,
      { routerId, rtpCapabilities }: PayloadOf<Commands['openMedia']>,
    ): Promise<DataOf<Commands['openMedia']>> {
      if (!wall.routerIds.has(routerId)) throw new Refusal('MEDIA_UNAVAILABLE')
      const opened = await holdUntilAnswered(hold, wall.observerId, () =>
        rooms.peers.openObserver(addressOf(wall, routerId), rtpCapabilities),
      )
      wall.routerOfTransport.set(opened.receive.transportId, routerId)
      const until = new Date(clock.now().getTime() + A_SHIFT_MS)
      return { ...opened, iceServers: turnServers(turn, { seatId: wall.observerId, until }) }
    },
    async connectTransport(wall: Wall, payload: PayloadOf<Commands['connectTransport']>) {
      const routerId = wall.routerOfTransport.get(payload.transportId)
      if (!routerId) throw new Refusal('TRANSPORT_NOT_FOUND')
      return rooms.peers.connectTransport(addressOf(wall, routerId), payload)
    },
    async restartIce(wall: Wall, { routerId }: PayloadOf<Commands['restartIce']>) {
      if (!wall.routerIds.has(routerId)) throw new Refusal('TRANSPORT_NOT_FOUND')
      return rooms.peers.restartIce(addressOf(wall, routerId), 'receive')
    },
    async resumeConsumer(wall: Wall, { consumerId }: PayloadOf<Commands['resumeConsumer']>) {
      const routerId = wall.routerOfConsumer.get(consumerId)
      if (!routerId) throw new Refusal('CONSUMER_NOT_FOUND')
      return rooms.peers.resumeConsumer(addressOf(wall, routerId), consumerId)
    },
  }
}
