/** Enough to read the print of a document; what the server would keep of it anyway. In pixels. */
const LONGEST_SIDE = 2400
/** Below this the print cannot be read, and the server refuses it. In pixels. */
const LEAST_LONG_SIDE = 600
const LEAST_SHORT_SIDE = 400
const JPEG_QUALITY = 0.85

type Size = { readonly width: number; readonly height: number }

/** A picture ready to be sent, or why it cannot be. */
export type PreparedPicture =
  | { readonly ok: true; readonly blob: Blob }
  | { readonly ok: false; readonly problem: 'UNREADABLE' | 'TOO_SMALL' }

/** The size in which a picture is sent: no side longer than needed, never enlarged. */
export function sentSize({ width, height }: Size): Size {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height))
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}

/** Whether anything could be read in it. */
export function isLargeEnough({ width, height }: Size): boolean {
  return Math.max(width, height) >= LEAST_LONG_SIDE && Math.min(width, height) >= LEAST_SHORT_SIDE
}

/**
 * Draws a chosen picture anew, small enough for a poor line. The camera's own notes in the file, the place
 * among them, never leave the device. A format that the browser cannot draw is UNREADABLE.
 */
export async function preparePicture(file: Blob): Promise<PreparedPicture> {
  try {
    const drawn = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const problem = isLargeEnough(drawn) ? null : 'TOO_SMALL'
    const size = sentSize(drawn)
    const canvas = document.createElement('canvas')
    canvas.width = size.width
    canvas.height = size.height
    canvas.getContext('2d')?.drawImage(drawn, 0, 0, size.width, size.height)
    drawn.close()
    if (problem !== null) return { ok: false, problem }
    const blob = await asJpeg(canvas)
    return blob ? { ok: true, blob } : { ok: false, problem: 'UNREADABLE' }
  } catch {
    return { ok: false, problem: 'UNREADABLE' }
  }
}

function asJpeg(canvas: HTMLCanvasElement): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY))
}
