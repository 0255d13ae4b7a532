import type { NoticeKind } from '@visavis/contract/http'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** A reminder: how long before the start, and how late it may still be (after an outage of ours). */
export type Reminder = {
  readonly kind: Extract<NoticeKind, `REMINDER_${string}`>
  readonly leadMs: number
  readonly graceMs: number
}

export const REMINDERS: readonly Reminder[] = [
  { kind: 'REMINDER_24H', leadMs: 24 * HOUR_MS, graceMs: HOUR_MS },
  { kind: 'REMINDER_1H', leadMs: HOUR_MS, graceMs: 20 * MINUTE_MS },
  { kind: 'REMINDER_10M', leadMs: 10 * MINUTE_MS, graceMs: 8 * MINUTE_MS },
]

/** Starts of the visits that are to be reminded of now: after `after`, up to and with `until`. */
export function startsDue(
  { leadMs, graceMs }: Reminder,
  now: Date,
): { readonly after: Date; readonly until: Date } {
  const until = now.getTime() + leadMs
  return { after: new Date(until - graceMs), until: new Date(until) }
}

/** Whether the booking is older than its reminder: who has just been told of it is not reminded of it. */
export function isWanted(
  { leadMs }: Reminder,
  { startsAt, confirmedAt }: { readonly startsAt: Date; readonly confirmedAt: Date | null },
): boolean {
  return confirmedAt === null || confirmedAt.getTime() < startsAt.getTime() - leadMs
}

/** Told once for each start of a visit: one that was moved is reminded of anew. */
export function reminderReason({ startsAt }: { readonly startsAt: Date }): string {
  return startsAt.toISOString()
}
