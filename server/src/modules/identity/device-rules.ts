const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

/** How long what a page holds is good; it is renewed after half of it. */
export const DEVICE_SESSION_LIFE_MS = 10 * MINUTE_MS
/** Requests that were on their way when the session was renewed still arrive. */
export const RENEWAL_GRACE_MS = 30 * SECOND_MS
/** A page that is open says so each half minute: after this it is closed, crashed or without power. */
export const QUIET_AFTER_MS = 45 * SECOND_MS
/** What a page sent before it ended has arrived by then; what comes later comes from a page that lives. */
export const IN_FLIGHT_MS = 5 * SECOND_MS
/** How exact "seen" is: one write in this time instead of one for every request. */
export const DEVICE_SEEN_EVERY_MS = 10 * SECOND_MS

/** A device session as it is stored. */
export type StoredSession = {
  readonly deviceSessionId: string
  readonly beforeId: string | null
  readonly pageHash: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly seenAt: Date | null
  readonly supersededAt: Date | null
  readonly contestedAt: Date | null
}

/**
 * What becomes of somebody who holds the key and asks for a session while `current` (null: none) is the
 * newest of that key. Whoever was given it, or did not hear that they were, goes on. Somebody else has the key
 * in a second place: they wait until nothing is heard of the first. `FRESH`: the first is gone.
 */
export function courseOf(
  current: StoredSession | null,
  { lastSessionId, now }: { lastSessionId: string | null; now: Date },
): 'GO_ON' | 'FRESH' | 'CONTEST' {
  if (current === null) return 'FRESH'
  if (lastSessionId !== null && heldBy(current).includes(lastSessionId)) return 'GO_ON'
  return now >= goneAt(current) ? 'FRESH' : 'CONTEST'
}

/** Ids that whoever holds the newest session may name: its answer may have been lost on its way. */
function heldBy({ deviceSessionId, beforeId, seenAt }: StoredSession): readonly (string | null)[] {
  return seenAt === null ? [deviceSessionId, beforeId] : [deviceSessionId]
}

/** When a session counts as left, if nothing more is heard of it. */
export function goneAt({ seenAt, createdAt, expiresAt }: StoredSession): Date {
  const quiet = (seenAt ?? createdAt).getTime() + QUIET_AFTER_MS
  return new Date(Math.min(quiet, expiresAt.getTime()))
}

/**
 * What a request is that carries a session's cookie. `COPIED`: without the secret of its page, so that it is
 * no page of that device. `TWO_PLACES`: somebody else has come with the key, and this page goes on all the same.
 */
export function useOf(
  session: StoredSession,
  { pageHash, now }: { pageHash: string | null; now: Date },
): 'GOOD' | 'COPIED' | 'OVER' | 'TWO_PLACES' {
  if (pageHash !== session.pageHash) return 'COPIED'
  if (isOver(session, now)) return 'OVER'
  const { contestedAt } = session
  if (contestedAt !== null && now.getTime() - contestedAt.getTime() > IN_FLIGHT_MS) {
    return 'TWO_PLACES'
  }
  return 'GOOD'
}

/** Whether a session is good for nothing any more. */
export function isOver({ supersededAt, expiresAt }: StoredSession, now: Date): boolean {
  if (now >= expiresAt) return true
  return supersededAt !== null && now.getTime() - supersededAt.getTime() > RENEWAL_GRACE_MS
}

/** Whether "seen" is old enough to be written again. */
export function isDeviceSeenStale({ seenAt }: StoredSession, now: Date): boolean {
  return seenAt === null || now.getTime() - seenAt.getTime() >= DEVICE_SEEN_EVERY_MS
}
