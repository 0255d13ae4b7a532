import { describe, expect, it } from 'vitest'
import { seriesOffer } from './series.ts'
import type { Place } from './types.ts'

const place = (slotId: string, startsAt: string): Place => ({
  slotId,
  startsAt,
  endsAt: new Date(Date.parse(startsAt) + 1_800_000).toISOString(),
  visitClass: 'social',
  bookingMode: 'INSTANT',
  free: 1,
})
const bookingAt = (startsAt: string, timeZone: string) => ({
  ...place('booked', startsAt),
  facility: { facilityId: 'f', name: 'F', timeZone },
})

describe('[BK-11] every week at this time', () => {
  it('begins a week after the booking, with what can be booked by now', () => {
    const booking = bookingAt('2026-11-24T03:00:00.000Z', 'Asia/Krasnoyarsk')
    const places = [
      place('other', '2026-12-01T04:00:00.000Z'),
      place('next', '2026-12-01T03:00:00.000Z'),
      place('after', '2026-12-08T03:00:00.000Z'),
    ]
    const offer = seriesOffer(booking, places, Date.parse('2026-11-22T10:00:00Z'))
    expect(offer).toEqual({ slotId: 'next', counts: [2, 3] })
  })

  it('[BK-6] follows the facility’s wall clock through a clock change', () => {
    // 10:00 in Berlin is 08:00 UTC before the change of 25 October and 09:00 UTC after it.
    const booking = bookingAt('2026-10-20T08:00:00.000Z', 'Europe/Berlin')
    const places = [
      place('wrong', '2026-10-27T08:00:00.000Z'),
      place('right', '2026-10-27T09:00:00.000Z'),
    ]
    expect(seriesOffer(booking, places, Date.parse('2026-10-16T10:00:00Z'))?.slotId).toBe('right')
  })

  it('begins later where a week has no such time, and is not offered where less than two are left', () => {
    const booking = bookingAt('2026-11-24T03:00:00.000Z', 'Asia/Krasnoyarsk')
    const later = [place('after', '2026-12-08T03:00:00.000Z')]
    const nowMs = Date.parse('2026-11-22T10:00:00Z')
    expect(seriesOffer(booking, later, nowMs)).toEqual({ slotId: 'after', counts: [2] })
    expect(seriesOffer(booking, [], nowMs)).toBeNull()
    const late = bookingAt('2026-12-08T03:00:00.000Z', 'Asia/Krasnoyarsk')
    expect(seriesOffer(late, [place('x', '2026-12-15T03:00:00.000Z')], nowMs)).toBeNull()
  })
})
