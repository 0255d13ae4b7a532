import { DateTime } from 'luxon'
import type { BookingMode, VisitClass } from '../../generated/client/enums.ts'
import { aTemplate } from '../builders/timetable.ts'
import { DEMO_FACILITIES } from './demo-data.ts'
import { stableId } from './stable-id.ts'

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const
const WORKING_DAYS = EVERY_DAY.slice(0, 5)
/** Last week has slots too, so that the week view has a past. */
const DAYS_BEFORE_TODAY = 7

type DemoSession = {
  readonly name: string
  readonly weekdays: readonly number[]
  /** Local times of day, `HH:mm`. */
  readonly starts: readonly string[]
  readonly lengthMinutes: number
  readonly visitClass: VisitClass
  readonly bookingMode: BookingMode
  readonly capacity: number
}

/** What each facility of the demo offers: on three terminals, never more than three visits at once. */
export const DEMO_SESSIONS: readonly DemoSession[] = [
  {
    name: 'Family visits',
    weekdays: EVERY_DAY,
    starts: ['09:00', '10:00', '11:00', '13:30', '14:30', '15:30', '16:30'],
    lengthMinutes: 30,
    visitClass: 'social',
    bookingMode: 'INSTANT',
    capacity: 3,
  },
  {
    name: 'Lawyers',
    weekdays: WORKING_DAYS,
    starts: ['12:00'],
    lengthMinutes: 60,
    visitClass: 'privileged',
    bookingMode: 'INSTANT',
    capacity: 1,
  },
  {
    name: 'Evening calls',
    weekdays: EVERY_DAY,
    starts: ['18:00'],
    lengthMinutes: 120,
    visitClass: 'social',
    bookingMode: 'ON_DEMAND',
    capacity: 3,
  },
]

/** The session templates of every facility of the demo, valid from a week before `now`. */
export function demoTemplates(now: Date) {
  return DEMO_FACILITIES.flatMap(({ key, timeZone }) => {
    const today = DateTime.fromJSDate(now, { zone: timeZone })
    const validFrom = new Date(today.minus({ days: DAYS_BEFORE_TODAY }).toFormat('yyyy-MM-dd'))
    return DEMO_SESSIONS.flatMap((session) => templatesOf(session, { key, validFrom }))
  })
}

function templatesOf(
  { weekdays, starts, name, ...session }: DemoSession,
  { key, validFrom }: { key: string; validFrom: Date },
) {
  return weekdays.flatMap((weekday) =>
    starts.map((start) =>
      aTemplate({
        templateId: stableId(`template/${key}/${name}/${weekday}/${start}`),
        facilityId: stableId(`facility/${key}`),
        name,
        weekday,
        startMinute: minuteOf(start),
        validFrom,
        ...session,
      }),
    ),
  )
}

function minuteOf(timeOfDay: string): number {
  const { hour, minute } = DateTime.fromFormat(timeOfDay, 'HH:mm')
  return hour * 60 + minute
}
