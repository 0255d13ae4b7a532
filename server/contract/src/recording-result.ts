import { z } from 'zod'
import { Instant, RecordingId, SeatId, TrackId, VisitId } from './ids.ts'
import { MediaKind } from './rtc.ts'

/**
 * What a recorder has made of one recording (one epoch of a visit): `result.json` beside its files in the
 * object store. Ids, times, figures and hashes only, so it is not sealed. Everything is a whole number.
 * A recording's time, in milliseconds, begins with the first frame of any track.
 */

/** The construction by which everything of a recording is sealed (C2SP chunked-encryption, "Cobblestone-256"). */
export const SEALING = 'c2sp.org/chunked-encryption@v1/AEAD_AES_256_GCM/SHA-512'

/** A file's blocks are hashed one by one, so that damage is named by its place; bytes. */
export const PROOF_BLOCK_BYTES = 1024 * 1024

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Whole = z.number().int().min(0)

/** How the bytes of a stored file are proved, as it lies there (sealed) and as it was before. */
export const FileProof = z.strictObject({
  /** In the recording's folder of the object store. */
  file: z.string(),
  /** Sealed. */
  bytes: Whole,
  sha256: Sha256,
  /** Of each {@link PROOF_BLOCK_BYTES} sealed bytes, the last block shorter. */
  blocks: z.array(Sha256),
  plainBytes: Whole,
  plainSha256: Sha256,
  /** Of each {@link PROOF_BLOCK_BYTES} plain bytes. */
  plainBlocks: z.array(Sha256),
})
export type FileProof = z.output<typeof FileProof>

/** A chunk of the journal: at most a second of everything that arrived. */
export const JournalSegment = z.strictObject({
  /** From 0. */
  i: Whole,
  /** First and last record's arrival, on the recorder's monotonic clock since the journal's start. */
  fromMs: Whole,
  toMs: Whole,
  /** Where its frame begins in the file, and the frame's length. */
  at: Whole,
  bytes: Whole,
  /** Of the records in it, plain. */
  sha256: Sha256,
  /** Chain: SHA-256 of the chain value before and the whole frame. */
  chain: Sha256,
})
export type JournalSegment = z.output<typeof JournalSegment>

/** A stretch of the journal that the disk did not give back as it was written. */
export const JournalDamage = z.strictObject({
  /** Where it begins in the file, and its length. */
  at: Whole,
  bytes: Whole,
  /** Of these bytes as they lay there when the files were made. */
  sha256: Sha256,
  /** Between the last record before it and the first one after it; as a segment's times. */
  fromMs: Whole,
  toMs: Whole,
})
export type JournalDamage = z.output<typeof JournalDamage>

/** What proves a recording's journal, byte for byte. */
export const JournalProof = z.strictObject({
  file: z.string(),
  bytes: Whole,
  /** Bytes of a torn end that were cut off after a crash. */
  cutBytes: Whole,
  /** Closed in order; else the recorder died or could not go on. */
  isClosed: z.boolean(),
  headerSha256: Sha256,
  /** What was read, without the stretches that are damaged. */
  segments: z.array(JournalSegment),
  /** RFC 6962 tree over the segments' frames (leaf: the frame's bytes). */
  root: Sha256,
  damaged: z.array(JournalDamage).default([]),
})
export type JournalProof = z.output<typeof JournalProof>

/** Wall clock against the recorder's monotonic clock, in milliseconds since the journal's start. */
export const Anchor = z.strictObject({ monoMs: Whole, wall: Instant })
export type Anchor = z.output<typeof Anchor>

/** A stretch in which a track had nothing though it stood. */
export const TrackHole = z.strictObject({ fromMs: z.number().int(), toMs: z.number().int() })

/** A track's master: the frames as they came, without transcoding. */
export const ResultTrack = z.strictObject({
  trackId: TrackId,
  seatId: SeatId,
  kind: MediaKind,
  mimeType: z.string(),
  startMs: Whole,
  durationMs: Whole,
  packets: Whole,
  lostPackets: Whole,
  master: FileProof,
  holes: z.array(TrackHole),
  /** Silence put in the places of sound that never came; milliseconds in all. */
  filledMs: Whole,
  /** Of a picture: WebP pictures, one for each {@link everyMs}, in one sealed file; null without any. */
  thumbnails: z
    .strictObject({
      proof: FileProof,
      everyMs: Whole,
      /** Where each lies in the plain file. */
      pictures: z.array(z.strictObject({ atMs: Whole, at: Whole, bytes: Whole })),
    })
    .nullable(),
  /** Of sound: loudness, a byte (0 silent, 255 full scale) for each `everyMs`, base64; null without a decoder. */
  waveform: z.strictObject({ everyMs: Whole, levels: z.string() }).nullable(),
})
export type ResultTrack = z.output<typeof ResultTrack>

export const RecordingResult = z.strictObject({
  v: z.literal(1),
  recordingId: RecordingId,
  visitId: VisitId,
  epoch: Whole,
  grantSha256: Sha256,
  /** The recorder's wall clock when the journal was opened, and the instant of the recording's time 0. */
  openedAt: Instant,
  originAt: Instant,
  /** The last packet of any track, in the recording's time. */
  lastMs: Whole,
  /** Wall clock against monotonic clock, noted all along; a clock that was set shows here. */
  anchors: z.array(Anchor),
  journal: JournalProof,
  tracks: z.array(ResultTrack),
  /** Name and version of what made it. */
  tools: z.array(z.strictObject({ name: z.string(), version: z.string() })),
})
export type RecordingResult = z.output<typeof RecordingResult>

/** Where the result lies in a recording's folder. */
export const RESULT_FILE = 'result.json'

/** A recording's folder in the object store. */
export function recordingFolderOf({
  visitId,
  recordingId,
}: {
  readonly visitId: string
  readonly recordingId: string
}): string {
  return `${visitId}/${recordingId}`
}
