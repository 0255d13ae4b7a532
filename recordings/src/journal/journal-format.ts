import { z } from 'zod'
import { RecordingId, VisitId } from '@visavis/contract/ids'
import { TapTrack } from '@visavis/contract/media-control'
import { JournalNote } from '@visavis/contract/recorder-control'
import { SEALING, Sha256 } from '@visavis/contract/recording-result'

/**
 * The journal: one line of JSON (the header), then sealed frames until the end of the file (journal-frame.ts).
 * In the frames stand records, little-endian: type u8 · monotonic nanoseconds u64 · length u32 · bytes. RTP and
 * RTCP stand in them exactly as they arrived. Only ever appended to.
 */

/** Bumped when a reader of this version could misread the file. */
export const JOURNAL_VERSION = 2

/** First line of a journal: what it is of, and one instant on both clocks to place every record in time. */
export const JournalHeader = z.object({
  v: z.literal(JOURNAL_VERSION),
  sealing: z.literal(SEALING),
  recordingId: RecordingId,
  visitId: VisitId,
  epoch: z.number().int().min(1),
  /** Of the signed grant by which it was recorded, as text. */
  grantSha256: Sha256,
  wallStart: z.iso.datetime(),
  /** Nanoseconds of the machine's monotonic clock at `wallStart`; text, for JSON numbers end at 2^53. */
  monoStart: z.string().regex(/^\d{1,20}$/),
})
export type JournalHeader = z.output<typeof JournalHeader>

/** What is noted beside the media. */
export const JournalEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('trackDescribed'), track: TapTrack }),
  /** What happened in the visit, as its timeline has it. */
  z.object({ event: z.literal('note'), note: JournalNote }),
  /** The wall clock when this record was made; a clock that was set shows against the records' own time. */
  z.object({ event: z.literal('anchor'), wall: z.iso.datetime() }),
  /** Last record of a journal that was closed in order; without it the recorder died. */
  z.object({ event: z.literal('closed') }),
])
export type JournalEvent = z.output<typeof JournalEvent>

export type RecordKind = 'rtp' | 'rtcp' | 'event'

export type JournalRecord = {
  readonly kind: RecordKind
  readonly monoNs: bigint
  readonly bytes: Buffer
  /** Where `bytes` begin in the journal's plain bytes, to read them again later. */
  readonly offset: number
}

const TYPE_OF: Readonly<Record<RecordKind, number>> = { rtp: 1, rtcp: 2, event: 3 }
const KIND_OF: Readonly<Partial<Record<number, RecordKind>>> = { 1: 'rtp', 2: 'rtcp', 3: 'event' }

/** Type, time and length. */
const RECORD_HEAD_BYTES = 1 + 8 + 4

/** The header line, with its newline. */
export function encodeHeader(header: JournalHeader): Buffer {
  return Buffer.from(`${JSON.stringify(header)}\n`)
}

/** Bytes of a record with so many bytes in it. */
export function recordBytesOf(bytes: number): number {
  return RECORD_HEAD_BYTES + bytes
}

type NewRecord = Pick<JournalRecord, 'kind' | 'monoNs'> & { readonly bytes: Uint8Array }

/** Writes one whole record to a place in `target` and returns the place after it. */
export function writeRecord(
  target: Buffer,
  at: number,
  { kind, monoNs, bytes }: NewRecord,
): number {
  target.writeUInt8(TYPE_OF[kind], at)
  target.writeBigUInt64LE(monoNs, at + 1)
  target.writeUInt32LE(bytes.length, at + 9)
  target.set(bytes, at + RECORD_HEAD_BYTES)
  return at + RECORD_HEAD_BYTES + bytes.length
}

/** One whole record. */
export function encodeRecord(kind: RecordKind, monoNs: bigint, bytes: Uint8Array): Buffer {
  const record = Buffer.allocUnsafe(recordBytesOf(bytes.length))
  writeRecord(record, 0, { kind, monoNs, bytes })
  return record
}

/** The records in a frame's plain bytes, which lie at `offset`; those of a later version are passed over. */
export function* decodeRecords(plain: Buffer, offset: number): Generator<JournalRecord> {
  let at = 0
  while (at + RECORD_HEAD_BYTES <= plain.length) {
    const kind = KIND_OF[plain.readUInt8(at)]
    const monoNs = plain.readBigUInt64LE(at + 1)
    const from = at + RECORD_HEAD_BYTES
    const to = from + plain.readUInt32LE(at + 9)
    if (to > plain.length) return
    if (kind) yield { kind, monoNs, bytes: plain.subarray(from, to), offset: offset + from }
    at = to
  }
}

/** The event in an event record; null for one of a later version that is not known here. */
export function readEvent(bytes: Buffer): JournalEvent | null {
  const event = JournalEvent.safeParse(parseJson(bytes))
  return event.success ? event.data : null
}

/** The value of a JSON text, or null for anything else. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}
