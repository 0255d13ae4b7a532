import type { DerivativeJob } from '@visavis/contract/recorder-control'
import type { RecordingResult, ResultTrack } from '@visavis/contract/recording-result'
import type { MediaKind } from '@visavis/contract/rtc'
import { uncoveredSpans } from './span-rules.ts'
import type { Span } from './span-rules.ts'

/** A recording of the visit and where its time 0 lies in the visit's line of time; milliseconds. */
export type CopiedRecording = { readonly result: RecordingResult; readonly offsetMs: number }

/** A stretch of one track's master, in the visit's line of time. */
export type Piece = Span & {
  readonly recordingId: string
  /** Sealed, in the recording's folder. */
  readonly file: string
  /** Where the file's time 0 lies, in the visit's line of time; milliseconds. */
  readonly zeroMs: number
}

/** One seat in the copy; its spans count from the copy's beginning. */
export type Cell = {
  readonly party: 'VISITOR' | 'INMATE' | null
  /** In order, none over another; empty where nothing of it was recorded. */
  readonly pictures: readonly Piece[]
  readonly sounds: readonly Piece[]
  /** Where there is no picture. */
  readonly blank: readonly Span[]
}

export type CopyPlan = {
  readonly durationMs: number
  readonly cells: readonly Cell[]
  /** Where nothing at all was recorded; spans count from the copy's beginning. */
  readonly unrecorded: readonly Span[]
}

/** A shorter hole shows the picture before it. Milliseconds. */
const SHORT_HOLE_MS = 1_000

/** What a copy is put together of: the part of each track that falls into it, and where there is none. */
export function planCopy(job: DerivativeJob, recordings: readonly CopiedRecording[]): CopyPlan {
  const { fromMs, toMs } = job
  const within = { fromMs, toMs }
  const recorded = recordings.map(({ result, offsetMs }) => ({
    fromMs: offsetMs,
    toMs: offsetMs + result.lastMs,
  }))
  const sinceBegin = (spans: readonly Span[]): Span[] =>
    spans.map((span) => ({ fromMs: span.fromMs - fromMs, toMs: span.toMs - fromMs }))
  const cells = job.seatIds.map((seatId, at): Cell => {
    const tracks = tracksOf(recordings, seatId)
    return {
      party: job.parties?.[at] ?? null,
      pictures: piecesOf(tracks, 'video', within),
      sounds: piecesOf(tracks, 'audio', within),
      blank: sinceBegin(uncoveredSpans(within, shownSpans(tracks))),
    }
  })
  const unrecorded = sinceBegin(uncoveredSpans(within, recorded))
  return { durationMs: toMs - fromMs, cells, unrecorded }
}

type PlacedTrack = CopiedRecording & { readonly track: ResultTrack }

function tracksOf(recordings: readonly CopiedRecording[], seatId: string): PlacedTrack[] {
  return recordings
    .flatMap((recording) => recording.result.tracks.map((track) => ({ ...recording, track })))
    .filter(({ track }) => track.seatId === seatId)
    .toSorted((one, other) => spanOf(one).fromMs - spanOf(other).fromMs)
}

function spanOf({ track, offsetMs }: PlacedTrack): Span {
  const fromMs = offsetMs + track.startMs
  return { fromMs, toMs: fromMs + track.durationMs }
}

/** A track that begins ends the one before it: a seat has one camera and one microphone. */
function piecesOf(tracks: readonly PlacedTrack[], kind: MediaKind, within: Span): Piece[] {
  const ofKind = tracks.filter(({ track }) => track.kind === kind)
  return ofKind.flatMap((placed, at): Piece[] => {
    const span = spanOf(placed)
    const next = ofKind[at + 1]
    const fromMs = Math.max(span.fromMs, within.fromMs)
    const toMs = Math.min(span.toMs, within.toMs, next ? spanOf(next).fromMs : Infinity)
    const { recordingId } = placed.result
    if (fromMs >= toMs) return []
    return [{ recordingId, file: placed.track.master.file, zeroMs: span.fromMs, fromMs, toMs }]
  })
}

function shownSpans(tracks: readonly PlacedTrack[]): Span[] {
  return tracks
    .filter(({ track }) => track.kind === 'video')
    .flatMap((placed) => uncoveredSpans(spanOf(placed), longHoles(placed)))
}

function longHoles({ track, offsetMs }: PlacedTrack): Span[] {
  return track.holes
    .filter(({ fromMs, toMs }) => toMs - fromMs >= SHORT_HOLE_MS)
    .map(({ fromMs, toMs }) => ({ fromMs: offsetMs + fromMs, toMs: offsetMs + toMs }))
}
