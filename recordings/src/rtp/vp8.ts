/** The VP8 payload descriptor (RFC 7741 §4.2). */
export type Vp8Descriptor = {
  /** Whether the payload begins the first partition, and so the frame. */
  readonly isFrameStart: boolean
  /** Length of the descriptor; the frame's bytes follow. */
  readonly bytes: number
  readonly pictureId: number | null
  readonly tl0PictureIndex: number | null
  readonly temporalLayer: number | null
  readonly keyIndex: number | null
}

const HAS_EXTENSION = 0x80
const IS_PARTITION_START = 0x10
const PARTITION_INDEX = 0x07
const HAS_PICTURE_ID = 0x80
const HAS_TL0_INDEX = 0x40
const HAS_TEMPORAL_LAYER = 0x20
const HAS_KEY_INDEX = 0x10
const IS_LONG_PICTURE_ID = 0x80

/** Reads a descriptor, or null when the payload ends inside it. */
export function parseVp8Descriptor(payload: Buffer): Vp8Descriptor | null {
  const [first, flags] = payload
  if (first === undefined) return null
  const isFrameStart = (first & IS_PARTITION_START) !== 0 && (first & PARTITION_INDEX) === 0
  if ((first & HAS_EXTENSION) === 0) {
    const none = { pictureId: null, tl0PictureIndex: null, temporalLayer: null, keyIndex: null }
    return { isFrameStart, bytes: 1, ...none }
  }
  if (flags === undefined) return null
  const fields = readExtension(payload, flags)
  return fields.bytes <= payload.length ? { isFrameStart, ...fields } : null
}

function readExtension(payload: Buffer, flags: number) {
  let at = 2
  // Past the end reads as 0; the caller compares the length.
  const next = (): number => payload[at++] ?? 0
  const pictureId = (flags & HAS_PICTURE_ID) !== 0 ? readPictureId(next) : null
  const tl0PictureIndex = (flags & HAS_TL0_INDEX) !== 0 ? next() : null
  const hasLayerByte = (flags & (HAS_TEMPORAL_LAYER | HAS_KEY_INDEX)) !== 0
  const layerByte = hasLayerByte ? next() : 0
  return {
    bytes: at,
    pictureId,
    tl0PictureIndex,
    temporalLayer: (flags & HAS_TEMPORAL_LAYER) !== 0 ? layerByte >> 6 : null,
    keyIndex: (flags & HAS_KEY_INDEX) !== 0 ? layerByte & 0x1f : null,
  }
}

function readPictureId(next: () => number): number {
  const first = next()
  return (first & IS_LONG_PICTURE_ID) !== 0 ? ((first & 0x7f) << 8) | next() : first
}

/** Three bytes of frame tag, three of start code, two sizes of 14 bits (RFC 6386 §9.1). */
const KEY_FRAME_HEADER_BYTES = 10
const START_CODE = 0x9d012a

/** The picture size in a key frame's header; null for any other frame. */
export function vp8KeyFrameSize(frame: Buffer): { width: number; height: number } | null {
  if (frame.length < KEY_FRAME_HEADER_BYTES) return null
  const isKey = (frame.readUInt8(0) & 1) === 0
  if (!isKey || frame.readUIntBE(3, 3) !== START_CODE) return null
  return { width: frame.readUInt16LE(6) & 0x3fff, height: frame.readUInt16LE(8) & 0x3fff }
}
