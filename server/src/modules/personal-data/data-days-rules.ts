import { createHash } from 'node:crypto'
import { DATA_DAYS } from '@visavis/contract/http'
import type { DataClass } from '@visavis/contract/http'

const DAY_MS = 86_400_000
/** A shorter time is set today and holds in a week: time to see it, and to take it back (RC-7 does the same). */
export const NOTICE_MS = 7 * DAY_MS
/** What goes within these days is shown as going soon. */
export const SOON_MS = 30 * DAY_MS

/** A class's own time as it is stored; null: as it was set up. */
export type DaysRule = {
  readonly days: number
  readonly daysBefore: number
  readonly changedAt: Date
} | null

/** How long a class is kept at `now`, in days; and from when on a shorter time holds (null: it does). */
export function daysAt(
  dataClass: DataClass,
  rule: DaysRule,
  now: Date,
): { readonly days: number; readonly shortensAt: Date | null } {
  if (rule === null) return { days: DATA_DAYS[dataClass].days, shortensAt: null }
  const { days, daysBefore, changedAt } = rule
  const shortensAt = new Date(changedAt.getTime() + NOTICE_MS)
  const isPending = days < daysBefore && now < shortensAt
  return isPending ? { days: daysBefore, shortensAt } : { days, shortensAt: null }
}

/** Everything that was over before this goes; what may be needed for an open incident stays. */
export function cutoffOf(days: number, now: Date, heldFrom: Date | null): Date {
  const cutoff = new Date(now.getTime() - days * DAY_MS)
  return heldFrom !== null && heldFrom < cutoff ? heldFrom : cutoff
}

/** SHA-256 (hex) of the ids in their order, one a line: says which rows they were to whoever knows them. */
export function idsHash(ids: readonly string[]): string {
  return createHash('sha256').update(ids.toSorted().join('\n')).digest('hex')
}
