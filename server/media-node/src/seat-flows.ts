import { isOfSeat, sourceOwnerOf } from '@visavis/contract/media-graph'
import type { HeldKind } from '@visavis/contract/quality-ladder'
import type { OwnedConsumer, Peer } from './peer.ts'
import type { Room } from './room.ts'

/** What one seat gets of another. */
export type PairFlows = {
  readonly fromSeatId: string
  readonly picture: OwnedConsumer | null
  readonly sound: OwnedConsumer | null
}

/** All that flows to a seat, by whom it is of. */
export function flowsTo(room: Room, { peerId }: Peer): PairFlows[] {
  // An officer who speaks is nobody's line: nothing of them is held back.
  const flows = room.flows
    .standing()
    .filter(({ flow, source }) => flow.sink === peerId && isOfSeat(source))
  const seatIds = new Set(flows.map(({ source }) => sourceOwnerOf(source)))
  return [...seatIds].map((fromSeatId) => {
    const of = (kind: 'audio' | 'video') =>
      flows.find(({ source }) => sourceOwnerOf(source) === fromSeatId && source.kind === kind)
        ?.consumer
    return { fromSeatId, picture: of('video') ?? null, sound: of('audio') ?? null }
  })
}

/** What is given up of a pair so that the other stays. */
export function victimOf(flows: PairFlows, kind: HeldKind): OwnedConsumer | null {
  return kind === 'PICTURE' ? flows.picture : flows.sound
}

/** Layers of a picture that are passed on; 0: none. */
export function passedLayers({ currentLayers, type, score }: OwnedConsumer): number {
  if (type === 'simulcast') return currentLayers ? currentLayers.spatialLayer + 1 : 0
  return score.producerScore > 0 ? 1 : 0
}

/** Layers of a picture that its sender's line brings to us. */
export function arrivingLayers({ score }: OwnedConsumer): number {
  return score.producerScores.filter((each) => each > 0).length
}
