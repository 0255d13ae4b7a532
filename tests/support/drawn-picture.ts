import sharp from 'sharp'
import type { KnownPerson } from './known-media.ts'
import { svgOf } from './drawn-face.ts'
import type { DrawnScene } from './drawn-face.ts'

const SUBSAMPLED = 2

/** A drawn scene as the pixels (RGBA, row by row) that a detector gets of it: 160 wide, like a page's copy. */
export async function pixelsOf(scene: DrawnScene) {
  const { data, info } = await sharp(Buffer.from(svgOf(scene)))
    .resize(160)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

/** Somebody whose camera shows a drawn scene that never moves; what they sound like stays. */
export async function drawnPerson(person: KnownPerson, key: string, scene: DrawnScene) {
  const { data, info } = await sharp(Buffer.from(svgOf(scene)))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const frame = frameOf(data, info)
  return { ...person, key, draw: () => frame } satisfies KnownPerson
}

/** 4:2:0 by BT.601, full range; the colour of each four pixels is that of the first. */
function frameOf(rgb: Buffer, { width, height }: { width: number; height: number }): Buffer {
  const luma = Buffer.alloc(width * height)
  const [blue, red] = [chromaPlane(width, height), chromaPlane(width, height)]
  for (let at = 0; at < luma.length; at += 1) {
    const [r = 0, g = 0, b = 0] = rgb.subarray(at * 3, at * 3 + 3)
    luma[at] = clamped(0.299 * r + 0.587 * g + 0.114 * b)
    const [row, column] = [Math.floor(at / width), at % width]
    if (row % SUBSAMPLED !== 0 || column % SUBSAMPLED !== 0) continue
    const to = (row / SUBSAMPLED) * (width / SUBSAMPLED) + column / SUBSAMPLED
    blue[to] = clamped(128 - 0.1687 * r - 0.3313 * g + 0.5 * b)
    red[to] = clamped(128 + 0.5 * r - 0.4187 * g - 0.0813 * b)
  }
  return Buffer.concat([luma, blue, red])
}

const chromaPlane = (width: number, height: number): Buffer =>
  Buffer.alloc((width / SUBSAMPLED) * (height / SUBSAMPLED))

const clamped = (value: number): number => Math.max(0, Math.min(255, Math.round(value)))
