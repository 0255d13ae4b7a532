import { groupVisits } from '@visavis/ui/visit/visit-list.ts'
import type { VisitGroups, VisitOfMine } from '@visavis/ui/visit/visit-list.ts'
import type { Reply } from '../../api/api.ts'

export type Booking = Reply<'bookings'>['items'][number]

/** A visit of the list with its booking, where that is known. */
export type ListedVisit = { readonly visit: VisitOfMine; readonly booking: Booking | null }

export type Arranged = {
  readonly now: readonly ListedVisit[]
  readonly upcoming: readonly ListedVisit[]
  readonly past: readonly ListedVisit[]
  /** Places that are still held: to be confirmed before they go. */
  readonly held: readonly Booking[]
  /** Wait for the facility's yes. */
  readonly requested: readonly Booking[]
  /** Stopped by the facility: to be booked anew. */
  readonly stopped: readonly Booking[]
}

/** Reasons of the visitor's own, which need no telling. */
const OWN_REASONS = ['CHANGED_MIND', 'ILLNESS', 'NO_DEVICE', 'REBOOKED', 'RELEASED_BY_OWNER']

/** Bookings ask for this long before and after the present; visits outside it are only looked back at. */
export const BEFORE_MS = 14 * 86_400_000

/** Puts visits and bookings where their reader looks for them. */
export function arrange(
  visits: readonly VisitOfMine[],
  bookings: readonly Booking[],
  nowMs: number,
): Arranged {
  const groups: VisitGroups = groupVisits(visits, nowMs)
  const known = new Map(bookings.map((booking) => [booking.visitId, booking]))
  const listed = (some: readonly VisitOfMine[]): ListedVisit[] =>
    some.map((visit) => ({ visit, booking: known.get(visit.visitId) ?? null }))
  const shown = new Set(visits.map(({ visitId }) => visitId))
  const others = bookings
    .filter(({ visitId }) => !shown.has(visitId))
    .toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
  return {
    now: listed(groups.now),
    upcoming: listed(groups.upcoming),
    past: listed(groups.past),
    held: others.filter((booking) => isHeld(booking, nowMs)),
    requested: others.filter(
      ({ bookingState, endsAt }) => bookingState === 'REQUESTED' && Date.parse(endsAt) > nowMs,
    ),
    stopped: others.filter(isStopped),
  }
}

function isHeld({ bookingState, holdExpiresAt, bookingMode }: Booking, nowMs: number): boolean {
  // A ring is a hold too, but is answered, not confirmed.
  if (bookingState !== 'HELD' || bookingMode === 'ON_DEMAND') return false
  return holdExpiresAt !== null && Date.parse(holdExpiresAt) > nowMs
}

function isStopped({ bookingState, reason, actions }: Booking): boolean {
  if (!actions.includes('REBOOK')) return false
  if (bookingState === 'SUSPENDED' || bookingState === 'REJECTED') return true
  return bookingState === 'CANCELLED' && !OWN_REASONS.includes(reason ?? '')
}
