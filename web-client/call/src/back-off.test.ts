import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FIRST_DELAY_MS, JITTER, LONGEST_DELAY_MS, backOffMs } from './back-off.ts'

test('the first try comes after about a third of a second, later ones twice as late', () => {
  const even = (): number => 0.5
  expect([0, 1, 2, 3, 4, 5].map((attempt) => backOffMs(attempt, even))).toEqual([
    300, 600, 1200, 2400, 4800, 5000,
  ])
})

test('[LV-8] no wait is longer than the cap nor shorter than the first one less its jitter', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const delay = backOffMs(attempt, () => random)
      expect(delay).toBeLessThanOrEqual(LONGEST_DELAY_MS)
      expect(delay).toBeGreaterThanOrEqual(FIRST_DELAY_MS * (1 - JITTER) - 1)
    }),
  )
})
