import { localeOf } from '@visavis/ui/time/locale.ts'
import type { LinkCentre } from './types.ts'

type Hours = LinkCentre['openingHours']
type Weekday = keyof Hours
type Stretch = NonNullable<Hours[Weekday]>[number]

const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const satisfies readonly Weekday[]
const MINUTES_AN_HOUR = 60

/** Days in a row with the same hours. Weekdays are ISO numbers: 1 is Monday. */
export type OpeningLine = {
  readonly from: number
  readonly to: number
  readonly stretches: readonly Stretch[]
}

/** Opening hours in few lines: days in a row that are alike share one, closed days are left out. */
export function openingLines(hours: Hours): OpeningLine[] {
  const lines: OpeningLine[] = []
  for (const weekday of WEEKDAYS) {
    const stretches = (hours[weekday] ?? []).toSorted((a, b) => a.fromMinute - b.fromMinute)
    if (stretches.length === 0) continue
    const day = Number(weekday)
    const last = lines.at(-1)
    if (last && last.to === day - 1 && textOf(last.stretches) === textOf(stretches)) {
      lines[lines.length - 1] = { ...last, to: day }
    } else lines.push({ from: day, to: day, stretches })
  }
  return lines
}

function textOf(stretches: readonly Stretch[]): string {
  return stretches.map(({ fromMinute, toMinute }) => `${fromMinute}-${toMinute}`).join()
}

/** A minute of the day as the language writes a time; midnight at the end of a day included. */
export function minuteText(minute: number, language: string): string {
  const instant = Date.UTC(
    2026,
    0,
    1,
    Math.floor(minute / MINUTES_AN_HOUR),
    minute % MINUTES_AN_HOUR,
  )
  return new Intl.DateTimeFormat(localeOf(language), {
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(instant)
}

/** The short name of an ISO weekday. */
export function weekdayName(
  weekday: number,
  language: string,
  length: 'short' | 'long' = 'short',
): string {
  // 5 January 2026 was a Monday.
  const instant = Date.UTC(2026, 0, 4 + weekday)
  return new Intl.DateTimeFormat(localeOf(language), { weekday: length, timeZone: 'UTC' }).format(
    instant,
  )
}
