import { addDays, dateIn } from '@visavis/ui/time/calendar-date.ts'
import { CALENDAR_DAYS } from './calendar.ts'
import type { Booking, Place } from './types.ts'

const WEEK_DAYS = 7
/** The contract's least number of visits in a series. */
const LEAST_COUNT = 2

/** A series that could follow a booking: where it begins and how many visits it may have. */
export type SeriesOffer = { readonly slotId: string; readonly counts: readonly number[] }

type Known = Pick<Booking, 'startsAt' | 'endsAt' | 'facility' | 'visitClass'>

/**
 * What "every week at this time" can mean now: the weeks after the booking on the facility's wall clock
 * (BK-6, BK-11), as far ahead as can be booked. Null: less than a series.
 */
export function seriesOffer(
  booking: Known,
  places: readonly Place[],
  nowMs: number,
): SeriesOffer | null {
  const { timeZone } = booking.facility
  const first = dateIn(booking.startsAt, timeZone)
  const lastDay = addDays(dateIn(nowMs, timeZone), CALENDAR_DAYS - 1)
  const weeks = Array.from({ length: CALENDAR_DAYS / WEEK_DAYS }, (_, index) =>
    addDays(first, (index + 1) * WEEK_DAYS),
  ).filter((date) => date <= lastDay)
  const isLike = (place: Place, date: string) =>
    dateIn(place.startsAt, timeZone) === date &&
    place.visitClass === booking.visitClass &&
    clockIn(place.startsAt, timeZone) === clockIn(booking.startsAt, timeZone) &&
    lengthOf(place) === lengthOf(booking)
  for (const [index, date] of weeks.entries()) {
    const place = places.find((each) => isLike(each, date))
    const most = weeks.length - index
    if (place) return most < LEAST_COUNT ? null : offer(place, most)
  }
  return null
}

function offer({ slotId }: Place, most: number): SeriesOffer {
  const counts = Array.from({ length: most - LEAST_COUNT + 1 }, (_, index) => index + LEAST_COUNT)
  return { slotId, counts }
}

function clockIn(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeStyle: 'short', hourCycle: 'h23' })
  return format.format(new Date(instant))
}

function lengthOf({ startsAt, endsAt }: { startsAt: string; endsAt: string }): number {
  return Date.parse(endsAt) - Date.parse(startsAt)
}
