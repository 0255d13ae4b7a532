import { addDays, dateIn, weekdayOf } from '@visavis/ui/time/calendar-date.ts'

export { addDays, dateIn, weekdayOf }

const MINUTE_MS = 60_000
const HOUR_MINUTES = 60

/** A moment on a wall clock: a calendar date and minutes after midnight. */
export type WallTime = { readonly date: string; readonly minute: number }

/** What the clocks in a zone show at an instant (ISO 8601 or ms). */
export function wallTimeOf(instant: string | number, timeZone: string): WallTime {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant))
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0)
  return { date: dateIn(instant, timeZone), minute: part('hour') * HOUR_MINUTES + part('minute') }
}

/**
 * The instant, as ISO 8601 in UTC, at which clocks in a zone show this time. A time that a clock change
 * skips becomes the one an hour later; of a time that is there twice it is the first.
 */
export function instantOf({ date, minute }: WallTime, timeZone: string): string {
  const asIfUtcMs = Date.parse(`${date}T00:00:00Z`) + minute * MINUTE_MS
  const before = asIfUtcMs - offsetMsAt(asIfUtcMs - HOURS_AROUND_MS, timeZone)
  const after = asIfUtcMs - offsetMsAt(asIfUtcMs + HOURS_AROUND_MS, timeZone)
  const fits = [before, after].filter((ms) => wallMsOf(ms, timeZone) === asIfUtcMs)
  return new Date(fits.length > 0 ? Math.min(...fits) : before).toISOString()
}

/** Wider than any clock change and any distance from UTC. */
const HOURS_AROUND_MS = 24 * HOUR_MINUTES * MINUTE_MS

function offsetMsAt(ms: number, timeZone: string): number {
  return wallMsOf(ms, timeZone) - ms
}

function wallMsOf(ms: number, timeZone: string): number {
  const { date, minute } = wallTimeOf(ms, timeZone)
  return Date.parse(`${date}T00:00:00Z`) + minute * MINUTE_MS
}

/** The first instant of a local date. */
export function dayStart(date: string, timeZone: string): string {
  return instantOf({ date, minute: 0 }, timeZone)
}

/** Reads what a `datetime-local` input holds; null: nothing whole was typed. */
export function readLocal(text: string, timeZone: string): string | null {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(text)
  if (!match) return null
  const [, date = '', hour = '', minute = ''] = match
  return instantOf({ date, minute: Number(hour) * HOUR_MINUTES + Number(minute) }, timeZone)
}

/** Writes an instant for a `datetime-local` input. */
export function writeLocal(instant: string | number, timeZone: string): string {
  const { date, minute } = wallTimeOf(instant, timeZone)
  return `${date}T${writeMinute(minute)}`
}

/** `09:05` of minutes after midnight, as a `time` input holds it. */
export function writeMinute(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minute / HOUR_MINUTES))}:${two(minute % HOUR_MINUTES)}`
}

/** Minutes after midnight of `09:05`; null: no time. */
export function readMinute(text: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text)
  return match ? Number(match[1]) * HOUR_MINUTES + Number(match[2]) : null
}

/** Whether a text is a calendar date, as an address may carry one. */
export function isDate(text: string | null): text is string {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

/** The Monday of a date's week. */
export function mondayOf(date: string): string {
  return addDays(date, 1 - weekdayOf(date))
}
