import fc from 'fast-check'
import { expect, test } from 'vitest'
import { videoLayersFor } from './encodings.ts'

const rates = (width?: number, height?: number): number[] =>
  videoLayersFor({ width, height }).map((layer) => layer.maxBitrate / 1000)

test('a small picture has two layers, a large one three', () => {
  expect(rates(640, 360)).toEqual([150, 600])
  expect(rates(1280, 720)).toEqual([150, 500, 1200])
  expect(rates(720, 1280)).toEqual([150, 500, 1200])
  expect(rates()).toEqual([150, 600])
})

test('[OV-4] any capture has a low layer for the wall, and layers grow in rate and in size', () => {
  fc.assert(
    fc.property(fc.nat(4096), fc.nat(4096), (width, height) => {
      const layers = videoLayersFor({ width, height })
      expect(layers.length).toBeGreaterThanOrEqual(2)
      expect(layers[0]?.maxBitrate).toBe(150_000)
      expect(layers.at(-1)?.scaleResolutionDownBy).toBe(1)
      const rising = (a: number, b: number): number => a - b
      const bitrates = layers.map((layer) => layer.maxBitrate)
      expect(bitrates).toEqual(bitrates.toSorted(rising))
      const scales = layers.map((layer) => -layer.scaleResolutionDownBy)
      expect(scales).toEqual(scales.toSorted(rising))
      expect(new Set(layers.map((layer) => layer.rid)).size).toBe(layers.length)
    }),
  )
})

test('two calls share no object', () => {
  expect(videoLayersFor({})[0]).not.toBe(videoLayersFor({})[0])
})
