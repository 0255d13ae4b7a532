import { z } from 'zod'
import { defineCommand, defineEvent } from './command.ts'
import type { CommandEvents, EventsOf } from './command.ts'
import { DerivativeKind } from './derivatives.ts'
import { SignedGrant } from './grant.ts'
import { Instant, RecordingId, SeatId, VisitId } from './ids.ts'
import { TapTrack } from './media-control.ts'
import { SealedKey } from './recording-key.ts'
import { FileProof, Sha256 } from './recording-result.ts'
import { TimelineKindShape } from './timeline.ts'
import { PartyShape } from './visit.ts'

/**
 * How a server drives a recorder. The recorder keeps writing when the server is gone. It has a recording's
 * key in memory only, from the server, and forgets it when the files are made.
 */

/** LEFT: a recorder before this one died over it; it is finished as soon as its key is brought. */
export const RECORDING_STATES = ['OPEN', 'LEFT', 'FINISHING', 'FINISHED', 'FAILED'] as const

export const RecordingInfo = z.object({
  recordingId: RecordingId,
  visitId: VisitId,
  epoch: z.number().int().min(1),
  state: z.enum(RECORDING_STATES),
  packets: z.number().int(),
  /** Of a finished one: its `result.json` in the object store, and that file's hash. */
  resultSha256: Sha256.optional(),
  /** The recorder died while it was open: what it had not written yet is missing at the end. */
  isRecovered: z.boolean().optional(),
})

/** Why a recording could not go on. */
export const RECORDING_FAILURES = [
  'DISK_FULL',
  'DISK_FAILED',
  'DISK_SLOW',
  'RECEIVER_FAILED',
  'FINISH_FAILED',
] as const
export const RecordingFailure = z.enum(RECORDING_FAILURES)
export type RecordingFailure = (typeof RECORDING_FAILURES)[number]

/** How far a recording is on disk: what was sealed up to here can be proved, whatever becomes of the recorder. */
export const RecordingHead = z.object({
  recordingId: RecordingId,
  visitId: VisitId,
  /** Chunks on disk, and the chain over them. */
  chunks: z.number().int().min(1),
  chain: Sha256,
  bytes: z.number().int(),
  at: Instant,
})

/** One thing of the visit's course, for the journal: content-free, as the timeline has it. */
export const JournalNote = z.strictObject({
  at: Instant,
  kind: TimelineKindShape,
  seatId: SeatId.optional(),
  code: z.string().max(100).optional(),
})

const DerivedFrom = z.strictObject({
  recordingId: RecordingId,
  sealedKey: SealedKey,
  /** Where this recording's time 0 lies in the visit's line of time, in milliseconds. */
  offsetMs: z.number().int().min(0),
})

/** A copy to be made of one visit's recordings; the originals are never changed (RC-4). */
export const DerivativeJob = z.strictObject({
  derivativeId: z.uuid(),
  visitId: VisitId,
  kind: DerivativeKind,
  from: z.array(DerivedFrom).min(1),
  /** Seats from left to right. */
  seatIds: z.array(SeatId).min(1).max(8),
  /** Whose each of these seats is, in the same order, for the words on the pictures. */
  parties: z.array(PartyShape).max(8).optional(),
  /** In the visit's line of time, whose 0 is the instant `zeroAt`. */
  zeroAt: Instant,
  fromMs: z.number().int().min(0),
  toMs: z.number().int().min(1),
  /** The facility's zone, for the burned-in clock. */
  timeZone: z.string(),
  /** The derivative's own key. */
  sealedKey: SealedKey,
})

export const recorderCommands = {
  describe: defineCommand({
    name: 'recorder:describe',
    payload: z.strictObject({}),
    reply: z.object({ bootId: z.uuid(), recordings: z.array(RecordingInfo) }),
  }),
  /** Whether its disk takes what is written, with room for some visits; asked after it did not. */
  probe: defineCommand({
    name: 'recorder:probe',
    payload: z.strictObject({}),
    reply: z.object({ hasRoom: z.boolean() }),
  }),
  /** Opens a journal and a UDP port; the same grant again answers with the same port. */
  open: defineCommand({
    name: 'recording:open',
    payload: z.strictObject({ grant: SignedGrant, sealedKey: SealedKey }),
    reply: z.object({ recordingId: RecordingId, address: z.string(), port: z.number().int() }),
    refusals: ['GRANT_REFUSED', 'RECORDER_UNAVAILABLE'],
  }),
  /** Tells which seat's track an SSRC is. RTP of a not yet described track is kept all the same. */
  describeTrack: defineCommand({
    name: 'recording:describeTrack',
    payload: z.strictObject({ recordingId: RecordingId, track: TapTrack }),
    reply: z.object({}),
    refusals: ['RECORDING_NOT_FOUND'],
  }),
  /** Writes into the journal what happened beside the media. */
  note: defineCommand({
    name: 'recording:note',
    payload: z.strictObject({ recordingId: RecordingId, note: JournalNote }),
    reply: z.object({}),
    refusals: ['RECORDING_NOT_FOUND'],
  }),
  /** Closes the journal; the files are then made, told by `recording:finished`. */
  close: defineCommand({
    name: 'recording:close',
    payload: z.strictObject({ recordingId: RecordingId }),
    reply: z.object({}),
    refusals: ['RECORDING_NOT_FOUND'],
  }),
  /** Brings the key of one that is LEFT or FAILED, to make its files; of any other it changes nothing. */
  finish: defineCommand({
    name: 'recording:finish',
    payload: z.strictObject({ recordingId: RecordingId, sealedKey: SealedKey }),
    reply: z.object({}),
    refusals: ['RECORDING_NOT_FOUND', 'GRANT_REFUSED'],
  }),
  /** Makes a copy, told by `derivative:made`; the same job again changes nothing. */
  derive: defineCommand({
    name: 'derivative:make',
    payload: z.strictObject({ job: DerivativeJob }),
    reply: z.object({}),
    refusals: ['GRANT_REFUSED', 'RECORDING_NOT_FOUND', 'RECORDER_UNAVAILABLE'],
  }),
} as const

export const recorderEvents = {
  /** Every few seconds while it is open, and once more at the close. */
  head: defineEvent('recording:head', RecordingHead),
  finished: defineEvent('recording:finished', RecordingInfo),
  failed: defineEvent(
    'recording:failed',
    z.object({ recordingId: RecordingId, visitId: VisitId, why: RecordingFailure }),
  ),
  /** How far a long job is; `share` in thousandths. */
  progress: defineEvent(
    'derivative:progress',
    z.object({ derivativeId: z.uuid(), share: z.number().int().min(0).max(1000) }),
  ),
  made: defineEvent(
    'derivative:made',
    z.object({
      derivativeId: z.uuid(),
      visitId: VisitId,
      /** In the visit's folder, `derived/`. */
      proof: FileProof,
      tool: z.string(),
      argumentsSha256: Sha256,
      /** Journal roots of what it was made from. */
      roots: z.array(Sha256),
    }),
  ),
  notMade: defineEvent(
    'derivative:failed',
    z.object({ derivativeId: z.uuid(), why: z.string().max(200) }),
  ),
} as const

export type RecorderControlToRecorder = CommandEvents<typeof recorderCommands>
export type RecorderControlToServer = EventsOf<typeof recorderEvents>
export type RecordingInfo = z.output<typeof RecordingInfo>
export type RecordingHead = z.output<typeof RecordingHead>
export type JournalNote = z.output<typeof JournalNote>
export type DerivativeJob = z.output<typeof DerivativeJob>
