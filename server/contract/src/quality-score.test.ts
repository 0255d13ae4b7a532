import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LINK_LEVELS, linkLevel, linkScore, smoothedScore } from './quality-score.ts'
import type { LinkLook } from './quality-score.ts'

const PERFECT: LinkLook = { isHeard: true, lossShare: 0, roundTripMs: 40, missedLayers: 0 }
const levelOf = (changes: Partial<LinkLook>) =>
  linkLevel(linkScore({ ...PERFECT, ...changes }), changes.isHeard ?? true)

test('[LV-9] loss, delay and missing layers each have their word', () => {
  expect(levelOf({})).toBe('GOOD')
  expect(levelOf({ lossShare: null, roundTripMs: null })).toBe('GOOD')
  expect(levelOf({ lossShare: 0.05 })).toBe('GOOD')
  expect(levelOf({ lossShare: 0.1 })).toBe('WEAK')
  expect(levelOf({ lossShare: 0.25 })).toBe('POOR')
  expect(levelOf({ roundTripMs: 300 })).toBe('GOOD')
  expect(levelOf({ roundTripMs: 800 })).toBe('WEAK')
  expect(levelOf({ missedLayers: 1 })).toBe('WEAK')
  expect(levelOf({ missedLayers: 2 })).toBe('POOR')
  expect(levelOf({ isHeard: false })).toBe('LOST')
})

const look = fc.record({
  isHeard: fc.boolean(),
  lossShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  roundTripMs: fc.option(fc.nat(5_000)),
  missedLayers: fc.nat(2),
})

test('[LV-9] a score is between 0 and 100, and nothing that gets worse makes it better', () => {
  fc.assert(
    fc.property(
      look,
      fc.nat(2_000),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (seen, ms, loss) => {
        const score = linkScore(seen)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(100)
        const worse = [
          { ...seen, roundTripMs: (seen.roundTripMs ?? 0) + ms },
          { ...seen, lossShare: Math.max(seen.lossShare ?? 0, loss) },
          { ...seen, missedLayers: seen.missedLayers + 1 },
          { ...seen, isHeard: false },
        ]
        for (const each of worse) expect(linkScore(each)).toBeLessThanOrEqual(score)
      },
    ),
  )
})

test('[LV-9] what is shown follows the looks without leaping over them, down faster than up', () => {
  const score = fc.double({ min: 0, max: 100, noNaN: true })
  fc.assert(
    fc.property(score, score, (before, now) => {
      const shown = smoothedScore(before, now)
      expect(shown).toBeGreaterThanOrEqual(Math.min(before, now) - 1e-9)
      expect(shown).toBeLessThanOrEqual(Math.max(before, now) + 1e-9)
      expect(LINK_LEVELS).toContain(linkLevel(shown, true))
    }),
  )
  expect(100 - smoothedScore(100, 0)).toBeGreaterThan(smoothedScore(0, 100))
})
