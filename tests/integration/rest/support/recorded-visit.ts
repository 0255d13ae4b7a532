import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '@visavis/prisma'
import type { Place } from './people-and-places.ts'
import type { RestWorld } from './rest-world.ts'

/** What stands in the track's file: every byte differs from its neighbours. */
export const TRACK_BYTES = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251))

export type RecordedVisit = { readonly recordingId: string; readonly trackId: string }

/** A finished recording of the place's visit, with one track in the object store. */
export async function aRecordedVisit(
  world: RestWorld,
  place: Place,
  state: 'FINISHED' | 'RECORDED' = 'FINISHED',
): Promise<RecordedVisit> {
  const { visitId } = place
  const recordingId = newId()
  const trackId = newId()
  const folder = `${visitId}/${recordingId}`
  const startedAt = world.clock.now()
  const seat = place.seats.find(({ party }) => party === 'VISITOR')
  await world.db.recording.create({
    data: { recordingId, visitId, epoch: 1, state, startedAt, endedAt: startedAt, folder },
  })
  await world.db.recordingTrack.create({
    data: {
      trackId,
      recordingId,
      visitId,
      seatId: seat?.seatId ?? '',
      party: 'VISITOR',
      kind: 'video',
      file: `${trackId}.webm`,
      startMs: 40,
      durationMs: 5_000,
      packets: 10,
      lostPackets: 0,
    },
  })
  const path = join(world.config.recordingsDir, folder, `${trackId}.webm`)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, TRACK_BYTES)
  return { recordingId, trackId }
}
