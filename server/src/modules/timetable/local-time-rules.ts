import { DateTime, IANAZone } from 'luxon'

/** A calendar date of a facility, `YYYY-MM-DD`. */
export type LocalDate = string

/** A date and the minutes after midnight that a wall clock shows; on some days no clock ever shows them. */
export type WallTime = { readonly date: LocalDate; readonly minute: number }

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const ISO_DATE = 'yyyy-MM-dd'
/** The first day of 1970 was a Thursday; Monday is 0. */
const WEEKDAY_OF_EPOCH = 3
const DAYS_A_WEEK = 7

/** Days since 1970 of a calendar date, so that dates can be counted with. */
export function dayOf(date: LocalDate): number {
  return Date.parse(date) / DAY_MS
}

/** The calendar date of a day since 1970. */
export function dateOf(day: number): LocalDate {
  return new Date(day * DAY_MS).toISOString().slice(0, ISO_DATE.length)
}

/** The Monday of the ISO week of a day since 1970. */
export function mondayOf(day: number): number {
  const weekday = (day + WEEKDAY_OF_EPOCH) % DAYS_A_WEEK
  return day - weekday
}

/** The date that an instant has in a zone. */
export function localDateOf(instant: Date, zone: string): LocalDate {
  return DateTime.fromJSDate(instant, { zone }).toFormat(ISO_DATE)
}

/** What the wall clock of a zone shows at an instant. */
export function wallTimeOf(instant: Date, zone: string): WallTime {
  const local = DateTime.fromJSDate(instant, { zone })
  return { date: local.toFormat(ISO_DATE), minute: local.hour * 60 + local.minute }
}

/**
 * The instant at which the wall clock of a zone shows a time (BK-6). A time that comes twice, when clocks
 * go back, is its first coming; one that is left out, when they go forward, is the first instant after it.
 */
export function instantOf({ date, minute }: WallTime, zone: string): Date {
  const clock = IANAZone.create(zone)
  const wall = dayOf(date) * DAY_MS + minute * MINUTE_MS
  const offset = (at: number): number => clock.offset(at) * MINUTE_MS
  // No zone is a day from UTC, so these lie before and after the time whatever its offset is.
  const candidates = [wall - offset(wall - DAY_MS), wall - offset(wall + DAY_MS)]
  const shown = candidates.filter((at) => at + offset(at) === wall)
  if (shown.length > 0) return new Date(Math.min(...shown))
  return new Date(firstAt(candidates, (at) => at + offset(at) > wall))
}

/** The first millisecond between two for which a condition, false at first and then true, holds. */
function firstAt(bounds: readonly number[], holds: (at: number) => boolean): number {
  let before = Math.min(...bounds)
  let from = Math.max(...bounds)
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2)
    if (holds(middle)) from = middle
    else before = middle
  }
  return from
}
