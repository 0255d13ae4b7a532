import { DateTime } from 'luxon'

const DAY_MS = 86_400_000

/** What is kept already is destroyed no sooner than this after a change: time to see it and to object. */
export const SHORTEST_NOTICE_MS = 7 * DAY_MS

/**
 * When something that is kept is destroyed under a changed rule (RC-7): at its new time, but what comes
 * nearer comes no nearer than seven days, and what was nearer than that already stays where it was.
 */
export function movedDestruction({
  planned,
  wanted,
  now,
}: {
  readonly planned: Date
  readonly wanted: Date
  readonly now: Date
}): Date {
  if (wanted >= planned) return wanted
  const soonest = laterOf(wanted, noticeAfter(now))
  return soonest < planned ? soonest : planned
}

/** When something is destroyed whose hold was released: on its day, and never sooner than in seven days. */
export function destructionAfterRelease(planned: Date, now: Date): Date {
  return laterOf(planned, noticeAfter(now))
}

/** The local date of an instant, `YYYY-MM-DD`. */
export function localDateAt(at: Date, timeZone: string): string {
  return DateTime.fromJSDate(at, { zone: timeZone }).toFormat('yyyy-MM-dd')
}

function noticeAfter(now: Date): Date {
  return new Date(now.getTime() + SHORTEST_NOTICE_MS)
}

function laterOf(one: Date, other: Date): Date {
  return one > other ? one : other
}
