import type { FieldProblem } from '@visavis/contract/errors'
import type { OpeningHours } from '@visavis/contract/http'

/** One local stretch of a weekday, in minutes after midnight; the end is not part of it. */
type Stretch = { readonly fromMinute: number; readonly toMinute: number }

/** What is wrong with opening hours: stretches that end before they begin, or overlap on one day. */
export function openingHoursProblems(hours: OpeningHours): FieldProblem[] {
  return stretchesByDay(hours).flatMap(([weekday, stretches]) =>
    stretches.flatMap((stretch, index) => {
      const field = `openingHours.${weekday}.${index}`
      if (stretch.fromMinute >= stretch.toMinute) {
        return [{ field, cure: 'The end comes after the beginning.' }]
      }
      const earlier = stretches.slice(0, index)
      const isTaken = earlier.some((other) => overlap(stretch, other))
      return isTaken ? [{ field, cure: 'The stretches of a day do not overlap.' }] : []
    }),
  )
}

/** The same hours as they are kept: each day's stretches in order, days without any left out. */
export function openingHoursInOrder(hours: OpeningHours): OpeningHours {
  const days = stretchesByDay(hours).filter(([, stretches]) => stretches.length > 0)
  return Object.fromEntries(
    days.map(([weekday, stretches]) => [
      weekday,
      stretches.toSorted((a, b) => a.fromMinute - b.fromMinute),
    ]),
  )
}

function stretchesByDay(hours: OpeningHours): [string, readonly Stretch[]][] {
  return Object.entries(hours)
}

function overlap(a: Stretch, b: Stretch): boolean {
  return a.fromMinute < b.toMinute && b.fromMinute < a.toMinute
}
