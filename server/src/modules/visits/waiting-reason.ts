import type { WaitingReason } from '@visavis/contract/visit'
import { seatsOf } from './visit-record.ts'
import type { SeatRecord, VisitRecord } from './visit-record.ts'

/**
 * Why this seat still waits (LV-2); null when it does not. It tells no more of the other side than that
 * it is not here yet or is being checked.
 */
export function waitingReasonOf(
  visit: VisitRecord,
  seat: SeatRecord,
  now: Date,
): WaitingReason | null {
  switch (visit.session.state) {
    case 'SCHEDULED':
    case 'LOBBY':
    case 'ID_CHECK':
    case 'READY':
      return reasonAtTheDoor(visit, seat, now)
    case 'LIVE':
    case 'PAUSED':
    case 'RECONNECTING':
    case 'MISSING_MONITOR':
      // Somebody who comes late is checked while the visit goes on.
      return ownCheck(seat)
    case 'ENDED':
      return null
  }
}

function reasonAtTheDoor(visit: VisitRecord, seat: SeatRecord, now: Date): WaitingReason {
  return (
    ownCheck(seat) ??
    otherSide(visit, seat) ??
    (now < visit.startsAt ? 'TOO_EARLY' : 'ABOUT_TO_START')
  )
}

function ownCheck(seat: SeatRecord): WaitingReason | null {
  if (seat.state === 'CHECKING') return 'OFFICER_IS_CHECKING'
  return seat.state === 'WAITING' ? 'OFFICER_WILL_CHECK' : null
}

function otherSide(visit: VisitRecord, seat: SeatRecord): WaitingReason | null {
  const others = seatsOf(visit, seat.party === 'VISITOR' ? 'INMATE' : 'VISITOR')
  if (others.some(({ state }) => state === 'ADMITTED' || state === 'IN')) return null
  const isBeingChecked = others.some(({ state }) => state === 'WAITING' || state === 'CHECKING')
  return isBeingChecked ? 'OTHER_SIDE_BEING_CHECKED' : 'OTHER_SIDE_NOT_HERE'
}
