import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LAYER_ASKS, WHOLE_LAYER_BPS, leastOf, limitOf } from './layer-asks.ts'

/** Below these, signing is not read any more: frames a second, and bit/s at 180 lines. */
const SIGNING_FRAMES_PER_S = 15
const SIGNING_BPS = 75_000

const everyAsk = fc.constantFrom(...LAYER_ASKS)

test('[LV-9] the rate falls first, then the frames, and never below what signing needs', () => {
  const [whole, lean, sparse] = LAYER_ASKS.map(limitOf)
  expect(whole).toBeNull()
  expect(lean).toEqual({ maxBitrate: 100_000 })
  expect(lean?.maxBitrate).toBeLessThan(WHOLE_LAYER_BPS)
  expect(sparse?.maxBitrate).toBeLessThan(lean?.maxBitrate ?? 0)
  for (const limit of [lean, sparse]) {
    expect(limit?.maxBitrate).toBeGreaterThanOrEqual(SIGNING_BPS)
    expect(limit?.maxFramerate ?? Infinity).toBeGreaterThanOrEqual(SIGNING_FRAMES_PER_S)
  }
})

test('[LV-9] of several asks the least holds, in whatever order; of none the whole', () => {
  expect(leastOf([])).toBe('WHOLE')
  fc.assert(
    fc.property(fc.array(everyAsk, { minLength: 1 }), (asks) => {
      const least = leastOf(asks)
      expect(asks).toContain(least)
      const rank = LAYER_ASKS.indexOf(least)
      for (const ask of asks) expect(LAYER_ASKS.indexOf(ask)).toBeLessThanOrEqual(rank)
      expect(leastOf(asks.toReversed())).toBe(least)
    }),
  )
})
