import { describe, expect, it } from 'vitest'
import { byWeek, slotsOfDay, standingOf, weekGrid } from './week-rules.ts'
import type { Slot, Template } from '../parts/types.ts'

const slot = (startsAt: string, more: Partial<Slot> = {}): Slot => ({
  slotId: startsAt,
  templateId: 't',
  startsAt,
  endsAt: startsAt,
  visitClass: 'social',
  bookingMode: 'INSTANT',
  capacity: 3,
  used: 1,
  isClosed: false,
  isBlackedOut: false,
  ...more,
})

describe('the week', () => {
  it('[BK-6] keeps one row for one local time, over a change of the clocks too', () => {
    // Berlin turns its clocks back on Sunday 25 October 2026.
    const slots = [slot('2026-10-24T08:00:00Z'), slot('2026-10-25T09:00:00Z')]
    const grid = weekGrid(slots, '2026-10-19', 'Europe/Berlin')
    expect(grid.rows.map(({ minute }) => minute)).toEqual([600])
    expect(grid.rows[0]?.days.map((day) => day.length)).toEqual([0, 0, 0, 0, 0, 1, 1])
  })

  it('puts a slot on its local day', () => {
    const grid = weekGrid([slot('2026-11-16T18:00:00Z')], '2026-11-16', 'Asia/Krasnoyarsk')
    expect(grid.dates[0]).toBe('2026-11-16')
    expect(slotsOfDay(grid, 1)).toHaveLength(1)
    expect(slotsOfDay(grid, 0)).toHaveLength(0)
  })

  it('[BK-7] says what stops a slot before how full it is', () => {
    expect(standingOf(slot('', { used: 3 }))).toBe('FULL')
    expect(standingOf(slot('', { used: 3, isBlackedOut: true }))).toBe('BLACKED_OUT')
    expect(standingOf(slot('', { isBlackedOut: true, isClosed: true }))).toBe('CLOSED')
    expect(standingOf(slot(''))).toBe('FREE')
  })

  it('lists templates in the order of the week', () => {
    const template = (weekday: number, startMinute: number) =>
      ({ weekday, startMinute, name: '' }) as Template
    const sorted = byWeek([template(3, 0), template(1, 600), template(1, 540)])
    expect(sorted.map((each) => [each.weekday, each.startMinute])).toEqual([
      [1, 540],
      [1, 600],
      [3, 0],
    ])
  })
})
