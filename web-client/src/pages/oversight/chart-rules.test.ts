import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHART, barsOf, busyHours, totalOf } from './chart-rules.ts'

const hour = fc.record({
  at: fc.constant('2026-11-22T10:00:00.000Z'),
  completed: fc.nat(9),
  running: fc.nat(9),
  planned: fc.nat(9),
  failed: fc.nat(9),
})

describe('bars', () => {
  it('stand on the ground, leave no hole and are as tall as what they count', () => {
    fc.assert(
      fc.property(fc.array(hour, { minLength: 1, maxLength: 24 }), (hours) => {
        const most = Math.max(1, ...hours.map(totalOf))
        const pieces = barsOf(hours)
        hours.forEach((one, index) => {
          const own = pieces.filter(({ x }) => x === index * CHART.hourWidth + CHART.gap / 2)
          const height = own.reduce((sum, piece) => sum + piece.height, 0)
          expect(height).toBeCloseTo((totalOf(one) / most) * CHART.height)
          if (own[0]) expect(own[0].y + own[0].height).toBeCloseTo(CHART.height)
          expect(own.reduce((sum, { count }) => sum + count, 0)).toBe(totalOf(one))
        })
      }),
    )
  })

  it('begin and end with an hour that has visits', () => {
    const empty = { at: 'a', completed: 0, running: 0, planned: 0, failed: 0 }
    const busy = { ...empty, completed: 1 }
    expect(busyHours([empty, busy, empty, busy, empty])).toEqual([busy, empty, busy])
    expect(busyHours([empty])).toEqual([])
  })
})
