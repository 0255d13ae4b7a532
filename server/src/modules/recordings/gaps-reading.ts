import type { ManifestGap } from '@visavis/contract/recording-manifest'
import type { RecordingResult } from '@visavis/contract/recording-result'
import { z } from 'zod'
import type { TimelineNote } from '../timeline/index.ts'
import { gapsOf } from './gap-rules.ts'
import type { Gap, GapCourse, KeptRecording } from './gap-rules.ts'
import { damagedSpans, keptTracks, originOf } from './result-rules.ts'
import type { ResultRecording, ResultVisit } from './results.repo.ts'

/** What a visit's gaps follow from besides its rows. */
export type GapSources = {
  /** Of the recordings whose files are made. */
  readonly results: ReadonlyMap<string, RecordingResult>
  readonly notes: readonly TimelineNote[]
  readonly now: Date
}

const SeatsSeen = z.record(z.string(), z.string())

/** Every missing stretch of a recorded visit, as manifests declare it; of one that goes on, up to now. */
export function manifestGapsOf(visit: ResultVisit, sources: GapSources): ManifestGap[] {
  return gapsOf(courseOf(visit, sources)).map(manifestGap)
}

function courseOf(visit: ResultVisit, { results, notes, now }: GapSources): GapCourse {
  const endMs = (visit.session?.endedAt ?? now).getTime()
  return {
    endMs,
    notes: notes.map(({ at, ...note }) => ({ ...note, atMs: at.getTime() })),
    seats: visit.seats,
    flow: visit.flow.map(({ fromMs, ms, seats }) => ({
      fromMs: Number(fromMs),
      toMs: Number(fromMs) + ms,
      seats: SeatsSeen.catch({}).parse(seats),
    })),
    recordings: visit.recordings.map((row) =>
      keptRecording(row, { result: results.get(row.recordingId), endMs }),
    ),
    damaged: visit.recordings.flatMap(({ recordingId, startedAt }) => {
      const result = results.get(recordingId)
      return result ? damagedSpans(result, originOf(result, startedAt).getTime()) : []
    }),
  }
}

function keptRecording(
  row: ResultRecording,
  { result, endMs }: { result: RecordingResult | undefined; endMs: number },
): KeptRecording {
  const { state, startedAt, endedAt, failure, isRecovered } = row
  const open = { fromMs: startedAt.getTime(), toMs: endedAt?.getTime() ?? endMs }
  const hasMedia = result !== undefined && result.tracks.length > 0
  if (!hasMedia) return { state, open, kept: null, failure, isRecovered, tracks: [] }
  const originMs = originOf(result, startedAt).getTime()
  return {
    ...{ state, open, failure, isRecovered },
    kept: { fromMs: originMs, toMs: originMs + result.lastMs },
    tracks: keptTracks(result, originMs),
  }
}

function manifestGap({ fromMs, toMs, cause, seatId, kind }: Gap): ManifestGap {
  return {
    from: new Date(Math.round(fromMs)).toISOString(),
    to: new Date(Math.round(toMs)).toISOString(),
    cause,
    ...(seatId === undefined ? {} : { seatId: seatId as NonNullable<ManifestGap['seatId']> }),
    ...(kind === undefined ? {} : { kind }),
  }
}
