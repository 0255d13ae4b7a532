const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How often it was wrong since an instant, and until when nothing is looked at. */
export type Count = {
  readonly failures: number
  readonly since: Date
  readonly waitsUntil: Date | null
}

/** How a kind of count forgives and waits. */
export type Limit = {
  /** So many are free. */
  readonly free: number
  /** The first wait; each further failure doubles it. */
  readonly firstWaitMs: number
  readonly longestWaitMs: number
  /** After so long the count begins anew. */
  readonly forgottenAfterMs: number
  /** From so many on nothing is looked at until the count begins anew; absent: never. */
  readonly most?: number
}

/** One login from one network: whoever mistypes waits a little, whoever guesses waits long. */
export const PAIR_LIMIT: Limit = {
  free: 5,
  firstWaitMs: 15 * SECOND_MS,
  longestWaitMs: HOUR_MS,
  forgottenAfterMs: DAY_MS,
}
/** NIST 800-63B: at most a hundred guesses at one account; a known browser has a count of its own. */
export const ACCOUNT_LIMIT: Limit = {
  free: 100,
  firstWaitMs: 0,
  longestWaitMs: 0,
  forgottenAfterMs: 30 * DAY_MS,
  most: 100,
}
/** One network (an address, or an IPv6 /64) at whatever accounts; a link centre's people mistype, too. */
export const NETWORK_LIMIT: Limit = {
  free: 30,
  firstWaitMs: 5 * SECOND_MS,
  longestWaitMs: 15 * MINUTE_MS,
  forgottenAfterMs: HOUR_MS,
}
/** A browser in which the account was signed in before: nobody else can use it up. */
export const BROWSER_LIMIT: Limit = {
  free: 5,
  firstWaitMs: 15 * SECOND_MS,
  longestWaitMs: HOUR_MS,
  forgottenAfterMs: DAY_MS,
  most: 50,
}
/** Codes of six digits with the right password before them: a million of them, twenty tries a day. */
export const CODE_LIMIT: Limit = {
  free: 5,
  firstWaitMs: 30 * SECOND_MS,
  longestWaitMs: 4 * HOUR_MS,
  forgottenAfterMs: DAY_MS,
  most: 20,
}

/** After so long no limit looks at a count. */
export const LONGEST_FORGOTTEN_AFTER_MS = Math.max(
  ...[PAIR_LIMIT, ACCOUNT_LIMIT, NETWORK_LIMIT, BROWSER_LIMIT, CODE_LIMIT].map(
    ({ forgottenAfterMs }) => forgottenAfterMs,
  ),
)

/** A count that has not begun. */
export const cleanCount = (now: Date): Count => ({ failures: 0, since: now, waitsUntil: null })

/** The count as it stands at `now`; an old one has begun anew. */
export function countAt(count: Count | null, limit: Limit, now: Date): Count {
  if (count === null) return cleanCount(now)
  const isOver = now.getTime() - count.since.getTime() >= limit.forgottenAfterMs
  return isOver ? cleanCount(now) : count
}

/** Until when nothing is looked at; null: now is fine. */
export function waitsUntil(count: Count, limit: Limit, now: Date): Date | null {
  if (limit.most !== undefined && count.failures >= limit.most) {
    return new Date(count.since.getTime() + limit.forgottenAfterMs)
  }
  return count.waitsUntil !== null && now < count.waitsUntil ? count.waitsUntil : null
}

/** The count after one more failure; each beyond the free ones doubles the wait. */
export function afterFailure(count: Count, limit: Limit, now: Date): Count {
  const failures = count.failures + 1
  const beyond = failures - limit.free
  const waitMs =
    beyond <= 0 ? 0 : Math.min(limit.longestWaitMs, limit.firstWaitMs * 2 ** (beyond - 1))
  return {
    failures,
    since: count.since,
    waitsUntil: waitMs === 0 ? null : new Date(now.getTime() + waitMs),
  }
}

/** The count when a failure that was put down beforehand turns out to be none. */
export function withoutFailure(count: Count): Count {
  return { ...count, failures: Math.max(0, count.failures - 1), waitsUntil: null }
}
