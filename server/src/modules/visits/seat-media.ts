import { Refusal } from '@visavis/contract/errors'
import type { DataOf, PayloadOf } from '@visavis/contract/command'
import type { SeatState } from '@visavis/contract/seat-lifecycle'
import type { visitCommands } from '@visavis/contract/visit-socket'
import { holdUntilAnswered } from '../../platform/event-hold.ts'
import type { EventHold } from '../../platform/event-hold.ts'
import type { PeerAddress, Placement, Rooms } from '../rooms/index.ts'
import { NOTHING_TOLD, wishesOf } from './quality-rules.ts'
import { seatOf } from './visit-record.ts'
import type { VisitHall } from './visit-hall.ts'
import type { JoinedSeat } from './seat-connections.ts'

/** Who was turned away, removed or dropped has no media. */
const SEATED: readonly SeatState[] = ['WAITING', 'CHECKING', 'ADMITTED', 'IN']

type Commands = typeof visitCommands

/** What people in their seats do with their media; each throws NOT_JOINED or the media node's refusal. */
export type SeatMediaService = ReturnType<typeof createSeatMedia>

export function createSeatMedia({
  rooms,
  hall,
  hold,
}: {
  rooms: Rooms
  hall: VisitHall
  hold: EventHold
}) {
  const placementOf = ({ visitId, seatId }: JoinedSeat): Placement => {
    const visit = hall.get(visitId)?.visit
    const seat = visit && seatOf(visit, seatId)
    if (seat && !SEATED.includes(seat.state)) throw new Refusal('NOT_JOINED')
    const placement = rooms.placementOf(visitId)
    if (!placement) throw new Refusal('MEDIA_UNAVAILABLE')
    return placement
  }
  const wishesHere = ({ visitId, seatId }: JoinedSeat) =>
    wishesOf(hall.get(visitId)?.quality.told.get(seatId) ?? NOTHING_TOLD)
  const addressOf = (seat: JoinedSeat): PeerAddress => ({
    routerId: placementOf(seat).router.routerId,
    peerId: seat.seatId,
  })
  return {
    async open(
      seat: JoinedSeat,
      { epoch, rtpCapabilities }: PayloadOf<Commands['openMedia']>,
    ): Promise<DataOf<Commands['openMedia']>> {
      if (placementOf(seat).epoch !== epoch) throw new Refusal('MEDIA_EPOCH_CHANGED')
      const { visitId, seatId } = seat
      // The client cannot build a consumer before it has the transport that this answer gives it.
      return holdUntilAnswered(hold, seatId, () =>
        rooms.peers.openSeat({ visitId, seatId, rtpCapabilities, wishes: wishesHere(seat) }),
      )
    },
    connectTransport: async (seat: JoinedSeat, payload: PayloadOf<Commands['connectTransport']>) =>
      rooms.peers.connectTransport(addressOf(seat), payload),
    restartIce: async (seat: JoinedSeat, { direction }: PayloadOf<Commands['restartIce']>) =>
      rooms.peers.restartIce(addressOf(seat), direction),
    createProducer: async (seat: JoinedSeat, payload: PayloadOf<Commands['createProducer']>) =>
      rooms.peers.createProducer(addressOf(seat), payload),
    resumeConsumer: async (
      seat: JoinedSeat,
      { consumerId }: PayloadOf<Commands['resumeConsumer']>,
    ) => rooms.peers.resumeConsumer(addressOf(seat), consumerId),
    askKeyFrame: async (seat: JoinedSeat, { consumerId }: PayloadOf<Commands['askKeyFrame']>) =>
      rooms.peers.askKeyFrame(addressOf(seat), consumerId),
    renewConsumer: async (seat: JoinedSeat, { consumerId }: PayloadOf<Commands['renewConsumer']>) =>
      rooms.peers.renewConsumer(addressOf(seat), consumerId),
  }
}
