import { addDays, dateIn, weekdayOf } from '@visavis/ui/time/calendar-date.ts'
import type { Place } from './types.ts'

/** How far ahead the calendar shows, in days; what can be booked of it is the facility's policy. */
export const CALENDAR_DAYS = 28
const WEEK_DAYS = 7

/** One day of the calendar, by the reader's own clock. */
export type CalendarDay = {
  /** `YYYY-MM-DD`. */
  readonly date: string
  /** Times with a free place. */
  readonly free: readonly Place[]
  /** Times without one, for the waiting list. */
  readonly full: readonly Place[]
}

type Calendar = {
  readonly places: readonly Place[]
  readonly full: readonly Place[]
  /** The reader's own zone. */
  readonly timeZone: string
  readonly nowMs: number
}

/** The next four weeks day by day, each with its times in order, by the reader's own clock (BK-6). */
export function daysOf({ places, full, timeZone, nowMs }: Calendar): CalendarDay[] {
  const freeOn = byDate(places, timeZone)
  const fullOn = byDate(full, timeZone)
  const today = dateIn(nowMs, timeZone)
  return Array.from({ length: CALENDAR_DAYS }, (_, index) => {
    const date = addDays(today, index)
    return { date, free: freeOn.get(date) ?? [], full: fullOn.get(date) ?? [] }
  })
}

function byDate(places: readonly Place[], timeZone: string): Map<string, Place[]> {
  const days = new Map<string, Place[]>()
  for (const place of places.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))) {
    const date = dateIn(place.startsAt, timeZone)
    days.set(date, [...(days.get(date) ?? []), place])
  }
  return days
}

/** Days in rows that begin on Monday; null where the first row begins later in the week. */
export function weeksOf(days: readonly CalendarDay[]): (CalendarDay | null)[][] {
  const first = days[0]
  if (!first) return []
  const cells = [...Array<null>(weekdayOf(first.date) - 1).fill(null), ...days]
  const rest = (WEEK_DAYS - (cells.length % WEEK_DAYS)) % WEEK_DAYS
  const whole = [...cells, ...Array<null>(rest).fill(null)]
  return Array.from({ length: whole.length / WEEK_DAYS }, (_, week) =>
    whole.slice(week * WEEK_DAYS, (week + 1) * WEEK_DAYS),
  )
}

/** Whether something can be done on a day. */
export function isOpenDay({ free, full }: CalendarDay): boolean {
  return free.length > 0 || full.length > 0
}

/** Where an arrow key leads from a day, kept within the calendar; null: the key means nothing here. */
export function dayAfterKey(
  days: readonly CalendarDay[],
  date: string,
  key: string,
): string | null {
  const weekday = weekdayOf(date)
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -WEEK_DAYS,
    ArrowDown: WEEK_DAYS,
    Home: 1 - weekday,
    End: WEEK_DAYS - weekday,
  }
  const step = steps[key]
  if (step === undefined) return null
  const index = days.findIndex((day) => day.date === date) + step
  return days[Math.min(days.length - 1, Math.max(0, index))]?.date ?? null
}

/** The earliest free time of all. */
export function soonest(places: readonly Place[]): Place | null {
  return places.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))[0] ?? null
}
