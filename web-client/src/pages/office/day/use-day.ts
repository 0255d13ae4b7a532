import type { Result } from '@visavis/ui'
import { useCallback } from 'react'
import { useResource } from '@visavis/ui'
import { useSession } from '../../../session/session.ts'
import type { SessionTools } from '../../../session/session.ts'
import { addDays, dayStart } from '../parts/office-time.ts'
import type { Booking, Week } from '../parts/types.ts'
import type { Preflight } from './preflights.ts'

/** The most the server gives at once. */
const PAGE = 100
/** Beyond this a day is not a day: 40 terminals hold some 800 visits. */
const PAGES_AT_MOST = 20

export type Day = {
  readonly bookings: readonly Booking[]
  readonly week: Week
  readonly preflights: readonly Preflight[]
}
type Stretch = { readonly from: string; readonly to: string }

/** All bookings of a local date with the terminals and closures of its week. */
export function useDay(date: string, timeZone: string) {
  const { call } = useSession()
  return useResource(
    useCallback(async (): Promise<Result<Day>> => {
      const stretch = { from: dayStart(date, timeZone), to: dayStart(addDays(date, 1), timeZone) }
      const [bookings, week, tests] = await Promise.all([
        allBookings(call, stretch),
        call('timetable', { query: { weekOf: date } }),
        call('preflights', { query: stretch }),
      ])
      if (!bookings.ok) return bookings
      if (!week.ok) return week
      // The day is worth showing without them.
      const preflights = tests.ok ? tests.data.preflights : []
      return { ok: true, data: { bookings: bookings.data, week: week.data, preflights } }
    }, [call, date, timeZone]),
  )
}

async function allBookings(
  call: SessionTools['call'],
  stretch: Stretch,
): Promise<Result<Booking[]>> {
  const found: Booking[] = []
  let cursor: string | null = null
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const query = { limit: PAGE, ...stretch, ...(cursor === null ? {} : { cursor }) }
    const answer: Awaited<ReturnType<typeof askPage>> = await askPage(call, query)
    if (!answer.ok) return answer
    found.push(...answer.data.items)
    cursor = answer.data.nextCursor
    if (cursor === null) break
  }
  return { ok: true, data: found }
}

function askPage(call: SessionTools['call'], query: Record<string, string | number>) {
  return call('bookings', { query })
}
