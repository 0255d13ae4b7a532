import fc from 'fast-check'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { CHROMIUM_KEY_FRAME } from './vp8-fixture.ts'
import { webpOf } from './webp.ts'

it('[OV-4] a key frame of Chromium is a WebP picture that another decoder reads', async () => {
  const { data, info } = await sharp(webpOf({ bytes: CHROMIUM_KEY_FRAME }))
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: 320, height: 180, channels: 3 })
  const [red = 0, green = 0, blue = 0] = data.subarray(3 * (90 * 320 + 20))
  expect(green).toBeGreaterThan(2 * Math.max(red, blue))
})

it('[OV-4] the file says how long it and its one chunk are, and ends at an even place', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 10, maxLength: 200 }), (bytes) => {
      const file = Buffer.from(webpOf({ bytes }))
      expect(file.toString('latin1', 0, 4) + file.toString('latin1', 8, 16)).toBe('RIFFWEBPVP8 ')
      expect(file.readUInt32LE(4)).toBe(file.length - 8)
      expect(file.readUInt32LE(16)).toBe(bytes.length)
      expect(file.length % 2).toBe(0)
      expect(file.subarray(20, 20 + bytes.length).equals(bytes)).toBe(true)
    }),
  )
})
