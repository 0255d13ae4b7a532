import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { dateOf, dayOf, instantOf, mondayOf, wallTimeOf } from './local-time-rules.ts'
import { occurrencesOf, seriesInstants } from './slot-rules.ts'
import type { TemplateTimes } from './slot-rules.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const BERLIN = 'Europe/Berlin'
const NEW_YORK = 'America/New_York'
const KRASNOYARSK = 'Asia/Krasnoyarsk'
const ZONES = [BERLIN, NEW_YORK, KRASNOYARSK, 'Australia/Lord_Howe', 'America/St_Johns']
const HALF_PAST_TWO = 150

const sundays = (changes: Partial<TemplateTimes> = {}): TemplateTimes => ({
  weekday: 7,
  startMinute: HALF_PAST_TWO,
  lengthMinutes: 60,
  everyWeeks: 1,
  validFrom: '2026-01-01',
  validTo: null,
  excludedDates: [],
  ...changes,
})
const spring = { from: '2026-03-02', to: '2026-04-05' }
const startsOf = (template: TemplateTimes, zone: string, range = spring) =>
  occurrencesOf(template, zone, range).map(({ startsAt }) => startsAt.toISOString())

describe('[BK-6] the wall clock across a change of clocks', () => {
  it('keeps nine in the morning of Berlin and New York where they are', () => {
    const nine = sundays({ startMinute: 540 })
    const around = { from: '2026-03-22', to: '2026-03-29' }
    expect(startsOf(nine, BERLIN, around)).toEqual([
      '2026-03-22T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
    ])
    const american = { from: '2026-10-25', to: '2026-11-01' }
    expect(startsOf(nine, NEW_YORK, american)).toEqual([
      '2026-10-25T13:00:00.000Z',
      '2026-11-01T14:00:00.000Z',
    ])
  })

  it('moves a time that is left out to the next instant that exists', () => {
    const berlin = startsOf(sundays(), BERLIN, { from: '2026-03-29', to: '2026-03-29' })
    expect(berlin).toEqual(['2026-03-29T01:00:00.000Z'])
    const newYork = startsOf(sundays(), NEW_YORK, { from: '2026-03-08', to: '2026-03-08' })
    expect(newYork).toEqual(['2026-03-08T07:00:00.000Z'])
  })

  it('takes the first of a time that comes twice, and counts real minutes', () => {
    const [berlin] = occurrencesOf(sundays(), BERLIN, { from: '2026-10-25', to: '2026-10-25' })
    expect(berlin?.startsAt.toISOString()).toBe('2026-10-25T00:30:00.000Z')
    expect(berlin?.endsAt.toISOString()).toBe('2026-10-25T01:30:00.000Z')
    expect(startsOf(sundays({ startMinute: 90 }), NEW_YORK, nov1)).toEqual([
      '2026-11-01T05:30:00.000Z',
    ])
  })
  const nov1 = { from: '2026-11-01', to: '2026-11-01' }

  it('goes through the whole year in Krasnoyarsk, which has no change', () => {
    const all = startsOf(sundays(), KRASNOYARSK, { from: '2026-01-01', to: '2026-12-31' })
    expect(all).toHaveLength(52)
    expect(all.every((startsAt) => startsAt.endsWith('T19:30:00.000Z'))).toBe(true)
  })

  it('shows the wanted minute wherever a clock ever shows it, and else the one after the gap', () => {
    const property = fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: dayOf('2015-01-01'), max: dayOf('2035-12-31') }),
      fc.integer({ min: 0, max: 1439 }),
      (zone, day, minute) => {
        const wall = { date: dateOf(day), minute }
        const at = instantOf(wall, zone)
        const shown = wallTimeOf(at, zone)
        if (shown.date === wall.date && shown.minute === minute) {
          const earlier = wallTimeOf(new Date(at.getTime() - 60 * MINUTE_MS), zone)
          expect(earlier).not.toEqual(wall)
          return
        }
        // In a gap: a moment ago the clock had not come so far, and now it is past it.
        const before = wallTimeOf(new Date(at.getTime() - 1), zone)
        expect(before.minute).toBeLessThan(minute)
        expect(shown.minute).toBeGreaterThan(minute)
      },
    )
    fc.assert(property, { numRuns: 3000 })
  })
})

const template = fc.record({
  weekday: fc.integer({ min: 1, max: 7 }),
  startMinute: fc.integer({ min: 0, max: 1439 }),
  lengthMinutes: fc.integer({ min: 5, max: 240 }),
  everyWeeks: fc.integer({ min: 1, max: 12 }),
  validFrom: fc.integer({ min: dayOf('2024-01-01'), max: dayOf('2026-01-01') }).map(dateOf),
  validTo: fc.option(
    fc.integer({ min: dayOf('2026-01-02'), max: dayOf('2028-01-01') }).map(dateOf),
  ),
  excludedDates: fc.constant<string[]>([]),
})
const year = { from: '2025-06-01', to: '2026-06-01' }

describe('[BK-7] the occurrences of a template', () => {
  it('counts every n weeks from the week of the first day', () => {
    const fortnightly = sundays({ everyWeeks: 2, validFrom: '2026-03-04' })
    const dates = occurrencesOf(fortnightly, BERLIN, spring).map(({ localDate }) => localDate)
    expect(dates).toEqual(['2026-03-08', '2026-03-22', '2026-04-05'])
  })

  it('skips a first week whose day has passed, excluded dates, and what is past the last day', () => {
    const mondays = sundays({ weekday: 1, everyWeeks: 2, validFrom: '2026-03-04' })
    const all = occurrencesOf(mondays, BERLIN, { from: '2026-03-01', to: '2026-04-30' })
    expect(all.map(({ localDate }) => localDate)).toEqual([
      '2026-03-16',
      '2026-03-30',
      '2026-04-13',
      '2026-04-27',
    ])
    const ended = { ...mondays, validTo: '2026-04-13', excludedDates: ['2026-03-30'] }
    const few = occurrencesOf(ended, BERLIN, { from: '2026-03-01', to: '2026-04-30' })
    expect(few.map(({ localDate }) => localDate)).toEqual(['2026-03-16', '2026-04-13'])
  })

  it('never overlap, last as long as they say, and are as many as the calendar has', () => {
    const property = fc.property(template, fc.constantFrom(...ZONES), (given, zone) => {
      const all = occurrencesOf(given, zone, year)
      all.forEach(({ startsAt, endsAt }, index) => {
        const next = all[index + 1]
        expect(endsAt.getTime() - startsAt.getTime()).toBe(given.lengthMinutes * MINUTE_MS)
        if (next) expect(endsAt.getTime()).toBeLessThanOrEqual(next.startsAt.getTime())
      })
      expect(all.map(({ localDate }) => localDate)).toEqual(datesByHand(given))
    })
    fc.assert(property, { numRuns: 200 })
  })

  it('has the same wall-clock time on every day without a gap', () => {
    const property = fc.property(template, fc.constantFrom(...ZONES), (given, zone) => {
      for (const { startsAt, localDate } of occurrencesOf(given, zone, year)) {
        const wanted = { date: localDate, minute: given.startMinute }
        if (exists(wanted, zone)) expect(wallTimeOf(startsAt, zone)).toEqual(wanted)
      }
    })
    fc.assert(property, { numRuns: 200 })
  })
})

/** By luxon's own calendar, day for day. */
function datesByHand(given: TemplateTimes): string[] {
  const days = Array.from({ length: dayOf(year.to) - dayOf(year.from) + 1 }, (_, index) =>
    DateTime.fromISO(year.from, { zone: 'utc' }).plus({ days: index }),
  )
  const week = (date: DateTime) => date.startOf('week').toMillis() / (7 * DAY_MS)
  const first = week(DateTime.fromISO(given.validFrom, { zone: 'utc' }))
  return days
    .filter((day) => day.weekday === given.weekday)
    .filter((day) => (week(day) - first) % given.everyWeeks === 0)
    .map((day) => day.toFormat('yyyy-MM-dd'))
    .filter((date) => date >= given.validFrom && date <= (given.validTo ?? date))
}

/** Luxon moves a time that does not exist. */
function exists({ date, minute }: { date: string; minute: number }, zone: string): boolean {
  const at = DateTime.fromISO(date, { zone }).set({
    hour: Math.floor(minute / 60),
    minute: minute % 60,
  })
  return at.toFormat('yyyy-MM-dd') === date && at.hour * 60 + at.minute === minute
}

describe('[BK-11] the instants of a weekly series', () => {
  const hoursOf = (zone: string, first: string, count: number) =>
    seriesInstants(new Date(first), zone, { everyWeeks: 1, count }).map(
      ({ startsAt }) => wallTimeOf(startsAt, zone).minute / 60,
    )

  it.each([
    [BERLIN, '2026-03-20T09:00:00Z', 10],
    [BERLIN, '2026-10-16T08:00:00Z', 10],
    [NEW_YORK, '2026-02-27T15:00:00Z', 10],
    [NEW_YORK, '2026-10-23T14:00:00Z', 10],
    [KRASNOYARSK, '2026-03-20T03:00:00Z', 10],
  ])('[BK-6] in %s from %s stay at the same hour', (zone, first, hour) => {
    expect(hoursOf(zone, first, 26)).toEqual(Array.from({ length: 26 }, () => hour))
  })

  it('are n weeks apart, and begin with the first', () => {
    const first = new Date('2026-10-25T01:30:00Z') // The second half past two of that night.
    const series = seriesInstants(first, BERLIN, { everyWeeks: 3, count: 3 })
    expect(series.map(({ localDate }) => localDate)).toEqual([
      '2026-10-25',
      '2026-11-15',
      '2026-12-06',
    ])
    expect(series[0]?.startsAt).toBe(first)
  })
})

describe('days and weeks', () => {
  it('knows the Monday of every day', () => {
    for (let day = dayOf('2026-01-01'); day < dayOf('2027-01-01'); day += 1) {
      const monday = DateTime.fromISO(dateOf(day), { zone: 'utc' }).startOf('week')
      expect(dateOf(mondayOf(day))).toBe(monday.toFormat('yyyy-MM-dd'))
    }
  })
})
