import { Refusal } from '@visavis/contract/errors'
import { KEPT_SIDE, MOST_PIXELS, faultOfDimensions, faultOfFile } from './picture-rules.ts'
import { pictureFault } from './picture-rules.ts'
import type { PictureFault } from './picture-rules.ts'

/** A picture as we keep it: a fresh JPEG of the pixels alone, upright, without place, date or device. */
export type KeptPicture = {
  readonly bytes: Buffer
  readonly mimeType: 'image/jpeg'
  readonly width: number
  readonly height: number
}

/** Below this, letters on a card begin to fray. */
const JPEG_QUALITY = 85

/** Loaded with the first picture: a server that starts anew in the middle of visits has none to draw. */
const sharpOnce = async () => (await import('sharp')).default

/**
 * Decodes an upload and draws it anew. Refuses with DOCUMENT_REFUSED and the field at fault (`size`,
 * `type`, `content`, `dimensions`) whatever is not wholly a picture that a person could check.
 */
export async function keptPicture(upload: Buffer): Promise<KeptPicture> {
  refuse(faultOfFile(upload))
  const { width, height } = await headOf(upload)
  refuse(faultOfDimensions(width, height))
  try {
    const { data, info } = await drawnAnew(upload)
    return { bytes: data, mimeType: 'image/jpeg', width: info.width, height: info.height }
  } catch {
    throw contentRefusal()
  }
}

async function drawnAnew(upload: Buffer) {
  const sharp = await sharpOnce()
  return sharp(upload, { failOn: 'error', limitInputPixels: MOST_PIXELS })
    .autoOrient()
    .resize({ width: KEPT_SIDE, height: KEPT_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer({ resolveWithObject: true })
}

async function headOf(upload: Buffer): Promise<{ width: number; height: number }> {
  const sharp = await sharpOnce()
  try {
    // The limit is ours to tell, with its own words.
    const { width, height } = await sharp(upload, { limitInputPixels: false }).metadata()
    return { width, height }
  } catch {
    throw contentRefusal()
  }
}

function refuse(fault: PictureFault | null): void {
  if (fault !== null) throw new Refusal('DOCUMENT_REFUSED', { fields: [fault] })
}

// What the decoder says may repeat bytes of the file: it stays here.
function contentRefusal(): Refusal {
  return new Refusal('DOCUMENT_REFUSED', { fields: [pictureFault('content')] })
}
