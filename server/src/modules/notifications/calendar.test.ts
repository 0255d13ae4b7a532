import { describe, expect, it } from 'vitest'
import { calendarText } from './calendar.ts'
import type { CalendarEntry } from './calendar.ts'
import { VISIT_ID, someDetails } from './notice-fixture.ts'

function entry(changes: Partial<CalendarEntry> = {}): string {
  const { visit } = someDetails()
  if (visit === null) throw new Error('the fixture has a visit')
  const text = calendarText({
    visitId: VISIT_ID,
    method: 'REQUEST',
    visit,
    stamp: new Date('2026-11-01T00:00:00Z'),
    summary: 'Video visit with Dmitri',
    description: 'Be there 15 minutes earlier.',
    location: 'https://visits.example',
    organizer: { name: 'North facility', email: 'no-reply@visits.example' },
    attendee: 'olga@example.org',
    ...changes,
  })
  // Long lines are folded (RFC 5545, 3.1).
  return text.replaceAll('\r\n ', '')
}

describe('the calendar entry of a visit', () => {
  it('is a request with the visit’s own UID, its version and the facility’s wall clock', () => {
    const lines = entry().split('\r\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'METHOD:REQUEST',
        `UID:visit-${VISIT_ID}@visavis`,
        'SEQUENCE:3',
        'DTSTAMP:20261101T000000Z',
        'DTSTART;TZID=Asia/Krasnoyarsk:20261201T190000',
        'DTEND;TZID=Asia/Krasnoyarsk:20261201T193000',
        'STATUS:CONFIRMED',
        'SUMMARY:Video visit with Dmitri',
        'TRIGGER:-PT1H',
      ]),
    )
  })

  it('describes the zone that its times name', () => {
    const text = entry()
    expect(text).toContain('BEGIN:VTIMEZONE\r\nTZID:Asia/Krasnoyarsk\r\n')
    expect(text).toContain('TZOFFSETTO:+0700')
  })

  it('is taken away by a cancellation of the same UID, without an alarm', () => {
    const text = entry({ method: 'CANCEL' })
    expect(text).toContain('METHOD:CANCEL')
    expect(text).toContain(`UID:visit-${VISIT_ID}@visavis`)
    expect(text).toContain('STATUS:CANCELLED')
    expect(text).not.toContain('VALARM')
  })
})
