import type { Party } from '@visavis/contract/media-graph'
import type { SeatState } from '@visavis/contract/seat-lifecycle'
import type { SessionState } from '@visavis/contract/session-lifecycle'

/** What was seen of a room since the sample before. */
export type FlowSample = {
  readonly state: SessionState
  readonly seats: readonly {
    readonly seatId: string
    readonly party: Party
    readonly state: SeatState
    /** Whether RTP of this seat reached the SFU. */
    readonly hasArrived: boolean
  }[]
  /** Pairs of seats between which a consumer stands that its receiver has resumed. */
  readonly deliveries: readonly { readonly from: string; readonly to: string }[]
}

/**
 * LV-5: whether media really flowed both ways: some visitor and the inmate each sent, and each was
 * passed on to the other. Only a LIVE second can count.
 */
export function isBothWay({ state, seats, deliveries }: FlowSample): boolean {
  if (state !== 'LIVE') return false
  const sending = seats.filter((seat) => seat.state === 'IN' && seat.hasArrived)
  const isPassed = (from: string, to: string) =>
    deliveries.some((delivery) => delivery.from === from && delivery.to === to)
  return sending.some(
    ({ seatId: visitor, party }) =>
      party === 'VISITOR' &&
      sending.some(
        ({ seatId: inmate, party: other }) =>
          other === 'INMATE' && isPassed(visitor, inmate) && isPassed(inmate, visitor),
      ),
  )
}
