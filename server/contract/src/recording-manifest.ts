import { z } from 'zod'
import { DerivativeKind } from './derivatives.ts'
import { FacilityId, Instant, RecordingId, SeatId, TrackId, VisitId } from './ids.ts'
import { Anchor, FileProof, JournalProof, Sha256, SEALING } from './recording-result.ts'
import { MediaKind } from './rtc.ts'
import { PartyShape } from './visit.ts'

/** Why something of a visit is not in its recording (RC-3). */
export const GAP_CAUSES = [
  // the visit went on, and nobody could keep it
  'RECORDER_LOST',
  'MEDIA_LOST',
  'SERVER_LOST',
  'DISK_FULL',
  // it was kept, and the disk did not give it back
  'DAMAGED',
  'NO_RECORDER',
  // an officer let it go on unrecorded
  'GONE_ON',
  // nothing was sent: by an officer's act, by the person's, or for want of a line or a device
  'MUTED',
  'SWITCHED_OFF',
  'LINE_LOST',
  'DEVICE_LOST',
  'NOT_KNOWN',
] as const
export const GapCauseShape = z.enum(GAP_CAUSES)
export type GapCause = (typeof GAP_CAUSES)[number]

/** A missing stretch: of everything, or of one track. Wall clock, since it may lie outside of any recording. */
export const ManifestGap = z.strictObject({
  from: Instant,
  to: Instant,
  cause: GapCauseShape,
  seatId: SeatId.optional(),
  kind: MediaKind.optional(),
})
export type ManifestGap = z.output<typeof ManifestGap>

/**
 * What is signed of a recording: canonical JSON (RFC 8785) without null and fractions. The signed file is
 * `{"manifest": <canonical text>, "publicKey": <base64>, "signature": <base64, Ed25519 over the text>}`.
 */
export const RecordingManifest = z.strictObject({
  v: z.literal(1),
  type: z.literal('visavis.recording'),
  number: z.number().int().min(1),
  issuedAt: Instant,
  issuer: z.string(),
  recordingId: RecordingId,
  visitId: VisitId,
  facilityId: FacilityId,
  visitClass: z.enum(['social', 'official']),
  epoch: z.number().int(),
  grantSha256: Sha256,
  openedAt: Instant,
  originAt: Instant,
  lastMs: z.number().int(),
  anchors: z.array(Anchor),
  journal: JournalProof,
  tracks: z.array(
    z.strictObject({
      trackId: TrackId,
      seatId: SeatId,
      party: PartyShape,
      kind: MediaKind,
      mimeType: z.string(),
      startMs: z.number().int(),
      durationMs: z.number().int(),
      packets: z.number().int(),
      lostPackets: z.number().int(),
      filledMs: z.number().int(),
      master: FileProof,
      thumbnails: FileProof.optional(),
    }),
  ),
  gaps: z.array(ManifestGap),
  derived: z.array(
    z.strictObject({
      derivativeId: z.uuid(),
      kind: DerivativeKind,
      /** In the visit's line of time. */
      fromMs: z.number().int(),
      toMs: z.number().int(),
      /** Journal roots of what it was made from. */
      from: z.array(Sha256),
      tool: z.string(),
      argumentsSha256: Sha256,
      file: FileProof,
    }),
  ),
  crypto: z.strictObject({ sealing: z.literal(SEALING), kekId: z.string() }),
  tools: z.array(z.strictObject({ name: z.string(), version: z.string() })),
  /** Numbers of the audit entries that opened the recording and that took in its files, in their log; 0: none. */
  audit: z.strictObject({ log: z.string(), opened: z.number().int(), sealed: z.number().int() }),
})
export type RecordingManifest = z.output<typeof RecordingManifest>

/** The signed file. */
export const SignedManifest = z.strictObject({
  manifest: z.string(),
  publicKey: z.string(),
  signature: z.string(),
})
export type SignedManifest = z.output<typeof SignedManifest>
/** Its name beside the recording's files: the first is `manifest.json`, a later one has its number. */
export function manifestFileOf(number: number): string {
  return number === 1 ? 'manifest.json' : `manifest-${number}.json`
}
