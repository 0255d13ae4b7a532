import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { DateTime } from 'luxon'
import type { NoticeDetails } from './notice-details.ts'

/** A visit as an entry of a calendar. */
export type CalendarEntry = {
  readonly visitId: string
  readonly method: 'REQUEST' | 'CANCEL'
  readonly visit: NonNullable<NoticeDetails['visit']>
  /** Now, as the entry's stamp. */
  readonly stamp: Date
  readonly summary: string
  readonly description: string
  /** Where the reader is to be: the link centre, or the page's address. */
  readonly location: string
  readonly organizer: { readonly name: string; readonly email: string }
  readonly attendee: string
}

/** One hour: enough to find a quiet room and to charge a telephone. */
const ALARM_SECONDS = 3600

/**
 * The entry as iCalendar text (RFC 5545, iTIP method): the same UID for a visit's whole life, SEQUENCE is
 * the booking's version, times on the facility's wall clock with that zone's offset of the day.
 */
export function calendarText(entry: CalendarEntry): string {
  const { method, visit, visitId } = entry
  const isCancelled = method === 'CANCEL'
  const zone = visit.facilityZone
  const start = DateTime.fromISO(visit.startsAt, { zone })
  const calendar = ical({
    method: ICalCalendarMethod[method],
    prodId: { company: 'Vis-à-vis', product: 'visits' },
    // Of the event only: a calendar with a zone would write its stamp on that wall clock, too.
    timezone: { name: null, generator: () => zoneText(start) },
  })
  const event = calendar.createEvent({
    id: `visit-${visitId}@visavis`,
    sequence: visit.sequence,
    stamp: entry.stamp,
    start,
    end: DateTime.fromISO(visit.endsAt, { zone }),
    timezone: zone,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    summary: entry.summary,
    description: entry.description,
    location: entry.location,
    organizer: entry.organizer,
    attendees: [{ email: entry.attendee, rsvp: false }],
  })
  if (!isCancelled) event.createAlarm({ type: ICalAlarmType.display, trigger: ALARM_SECONDS })
  return calendar.toString()
}

/** The zone as the one visit needs it: the offset in force at its start. */
function zoneText(start: DateTime): string {
  const offset = start.toFormat('ZZZ')
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${start.zoneName ?? 'UTC'}`,
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    `TZOFFSETFROM:${offset}`,
    `TZOFFSETTO:${offset}`,
    'END:STANDARD',
    'END:VTIMEZONE',
  ].join('\r\n')
}
