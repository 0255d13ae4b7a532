import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CALENDAR_DAYS, dayAfterKey, daysOf, soonest, weeksOf } from './calendar.ts'
import { dateIn } from '@visavis/ui/time/calendar-date.ts'
import type { Place } from './types.ts'

const NOW = Date.parse('2026-11-22T10:00:00Z')
const place = (startsAt: string): Place => ({
  slotId: startsAt,
  startsAt,
  endsAt: new Date(Date.parse(startsAt) + 1_800_000).toISOString(),
  visitClass: 'social',
  bookingMode: 'INSTANT',
  free: 1,
})
const calendar = (timeZone: string, places: Place[], full: Place[] = []) =>
  daysOf({ places, full, timeZone, nowMs: NOW })

describe('the calendar', () => {
  it('[BK-6] puts a time on the day that it is by the own clock', () => {
    // 01:00 on the 25th in Krasnoyarsk is still the 24th in Berlin.
    const places = [place('2026-11-24T18:00:00.000Z')]
    const dayWith = (zone: string) => calendar(zone, places).find(({ free }) => free.length > 0)
    expect(dayWith('Asia/Krasnoyarsk')?.date).toBe('2026-11-25')
    expect(dayWith('Europe/Berlin')?.date).toBe('2026-11-24')
  })

  it('[BK-6] has each day once, through a clock change', () => {
    for (const nowMs of [Date.parse('2026-10-20T22:30:00Z'), Date.parse('2026-03-20T22:30:00Z')]) {
      const days = daysOf({ places: [], full: [], timeZone: 'Europe/Berlin', nowMs })
      expect(days).toHaveLength(CALENDAR_DAYS)
      expect(new Set(days.map(({ date }) => date)).size).toBe(CALENDAR_DAYS)
      expect(days[0]?.date).toBe(dateIn(nowMs, 'Europe/Berlin'))
    }
  })

  it('has a day for every free and full time within the four weeks, in order', () => {
    const inRange = fc
      .integer({ min: 0, max: (CALENDAR_DAYS - 2) * 24 * 60 })
      .map((minutes) => place(new Date(NOW + minutes * 60_000).toISOString()))
    const zone = fc.constantFrom('Asia/Krasnoyarsk', 'America/New_York', 'Pacific/Auckland', 'UTC')
    fc.assert(
      fc.property(fc.array(inRange), fc.array(inRange), zone, (places, full, timeZone) => {
        const days = calendar(timeZone, places, full)
        expect(days.flatMap(({ free }) => free)).toHaveLength(places.length)
        expect(days.flatMap((day) => day.full)).toHaveLength(full.length)
        const starts = days.flatMap(({ free }) => free.map(({ startsAt }) => startsAt))
        expect(starts).toEqual(starts.toSorted())
      }),
    )
  })

  it('is drawn in weeks that begin on Monday', () => {
    const weeks = weeksOf(calendar('Europe/Moscow', []))
    expect(weeks[0]?.slice(0, 6)).toEqual([null, null, null, null, null, null])
    expect(weeks[0]?.[6]?.date).toBe('2026-11-22')
    expect(weeks.every((week) => week.length === 7)).toBe(true)
    expect(weeks.flat().filter((day) => day !== null)).toHaveLength(CALENDAR_DAYS)
  })

  it('names the soonest time', () => {
    const places = [place('2026-11-25T10:00:00.000Z'), place('2026-11-24T10:00:00.000Z')]
    expect(soonest(places)?.startsAt).toBe('2026-11-24T10:00:00.000Z')
    expect(soonest([])).toBeNull()
  })
})

describe('the keys of the calendar', () => {
  const days = calendar('Europe/Moscow', [])

  it('go by days and weeks, and to the ends of a week', () => {
    expect(dayAfterKey(days, '2026-11-25', 'ArrowRight')).toBe('2026-11-26')
    expect(dayAfterKey(days, '2026-11-25', 'ArrowLeft')).toBe('2026-11-24')
    expect(dayAfterKey(days, '2026-11-25', 'ArrowDown')).toBe('2026-12-02')
    expect(dayAfterKey(days, '2026-11-25', 'Home')).toBe('2026-11-23')
    expect(dayAfterKey(days, '2026-11-25', 'End')).toBe('2026-11-29')
    expect(dayAfterKey(days, '2026-11-25', 'x')).toBeNull()
  })

  it('stay within the calendar', () => {
    expect(dayAfterKey(days, '2026-11-22', 'ArrowUp')).toBe('2026-11-22')
    expect(dayAfterKey(days, '2026-12-19', 'ArrowDown')).toBe('2026-12-19')
  })
})
