import type { ByteSource } from '../journal/byte-source.ts'
import { opusDurationMs } from '../rtp/opus.ts'
import { parseVp8Descriptor, vp8KeyFrameSize } from '@visavis/platform/rtp/vp8'
import type { TrackPacket } from './track-stream.ts'

/** A whole coded picture or stretch of sound, as the encoder made it. */
export type Frame = {
  /** Unwrapped RTP time. */
  readonly timestamp: number
  readonly isKey: boolean
  readonly bytes: Uint8Array
  /** How long it plays; null where only the next frame tells. */
  readonly durationMs: number | null
  /** Of a key picture. */
  readonly size: { readonly width: number; readonly height: number } | null
  /** Put in the place of sound that never came. */
  readonly isFiller?: true
}

/** Each Opus packet is a frame (RFC 7587 §4.2). */
export function* opusFrames(packets: readonly TrackPacket[], source: ByteSource): Generator<Frame> {
  for (const { timestamp, payloadAt, payloadBytes } of packets) {
    if (payloadBytes === 0) continue
    const bytes = source.read(payloadAt, payloadBytes)
    yield { timestamp, isKey: true, bytes, durationMs: opusDurationMs(bytes), size: null }
  }
}

/**
 * VP8 pictures put together from their packets. A picture with a missing packet is left out, and so is
 * all that follows until the next key picture, for it would be decoded on the wrong basis.
 */
export function* vp8Frames(packets: readonly TrackPacket[], source: ByteSource): Generator<Frame> {
  let hasBasis = false
  let expected = packets[0]?.sequence
  for (const picture of picturesOf(packets)) {
    const isNext = picture.isUnbroken && picture.first === expected
    expected = picture.last + 1
    const isFiller = picture.parts.length === 0
    if (isNext && isFiller) continue
    const frame = decodable(joinPicture(picture, source), hasBasis && isNext)
    hasBasis = frame !== null
    if (frame) yield frame
  }
}

function decodable(frame: Frame | null, hasBasis: boolean): Frame | null {
  return frame && (frame.isKey || hasBasis) ? frame : null
}

/** The packets of one timestamp. */
type Picture = {
  /** Sequence numbers of its ends. */
  readonly first: number
  readonly last: number
  readonly isUnbroken: boolean
  /** Without those that only probe the network. */
  readonly parts: readonly TrackPacket[]
}

function* picturesOf(packets: readonly TrackPacket[]): Generator<Picture> {
  let begin = 0
  for (const [at, { timestamp }] of packets.entries()) {
    if (packets[at + 1]?.timestamp === timestamp) continue
    yield pictureOf(packets.slice(begin, at + 1))
    begin = at + 1
  }
}

function pictureOf(packets: readonly TrackPacket[]): Picture {
  const first = packets.at(0)?.sequence ?? 0
  const last = packets.at(-1)?.sequence ?? 0
  const isUnbroken = last - first === packets.length - 1
  return { first, last, isUnbroken, parts: packets.filter(({ payloadBytes }) => payloadBytes > 0) }
}

/** Null when any part is missing. */
function joinPicture({ isUnbroken, parts }: Picture, source: ByteSource): Frame | null {
  const [first] = parts
  if (!isUnbroken || !first || parts.at(-1)?.isMarker !== true) return null
  const pieces: Buffer[] = []
  for (const [at, { payloadAt, payloadBytes }] of parts.entries()) {
    const payload = source.read(payloadAt, payloadBytes)
    const descriptor = parseVp8Descriptor(payload)
    if (!descriptor || (at === 0 && !descriptor.isFrameStart)) return null
    pieces.push(payload.subarray(descriptor.bytes))
  }
  const bytes = Buffer.concat(pieces)
  const size = vp8KeyFrameSize(bytes)
  return { timestamp: first.timestamp, isKey: size !== null, bytes, durationMs: null, size }
}
