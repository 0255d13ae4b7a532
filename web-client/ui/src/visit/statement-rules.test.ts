import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GAP_CAUSES } from '@visavis/contract/receipt'
import { PLOT_WIDTH, lossesOf, plotOf } from './statement-rules.ts'
import type { Statement } from './statement-rules.ts'

const START = Date.parse('2026-11-22T12:00:00.000Z')
const MINUTE = 60_000

/** Gaps as `[from minute, minutes, cause]`. */
const gapsOf = (
  ...gaps: readonly (readonly [number, number, Statement['gaps'][number]['cause']])[]
): Statement['gaps'] =>
  gaps.map(([fromMin, minutes, cause]) => ({
    at: new Date(START + fromMin * MINUTE).toISOString(),
    ms: minutes * MINUTE,
    cause,
  }))

const span = (minutes: number) => ({
  startsAt: new Date(START).toISOString(),
  endsAt: new Date(START + minutes * MINUTE).toISOString(),
})

describe('[LV-6] the plot of a visit', () => {
  it('draws what was had and what was not, one after another', () => {
    const gaps = gapsOf([0, 5, 'VISITOR_ABSENT'], [10, 5, 'TERMINAL'])
    expect(plotOf({ ...span(20), gaps })).toEqual([
      { x: 0, width: 250, cause: 'VISITOR_ABSENT' },
      { x: 250, width: 250, cause: null },
      { x: 500, width: 250, cause: 'TERMINAL' },
      { x: 750, width: 250, cause: null },
    ])
  })

  it('draws nothing of a visit without length', () => {
    expect(plotOf({ ...span(0), gaps: [] })).toEqual([])
  })

  it('fills the whole width without a hole, whatever the gaps', () => {
    const pieces = fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(...GAP_CAUSES),
      ),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(pieces, (given) => {
        let atMin = 0
        const gaps = gapsOf(
          ...given.map(([had, lost, cause]) => {
            const from = atMin + had
            atMin = from + lost
            return [from, lost, cause] as const
          }),
        )
        let x = 0
        for (const bar of plotOf({ ...span(atMin + 1), gaps })) {
          expect(bar.x).toBeCloseTo(x)
          expect(bar.width).toBeGreaterThan(0)
          x += bar.width
        }
        expect(x).toBeCloseTo(PLOT_WIDTH)
      }),
    )
  })
})

describe('[LV-6] what was lost to what', () => {
  it('gathers the stretches of one cause and tells the most first', () => {
    const gaps = gapsOf([1, 1, 'VISITOR_NETWORK'], [3, 4, 'PLATFORM'], [9, 2, 'VISITOR_NETWORK'])
    expect(lossesOf(gaps)).toEqual([
      { cause: 'PLATFORM', ms: 4 * MINUTE, times: 1, firstAt: gaps[1]?.at },
      { cause: 'VISITOR_NETWORK', ms: 3 * MINUTE, times: 2, firstAt: gaps[0]?.at },
    ])
  })
})
