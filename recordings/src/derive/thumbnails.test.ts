import { CHROMIUM_KEY_FRAME } from '@visavis/platform/rtp/vp8-fixture'
import { webpOf } from '@visavis/platform/rtp/webp'
import { expect, it } from 'vitest'
import { makeThumbnails } from './thumbnails.ts'

const KEY_EVERY = 100
const FRAME_MS = 40

/** Pictures of which each hundredth is a key frame, as with a beat of four seconds. */
const track = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const isKey = at % KEY_EVERY === 0
    const bytes = isKey ? CHROMIUM_KEY_FRAME : Buffer.of(0x11, 0, 0)
    return { isKey, bytes, startMs: 120.4 + at * FRAME_MS }
  })

it('there is one at the beginning and then one about every ten seconds, each a WebP picture in its place', () => {
  const made = makeThumbnails(track(1_000)) ?? expect.unreachable('no thumbnails')
  expect(made.everyMs).toBe(10_000)
  expect(made.pictures.map(({ atMs }) => atMs)).toEqual([120, 12_120, 24_120, 36_120])
  const webp = Buffer.from(webpOf({ bytes: CHROMIUM_KEY_FRAME }))
  for (const { at, bytes } of made.pictures) {
    expect(made.file.subarray(at, at + bytes).equals(webp)).toBe(true)
  }
  expect(made.file).toHaveLength(4 * webp.length)
})

it('a key frame that cannot be shown gives way to the next one; without any there are none', () => {
  const [first, ...rest] = track(200)
  const broken = {
    ...(first ?? expect.unreachable('no frame')),
    bytes: CHROMIUM_KEY_FRAME.subarray(0, 12),
  }
  expect(makeThumbnails([broken, ...rest])?.pictures.map(({ atMs }) => atMs)).toEqual([4_120])
  expect(makeThumbnails(rest.slice(0, 50))).toBeNull()
  expect(makeThumbnails([])).toBeNull()
})
