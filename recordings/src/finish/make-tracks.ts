import { join } from 'node:path'
import { fileContext } from '@visavis/platform/sealed/cobblestone'
import { partName } from '@visavis/platform/object-store/durable'
import type { ByteSource } from '../journal/byte-source.ts'
import type { JournalIndex } from './journal-index.ts'
import { ntpOffsetMs } from './recording-clock.ts'
import { prepareTrack } from './track-making.ts'
import type { TrackMade, TrackMaking } from './track-making.ts'
import { trackStream } from './track-stream.ts'

/** The tracks of a recording, and where its time begins on the journal's clock. */
export type TracksMade = {
  /** Milliseconds; 0 without any track. */
  readonly originMs: number
  readonly tracks: readonly TrackMade[]
}

/**
 * Makes the sealed file of every track in `folder`, all of them in one reading of the journal: what is opened once
 * serves all. Throws what the disk refuses with, and `DamagedBytes`.
 */
export async function makeTracks(
  index: JournalIndex,
  { source, folder, key }: { source: ByteSource; folder: string; key: Uint8Array },
): Promise<TracksMade> {
  const { recordingId } = index.header
  const streams = [...index.tracks.values()].map((track) => trackStream(index, track, source))
  const ntpOffset = ntpOffsetMs(streams)
  const making = streams.flatMap((stream) => {
    const file = masterFile(stream.track.trackId)
    const sealing = { key, context: fileContext(recordingId, file) }
    const path = partName(join(folder, file))
    return prepareTrack(stream, { source, ntpOffset, path, sealing }) ?? []
  })
  const originMs = making.length > 0 ? Math.min(...making.map(({ firstMs }) => firstMs)) : 0
  for (let next = earliest(making); next; next = earliest(making)) await next.step(originMs)
  const tracks: TrackMade[] = []
  for (const track of making) tracks.push(await track.close())
  return { originMs, tracks }
}

/** A track's file in the recording's folder. */
export function masterFile(trackId: string): string {
  return `${trackId}.webm.sealed`
}

function earliest(making: readonly TrackMaking[]): TrackMaking | null {
  let earliestMs = Infinity
  let found: TrackMaking | null = null
  for (const track of making) {
    const nextMs = track.nextMs()
    if (nextMs === null || nextMs >= earliestMs) continue
    earliestMs = nextMs
    found = track
  }
  return found
}
