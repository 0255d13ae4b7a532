import type { RoomFacts } from '@visavis/contract/media-graph'
import type { RouterInfo } from '@visavis/contract/media-control'
import type { ConsumerInfo } from '@visavis/contract/rtc'
import type { LatestSender } from './latest-sender.ts'
import type { MediaNode, NodeDescription } from './media-nodes.ts'

/** A seat's end at the SFU, as far as the node has told. */
export type SeatPeer = {
  hasTransports: boolean
  readonly consumers: Map<string, ConsumerInfo>
}

/** A room where it stands now. */
export type Placement = {
  readonly visitId: string
  readonly epoch: number
  readonly node: MediaNode
  readonly router: RouterInfo
  /** By seat id. */
  readonly peers: Map<string, SeatPeer>
  /** Both-way milliseconds of this epoch. */
  bothWayMs: number
  isFlowing: boolean
}

/** Where a visit's room is in its life on this server. */
export type DeskState =
  | { readonly kind: 'UNPLACED' }
  | { readonly kind: 'PLACED'; readonly placement: Placement }
  /** Its node or worker is gone and no other has taken it yet. */
  | { readonly kind: 'LOST'; readonly epoch: number }

/** What the server keeps of one visit's room; it outlives the placements. */
export type RoomDesk = {
  readonly visitId: string
  /** The whole of the room's facts, as they should be at the node. */
  facts: RoomFacts
  state: DeskState
  /** The placement that is being made. */
  opening: Promise<Placement> | null
  /** Takes the facts to the node. */
  readonly sender: LatestSender
}

/** The placement of a desk, or null. */
export function placementOn(desk: RoomDesk | undefined): Placement | null {
  return desk?.state.kind === 'PLACED' ? desk.state.placement : null
}

type RoomInfo = NodeDescription['rooms'][number]

/** A fresh placement, or one taken back from what its node describes. */
export function placementAt(
  node: MediaNode,
  router: RouterInfo,
  room: Pick<RoomInfo, 'visitId' | 'epoch'> & Partial<Pick<RoomInfo, 'bothWayMs' | 'peers'>>,
): Placement {
  const peers = (room.peers ?? []).map(
    ({ peerId, hasTransports, consumers }): [string, SeatPeer] => [
      peerId,
      { hasTransports, consumers: new Map(consumers.map((info) => [info.consumerId, info])) },
    ],
  )
  return {
    visitId: room.visitId,
    epoch: room.epoch,
    node,
    router,
    peers: new Map(peers),
    bothWayMs: room.bothWayMs ?? 0,
    isFlowing: false,
  }
}

/** The peer of a seat, made when it is first heard of. */
export function peerOf(placement: Placement, seatId: string): SeatPeer {
  const known = placement.peers.get(seatId)
  if (known) return known
  const peer: SeatPeer = { hasTransports: false, consumers: new Map() }
  placement.peers.set(seatId, peer)
  return peer
}

/** Consumers that came and went between two looks at the same room. */
export function consumerChanges(
  before: Placement,
  after: Placement,
): { created: [string, ConsumerInfo][]; closed: [string, string][] } {
  return {
    created: allConsumers(after).filter(
      ([seatId, { consumerId }]) => !holds(before, seatId, consumerId),
    ),
    closed: allConsumers(before)
      .filter(([seatId, { consumerId }]) => !holds(after, seatId, consumerId))
      .map(([seatId, { consumerId }]) => [seatId, consumerId]),
  }
}

function allConsumers(placement: Placement): [string, ConsumerInfo][] {
  return [...placement.peers].flatMap(([seatId, peer]) =>
    [...peer.consumers.values()].map((info): [string, ConsumerInfo] => [seatId, info]),
  )
}

function holds(placement: Placement, seatId: string, consumerId: string): boolean {
  return placement.peers.get(seatId)?.consumers.has(consumerId) ?? false
}
