import { Fault } from '@visavis/contract/errors'
import type { PlayedTrack } from '@visavis/contract/http'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { z } from 'zod'
import type { ReviewAlarms } from './alarms.service.ts'
import { hasMedia } from './kept-rules.ts'
import type { LineOfTime } from './line-of-time-rules.ts'
import { readParts } from './recording-parts.ts'
import type { ResultParts } from './recording-parts.ts'
import type { SealedMedia, SealedObject } from './sealed-media.ts'
import type { KeptTrack, KeptVisitRecording } from './visits.repo.ts'

type Deps = {
  readonly store: ObjectStore
  readonly media: SealedMedia
  readonly alarms: ReviewAlarms
}
type View = z.input<typeof PlayedTrack>
/** A visit's recordings, wherever they were read. */
export type Recorded = {
  readonly visitId: string
  readonly facilityId: string
  readonly recordings: readonly KeptVisitRecording[]
}

/** The tracks of a visit and what was told beside them. */
export type Tracks = ReturnType<typeof createTracks>

export function createTracks({ store, media, alarms }: Deps) {
  /** What is beside the tracks; where that cannot be read, the tracks are played without it. */
  const partsOf = async (visit: Recorded, recording: KeptVisitRecording): Promise<ResultParts> => {
    try {
      return await readParts(store, recording)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const { facilityId, visitId } = visit
      const about = { facilityId, visitId, objectId: recording.recordingId }
      await alarms.badFile({ ...about, file: 'result.json', why: 'RESULT_BAD' })
      return new Map()
    }
  }
  return {
    partsOf,
    /** As the player gets them, in the visit's line of time; no media is read. */
    views: async (visit: Recorded, line: LineOfTime): Promise<View[]> => {
      const all = visit.recordings.filter(hasMedia).map(async (recording) => {
        const parts = await partsOf(visit, recording)
        const offsetMs = line.offsets.get(recording.recordingId) ?? 0
        return Promise.all(
          recording.tracks.map(async (track) => ({
            ...viewOf(track, offsetMs),
            bytes: await media.plainBytes(masterOf(visit, recording, track)),
            thumbnailsMs: (parts.get(track.trackId)?.thumbnails?.pictures ?? []).map(
              ({ atMs }) => offsetMs + atMs,
            ),
          })),
        )
      })
      return (await Promise.all(all)).flat()
    },
  }
}

function viewOf(track: KeptTrack, offsetMs: number) {
  const { trackId, recordingId, seatId, party, kind, startMs, durationMs } = track
  const mimeType = mimeTypeOf(kind)
  return {
    ...{ trackId, recordingId, seatId, party, kind, mimeType, durationMs },
    startMs: offsetMs + startMs,
  }
}

/** Masters are WebM: Matroska's profile for browsers. */
export function mimeTypeOf(kind: KeptTrack['kind']): string {
  return `${kind}/webm`
}

/** A track's master in the object store. */
export function masterOf(
  visit: Recorded,
  recording: KeptVisitRecording,
  { file }: KeptTrack,
): SealedObject {
  return fileOf(visit, recording, file)
}

/** Another sealed file of a recording. */
export function fileOf(visit: Recorded, recording: KeptVisitRecording, file: string): SealedObject {
  const { recordingId, folder, key } = recording
  const { facilityId, visitId } = visit
  return { facilityId, visitId, objectId: recordingId, key, path: `${folder}/${file}`, file }
}
