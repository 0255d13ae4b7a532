import { localeOf } from './locale.ts'

/** Times of a visit in words. Instants are ISO 8601 in UTC, zones IANA names, languages BCP 47 tags. */

const SECOND_MS = 1000
const MINUTE_S = 60
const HOUR_S = 3600
const DAY_S = 86_400

export type TimeOptions = { readonly language: string; readonly timeZone: string }

/** The zone this device is set to. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** `14:30`, as the language writes it. */
export function clockTime(instant: string, { language, timeZone }: TimeOptions): string {
  return format(instant, language, { timeZone, timeStyle: 'short' })
}

/** `14:00–14:30`, in one zone. */
export function clockRange(from: string, to: string, { language, timeZone }: TimeOptions): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { timeZone, timeStyle: 'short' })
  return format.formatRange(new Date(from), new Date(to))
}

/** `Sunday 22 November`, without a year: visits are days away, not years. */
export function dayName(instant: string, { language, timeZone }: TimeOptions): string {
  return format(instant, language, { timeZone, weekday: 'long', day: 'numeric', month: 'long' })
}

/** `22 Nov 2026`, for tables. */
export function shortDate(instant: string, { language, timeZone }: TimeOptions): string {
  return format(instant, language, { timeZone, dateStyle: 'medium' })
}

/** `22 Nov 2026, 14:30–15:30`, and both dates where they are two. */
export function dateRange(from: string, to: string, { language, timeZone }: TimeOptions): string {
  const options = { timeZone, dateStyle: 'medium', timeStyle: 'short' } as const
  const format = new Intl.DateTimeFormat(localeOf(language), options)
  return format.formatRange(new Date(from), new Date(to))
}

/** What people there call their zone, for example `Krasnoyarsk Time`. */
export function zoneName(instant: string, options: TimeOptions): string {
  const city = options.timeZone.split('/').at(-1)?.replaceAll('_', ' ')
  const name = zoneNameIn('shortGeneric', instant, options)
  // Chromium knows few cities in other languages than English, but every zone's long name.
  return name === city ? zoneNameIn('longGeneric', instant, options) : name
}

function zoneNameIn(
  timeZoneName: 'shortGeneric' | 'longGeneric',
  instant: string,
  { language, timeZone }: TimeOptions,
): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { timeZone, timeZoneName })
  const part = format.formatToParts(new Date(instant)).find(({ type }) => type === 'timeZoneName')
  return part?.value ?? timeZone
}

/** True when clocks in the two zones show different times at that instant; names do not matter. */
export function clocksDiffer(instant: string, zoneA: string, zoneB: string): boolean {
  return wallClock(instant, zoneA) !== wallClock(instant, zoneB)
}

/** True when it is another calendar day in the second zone. */
export function daysDiffer(instant: string, zoneA: string, zoneB: string): boolean {
  return wallDay(instant, zoneA) !== wallDay(instant, zoneB)
}

/** `12:05` of a length in ms; hours are counted as minutes, and a started second counts as whole. */
export function minutesAndSeconds(lengthMs: number): string {
  const seconds = Math.max(0, Math.ceil(lengthMs / SECOND_MS))
  const rest = String(seconds % MINUTE_S).padStart(2, '0')
  return `${Math.floor(seconds / MINUTE_S)}:${rest}`
}

/** `in 5 minutes`; the unit is the largest that is not less than one. */
export function untilInWords(fromMs: number, toMs: number, language: string): string {
  const seconds = Math.round((toMs - fromMs) / SECOND_MS)
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const size = Math.abs(seconds)
  if (size < MINUTE_S) return words.format(seconds, 'second')
  if (size < HOUR_S) return words.format(Math.round(seconds / MINUTE_S), 'minute')
  if (size < DAY_S) return words.format(Math.round(seconds / HOUR_S), 'hour')
  return words.format(Math.round(seconds / DAY_S), 'day')
}

function format(instant: string, language: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(localeOf(language), options).format(new Date(instant))
}

function wallClock(instant: string, timeZone: string): string {
  return format(instant, 'en', { timeZone, dateStyle: 'short', timeStyle: 'short' })
}

function wallDay(instant: string, timeZone: string): string {
  return format(instant, 'en', { timeZone, dateStyle: 'short' })
}

/** A text as it begins a line: many languages write weekdays small. */
export function capitalised(text: string, language: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1)
}
