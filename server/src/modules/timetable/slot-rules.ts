import { dateOf, dayOf, instantOf, mondayOf, wallTimeOf } from './local-time-rules.ts'
import type { LocalDate } from './local-time-rules.ts'

/** The part of a session template that says when: on the facility's wall clock (BK-7). */
export type TemplateTimes = {
  /** ISO weekday: 1 is Monday. */
  readonly weekday: number
  /** Minutes after local midnight. */
  readonly startMinute: number
  /** Real minutes, also where the clocks change in the middle. */
  readonly lengthMinutes: number
  /** Weeks are counted from that of `validFrom`. */
  readonly everyWeeks: number
  readonly validFrom: LocalDate
  /** The last day; null: no end. */
  readonly validTo: LocalDate | null
  readonly excludedDates: readonly LocalDate[]
}

/** A stretch of time that a template offers. */
export type Occurrence = {
  readonly startsAt: Date
  readonly endsAt: Date
  /** The date in the template's words, even where the start was pushed past it by a clock change. */
  readonly localDate: LocalDate
}

/** Calendar dates from the first to the last, both included. */
export type DateRange = { readonly from: LocalDate; readonly to: LocalDate }

const MINUTE_MS = 60_000
const DAYS_A_WEEK = 7

/** The occurrences of a template on the dates of a range, in order; none overlaps another. */
export function occurrencesOf(
  template: TemplateTimes,
  zone: string,
  range: DateRange,
): Occurrence[] {
  const excluded = new Set(template.excludedDates)
  return datesOf(template, range)
    .filter((date) => !excluded.has(date))
    .map((localDate) => {
      const startsAt = instantOf({ date: localDate, minute: template.startMinute }, zone)
      const endsAt = new Date(startsAt.getTime() + template.lengthMinutes * MINUTE_MS)
      return { startsAt, endsAt, localDate }
    })
}

function datesOf(template: TemplateTimes, range: DateRange): LocalDate[] {
  const stepDays = template.everyWeeks * DAYS_A_WEEK
  const firstWeeks = mondayOf(dayOf(template.validFrom)) + template.weekday - 1
  const from = Math.max(dayOf(template.validFrom), dayOf(range.from))
  const to = Math.min(dayOf(template.validTo ?? range.to), dayOf(range.to))
  const skipped = Math.max(0, Math.ceil((from - firstWeeks) / stepDays))
  const dates: LocalDate[] = []
  for (let day = firstWeeks + skipped * stepDays; day <= to; day += stepDays) {
    dates.push(dateOf(day))
  }
  return dates
}

/** How far apart the visits of a series are, and how many there are. */
export type SeriesRhythm = { readonly everyWeeks: number; readonly count: number }

/** A visit of a series in the facility's words, and when that is. */
export type SeriesInstant = { readonly startsAt: Date; readonly localDate: LocalDate }

/** When the visits of a weekly series start: at the first one's time on the wall clock (BK-6, BK-11). */
export function seriesInstants(
  first: Date,
  zone: string,
  { everyWeeks, count }: SeriesRhythm,
): SeriesInstant[] {
  const { date, minute } = wallTimeOf(first, zone)
  const later = Array.from({ length: count - 1 }, (_, index) => {
    const localDate = dateOf(dayOf(date) + (index + 1) * everyWeeks * DAYS_A_WEEK)
    return { startsAt: instantOf({ date: localDate, minute }, zone), localDate }
  })
  // The first is where it is, even if it is the second coming of an hour that comes twice.
  return [{ startsAt: first, localDate: date }, ...later]
}
