import { parseRtp } from './rtp-packet.ts'

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
export function parseVp8Descriptor(payload: Uint8Array): Vp8Descriptor | null {
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

function readExtension(payload: Uint8Array, flags: number) {
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

/** One RTP packet with a piece of a VP8 picture. */
export type Vp8Packet = {
  readonly sequence: number
  /** Equal for all pieces of a picture. */
  readonly timestamp: number
  /** The picture begins with this piece, or ends with it. */
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly piece: Uint8Array
}

/** Takes a packet apart; null for what is no RTP with a piece of VP8 in it, or is cut short. */
export function vp8PacketOf(packet: Uint8Array): Vp8Packet | null {
  const rtp = parseRtp(packet)
  if (!rtp) return null
  const { sequence, timestamp, isMarker, payloadAt, payloadBytes } = rtp
  const payload = packet.subarray(payloadAt, payloadAt + payloadBytes)
  const descriptor = parseVp8Descriptor(payload)
  if (!descriptor || descriptor.bytes === payload.length) return null
  const piece = payload.subarray(descriptor.bytes)
  return { sequence, timestamp, isFirst: descriptor.isFrameStart, isLast: isMarker, piece }
}

/** Three bytes of frame tag, three of start code, two sizes of 14 bits (RFC 6386 §9.1). */
const KEY_FRAME_HEADER_BYTES = 10
const START_CODE = [0x9d, 0x01, 0x2a]

/** Whether a picture, or its first piece, is a key frame's: the inverse of the frame tag's lowest bit. */
export function isVp8Key([tag = 1]: Uint8Array): boolean {
  return (tag & 1) === 0
}

/** The picture size in a key frame's header, in pixels; null for any other frame. */
export function vp8KeyFrameSize(frame: Uint8Array): { width: number; height: number } | null {
  if (frame.length < KEY_FRAME_HEADER_BYTES || !isVp8Key(frame)) return null
  if (!START_CODE.every((code, at) => frame[3 + at] === code)) return null
  const header = new DataView(frame.buffer, frame.byteOffset, KEY_FRAME_HEADER_BYTES)
  // The upper two bits say how to enlarge it, which nobody does.
  return { width: header.getUint16(6, true) & 0x3fff, height: header.getUint16(8, true) & 0x3fff }
}

/** Whether a key frame is to be shown and its first partition is there; what a decoder asks of it at least. */
export function isShowableKey(frame: Uint8Array): boolean {
  const size = vp8KeyFrameSize(frame)
  if (!size || size.width * size.height === 0) return false
  const [first = 0, second = 0, third = 0] = frame
  const isShown = (first & 0x10) !== 0
  const firstPartition = (first >> 5) | (second << 3) | (third << 11)
  return isShown && firstPartition > 0 && KEY_FRAME_HEADER_BYTES + firstPartition <= frame.length
}
