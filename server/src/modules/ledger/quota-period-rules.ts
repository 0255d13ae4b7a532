import { DateTime } from 'luxon'

/** How a facility counts its inmates' visits, from its policy. */
export type QuotaPeriod = 'MONTH' | 'FOUR_WEEKS' | 'YEAR'

/** A stretch of the facility's calendar for which visits are granted: `[startsAt, renewsAt)`. */
export type Period = {
  /** `2026-11`, `2026`, or the local Monday on which four weeks begin; no two kinds share one. */
  readonly name: string
  readonly startsAt: Date
  readonly renewsAt: Date
}

/** Four-week periods are counted from this Monday, everywhere, so that they do not drift. */
const FIRST_MONDAY = { year: 2024, month: 1, day: 1 } as const
const WEEKS = 4

/** The period that an instant falls in, on the wall clock of `zone` (IANA) and across its clock changes. */
export function periodOf(kind: QuotaPeriod, zone: string, at: Date): Period {
  const local = DateTime.fromJSDate(at, { zone })
  switch (kind) {
    case 'MONTH':
      return calendarPeriod(local.startOf('month'), { months: 1 }, 'yyyy-MM')
    case 'YEAR':
      return calendarPeriod(local.startOf('year'), { years: 1 }, 'yyyy')
    case 'FOUR_WEEKS':
      return calendarPeriod(startOfFourWeeks(local), { weeks: WEEKS }, 'yyyy-MM-dd')
  }
}

function calendarPeriod(start: DateTime, length: object, format: string): Period {
  return {
    name: start.toFormat(format),
    startsAt: start.toJSDate(),
    // A local midnight that a clock change skips becomes the first instant of that day.
    renewsAt: start.plus(length).startOf('day').toJSDate(),
  }
}

function startOfFourWeeks(local: DateTime): DateTime {
  const first = DateTime.fromObject(FIRST_MONDAY, { zone: local.zone })
  const weeks = Math.floor(local.startOf('day').diff(first, 'weeks').weeks)
  return first.plus({ weeks: Math.floor(weeks / WEEKS) * WEEKS }).startOf('day')
}
