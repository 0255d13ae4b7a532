import { z } from 'zod'
import { Instant, PlayId, RecordingId, SeatId, TrackId, VisitId, ZoneName } from '../ids.ts'
import { MediaKind } from '../rtc.ts'
import { PartyShape } from '../visit.ts'
import { route } from './route.ts'

export const RecordingSummary = z.object({
  recordingId: RecordingId,
  visitId: VisitId,
  epoch: z.number().int(),
  state: z.enum(['OPEN', 'RECORDED', 'FINISHED', 'FAILED']),
  startsAt: Instant,
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  terminalName: z.string(),
  durationMs: z.number().int().min(0),
  tracks: z.array(
    z.object({
      trackId: TrackId,
      seatId: SeatId,
      party: PartyShape,
      kind: MediaKind,
      mimeType: z.string(),
      startMs: z.number(),
      durationMs: z.number(),
    }),
  ),
})
export type RecordingSummary = z.output<typeof RecordingSummary>

/** Recordings and their playback. */
export const recordingRoutes = {
  listRecordings: route({
    method: 'GET',
    path: '/api/recordings',
    summary: 'Recordings of the investigator’s facility, newest first.',
    access: { kind: 'account', roles: ['investigator'] },
    query: z.object({
      limit: z.coerce.number().int().min(1).max(100).default(50),
      before: Instant.optional(),
    }),
    reply: z.object({ recordings: z.array(RecordingSummary) }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'FORBIDDEN'],
  }),
  openPlay: route({
    method: 'POST',
    path: '/api/recordings/:recordingId/plays',
    summary:
      'Opens playback: purpose and case number first, entered in the audit log before any byte (RC-5).',
    access: { kind: 'account', roles: ['investigator'] },
    params: z.object({ recordingId: RecordingId }),
    body: z.strictObject({
      purpose: z.string().trim().min(3).max(500),
      caseNumber: z.string().trim().min(1).max(100),
    }),
    reply: z.object({ playId: PlayId, recording: RecordingSummary, expiresAt: Instant }),
    refusals: [
      'NOT_SIGNED_IN',
      'SESSION_EXPIRED',
      'FORBIDDEN',
      'PURPOSE_REQUIRED',
      'RECORDING_NOT_FOUND',
      'RECORDING_NOT_READY',
    ],
  }),
  playTrack: route({
    method: 'GET',
    path: '/api/plays/:playId/tracks/:trackId',
    summary: 'The bytes of one track of an open playback; ranges are answered.',
    access: { kind: 'account', roles: ['investigator'] },
    params: z.object({ playId: PlayId, trackId: TrackId }),
    reply: null,
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'FORBIDDEN', 'RECORDING_NOT_FOUND'],
  }),
} as const
