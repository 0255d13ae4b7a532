import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joined, speechOf } from './speech-rules.ts'

const EVERY_MS = 100
const spoken = (...runs: [level: number, count: number][]) =>
  speechOf({
    levels: Uint8Array.from(runs.flatMap(([level, count]) => Array<number>(count).fill(level))),
    everyMs: EVERY_MS,
    startMs: 1_000,
  })

describe('where somebody speaks', () => {
  it('is where it is loud, until it is quiet', () => {
    expect(spoken([2, 10], [60, 20], [2, 30])).toEqual([{ fromMs: 2_000, toMs: 4_000 }])
  })

  it('goes on through a level between the two thresholds, and does not begin there', () => {
    expect(spoken([60, 10], [12, 20], [60, 5], [0, 10])).toEqual([{ fromMs: 1_000, toMs: 4_500 }])
    expect(spoken([12, 40])).toEqual([])
  })

  it('goes on through a breath, and not through a silence', () => {
    expect(spoken([60, 10], [0, 6], [60, 10])).toEqual([{ fromMs: 1_000, toMs: 3_600 }])
    expect(spoken([60, 10], [0, 7], [60, 10])).toHaveLength(2)
  })

  it('is no knock', () => {
    expect(spoken([0, 10], [200, 2], [0, 10])).toEqual([])
  })

  it('is in order, apart, and within the sound, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (levels) => {
        const spans = speechOf({ levels, everyMs: EVERY_MS, startMs: 0 })
        let before = -1
        for (const { fromMs, toMs } of spans) {
          expect(fromMs).toBeGreaterThan(before)
          expect(toMs).toBeGreaterThan(fromMs)
          before = toMs
        }
        expect(before).toBeLessThanOrEqual(levels.length * EVERY_MS)
        expect(joined(spans)).toEqual(spans)
      }),
    )
  })
})
