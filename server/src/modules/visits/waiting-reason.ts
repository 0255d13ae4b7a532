import { PRESENT_STATES } from '@visavis/contract/seat-lifecycle'
import type { WaitingReason } from '@visavis/contract/visit'
import { isCleared } from './camera-rules.ts'
import { waitsForRecorder } from './recorder-rules.ts'
import { personsOf } from './visit-record.ts'
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
      return ownCheck(visit, seat)
    case 'ENDED':
      return null
  }
}

function reasonAtTheDoor(visit: VisitRecord, seat: SeatRecord, now: Date): WaitingReason {
  return (
    ownCheck(visit, seat) ??
    otherSide(visit, seat) ??
    (now < visit.startsAt ? 'TOO_EARLY' : waitsForRecorder(visit) ? 'STAFF' : 'ABOUT_TO_START')
  )
}

function ownCheck(visit: VisitRecord, seat: SeatRecord): WaitingReason | null {
  if (seat.state === 'CHECKING') return 'OFFICER_IS_CHECKING'
  if (seat.state === 'WAITING') return isLookedAtAgain(seat) ? 'CHECK_AGAIN' : 'OFFICER_WILL_CHECK'
  if (seat.state !== 'ADMITTED') return null
  return isCleared(visit, seat) ? null : 'COMPANION_BEING_CHECKED'
}

/** By an officer's wish; who has only changed places is looked at like everybody. */
function isLookedAtAgain({ putBackReason }: SeatRecord): boolean {
  return putBackReason !== null && putBackReason !== 'MOVED'
}

function otherSide(visit: VisitRecord, seat: SeatRecord): WaitingReason | null {
  const others = personsOf(visit, seat.party === 'VISITOR' ? 'INMATE' : 'VISITOR')
  if (others.some((other) => isCleared(visit, other))) return null
  const isBeingChecked = others.some(({ state }) => PRESENT_STATES.includes(state))
  return isBeingChecked ? 'OTHER_SIDE_BEING_CHECKED' : 'OTHER_SIDE_NOT_HERE'
}
