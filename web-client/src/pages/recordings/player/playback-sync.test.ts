import fc from 'fast-check'
import { expect, it } from 'vitest'
import { correctionOf, placeInTrack } from './playback-sync.ts'

const drift = fc.double({ min: -10, max: 10, noNaN: true })
const speed = fc.constantFrom(0.5, 1, 1.5, 2, 4)

it('[RC-5] corrects always towards the right place, whatever the speed', () => {
  fc.assert(
    fc.property(drift, speed, fc.constantFrom('audio', 'video'), (driftS, wished, kind) => {
      const correction = correctionOf(driftS, { isPlaying: true, speed: wished }, kind)
      if (correction.kind === 'seek') return
      const pulled = correction.rate / wished - 1
      expect(Math.abs(pulled)).toBeLessThanOrEqual(kind === 'audio' ? 0.061 : 0.21)
      if (Math.abs(driftS) > 0.03 * Math.max(1, wished)) {
        expect(Math.sign(pulled)).toBe(-Math.sign(driftS))
      }
    }),
  )
})

it('[RC-5] a picture that stands is the very one', () => {
  expect(correctionOf(0.02, { isPlaying: false, speed: 1 }, 'video')).toEqual({ kind: 'seek' })
  expect(correctionOf(0, { isPlaying: false, speed: 1 }, 'video')).toEqual({
    kind: 'rate',
    rate: 1,
  })
})

it('leaves every place outside a track without a picture', () => {
  const span = { startMs: 1000, durationMs: 500 }
  expect(placeInTrack(span, 999)).toBeNull()
  expect(placeInTrack(span, 1000)).toBe(0)
  expect(placeInTrack(span, 1250)).toBe(0.25)
  expect(placeInTrack(span, 1500)).toBeNull()
})
