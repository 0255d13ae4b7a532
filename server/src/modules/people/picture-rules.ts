import { pictureEnd } from './picture-end.ts'
import type { PictureFormat } from './picture-end.ts'

/** The largest upload; a telephone's photograph of a document is a third of it. */
export const LARGEST_PICTURE_BYTES = 12 * 1024 * 1024
/** Below this, the print of an identity card cannot be read. */
export const LEAST_LONG_SIDE = 600
export const LEAST_SHORT_SIDE = 400
/** What decoding may cost: 40 megapixels are 120 MB of memory. */
export const MOST_PIXELS = 40_000_000
/** Kept are at most so many pixels a side: the face and the print stay clear, the file is small. */
export const KEPT_SIDE = 2400

/** What is wrong with a picture and how to mend it, as a refusal's field. */
export type PictureFault = { readonly field: string; readonly cure: string }

const FAULTS = {
  size: 'Send a picture of at most 12 MB.',
  type: 'Send a JPEG, PNG or WebP picture; take a photograph, or save the page as a picture.',
  content: 'The file is cut off, or holds more than the picture. Take the picture again.',
  dimensions: `Send at least ${LEAST_LONG_SIDE} × ${LEAST_SHORT_SIDE} pixels, and at most 40 megapixels.`,
} as const

/** The fault of that field, with its cure. */
export function pictureFault(field: keyof typeof FAULTS): PictureFault {
  return { field, cure: FAULTS[field] }
}

/** What the first bytes say the picture is, whatever its name or header says; null: none of ours. */
export function formatOf(bytes: Uint8Array): PictureFormat | null {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  const isRiff = startsWith(bytes, ascii('RIFF'))
  return isRiff && startsWith(bytes.subarray(8), ascii('WEBP')) ? 'webp' : null
}

/** What can be told without decoding: size, format, and that the file is this picture and nothing else. */
export function faultOfFile(bytes: Uint8Array): PictureFault | null {
  if (bytes.length > LARGEST_PICTURE_BYTES) return pictureFault('size')
  const format = formatOf(bytes)
  if (format === null) return pictureFault('type')
  const end = pictureEnd(bytes, format)
  if (end === null || !isHarmlessRest(bytes.subarray(end))) return pictureFault('content')
  return null
}

/** Whether the dimensions do, upright or lying. */
export function faultOfDimensions(width: number, height: number): PictureFault | null {
  const isLargeEnough =
    Math.max(width, height) >= LEAST_LONG_SIDE && Math.min(width, height) >= LEAST_SHORT_SIDE
  return isLargeEnough && width * height <= MOST_PIXELS ? null : pictureFault('dimensions')
}

// Telephones put a brightness map (a JPEG) or a moving picture (an MP4) behind the picture; anything
// else there is another file in disguise. Neither is kept.
function isHarmlessRest(rest: Uint8Array): boolean {
  if (rest.every((byte) => byte === 0)) return true
  if (isWholeMp4(rest)) return true
  const end = formatOf(rest) === 'jpeg' ? pictureEnd(rest, 'jpeg') : null
  return end !== null && isHarmlessRest(rest.subarray(end))
}

function isWholeMp4(bytes: Uint8Array): boolean {
  if (!startsWith(bytes.subarray(4), ascii('ftyp'))) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  while (at + 8 <= bytes.length) {
    const size = view.getUint32(at)
    if (size < 8) return false
    at += size
  }
  return at === bytes.length
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte)
}

function ascii(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0))
}
