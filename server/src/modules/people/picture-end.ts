/** The formats we take. */
export type PictureFormat = 'jpeg' | 'png' | 'webp'

const JPEG_MARK = 0xff
const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9
const PNG_SIGNATURE_BYTES = 8
/** Length and type before a PNG chunk's data, checksum behind it. */
const PNG_CHUNK_FRAME_BYTES = 12
const IEND = 0x49454e44
const RIFF_HEADER_BYTES = 8

/** Where the picture that begins at 0 ends, by its format's own frame; null: before its end it breaks off. */
export function pictureEnd(bytes: Uint8Array, format: PictureFormat): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (format === 'jpeg') return jpegEnd(view)
  return format === 'png' ? pngEnd(view) : webpEnd(view)
}

function jpegEnd(view: DataView): number | null {
  let at = 2
  while (at + 4 <= view.byteLength) {
    if (view.getUint8(at) !== JPEG_MARK) return null
    const marker = view.getUint8(at + 1)
    // A mark may be preceded by any number of fill bytes.
    if (marker === JPEG_MARK) {
      at += 1
      continue
    }
    if (marker === END_OF_IMAGE) return at + 2
    at += 2 + view.getUint16(at + 2)
    if (marker === START_OF_SCAN) at = scanEnd(view, at)
  }
  return isEndOfImage(view, at) ? at + 2 : null
}

function isEndOfImage(view: DataView, at: number): boolean {
  return at + 2 <= view.byteLength && view.getUint16(at) === 0xff00 + END_OF_IMAGE
}

// Inside a scan, a mark is one that is neither an escaped FF nor a restart.
function scanEnd(view: DataView, start: number): number {
  for (let at = start; at + 2 <= view.byteLength; at += 1) {
    if (view.getUint8(at) !== JPEG_MARK) continue
    const next = view.getUint8(at + 1)
    const isInScan = next === 0 || next === JPEG_MARK || (next >= 0xd0 && next <= 0xd7)
    if (!isInScan) return at
  }
  return view.byteLength
}

function pngEnd(view: DataView): number | null {
  let at = PNG_SIGNATURE_BYTES
  while (at + PNG_CHUNK_FRAME_BYTES <= view.byteLength) {
    const end = at + PNG_CHUNK_FRAME_BYTES + view.getUint32(at)
    if (view.getUint32(at + 4) === IEND) return end <= view.byteLength ? end : null
    at = end
  }
  return null
}

function webpEnd(view: DataView): number | null {
  if (view.byteLength < RIFF_HEADER_BYTES) return null
  const size = view.getUint32(4, true)
  const end = RIFF_HEADER_BYTES + size + (size % 2)
  return end <= view.byteLength ? end : null
}
