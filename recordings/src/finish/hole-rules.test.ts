import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOLE_MS, createStretches, holesOf } from './hole-rules.ts'

const FRAME_MS = 20

function courseOf(starts: readonly number[], stood: { fromMs: number; toMs: number }) {
  const noted = createStretches()
  for (const startMs of starts) noted.add(startMs, startMs + FRAME_MS)
  const { fromMs: stoodFromMs, toMs: stoodToMs } = stood
  return { stoodFromMs, stoodToMs, stretches: noted.stretches() }
}

describe('[RC-3] the holes of a track', () => {
  it('are the stretches of more than 400 ms without a frame, at its ends too', () => {
    const course = courseOf([1_000, 1_420, 1_841, 3_000], { fromMs: 0, toMs: 5_000 })
    expect(holesOf(course)).toEqual([
      { fromMs: 0, toMs: 1_000 },
      { fromMs: 1_440, toMs: 1_841 },
      { fromMs: 1_861, toMs: 3_000 },
      { fromMs: 3_020, toMs: 5_000 },
    ])
    expect(holesOf(courseOf([], { fromMs: 10, toMs: 900 }))).toEqual([{ fromMs: 10, toMs: 900 }])
    expect(holesOf(courseOf([100], { fromMs: 900, toMs: 500 }))).toEqual([])
  })

  it('cover every instant that is further than that from both of its neighbours, and no frame', () => {
    const starts = fc.array(fc.nat(20_000), { maxLength: 60 })
    fc.assert(
      fc.property(starts, fc.nat(20_000), (unsorted, instant) => {
        const sorted = unsorted.sort((one, other) => one - other)
        const holes = holesOf(courseOf(sorted, { fromMs: 0, toMs: 20_000 }))
        const before = Math.max(
          0,
          ...sorted.filter((at) => at <= instant).map((at) => at + FRAME_MS),
        )
        const after = Math.min(20_000, ...sorted.filter((at) => at > instant))
        const isBetween = instant > before && instant < after
        const isInHole = holes.some(({ fromMs, toMs }) => instant > fromMs && instant < toMs)
        expect(isInHole).toBe(isBetween && after - before > HOLE_MS)
      }),
    )
  })
})
