import sharp from 'sharp'

const SIDE = { width: 800, height: 600 }
let kept: Buffer | null = null

/** A picture that passes: a JPEG of 800 × 600 pixels of one colour. */
export async function aPhoto(): Promise<Buffer> {
  kept ??= await sharp({ create: { ...SIDE, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer()
  return kept
}
