import { z } from 'zod'
import { AnyFlagCategoryShape } from '../flags.ts'
import { Instant, PlayId, RecordingId, SeatId, TrackId, VisitId, ZoneName } from '../ids.ts'
import { ManifestGap } from '../recording-manifest.ts'
import { MediaKind } from '../rtc.ts'
import { CourseNote } from '../timeline.ts'
import { OutcomeShape, PartyShape } from '../visit.ts'
import { KEYED, LocalDate, PageQuery, SIGNED_IN, pageOf, route } from './route.ts'

/**
 * The review of recordings (RC-5). What is reviewed is a visit: all its recordings, one for each epoch, on
 * one line of time whose 0 is the first frame of the first of them (`zeroAt`).
 */

/** Where a visit's recording stands: being made, whole, in parts (with gaps), without anything, destroyed. */
export const KEPT_STATES = [
  'OPEN',
  'BEING_MADE',
  'WHOLE',
  'WITH_GAPS',
  'FAILED',
  'DESTROYED',
] as const
export const KeptState = z.enum(KEPT_STATES)

/** One line of the list. */
export const RecordedVisit = z.object({
  visitId: VisitId,
  startsAt: Instant,
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  terminalName: z.string(),
  visitors: z.array(z.string()),
  inmate: z.object({ name: z.string(), inmateNumber: z.string() }),
  outcome: OutcomeShape.nullable(),
  state: KeptState,
  durationMs: z.number().int().min(0),
  flags: z.array(AnyFlagCategoryShape),
  notes: z.number().int(),
  /** Until when it is kept, unless held. */
  destroyAfter: Instant.nullable(),
  isHeld: z.boolean(),
})
export type RecordedVisit = z.output<typeof RecordedVisit>

export const PlayedTrack = z.object({
  trackId: TrackId,
  recordingId: RecordingId,
  seatId: SeatId,
  party: PartyShape,
  kind: MediaKind,
  mimeType: z.string(),
  /** In the visit's line of time. */
  startMs: z.number().int(),
  durationMs: z.number().int(),
  bytes: z.number().int(),
  /** When each thumbnail was taken, in the visit's line of time. */
  thumbnailsMs: z.array(z.number().int()),
})
export type PlayedTrack = z.output<typeof PlayedTrack>

export const OpenedPlay = z.object({
  playId: PlayId,
  expiresAt: Instant,
  zeroAt: Instant,
  durationMs: z.number().int(),
  visit: RecordedVisit,
  tracks: z.array(PlayedTrack),
  /** What this reader may still open within the hour. */
  budget: z.object({ used: z.number().int(), of: z.number().int() }),
})
export type OpenedPlay = z.output<typeof OpenedPlay>

const Span = z.object({ fromMs: z.number().int(), toMs: z.number().int() })

/** What stands beside the media, all in the visit's line of time. */
export const PlayTimeline = z.object({
  gaps: z.array(ManifestGap.extend({ fromMs: z.number().int(), toMs: z.number().int() })),
  flags: z.array(
    z.object({
      flagId: z.uuid(),
      atMs: z.number().int(),
      fromMs: z.number().int(),
      toMs: z.number().int(),
      category: AnyFlagCategoryShape,
      note: z.string(),
    }),
  ),
  /** Officers' acts, pauses, and what else the visit's course notes. */
  course: z.array(CourseNote.extend({ atMs: z.number().int() })),
  /** Where somebody speaks, by seat. */
  speech: z.array(z.object({ seatId: SeatId, spans: z.array(Span) })),
  notes: z.array(
    z.object({
      noteId: z.uuid(),
      atMs: z.number().int().nullable(),
      text: z.string(),
      by: z.string(),
      writtenAt: Instant,
    }),
  ),
})
export type PlayTimeline = z.output<typeof PlayTimeline>

/** What a viewer does; entered in the audit log before the bytes that follow from it. */
export const PLAY_ACTS = ['PLAY', 'SEEK', 'STOP'] as const

const REVIEWERS = ['investigator'] as const
const PLAY = [...SIGNED_IN, 'RECORDING_NOT_FOUND', 'RECORDING_DESTROYED'] as const
const access = { kind: 'account', roles: REVIEWERS } as const

/** Recordings: search, playback, notes, and what proves them. */
export const recordingRoutes = {
  searchRecordings: route({
    method: 'POST',
    path: '/api/recordings/search',
    summary:
      'Recorded visits of the investigator’s facility that fit, newest first; each search is in the audit log.',
    access,
    body: z.strictObject({
      ...PageQuery,
      from: LocalDate.optional(),
      to: LocalDate.optional(),
      /** A part of the name, or the number. */
      inmate: z.string().trim().max(100).optional(),
      visitor: z.string().trim().max(100).optional(),
      flag: AnyFlagCategoryShape.optional(),
      outcome: OutcomeShape.optional(),
      /** Words of notes and of flags’ notes. */
      text: z.string().trim().max(200).optional(),
    }),
    reply: pageOf(RecordedVisit),
    refusals: SIGNED_IN,
  }),
  openPlay: route({
    method: 'POST',
    path: '/api/recordings/:visitId/plays',
    summary:
      'Opens playback for an hour: purpose and case number first, entered in the audit log before any byte (RC-5).',
    access,
    stepUp: true,
    params: z.object({ visitId: VisitId }),
    body: z.strictObject({
      purpose: z.string().trim().min(3).max(500),
      caseNumber: z.string().trim().min(1).max(100),
    }),
    reply: OpenedPlay,
    refusals: [...PLAY, 'PURPOSE_REQUIRED', 'RECORDING_NOT_READY', 'READING_BUDGET_USED'],
  }),
  playAct: route({
    method: 'POST',
    path: '/api/plays/:playId/acts',
    summary: 'Enters that the viewer plays, seeks or stops.',
    access,
    params: z.object({ playId: PlayId }),
    body: z.strictObject({ act: z.enum(PLAY_ACTS), atMs: z.number().int().min(0) }),
    reply: z.object({}),
    refusals: PLAY,
  }),
  playTrack: route({
    method: 'GET',
    path: '/api/plays/:playId/tracks/:trackId',
    summary: 'The bytes of one track of an open playback; ranges are answered.',
    access,
    params: z.object({ playId: PlayId, trackId: TrackId }),
    reply: null,
    refusals: PLAY,
  }),
  playThumbnail: route({
    method: 'GET',
    path: '/api/plays/:playId/tracks/:trackId/thumbnails/:index',
    summary: 'One picture of a track (WebP), by its place in `thumbnailsMs`.',
    access,
    params: z.object({
      playId: PlayId,
      trackId: TrackId,
      index: z.coerce.number().int().min(0),
    }),
    reply: null,
    refusals: PLAY,
  }),
  playWaveforms: route({
    method: 'GET',
    path: '/api/plays/:playId/waveforms',
    summary: 'How loud each sound is; a byte for each `everyMs`, base64.',
    access,
    params: z.object({ playId: PlayId }),
    reply: z.object({
      waveforms: z.array(
        z.object({ trackId: TrackId, everyMs: z.number().int(), levels: z.string() }),
      ),
    }),
    refusals: PLAY,
  }),
  playTimeline: route({
    method: 'GET',
    path: '/api/plays/:playId/timeline',
    summary: 'Gaps, flags, officers’ acts, speech and notes beside the media.',
    access,
    params: z.object({ playId: PlayId }),
    reply: PlayTimeline,
    refusals: PLAY,
  }),
  writeReviewNote: route({
    method: 'POST',
    path: '/api/plays/:playId/notes',
    summary: 'Keeps a note about the recording that is open.',
    access,
    isKeyed: true,
    params: z.object({ playId: PlayId }),
    body: z.strictObject({
      text: z.string().trim().min(1, 'Write a few words.').max(2000),
      atMs: z.number().int().min(0).nullable(),
    }),
    reply: z.object({ noteId: z.uuid() }),
    refusals: [...PLAY, ...KEYED],
  }),
  recordingManifests: route({
    method: 'GET',
    path: '/api/recordings/:visitId/manifests',
    summary:
      'The signed manifest of each recording of a visit, and when it was last checked against the files.',
    access: { kind: 'account', roles: ['investigator', 'auditor', 'facilityAdmin'] },
    params: z.object({ visitId: VisitId }),
    reply: z.object({
      recordings: z.array(
        z.object({
          recordingId: RecordingId,
          epoch: z.number().int(),
          manifest: z
            .object({ sha256: z.string(), issuedAt: Instant, number: z.number().int() })
            .nullable(),
          checked: z.object({ at: Instant, isOk: z.boolean(), finding: z.string() }).nullable(),
        }),
      ),
    }),
    refusals: [...SIGNED_IN, 'RECORDING_NOT_FOUND'],
  }),
  recordingManifest: route({
    method: 'GET',
    path: '/api/recordings/:visitId/manifests/:recordingId.json',
    summary: 'The signed manifest itself, as a file.',
    access: { kind: 'account', roles: ['investigator', 'auditor', 'facilityAdmin'] },
    params: z.object({ visitId: VisitId, recordingId: RecordingId }),
    reply: null,
    refusals: [...SIGNED_IN, 'RECORDING_NOT_FOUND'],
  }),
} as const
