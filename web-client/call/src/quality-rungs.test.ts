import fc from 'fast-check'
import { LAYER_ASKS, limitOf } from '@visavis/contract/layer-asks'
import { QUALITY_STEPS, heldAt } from '@visavis/contract/quality-ladder'
import { expect, test } from 'vitest'
import { videoLayersFor } from './encodings.ts'
import { layersAt, rungsFor, thinned, uplinkBeat } from './quality-rungs.ts'
import type { SendRung } from './quality-rungs.ts'

const wishes = fc.record({
  isDataSaver: fc.boolean(),
  keepsPicture: fc.boolean(),
  others: fc.integer({ min: 1, max: 4 }),
})
const CAMERAS = [
  { width: 640, height: 360 },
  { width: 1_280, height: 720 },
]
const pictureBps = ({ picture }: SendRung, camera: { width: number; height: number }): number =>
  layersAt(videoLayersFor(camera), picture)
    .filter(({ active }) => active)
    .reduce((sum, { maxBitrate }) => sum + maxBitrate, 0)

test('[LV-9] each rung down needs less and sends less, and the last one asks nothing', () => {
  fc.assert(
    fc.property(wishes, fc.constantFrom(...CAMERAS), (wished, camera) => {
      const rungs = rungsFor(wished)
      expect(rungs.at(-1)?.needsBps).toBe(0)
      for (const [index, rung] of rungs.entries()) {
        const above = rungs[index - 1]
        if (!above) continue
        expect(rung.needsBps).toBeLessThan(above.needsBps)
        expect(pictureBps(rung, camera)).toBeLessThanOrEqual(pictureBps(above, camera))
        expect(rung.voiceBps ?? 0).toBeLessThanOrEqual(above.voiceBps ?? 0)
        const order = (step: SendRung['step']) => QUALITY_STEPS.indexOf(step)
        expect(order(rung.step)).toBeGreaterThan(order(above.step))
      }
    }),
  )
})

test('[LV-9] the voice is there on every rung, unless somebody signs; then the picture is', () => {
  fc.assert(
    fc.property(wishes, (wished) => {
      for (const { voiceBps, picture, step } of rungsFor(wished)) {
        if (wished.keepsPicture) expect(picture).not.toBeNull()
        else expect(voiceBps).not.toBeNull()
        const held = heldAt(step)
        expect(held === 'PICTURE').toBe(picture === null)
        expect(held === 'SOUND').toBe(voiceBps === null)
      }
    }),
  )
})

test('[OV-4] as long as there is a picture, its smallest layer is there for the wall', () => {
  fc.assert(
    fc.property(wishes, fc.constantFrom(...CAMERAS), (wished, camera) => {
      for (const { picture } of rungsFor(wished)) {
        const [lowest, ...others] = layersAt(videoLayersFor(camera), picture, wished.others)
        expect(lowest?.active).toBe(picture !== null)
        if (picture === null) expect(others.some(({ active }) => active)).toBe(false)
        expect(lowest?.scaleResolutionDownBy).toBeGreaterThanOrEqual(1)
      }
    }),
  )
})

const smallestFramerate = (planned = Infinity, limit = Infinity) =>
  Number.isFinite(Math.min(planned, limit)) ? { maxFramerate: Math.min(planned, limit) } : {}

test('[LV-9] whoever is asked for less sends less of the smallest layer, and all of the rest', () => {
  fc.assert(
    fc.property(
      wishes,
      fc.constantFrom(...CAMERAS),
      fc.constantFrom(...LAYER_ASKS),
      (wished, camera, ask) => {
        for (const { picture } of rungsFor(wished)) {
          const plans = layersAt(videoLayersFor(camera), picture, wished.others)
          const [before, ...others] = plans
          const [lowest, ...same] = thinned(plans, ask)
          expect(same).toEqual(others)
          const { maxBitrate = Infinity, maxFramerate = Infinity } = limitOf(ask) ?? {}
          expect(lowest).toEqual({
            ...before,
            maxBitrate: Math.min(before?.maxBitrate ?? 0, maxBitrate),
            ...smallestFramerate(before?.maxFramerate, maxFramerate),
          })
        }
      },
    ),
  )
})

test('[LV-9] the data saver sends one layer of 480 columns, whatever the camera', () => {
  const shrunk = CAMERAS.map((camera) => {
    const [lowest, ...others] = layersAt(videoLayersFor(camera), 'SAVING')
    expect(others.some(({ active }) => active)).toBe(false)
    return Math.round(camera.width / (lowest?.scaleResolutionDownBy ?? 1))
  })
  expect(shrunk).toEqual([480, 480])
})

test('[LV-9] the estimate says which rung fits; loss and delay go no further than a small picture', () => {
  const rungs = rungsFor({ isDataSaver: false, keepsPicture: false, others: 1 })
  const stepAt = (availableBps: number) =>
    rungs[uplinkBeat(rungs, 0, { availableBps, lossShare: 0, roundTripMs: 50 }).fittingRung]?.step
  expect([2_000_000, 500_000, 200_000, 80_000, 40_000, 10_000].map(stepAt)).toEqual([
    ...['LARGE', 'MEDIUM', 'SMALL'],
    ...['THIN', 'VOICE', 'FAINT'],
  ])
  const lossy = { availableBps: 2_000_000, lossShare: 0.3, roundTripMs: 50 }
  expect(rungs.map((_, rung) => uplinkBeat(rungs, rung, lossy).harmlessRung)).toEqual([
    1, 2, 2, 3, 4, 5,
  ])
  const slow = { availableBps: null, lossShare: null, roundTripMs: 1_500 }
  expect(uplinkBeat(rungs, 0, slow)).toMatchObject({
    fittingRung: 0,
    harmlessRung: 1,
    isClean: false,
  })
})
