import fc from 'fast-check'
import { expect, it } from 'vitest'
import { correctionOf, lengthOf, placeInTrack } from './playback-sync.ts'

const drift = fc.double({ min: -10, max: 10, noNaN: true })

it('[RC-5] corrects always towards the right place', () => {
  fc.assert(
    fc.property(drift, (driftS) => {
      const correction = correctionOf(driftS)
      if (correction.kind === 'rate')
        expect(Math.sign(correction.rate - 1)).toBe(-Math.sign(driftS))
      if (correction.kind === 'none') expect(Math.abs(driftS)).toBeLessThanOrEqual(0.05)
    }),
  )
})

it('leaves every place outside a track without a picture', () => {
  const span = { startMs: 1000, durationMs: 500 }
  expect(placeInTrack(span, 999)).toBeNull()
  expect(placeInTrack(span, 1000)).toBe(0)
  expect(placeInTrack(span, 1250)).toBe(0.25)
  expect(placeInTrack(span, 1500)).toBeNull()
})

it('is as long as its last track', () => {
  expect(lengthOf([])).toBe(0)
  expect(
    lengthOf([
      { startMs: 0, durationMs: 10 },
      { startMs: 5, durationMs: 8 },
    ]),
  ).toBe(13)
})
