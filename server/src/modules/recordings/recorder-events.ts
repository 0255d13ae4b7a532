import { recordableClass } from './writing-rules.ts'
import type { RecorderLink, ToldRecording } from './recorder-links.ts'
import { letGo, openVisit, tookHold } from './recording-desk.ts'
import type { RecordingDesk } from './recording-desk.ts'
import { noteMissing, stopTap } from './settle-recording.ts'

/** A recorder was (again) reached: what it tells and what is known here are brought together. */
export async function reconcileRecorder(
  desk: RecordingDesk,
  link: RecorderLink,
  told: readonly ToldRecording[],
): Promise<void> {
  for (const recording of told) await takeNote(desk, link, recording)
  const open = new Set(
    told.filter(({ state }) => state === 'OPEN').map(({ recordingId }) => recordingId),
  )
  for (const [visitId, going] of desk.going) {
    if (going.link !== link || open.has(going.recordingId)) continue
    const isKnown = told.some(({ recordingId }) => recordingId === going.recordingId)
    letGo(desk, visitId)
    await stopTap(desk, visitId)
    if (isKnown) await desk.store.stopped(going.recordingId)
    else await desk.store.failed(going.recordingId, 'LOST_BY_RECORDER')
  }
}

async function takeNote(
  desk: RecordingDesk,
  link: RecorderLink,
  recording: ToldRecording,
): Promise<void> {
  const { recordingId } = recording
  switch (recording.state) {
    case 'FINISHED':
      await desk.store.finished(recording)
      return
    case 'FAILED':
      await desk.store.failed(recordingId, 'RECORDER_FAILED')
      return
    case 'OPEN':
      await takeBackOrClose(desk, link, recordingId)
      return
    case 'FINISHING':
      await desk.store.stopped(recordingId)
  }
}

/** An open recording goes on if its visit does, in the same epoch and with no other recording. */
async function takeBackOrClose(
  desk: RecordingDesk,
  link: RecorderLink,
  recordingId: string,
): Promise<void> {
  const row = await desk.store.find(recordingId)
  if (row && mayGoOn(desk, row)) {
    const { visitId, epoch } = row
    const wasGoing = desk.going.has(visitId)
    desk.going.set(visitId, { recordingId, epoch, link })
    // The tap of one that was going on before has stood all the time.
    if (wasGoing) tookHold(desk, visitId)
    return
  }
  await desk.store.stopped(recordingId)
  await link.call('close', { recordingId })
}

function mayGoOn(
  desk: RecordingDesk,
  row: { recordingId: string; visitId: string; epoch: number; state: string },
): boolean {
  const visit = openVisit(desk, row.visitId)
  const going = desk.going.get(row.visitId)
  const isFree = going === undefined || going.recordingId === row.recordingId
  if (!visit || !isFree || row.state !== 'OPEN') return false
  return recordableClass(visit) !== null && visit.session.epoch === row.epoch
}

/** A recorder cannot be told anything for now; it keeps writing, but nobody here can vouch for it (RC-3). */
export function tellLostRecorder(desk: RecordingDesk, link: RecorderLink): void {
  desk.log.warn({ url: link.url }, 'recorder is out of reach')
  for (const [visitId, going] of desk.going) {
    const visit = going.link === link ? openVisit(desk, visitId) : undefined
    if (!visit) continue
    noteMissing(desk, visit).catch((error: unknown) => {
      desk.log.error({ visitId, err: error }, 'missing recording was not entered')
    })
  }
}

/** A recorder has made the files of a recording. */
export async function recordingFinished(
  desk: RecordingDesk,
  recording: ToldRecording,
): Promise<void> {
  const { recordingId, visitId } = recording
  if (desk.going.get(visitId)?.recordingId === recordingId) {
    letGo(desk, visitId)
    await stopTap(desk, visitId)
  }
  await desk.store.finished(recording)
  desk.log.info({ visitId, recordingId, tracks: recording.tracks.length }, 'recording finished')
}

/** A recorder could not go on with a recording. */
export async function recordingFailed(
  desk: RecordingDesk,
  { recordingId, visitId, why }: { recordingId: string; visitId: string; why: string },
): Promise<void> {
  desk.log.error({ visitId, recordingId, why }, 'recording failed')
  if (desk.going.get(visitId)?.recordingId === recordingId) {
    letGo(desk, visitId)
    await stopTap(desk, visitId)
  }
  await desk.store.failed(recordingId, why)
}

/** Tells each recorder whose track is whose. */
export function forwardTracks({ rooms, going, log }: RecordingDesk): void {
  rooms.signals.tapTrackAdded.on(({ visitId, recordingId, track }) => {
    const own = going.get(visitId)
    if (own?.recordingId !== recordingId) return
    own.link.call('describeTrack', { recordingId, track }).catch((error: unknown) => {
      log.warn({ visitId, recordingId, err: error }, 'track was not described to the recorder')
    })
  })
}
