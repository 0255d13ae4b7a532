import { DateTime } from 'luxon'
import { z } from 'zod'

const Hours = z.record(
  z.string(),
  z.array(z.object({ fromMinute: z.number(), toMinute: z.number() })),
)

/** A link centre's clock and hours; by ISO weekday, in minutes after local midnight. */
export type Opening = { readonly timeZone: string; readonly openingHours: unknown }

/** Whether the centre is open for the whole stretch (milliseconds since 1970), which is on one local day. */
export function isOpenThen(
  { timeZone, openingHours }: Opening,
  { startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number },
): boolean {
  const start = DateTime.fromMillis(startsAt, { zone: timeZone })
  // An end at midnight belongs to the day before.
  const lastMs = DateTime.fromMillis(endsAt - 1, { zone: timeZone })
  if (!lastMs.hasSame(start, 'day')) return false
  const hours = Hours.parse(openingHours)[String(start.weekday)] ?? []
  const from = start.hour * 60 + start.minute
  const to = lastMs.hour * 60 + lastMs.minute + 1
  return hours.some(({ fromMinute, toMinute }) => fromMinute <= from && to <= toMinute)
}
