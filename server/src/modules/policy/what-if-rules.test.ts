import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_FACILITY_POLICY } from '@visavis/prisma'
import { againstTheLaw, brokenBookings } from './what-if-broken-rules.ts'
import type { WhatIfFacts, WhatIfTemplate, WhatIfVisit } from './what-if-facts.ts'
import { bookingsOf, isSaturated, loadsOf } from './what-if-load-rules.ts'
import { changedPolicy, readSettings } from './what-if-settings.ts'

const MONDAY_NINE = new Date('2027-03-08T02:00:00Z')
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const template = (given: Partial<WhatIfTemplate> = {}): WhatIfTemplate => ({
  weekday: 1,
  startMinute: 540,
  lengthMinutes: 30,
  everyWeeks: 1,
  capacity: 2,
  visitClass: 'social',
  wings: [],
  ...given,
})
const visit = (given: Partial<WhatIfVisit> = {}): WhatIfVisit => {
  const startsAt = given.startsAt ?? MONDAY_NINE
  return {
    visitId: 'v1',
    terminalId: 't1',
    inmateId: 'i1',
    visitClass: 'social',
    startsAt,
    endsAt: new Date(startsAt.getTime() + HOUR_MS / 2),
    bookedAt: new Date(startsAt.getTime() - 7 * DAY_MS),
    birthDates: ['1980-01-01'],
    ...given,
  }
}
/** Two terminals, open on Mondays from nine to eleven: four slots of two. */
const facts = (given: Partial<WhatIfFacts> = {}): WhatIfFacts => ({
  name: 'Example',
  timeZone: 'Asia/Krasnoyarsk',
  now: new Date('2027-03-01T00:00:00Z'),
  policy: DEFAULT_FACILITY_POLICY,
  limits: {},
  terminals: [
    { terminalId: 't1', name: 'Terminal 1', wing: 'A' },
    { terminalId: 't2', name: 'Terminal 2', wing: 'A' },
  ],
  templates: [540, 575, 610, 645].map((startMinute) => template({ startMinute })),
  visits: [],
  weeks: 4,
  waiting: 0,
  bookings: [],
  ...given,
})
const NOW_TERMS = { visitMinutes: null, turnaroundMinutes: 5 }
const terms = (visitMinutes: number) => ({ visitMinutes, turnaroundMinutes: 5 })

describe('terminals', () => {
  it('are open for their sessions, and used for what is booked with its turnaround', () => {
    const visits = [visit(), visit({ visitId: 'v2' }), visit({ visitId: 'v3' }), visit()]
    const [first, second] = loadsOf(facts({ visits }), NOW_TERMS, terms(65))
    expect(first).toMatchObject({ openMinutes: 140, usedBefore: 35, usedAfter: 70 })
    expect(second).toMatchObject({ openMinutes: 140, usedBefore: 0, usedAfter: 0 })
  })

  it('are used as before where nothing that they depend on is changed', () => {
    const visits = [visit(), visit({ visitClass: 'privileged', terminalId: 't2' })]
    for (const load of loadsOf(facts({ visits }), NOW_TERMS, NOW_TERMS)) {
      expect(load.usedAfter).toBe(load.usedBefore)
    }
  })

  it('are saturated from 85 % on', () => {
    expect([isSaturated(84.9, 100), isSaturated(85, 100), isSaturated(0, 0)]).toEqual([
      false,
      true,
      false,
    ])
  })
})

describe('bookings', () => {
  it('lose what no longer fits when visits become longer, and slots are re-cut', () => {
    const visits = Array.from({ length: 32 }, (_, index) => visit({ visitId: `v${index}` }))
    const found = bookingsOf(facts({ visits }), NOW_TERMS, terms(65))
    // 140 minutes hold two visits of 70 on each of two terminals.
    expect(found).toEqual({ placesBefore: 8, placesAfter: 4, before: 8, wanted: 8, after: 4 })
  })

  it('let in who waits when visits become shorter', () => {
    const visits = Array.from({ length: 32 }, (_, index) => visit({ visitId: `v${index}` }))
    const found = bookingsOf(facts({ visits, waiting: 8 }), NOW_TERMS, terms(15))
    expect(found).toMatchObject({ placesAfter: 14, before: 8, wanted: 10, after: 10 })
  })

  it('never come to more than is wanted, nor to more when visits are longer', () => {
    const minutes = fc.integer({ min: 5, max: 240 })
    fc.assert(
      fc.property(minutes, minutes, fc.nat(60), (one, other, count) => {
        const visits = Array.from({ length: count }, (_, index) => visit({ visitId: `v${index}` }))
        const given = facts({ visits, waiting: 3 })
        const [short, long] = [Math.min(one, other), Math.max(one, other)].map((length) =>
          bookingsOf(given, NOW_TERMS, terms(length)),
        )
        expect(long!.after).toBeLessThanOrEqual(short!.after)
        expect(short!.after).toBeLessThanOrEqual(short!.wanted)
        expect(short!.after).toBeLessThanOrEqual(short!.placesAfter)
      }),
    )
  })
})

describe('bookings to come', () => {
  const breaksWith = (bookings: readonly WhatIfVisit[], pair: string) => {
    const tried = readSettings([pair])
    const policy = changedPolicy(DEFAULT_FACILITY_POLICY, tried)
    const broken = brokenBookings(facts({ bookings }), policy, [...tried.keys()])
    return broken.map(({ visitId, setting }) => `${visitId} ${setting}`)
  }
  const next = visit({ visitId: 'v2', startsAt: new Date(MONDAY_NINE.getTime() + HOUR_MS) })

  it('break where a longer visit runs into the next at its terminal', () => {
    expect(breaksWith([visit(), next], 'visitMinutes=55')).toEqual([])
    expect(breaksWith([visit(), next], 'visitMinutes=56')).toEqual(['v1 visitMinutes'])
    const elsewhere = { ...next, terminalId: 't2' }
    expect(breaksWith([visit(), elsewhere], 'visitMinutes=120')).toEqual([])
  })

  it('break by notice, horizon, party, age and quota', () => {
    const late = visit({ bookedAt: new Date(MONDAY_NINE.getTime() - 3 * DAY_MS) })
    expect(breaksWith([late], 'noticeDays=4')).toEqual(['v1 noticeDays'])
    expect(breaksWith([visit()], 'horizonDays=6')).toEqual(['v1 horizonDays'])
    const pair = visit({ birthDates: ['1980-01-01', '2015-01-01'] })
    expect(breaksWith([pair], 'maxVisitors=1')).toEqual(['v1 maxVisitors'])
    const young = visit({ birthDates: ['2008-01-01'] })
    expect(breaksWith([young], 'adultAge=19')).toEqual([])
    expect(breaksWith([young], 'adultAge=20')).toEqual(['v1 adultAge'])
    expect(breaksWith([visit(), next], 'quotaVisits=1')).toEqual(['v2 quotaVisits'])
  })

  it('do not hide what the law forbids', () => {
    const policy = changedPolicy(DEFAULT_FACILITY_POLICY, readSettings(['visitMinutes=45']))
    const limits = { maxVisitMinutes: 30 }
    expect(againstTheLaw(facts({ limits }), policy)).toEqual([
      'visitMinutes: the law allows 30 at most',
    ])
  })
})

describe('settings', () => {
  it('that are unknown, or no numbers, are answered with the known ones', () => {
    for (const pair of ['visitLength=30', 'visitMinutes=half', 'visitMinutes', 'visitMinutes=']) {
      expect(() => readSettings([pair])).toThrow(
        expect.objectContaining({
          code: 'BAD_REQUEST',
          context: {
            fields: [
              { field: pair.split('=')[0], cure: expect.stringContaining('noticeDays') as string },
            ],
          },
        }),
      )
    }
  })
})
