import { BOOKING_MOVES } from '@visavis/contract/booking-lifecycle'
import type { BookingEvent, BookingState } from '@visavis/contract/booking-lifecycle'
import { OwnReason } from '@visavis/contract/http'
import type { BookingAction, BookingReason } from '@visavis/contract/http'
import type { Limits } from '@visavis/contract/limits'
import { mediaPolicyOf } from '@visavis/contract/media-policy'
import type { FacilityMediaPolicy, MediaPolicy, VisitClass } from '@visavis/contract/media-policy'
import { GATHERING_STATES } from '@visavis/contract/session-lifecycle'
import type { SessionState } from '@visavis/contract/session-lifecycle'

/** A booking as far as its actions depend on it. */
export type ActionFacts = {
  readonly bookingState: BookingState
  readonly holdExpiresAt: Date | null
  readonly isHoldExtended: boolean
  readonly endsAt: Date
  readonly sessionState: SessionState | null
  readonly deliveredMs: number | null
  /** Another booking stands, or has been had, in its place (BK-12, BK-13). */
  readonly isRebooked: boolean
}

/** OWNER: whose booking it is; GUEST: who comes along; STAFF: who runs the facility's visits. */
export type Who = 'OWNER' | 'GUEST' | 'STAFF'

const WITHOUT_MEDIA: readonly SessionState[] = ['SCHEDULED', ...GATHERING_STATES]

/** BK-3. Nothing is cancelled any more from here on. */
export function hasMedia({ sessionState, deliveredMs }: ActionFacts): boolean {
  if (sessionState === null) return false
  return (deliveredMs ?? 0) > 0 || !WITHOUT_MEDIA.includes(sessionState)
}

/** What can be done with a booking at `now`: offered by pages, guarded by the server. */
export function bookingActions(booking: ActionFacts, who: Who, now: Date): BookingAction[] {
  return who === 'GUEST' ? [] : actionsOf(booking, who, now)
}

// eslint-disable-next-line complexity -- one line for each state.
function actionsOf(booking: ActionFacts, who: Who, now: Date): BookingAction[] {
  switch (booking.bookingState) {
    case 'HELD':
      return actionsOfHold(booking, now)
    case 'REQUESTED':
      return actionsOfRequest(who, now < booking.endsAt)
    case 'CONFIRMED':
      return now < booking.endsAt && !hasMedia(booking) ? ['CANCEL', 'REBOOK'] : []
    case 'SUSPENDED':
    case 'CANCELLED':
    case 'REJECTED':
      return booking.isRebooked ? [] : ['REBOOK']
    case 'EXPIRED':
    case 'WITHDRAWN':
    case 'FULFILLED':
      return []
  }
}

function actionsOfRequest(who: Who, isToCome: boolean): BookingAction[] {
  if (who === 'STAFF') return isToCome ? ['APPROVE', 'REJECT', 'REBOOK'] : ['REJECT']
  return isToCome ? ['WITHDRAW', 'REBOOK'] : ['WITHDRAW']
}

function actionsOfHold({ holdExpiresAt, isHoldExtended }: ActionFacts, now: Date): BookingAction[] {
  if (holdExpiresAt === null || holdExpiresAt <= now) return []
  return isHoldExtended ? ['CONFIRM', 'RELEASE'] : ['EXTEND', 'CONFIRM', 'RELEASE']
}

/** Whether the people outside gave this reason. */
export function isOwnReason(reason: BookingReason): boolean {
  return OwnReason.safeParse(reason).success
}

/** How a booking ends before its visit: given up by somebody, or stopped with many others (BK-12). */
export type Ending = 'cancel' | 'suspend'

/** The event that ends a booking of this state; null if it is over already. */
export function endingEvent(
  state: BookingState,
  ending: Ending,
  reason: BookingReason,
): BookingEvent | null {
  if (state === 'HELD') return 'expire'
  if (state === 'CONFIRMED') return ending
  if (state !== 'REQUESTED') return null
  return isOwnReason(reason) || reason === 'REBOOKED' ? 'withdraw' : 'reject'
}

/** A cancelled visit as far as its quota depends on it. */
export type CancelFacts = {
  readonly reason: BookingReason
  readonly startsAt: Date
  readonly now: Date
  readonly freeCancelMs: number
}

/** BK-9. What the facility cancels is given back always, what the family cancels if it is in time. */
export function isGivenBack({ reason, startsAt, now, freeCancelMs }: CancelFacts): boolean {
  return !isOwnReason(reason) || now <= freeCancelUntil(startsAt, freeCancelMs)
}

/** BK-9. The last instant at which the family can cancel a visit without using it. */
export function freeCancelUntil(startsAt: Date, freeCancelMs: number): Date {
  return new Date(startsAt.getTime() - freeCancelMs)
}

/** The state after `event`, or null where BK-3 has no such move. */
export function movedState(state: BookingState, event: BookingEvent): BookingState | null {
  return BOOKING_MOVES[state][event] ?? null
}

/** OV-1. What may be seen and kept of a visit: the facility's wish, within the law of that day. */
export function mediaWithin(
  visitClass: VisitClass,
  wished: FacilityMediaPolicy,
  limits: Limits,
): MediaPolicy {
  const { monitor, isRecorded } = mediaPolicyOf(visitClass, wished)
  if (visitClass === 'privileged') {
    return { monitor: limits.maxPrivilegedMonitor === 'NONE' ? 'NONE' : monitor, isRecorded }
  }
  if (visitClass !== 'social') return { monitor, isRecorded }
  return {
    monitor: atLeastMonitor(monitor, limits.minMonitor),
    isRecorded: isRecorded && limits.isRecordingAllowed !== false,
  }
}

function atLeastMonitor(
  monitor: MediaPolicy['monitor'],
  least: Limits['minMonitor'],
): MediaPolicy['monitor'] {
  if (least === undefined || monitor === 'AV') return monitor
  return monitor === 'NONE' ? least : least === 'AV' ? 'AV' : monitor
}
