import fc from 'fast-check'
import { expect, test } from 'vitest'
import { levelOf } from './level-meter.ts'

test('silence is 0, a full tone is 1', () => {
  expect(levelOf(new Float32Array(64))).toBe(0)
  expect(levelOf(new Float32Array(64).fill(1))).toBe(1)
  expect(levelOf(new Float32Array(0))).toBe(0)
})

test('the level is between 0 and 1 and rises with the loudness', () => {
  const loudness = fc.float({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(loudness, loudness, (a, b) => {
      const [quiet, loud] = [Math.min(a, b), Math.max(a, b)].map((amplitude) =>
        levelOf(new Float32Array(16).fill(amplitude)),
      )
      expect(quiet).toBeGreaterThanOrEqual(0)
      expect(loud).toBeLessThanOrEqual(1)
      expect(quiet).toBeLessThanOrEqual(loud ?? 0)
    }),
  )
})
