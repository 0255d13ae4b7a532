import { RecordingGrant } from '@visavis/contract/grant'
import type { FinishedTrack } from '@visavis/contract/recorder-control'
import { isUnderWay } from '../visits/index.ts'
import type { VisitRecord } from '../visits/index.ts'

/** A grant outlives its visit a little: media that was on its way belongs to it. */
const GRANT_OUTLIVES_MS = 60 * 60_000

/** The class to be recorded under, or null: what is not positively recordable is not recorded (RC-1). */
export function recordableClass(visit: VisitRecord): RecordingGrant['visitClass'] | null {
  const { visitClass, policy, session } = visit
  if (!policy.isRecorded || visitClass === 'privileged') return null
  return isUnderWay(session.state) ? visitClass : null
}

/** The grant for one epoch of a visit. */
export function grantFor(
  visit: VisitRecord,
  recording: { recordingId: string; epoch: number; visitClass: RecordingGrant['visitClass'] },
  now: Date,
): RecordingGrant {
  const endsMs = Math.max(visit.endsAt.getTime(), now.getTime())
  const expiresAt = new Date(endsMs + GRANT_OUTLIVES_MS).toISOString()
  return RecordingGrant.parse({ ...recording, visitId: visit.visitId, expiresAt })
}

/** A recording's folder in the object store. */
export function folderOf({
  visitId,
  recordingId,
}: {
  visitId: string
  recordingId: string
}): string {
  return `${visitId}/${recordingId}`
}

/** A finished track as a row, or null when it belongs to no seat of the visit. */
export function trackRow(
  track: Omit<FinishedTrack, 'mimeType' | 'bytes'>,
  recording: {
    recordingId: string
    visitId: string
    folder: string
    seats: readonly { seatId: string; party: 'VISITOR' | 'INMATE' }[]
  },
) {
  const { recordingId, visitId, folder, seats } = recording
  const seat = seats.find(({ seatId }) => seatId === track.seatId)
  if (!seat) return null
  const { trackId, kind, packets, lostPackets } = track
  return {
    trackId,
    recordingId,
    visitId,
    seatId: seat.seatId,
    party: seat.party,
    kind,
    file: track.file.startsWith(`${folder}/`) ? track.file.slice(folder.length + 1) : track.file,
    startMs: Math.round(track.startMs),
    durationMs: Math.round(track.durationMs),
    packets,
    lostPackets,
  }
}
