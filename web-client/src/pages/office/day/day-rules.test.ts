import { describe, expect, it } from 'vitest'
import { boardOf, matchesNames, outageOn, takesPlace } from './day-rules.ts'
import type { Booking, Terminal } from '../parts/types.ts'

const terminals: Terminal[] = [
  { terminalId: 't1', name: 'T1', wing: 'A' },
  { terminalId: 't2', name: 'T2', wing: 'A' },
]
const booking = (startsAt: string, terminal: Booking['terminal'], more: Partial<Booking> = {}) =>
  ({
    visitId: startsAt,
    startsAt,
    terminal,
    bookingState: 'CONFIRMED',
    inmate: { inmateId: 'i', displayName: 'Ivan Petrov' },
    visitors: [{ visitorId: 'v', displayName: 'Anna Petrova' }],
    ...more,
  }) as Booking
const timeZone = 'Europe/Berlin'

describe('the board of a day', () => {
  it('[BK-6] sorts by the facility’s own hours, with the empty ones between', () => {
    const bookings = [
      booking('2026-11-22T08:30:00Z', terminals[0]!),
      booking('2026-11-22T11:00:00Z', terminals[1]!),
    ]
    const { rows, columns } = boardOf({ bookings, terminals, timeZone })
    expect(rows.map(({ hour }) => hour)).toEqual([9, 10, 11, 12])
    expect(columns.map(({ terminalId }) => terminalId)).toEqual(['t1', 't2'])
    expect(rows[0]?.cells.map((cell) => cell.length)).toEqual([1, 0])
    expect(rows[3]?.cells.map((cell) => cell.length)).toEqual([0, 1])
  })

  it('loses no booking: what has no terminal of the list stands in a column of its own', () => {
    const bookings = [
      booking('2026-11-22T08:30:00Z', null),
      booking('2026-11-22T08:45:00Z', { name: 'T1', wing: 'B' }),
    ]
    const { rows, columns } = boardOf({ bookings, terminals, timeZone })
    expect(columns.at(-1)?.terminalId).toBeNull()
    expect(rows[0]?.cells.at(-1)).toHaveLength(2)
  })

  it('is empty on an empty day', () => {
    expect(boardOf({ bookings: [], terminals, timeZone }).rows).toEqual([])
  })

  it('finds people by parts of their names in any order', () => {
    const one = booking('2026-11-22T08:30:00Z', null)
    expect(matchesNames(one, '')).toBe(true)
    expect(matchesNames(one, 'petrov ANNA')).toBe(true)
    expect(matchesNames(one, 'Olga')).toBe(false)
  })

  it('tells what takes place from what does not', () => {
    expect(takesPlace({ bookingState: 'REQUESTED' })).toBe(true)
    expect(takesPlace({ bookingState: 'FULFILLED' })).toBe(true)
    expect(takesPlace({ bookingState: 'CANCELLED' })).toBe(false)
  })

  it('[BK-13] knows until when a terminal is out of order', () => {
    const blackout = {
      blackoutId: 'b',
      facilityId: null,
      scope: 'TERMINAL' as const,
      terminalId: 't1',
      startsAt: '2026-11-22T08:00:00Z',
      endsAt: '2026-11-22T18:00:00Z',
      reason: 'broken',
      isLifted: false,
    }
    const ask = {
      terminalId: 't1',
      from: '2026-11-22T00:00:00Z',
      to: '2026-11-23T00:00:00Z',
      nowMs: Date.parse('2026-11-22T12:00:00Z'),
    }
    const { startsAt, endsAt } = blackout
    expect(outageOn([blackout], ask)).toEqual({ startsAt, endsAt, isNow: true })
    expect(outageOn([blackout], { ...ask, terminalId: 't2' })).toBeNull()
    expect(outageOn([{ ...blackout, isLifted: true }], ask)).toBeNull()
    expect(outageOn([blackout], { ...ask, nowMs: Date.parse(endsAt) })).toBeNull()
    const early = Date.parse('2026-11-21T12:00:00Z')
    expect(outageOn([blackout], { ...ask, nowMs: early })).toEqual({
      startsAt,
      endsAt,
      isNow: false,
    })
    const nextDay = { from: ask.to, to: '2026-11-24T00:00:00Z' }
    expect(outageOn([blackout], { ...ask, ...nextDay })).toBeNull()
  })
})
