import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JITTER, LONGEST_DELAY_MS, backOffMs } from './back-off.ts'

test('[LV-8] the first try is made at once, and the waits grow', () => {
  const middling = (): number => 0.5
  const waits = [0, 1, 2, 3, 6, 7, 8, 9, 10, 50].map((attempt) => backOffMs(attempt, middling))
  expect(waits).toEqual([0, 300, 600, 600, 600, 1_200, 1_200, 2_400, 4_800, 4_800])
})

test('[LV-8] no wait is longer than a returned network may go unnoticed, nor are two alike', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const wait = backOffMs(attempt, () => chance)
      const middle = backOffMs(attempt, () => 0.5)
      expect(wait).toBeLessThanOrEqual(LONGEST_DELAY_MS)
      expect(Math.abs(wait - middle)).toBeLessThanOrEqual(middle * JITTER + 1)
    }),
  )
  expect(backOffMs(4, () => 0)).toBeLessThan(backOffMs(4, () => 0.5))
})
