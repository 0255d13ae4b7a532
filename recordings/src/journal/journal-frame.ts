import { createHash } from 'node:crypto'
import {
  openMessage,
  plainBytesOf,
  sealMessageInto,
  sealedBytesOf,
} from '@visavis/platform/sealed/cobblestone'

/**
 * A frame of the journal: `"VVJ2" | bytes of the frame u32 | chunk u32 | flags u8 (1: the last) | fromMs u32 |
 * toMs u32 | sealed records | chain 32 bytes`, little-endian. The chain is SHA-256 over the chain before and all
 * of the frame before its own chain; the first follows the SHA-256 of the header line with its newline. So order,
 * length and end are proved without a key. The times are milliseconds since the journal's start.
 */

/** At most so many bytes of records are sealed together; one record alone may be longer. */
export const FRAME_RECORDS_BYTES = 256 * 1024
/** At most so much time; what a crash loses. Milliseconds. */
export const FRAME_MS = 1_000

/** With it every frame begins. */
export const FRAME_MARK = Buffer.from('VVJ2')
/** All before the sealed records. */
export const FRAME_HEAD_BYTES = 4 + 4 + 4 + 1 + 4 + 4
export const CHAIN_BYTES = 32
const LAST_FLAG = 1
/** Twice what is ever written; a longer frame is damage. */
const MAX_FRAME_BYTES = 1024 * 1024

/** What a frame says of itself in clear. */
export type FrameHead = {
  /** From 0. */
  readonly chunk: number
  /** The journal was closed in order after it. */
  readonly isLast: boolean
  readonly fromMs: number
  readonly toMs: number
}

/** What a frame hangs on: the recording and the chain before it. */
export type FramePlace = { readonly recordingId: string; readonly chainBefore: Buffer }

/** A whole frame with the records in it, sealed. */
export function encodeFrame(
  records: Uint8Array,
  head: FrameHead,
  place: FramePlace & { readonly key: Uint8Array },
): Buffer {
  const frameBytes = frameBytesOf(records.length)
  const frame = Buffer.allocUnsafe(frameBytes)
  frame.set(FRAME_MARK, 0)
  frame.writeUInt32LE(frameBytes, 4)
  frame.writeUInt32LE(head.chunk, 8)
  frame.writeUInt8(head.isLast ? LAST_FLAG : 0, 12)
  frame.writeUInt32LE(head.fromMs, 13)
  frame.writeUInt32LE(head.toMs, 17)
  const keys = { key: place.key, context: frameContext(head, place) }
  sealMessageInto(frame.subarray(FRAME_HEAD_BYTES, -CHAIN_BYTES), records, keys)
  frame.set(chainAfter(place.chainBefore, frame), frameBytes - CHAIN_BYTES)
  return frame
}

/** A frame's length and what it says of itself, from its first {@link FRAME_HEAD_BYTES}; null for anything else. */
export function decodeFrameHead(
  bytes: Buffer,
): (FrameHead & { readonly frameBytes: number }) | null {
  const isMarked = bytes.subarray(0, FRAME_MARK.length).equals(FRAME_MARK)
  if (bytes.length < FRAME_HEAD_BYTES || !isMarked) return null
  const frameBytes = bytes.readUInt32LE(4)
  const flags = bytes.readUInt8(12)
  const isLength = frameBytes <= MAX_FRAME_BYTES && plainBytesOf(sealedBytesIn(frameBytes)) !== null
  if (!isLength || flags > LAST_FLAG) return null
  return {
    frameBytes,
    chunk: bytes.readUInt32LE(8),
    isLast: flags === LAST_FLAG,
    fromMs: bytes.readUInt32LE(13),
    toMs: bytes.readUInt32LE(17),
  }
}

/** The records of a whole frame. Throws `DamagedBytes` with places in the sealed records. */
export function openFrame(
  frame: Buffer,
  head: FrameHead,
  place: FramePlace & { readonly key: Uint8Array },
): Buffer {
  const sealed = frame.subarray(FRAME_HEAD_BYTES, frame.length - CHAIN_BYTES)
  return openMessage(sealed, { key: place.key, context: frameContext(head, place) })
}

/** The chain's first value, from the header line with its newline. */
export function chainStart(headerLine: Uint8Array): Buffer {
  return createHash('sha256').update(headerLine).digest()
}

/** The chain's value after a frame, whatever stands in the frame's own. */
export function chainAfter(chainBefore: Uint8Array, frame: Buffer): Buffer {
  const body = frame.subarray(0, frame.length - CHAIN_BYTES)
  return createHash('sha256').update(chainBefore).update(body).digest()
}

/** Bytes of the records in a frame of so many bytes. */
export function recordBytesIn(frameBytes: number): number {
  return plainBytesOf(sealedBytesIn(frameBytes)) ?? 0
}

/** Bytes of a frame with so many bytes of records. */
export function frameBytesOf(recordBytes: number): number {
  return FRAME_HEAD_BYTES + sealedBytesOf(recordBytes) + CHAIN_BYTES
}

function sealedBytesIn(frameBytes: number): number {
  return frameBytes - FRAME_HEAD_BYTES - CHAIN_BYTES
}

function frameContext(head: FrameHead, { recordingId, chainBefore }: FramePlace): Uint8Array {
  const { chunk, isLast, fromMs, toMs } = head
  const flags = isLast ? LAST_FLAG : 0
  const parts = [
    'visavis journal v2',
    recordingId,
    chunk,
    flags,
    fromMs,
    toMs,
    chainBefore.toString('hex'),
  ]
  return Buffer.from(parts.join('\0'))
}
