import type { Role } from '@visavis/contract/http'
import { SIGN_IN_LIFE_MS } from './sign-in-rules.ts'

const MINUTE_MS = 60_000

/** NIST 800-63B, AAL3: a wall or an office that nobody touched so long may have somebody else in front of it. */
export const STAFF_IDLE_MS = 15 * MINUTE_MS
/** A family signs in the day before and looks again: its own device, its own data. */
export const VISITOR_IDLE_MS = SIGN_IN_LIFE_MS
/** An inmate reads the outcome and leaves; the next booking may follow a turnaround later. */
export const INMATE_GRACE_MS = 10 * MINUTE_MS
/** Long enough to read notices and answer requests, short enough for the next in the queue. */
export const DESK_LIFE_MS = 10 * MINUTE_MS
/** Nobody begins at the desk who would have to leave at once for a visit's lobby. */
export const DESK_CLOSES_BEFORE_MS = 5 * MINUTE_MS
/** The family reads the outcome; then the room is somebody else's. */
export const ROOM_GRACE_MS = 5 * MINUTE_MS
/** How exact "last seen" is: one write a minute instead of one for every request. */
export const SEEN_EVERY_MS = MINUTE_MS

/** What is known of a stored sign-in. */
export type SignInTimes = {
  readonly expiresAt: Date
  readonly lastSeenAt: Date
  readonly endedAt: Date | null
}

/** Whether a sign-in still counts at `now`, for somebody who may be idle for `idleMs`. */
export function isSignInLive(
  times: SignInTimes,
  { now, idleMs }: { now: Date; idleMs: number },
): boolean {
  if (times.endedAt !== null || times.expiresAt <= now) return false
  return now.getTime() - times.lastSeenAt.getTime() < idleMs
}

/** How long somebody of that role may do nothing; null: an inmate, whose sign-in has its own end. */
export function idleMsOf(role: Role | null): number {
  if (role === null) return Number.POSITIVE_INFINITY
  return role === 'visitor' ? VISITOR_IDLE_MS : STAFF_IDLE_MS
}

/** When the sign-in of an inmate ends whose booked window ends at `endsAt`. */
export function inmateSignInEnd(endsAt: Date): Date {
  return new Date(endsAt.getTime() + INMATE_GRACE_MS)
}

/**
 * When a sign-in at the desk ends that begins at `now`: in time for the lobby of the `next` visit at the
 * terminal. Null: that window is open, or opens so soon that the terminal is needed.
 */
export function deskSignInEnd(now: Date, next: { readonly opensAt: Date } | null): Date | null {
  const ends = now.getTime() + DESK_LIFE_MS
  if (next === null) return new Date(ends)
  const opens = next.opensAt.getTime()
  return opens <= now.getTime() + DESK_CLOSES_BEFORE_MS ? null : new Date(Math.min(ends, opens))
}

/** When a link centre's room device is signed out whose visit ends at `endsAt`. */
export function roomSignInEnd(endsAt: Date): Date {
  return new Date(endsAt.getTime() + ROOM_GRACE_MS)
}

/** Whether "last seen" is old enough to be written again. */
export function isSeenStale(lastSeenAt: Date, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= SEEN_EVERY_MS
}
