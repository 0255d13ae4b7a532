import type { Party } from '@visavis/contract/media-graph'
import type { SeatFlow } from '@visavis/contract/receipt'
import type { SeatState } from '@visavis/contract/seat-lifecycle'
import type { SessionState } from '@visavis/contract/session-lifecycle'

/** What was seen of a room since the sample before. */
export type FlowSample = {
  readonly state: SessionState
  readonly seats: readonly {
    readonly seatId: string
    readonly party: Party
    readonly state: SeatState
    readonly isInterpreter?: boolean | undefined
    /** Whether its transports stand. */
    readonly isConnected: boolean
    /** Whether RTP of this seat reached the SFU. */
    readonly hasArrived: boolean
  }[]
  /** Pairs of seats between which a consumer stands that its receiver has resumed. */
  readonly deliveries: readonly { readonly from: string; readonly to: string }[]
}

/**
 * LV-5: whether media really flowed both ways: some visitor and the inmate each sent, and each was
 * passed on to the other. An interpreter is neither. Only a second of a visit that goes on can count.
 */
export function isBothWay({ state, seats, deliveries }: FlowSample): boolean {
  if (state !== 'LIVE' && state !== 'MISSING_MONITOR') return false
  const sending = seats.filter(
    (seat) => seat.state === 'IN' && seat.hasArrived && seat.isInterpreter !== true,
  )
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

/**
 * LV-6: which seat was in trouble, and how. A seat that is sent nothing because nobody on the other
 * side sends is not in trouble itself.
 */
export function seatFlows({ seats, deliveries }: FlowSample): Record<string, SeatFlow> {
  const receives = (seatId: string, from: readonly { seatId: string }[]): boolean =>
    from.length === 0 ||
    deliveries.some(
      (delivery) => delivery.to === seatId && from.some((one) => one.seatId === delivery.from),
    )
  return Object.fromEntries(
    seats.map(({ seatId, party, isConnected, hasArrived }) => {
      if (!isConnected) return [seatId, 'NO_TRANSPORT']
      if (!hasArrived) return [seatId, 'NOT_SENDING']
      const others = seats.filter(
        (other) => other.party !== party && other.state === 'IN' && other.hasArrived,
      )
      return [seatId, receives(seatId, others) ? 'OK' : 'NOT_RECEIVING']
    }),
  )
}
