import type { FieldProblem } from '@visavis/contract/errors'

const MINUTE_MS = 60_000

/** Who shows a document this early is the one who sits down: a family that travelled waits on site. */
export const CHECK_IN_OPENS_BEFORE_MS = 120 * MINUTE_MS
/** Time to bring everybody to the room and to make the device ready, lobby included. */
export const ROOM_CODE_OPENS_BEFORE_MS = 30 * MINUTE_MS
/** Long enough to walk from the desk to the room. */
export const ROOM_CODE_LIFE_MS = 10 * MINUTE_MS

/** A person of a visit as the desk's rules see them. */
export type DeskPerson = {
  readonly isAdult: boolean
  readonly isVerified: boolean
  readonly isCheckedIn: boolean
  /** An account of theirs that can be signed in; null: none. */
  readonly accountId: string | null
}

/** A visit as the desk's rules see it. */
export type DeskBooking = {
  readonly startsAt: Date
  readonly endsAt: Date
  /** Not ended, and the booking stands. */
  readonly isAhead: boolean
  readonly bookedBy: string | null
  readonly people: readonly DeskPerson[]
}

/** Why something cannot be done at the desk now; with `liftsAt` it only has to wait. */
export type DeskObstacle = {
  readonly liftsAt?: Date
  readonly fields?: readonly FieldProblem[]
}

/** Why nobody can be checked in for the visit at `now`; null: somebody can. */
export function checkInObstacle(booking: DeskBooking, now: Date): DeskObstacle | null {
  return windowObstacle(booking, CHECK_IN_OPENS_BEFORE_MS, now)
}

/** Why the room's device gets no code for the visit at `now`; null: it does. */
export function roomCodeObstacle(booking: DeskBooking, now: Date): DeskObstacle | null {
  return windowObstacle(booking, ROOM_CODE_OPENS_BEFORE_MS, now) ?? peopleObstacle(booking)
}

/** When a code made at `now` dies: soon, and never after the visit. */
export function roomCodeEnd(booking: Pick<DeskBooking, 'endsAt'>, now: Date): Date {
  return new Date(Math.min(now.getTime() + ROOM_CODE_LIFE_MS, booking.endsAt.getTime()))
}

/**
 * With whose account the room's device sits in the visit: of those who were checked in, an adult before a
 * child (EL-6), and whoever booked it before the others. Null: nobody there has one.
 */
export function roomAccountOf({ bookedBy, people }: DeskBooking): string | null {
  const rank = ({ isAdult, accountId }: DeskPerson): number =>
    (isAdult ? 0 : 2) + (accountId === bookedBy ? 0 : 1)
  const there = people.filter(({ isCheckedIn, accountId }) => isCheckedIn && accountId !== null)
  return there.toSorted((a, b) => rank(a) - rank(b))[0]?.accountId ?? null
}

/** A person's seat, and the account of theirs that can be signed in. */
type AccountSeat = {
  readonly seatId: string
  readonly visitor: { readonly accounts: readonly { readonly accountId: string }[] } | null
}

/** The seat in which a room's device sits that is signed in with an account; null: nobody here has it. */
export function cameraSeatOf(seats: readonly AccountSeat[], accountId: string): string | null {
  const seat = seats.find(({ visitor }) => visitor?.accounts[0]?.accountId === accountId)
  return seat?.seatId ?? null
}

function windowObstacle(
  { startsAt, endsAt, isAhead }: DeskBooking,
  opensBeforeMs: number,
  now: Date,
): DeskObstacle | null {
  if (!isAhead || now >= endsAt) return {}
  const opensAt = new Date(startsAt.getTime() - opensBeforeMs)
  return now < opensAt ? { liftsAt: opensAt } : null
}

// EL-6: at least one verified adult; and an adult who was booked but not seen is nobody to leave out.
function peopleObstacle(booking: DeskBooking): DeskObstacle | null {
  const adults = booking.people.filter(({ isAdult }) => isAdult)
  if (adults.some(({ isCheckedIn }) => !isCheckedIn)) {
    return lacking('checkIns', 'Check in every adult of this visit first.')
  }
  if (!adults.some(({ isVerified }) => isVerified)) {
    return lacking('visitors', 'At least one adult must have been verified by the facility.')
  }
  return roomAccountOf(booking) === null
    ? lacking('account', 'One of the visitors must register an account, or the facility helps.')
    : null
}

function lacking(field: string, cure: string): DeskObstacle {
  return { fields: [{ field, cure }] }
}
