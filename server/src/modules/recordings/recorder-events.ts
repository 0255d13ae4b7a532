import { sealKey } from '@visavis/contract/recording-key'
import type { RecorderLink, ToldFailure, ToldRecording } from './recorder-links.ts'
import { awaitRecording, letGo, openVisit, sealIfEnded, tookHold } from './recording-desk.ts'
import type { RecordingDesk } from './recording-desk.ts'
import { noteOutage, stopTap } from './settle-recording.ts'
import { isRecordingDue } from './writing-rules.ts'

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
    if (isKnown) continue
    await desk.store.failed(going.recordingId, 'LOST_BY_RECORDER')
    await sealIfEnded(desk, visitId)
  }
}

async function takeNote(
  desk: RecordingDesk,
  link: RecorderLink,
  recording: ToldRecording,
): Promise<void> {
  const { recordingId, state } = recording
  switch (state) {
    case 'FINISHED':
      await takeFinished(desk, recording)
      return
    case 'OPEN':
      await takeBackOrClose(desk, link, recordingId)
      return
    case 'LEFT':
      await desk.store.stopped(recordingId, { isRecovered: true })
      await bringKey(desk, link, recordingId)
      return
    case 'FAILED':
      await bringKey(desk, link, recordingId)
      return
    case 'FINISHING':
      await desk.store.stopped(recordingId, { isRecovered: recording.isRecovered ?? false })
  }
}

/** A recorder that has a journal and no key makes its files as soon as it has one. */
async function bringKey(
  { store, grantSecret, retries, log }: RecordingDesk,
  link: RecorderLink,
  recordingId: string,
): Promise<void> {
  await retries.run(`key of ${recordingId}`, async () => {
    const key = await store.keyFor(recordingId)
    const sealedKey = await sealKey(key, { secret: grantSecret, objectId: recordingId })
    key.fill(0)
    // A recorder that is gone again tells of it again, and is brought the key then.
    if (!link.isConnected()) return
    await link.call('finish', { recordingId, sealedKey })
    log.info({ recordingId }, 'recorder was brought the key of what was left')
  })
}

/** An open recording goes on if its visit does, in the same epoch and with no other recording. */
async function takeBackOrClose(
  desk: RecordingDesk,
  link: RecorderLink,
  recordingId: string,
): Promise<void> {
  const row = await desk.store.find(recordingId)
  if (row && mayGoOn(desk, row)) {
    const { visitId, roomEpoch, epoch } = row
    const wasGoing = desk.going.has(visitId)
    desk.going.set(visitId, { recordingId, epoch: roomEpoch, number: epoch, link })
    // The tap of one that was going on before has stood all the time.
    if (wasGoing) tookHold(desk, visitId)
    return
  }
  await desk.store.stopped(recordingId, { isRecovered: false })
  await link.call('close', { recordingId })
}

function mayGoOn(
  desk: RecordingDesk,
  row: { recordingId: string; visitId: string; roomEpoch: number; state: string },
): boolean {
  const visit = openVisit(desk, row.visitId)
  const going = desk.going.get(row.visitId)
  const isFree = going === undefined || going.recordingId === row.recordingId
  if (!visit || !isFree || row.state !== 'OPEN') return false
  return isRecordingDue(visit, true) && visit.session.epoch === row.roomEpoch
}

/** A recorder cannot be told anything for now; it keeps writing, but nobody here can vouch for it (RC-3). */
export function tellLostRecorder(desk: RecordingDesk, link: RecorderLink): void {
  desk.log.warn({ url: link.url }, 'recorder is out of reach')
  for (const [visitId, going] of desk.going) {
    if (going.link !== link || !openVisit(desk, visitId)) continue
    awaitRecording(desk, visitId)
    desk.changed.emit({ visitId })
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
  await takeFinished(desk, recording)
}

/** What proves how far it was written comes before what is made of it. */
async function takeFinished(desk: RecordingDesk, told: ToldRecording): Promise<void> {
  const { store, heads, retries, log } = desk
  const { recordingId, visitId, resultSha256 } = told
  const row = await store.find(recordingId)
  if (!row || row.state === 'FINISHED') return
  await store.stopped(recordingId, { isRecovered: told.isRecovered ?? false })
  await heads.flush()
  log.info({ visitId, recordingId, packets: told.packets }, 'recording finished')
  if (resultSha256 === undefined) await store.finishedEmpty(recordingId)
  else
    await retries.run(`result of ${recordingId}`, () =>
      desk.takeResult(recordingId, { resultSha256 }),
    )
}

/** A recorder could not go on with a recording; of what it has written files are made all the same. */
export async function recordingFailed(
  desk: RecordingDesk,
  link: RecorderLink,
  { recordingId, visitId, why }: ToldFailure,
): Promise<void> {
  desk.log.error({ visitId, recordingId, why }, 'recording failed')
  if (desk.going.get(visitId)?.recordingId === recordingId) {
    letGo(desk, visitId)
    desk.rest(visitId)
    await stopTap(desk, visitId)
  }
  if (why === 'FINISH_FAILED') {
    await desk.store.failed(recordingId, why)
    await sealIfEnded(desk, visitId)
    return
  }
  if (why.startsWith('DISK_')) await noteOutage(desk, link, visitId)
  await desk.store.broken(recordingId, why)
  await bringKey(desk, link, recordingId)
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
