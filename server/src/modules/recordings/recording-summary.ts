import type { RecordingSummary } from '@visavis/contract/http'
import type { z } from 'zod'

/** A summary as it is written, before the wire's brands. */
export type RecordingSummaryInput = z.input<typeof RecordingSummary>
type TrackInput = RecordingSummaryInput['tracks'][number]

/** A recording with what its summary is made of. */
export type SummarisedRecording = {
  readonly recordingId: string
  readonly visitId: string
  readonly epoch: number
  readonly state: RecordingSummaryInput['state']
  readonly startedAt: Date
  readonly visit: {
    readonly facility: { readonly name: string; readonly timeZone: string }
    readonly terminal: { readonly name: string }
  }
  readonly tracks: readonly SummarisedTrack[]
}

export type SummarisedTrack = Omit<TrackInput, 'mimeType'> & { readonly file: string }

/** A recording as the review page sees it; its length is that of the track that ends last. */
export function recordingSummary(recording: SummarisedRecording): RecordingSummaryInput {
  const { recordingId, visitId, epoch, state, startedAt, visit } = recording
  return {
    recordingId,
    visitId,
    epoch,
    state,
    startsAt: startedAt.toISOString(),
    facility: visit.facility,
    terminalName: visit.terminal.name,
    durationMs: Math.max(0, ...recording.tracks.map((track) => track.startMs + track.durationMs)),
    tracks: recording.tracks.map(trackSummary),
  }
}

function trackSummary({ file, ...track }: SummarisedTrack): TrackInput {
  const { trackId, seatId, party, kind, startMs, durationMs } = track
  return { trackId, seatId, party, kind, startMs, durationMs, mimeType: mimeTypeOf(kind, file) }
}

/** The recorder writes WebM, or Matroska where a codec does not fit WebM. */
export function mimeTypeOf(kind: TrackInput['kind'], file: string): string {
  return `${kind}/${file.endsWith('.mkv') ? 'x-matroska' : 'webm'}`
}
