import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { RecordingId, VisitId } from '@visavis/contract/ids'
import { TapTrack } from '@visavis/contract/media-control'

/**
 * The journal: one line of JSON (the header), then binary records until the end of the file, all
 * little-endian: type u8 · monotonic nanoseconds u64 · length u32 · bytes · CRC-32 of all before it in
 * the record u32. RTP and RTCP stand in it exactly as they arrived. Only ever appended to.
 */

/** Bumped when a reader of this version could misread the file. */
export const JOURNAL_VERSION = 1

/** First line of a journal: what it is of, and one instant on both clocks to place every record in time. */
export const JournalHeader = z.object({
  v: z.literal(JOURNAL_VERSION),
  recordingId: RecordingId,
  visitId: VisitId,
  epoch: z.number().int().min(1),
  wallStart: z.iso.datetime(),
  /** Nanoseconds of the machine's monotonic clock at `wallStart`; text, for JSON numbers end at 2^53. */
  monoStart: z.string().regex(/^\d{1,20}$/),
})
export type JournalHeader = z.output<typeof JournalHeader>

/** What is noted beside the media. */
export const JournalEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('trackDescribed'), track: TapTrack }),
  /** Last record of a journal that was closed in order; without it the recorder died. */
  z.object({ event: z.literal('closed') }),
])
export type JournalEvent = z.output<typeof JournalEvent>

export type RecordKind = 'rtp' | 'rtcp' | 'event'

export type JournalRecord = {
  readonly kind: RecordKind
  readonly monoNs: bigint
  readonly bytes: Buffer
  /** Where `bytes` begin in the file, to read them again later. */
  readonly offset: number
}

const TYPE_OF: Readonly<Record<RecordKind, number>> = { rtp: 1, rtcp: 2, event: 3 }
const KIND_OF: Readonly<Partial<Record<number, RecordKind>>> = { 1: 'rtp', 2: 'rtcp', 3: 'event' }

/** Type, time and length. */
export const RECORD_HEAD_BYTES = 1 + 8 + 4
export const RECORD_CRC_BYTES = 4
/** The longest UDP datagram; a longer record is damage. */
export const MAX_RECORD_BYTES = 65_535

/** The header line, with its newline. */
export function encodeHeader(header: JournalHeader): Buffer {
  return Buffer.from(`${JSON.stringify(header)}\n`)
}

/** One whole record. */
export function encodeRecord(kind: RecordKind, monoNs: bigint, bytes: Uint8Array): Buffer {
  const record = Buffer.allocUnsafe(RECORD_HEAD_BYTES + bytes.length + RECORD_CRC_BYTES)
  record.writeUInt8(TYPE_OF[kind], 0)
  record.writeBigUInt64LE(monoNs, 1)
  record.writeUInt32LE(bytes.length, 9)
  record.set(bytes, RECORD_HEAD_BYTES)
  const crcAt = RECORD_HEAD_BYTES + bytes.length
  record.writeUInt32LE(crc32(record.subarray(0, crcAt)), crcAt)
  return record
}

/** Kind, time and length from a record's first bytes, or null when they cannot be such. */
export function decodeHead(
  head: Buffer,
): { kind: RecordKind; monoNs: bigint; length: number } | null {
  const kind = KIND_OF[head.readUInt8(0)]
  const length = head.readUInt32LE(9)
  if (!kind || length > MAX_RECORD_BYTES) return null
  return { kind, monoNs: head.readBigUInt64LE(1), length }
}

/** Whether a whole record is as it was written. */
export function isIntact(record: Buffer): boolean {
  const crcAt = record.length - RECORD_CRC_BYTES
  return crc32(record.subarray(0, crcAt)) === record.readUInt32LE(crcAt)
}
