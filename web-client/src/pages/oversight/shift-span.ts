/** Which stretch of time a shift's page is about. */
export const SPANS = ['today', 'yesterday', 'last8', 'last12'] as const
export type SpanName = (typeof SPANS)[number]

const HOUR_MS = 3_600_000
const LENGTHS: Readonly<Partial<Record<SpanName, number>>> = { last8: 8, last12: 12 }

/** Midnight of an instant's day by that clock, found by what the clock shows; right on days of 23 and 25 hours. */
function midnight(nowMs: number, timeZone: string): number {
  const day = dayOf(nowMs, timeZone)
  let [from, to] = [nowMs - 26 * HOUR_MS, nowMs]
  // The first millisecond of the day lies between an instant of the day before and now.
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2)
    if (dayOf(middle, timeZone) === day) to = middle
    else from = middle
  }
  return to
}

function dayOf(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(ms))
}

/** The stretch by the facility's clock, half open, as instants of the wire. Pure. */
export function spanOf(
  name: SpanName,
  { nowMs, timeZone }: { nowMs: number; timeZone: string },
): { from: string; to: string } {
  const iso = (ms: number): string => new Date(ms).toISOString()
  const hours = LENGTHS[name]
  if (hours !== undefined) return { from: iso(nowMs - hours * HOUR_MS), to: iso(nowMs) }
  const today = midnight(nowMs, timeZone)
  if (name === 'yesterday') return { from: iso(midnight(today - 1, timeZone)), to: iso(today) }
  // A day and a little: the next midnight is found from within the next day.
  const tomorrow = midnight(today + 30 * HOUR_MS, timeZone)
  return { from: iso(today), to: iso(tomorrow) }
}
