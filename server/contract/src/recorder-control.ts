import { z } from 'zod'
import { defineCommand, defineEvent } from './command.ts'
import type { CommandEvents, EventsOf } from './command.ts'
import { SignedGrant } from './grant.ts'
import { RecordingId, VisitId } from './ids.ts'
import { TapTrack } from './media-control.ts'
import { MediaKind } from './rtc.ts'

/** How a server drives a recorder. The recorder keeps writing when the server is gone. */

export const RECORDING_STATES = ['OPEN', 'FINISHING', 'FINISHED', 'FAILED'] as const

/** A finished track: a playable file made without transcoding. */
export const FinishedTrack = z.object({
  trackId: z.uuid(),
  seatId: z.uuid(),
  kind: MediaKind,
  /** Path inside the object store, with forward slashes. */
  file: z.string(),
  mimeType: z.string(),
  bytes: z.number().int(),
  /** Where the track begins on the recording's one clock. */
  startMs: z.number().min(0),
  durationMs: z.number().min(0),
  packets: z.number().int(),
  lostPackets: z.number().int(),
})
export type FinishedTrack = z.output<typeof FinishedTrack>

export const RecordingInfo = z.object({
  recordingId: RecordingId,
  visitId: VisitId,
  epoch: z.number().int().min(1),
  state: z.enum(RECORDING_STATES),
  packets: z.number().int(),
  tracks: z.array(FinishedTrack),
  /** The recorder died while it was open: what it had not written yet is missing at the end. */
  isRecovered: z.boolean().optional(),
})

export const recorderCommands = {
  describe: defineCommand({
    name: 'recorder:describe',
    payload: z.strictObject({}),
    reply: z.object({ bootId: z.uuid(), recordings: z.array(RecordingInfo) }),
  }),
  /** Opens a journal and a UDP port; the same grant again answers with the same port. */
  open: defineCommand({
    name: 'recording:open',
    payload: z.strictObject({ grant: SignedGrant }),
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
  /** Closes the journal; the files are then made, told by `recording:finished`. */
  close: defineCommand({
    name: 'recording:close',
    payload: z.strictObject({ recordingId: RecordingId }),
    reply: z.object({}),
    refusals: ['RECORDING_NOT_FOUND'],
  }),
} as const

export const recorderEvents = {
  finished: defineEvent('recording:finished', RecordingInfo),
  failed: defineEvent(
    'recording:failed',
    z.object({ recordingId: RecordingId, visitId: VisitId, why: z.string() }),
  ),
} as const

export type RecorderControlToRecorder = CommandEvents<typeof recorderCommands>
export type RecorderControlToServer = EventsOf<typeof recorderEvents>
export type RecordingInfo = z.output<typeof RecordingInfo>
