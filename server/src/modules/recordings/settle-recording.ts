import { errorCodeOf } from '@visavis/contract/errors'
import { signGrant } from '@visavis/contract/grant'
import { sealKey } from '@visavis/contract/recording-key'
import type { VisitRecord } from '../visits/index.ts'
import { awaitRecording, letGo, openVisit, sealIfEnded, tookHold } from './recording-desk.ts'
import type { GoingRecording, RecordingDesk } from './recording-desk.ts'
import { grantFor, isRecordingDue, recordableClass } from './writing-rules.ts'

/**
 * Brings a visit's recording to what it should be: none, or one of the room's present epoch. Calls for
 * one visit must not overlap.
 */
export async function settleRecording(desk: RecordingDesk, visitId: string): Promise<void> {
  const visit = openVisit(desk, visitId)
  const isDue = visit !== undefined && isRecordingDue(visit, desk.going.has(visitId))
  const epoch = desk.rooms.placementOf(visitId)?.epoch ?? null
  await stopVoid(desk, visitId, isDue ? epoch : NEVER)
  if (!isDue) desk.awaited.delete(visitId)
  if (!isDue || epoch === null) return
  const standing = desk.going.get(visitId)
  if (!standing) await startRecording(desk, visit, epoch)
  // Begun by the server before this one: the same recording is found there, and the same tap.
  else if (!desk.tapped.has(visitId)) await takeOver(desk, visit, standing)
}

/** No room has this epoch. */
const NEVER = 0

/** Stops a recording of another epoch; a room that is not found (yet) says nothing about its recording. */
async function stopVoid(desk: RecordingDesk, visitId: string, epoch: number | null): Promise<void> {
  const going = desk.going.get(visitId)
  if (going && epoch !== null && going.epoch !== epoch) await stopRecording(desk, visitId, going)
}

async function startRecording(
  desk: RecordingDesk,
  visit: VisitRecord,
  epoch: number,
): Promise<void> {
  const { visitId } = visit
  awaitRecording(desk, visitId)
  const link = desk.links().pick((each) => loadOf(desk, each))
  if (!link || desk.resting.has(visitId)) return
  // While its disk takes nothing, nothing is begun that would only fail; it begins by itself when there is room.
  if (!(await desk.outages.canWrite(link))) return
  const recordingId = desk.newId()
  const number = await desk.store.nextNumber(visitId)
  const grant = await grantOf(desk, visit, { recordingId, epoch, number })
  // The row comes first: the database refuses what may not be recorded, before a byte is kept (RC-1).
  const key = await desk.store.opened(visit, { recordingId, epoch, number, grant })
  const going: GoingRecording = { recordingId, epoch, number, link }
  desk.going.set(visitId, going)
  await tap(desk, visitId, { going, grant, key })
}

/** More than any recorder has to do: one that cannot write is the last to be picked. */
const OUT_OF_ORDER = 1_000_000

function loadOf({ going, outages }: RecordingDesk, link: GoingRecording['link']): number {
  const own = [...going.values()].filter((each) => each.link === link).length
  return outages.isOut(link) ? own + OUT_OF_ORDER : own
}

async function takeOver(
  desk: RecordingDesk,
  visit: VisitRecord,
  going: GoingRecording,
): Promise<void> {
  const grant = await grantOf(desk, visit, going)
  const key = await desk.store.keyFor(going.recordingId)
  await tap(desk, visit.visitId, { going, grant, key })
}

function grantOf(
  { clock, grantSecret }: RecordingDesk,
  visit: VisitRecord,
  recording: Pick<GoingRecording, 'recordingId' | 'epoch' | 'number'>,
): Promise<string> {
  // Whoever asks has seen that it has a class; were it not so, the grant's own shape refuses.
  const visitClass = recordableClass(visit) ?? 'social'
  const { recordingId, epoch, number } = recording
  const said = { recordingId, epoch, number, visitClass }
  return signGrant(grantFor(visit, said, clock.now()), grantSecret)
}

type Tapping = {
  readonly going: GoingRecording
  readonly grant: string
  readonly key: Uint8Array<ArrayBuffer>
}

async function tap(desk: RecordingDesk, visitId: string, tapping: Tapping): Promise<void> {
  const { recordingId, epoch, link } = tapping.going
  try {
    await openTap(desk, visitId, tapping)
    desk.log.info({ visitId, recordingId, epoch }, 'recording')
    tookHold(desk, visitId)
  } catch (error) {
    desk.log.error({ visitId, recordingId, err: error }, 'recording could not be started')
    const code = errorCodeOf(error)
    letGo(desk, visitId)
    desk.rest(visitId)
    if (code === 'RECORDER_UNAVAILABLE' && link.isConnected()) await noteOutage(desk, link, visitId)
    await desk.store.failed(recordingId, code)
    await link.call('close', { recordingId }).catch(() => undefined)
    await sealIfEnded(desk, visitId)
  }
}

/** A recorder's disk takes nothing more: one alarm, however many visits it had. */
export async function noteOutage(
  { outages, retries, alarm, log }: RecordingDesk,
  link: GoingRecording['link'],
  visitId: string,
): Promise<void> {
  if (!outages.begin(link)) return
  log.error({ url: link.url, visitId }, 'alarm: a recorder cannot write')
  await retries.run(`alarm of ${link.url}`, () => alarm(visitId, 'RECORDER_CANNOT_WRITE'))
}

async function openTap(
  { rooms, grantSecret }: RecordingDesk,
  visitId: string,
  { going, grant, key }: Tapping,
): Promise<void> {
  const { recordingId, link } = going
  const sealedKey = await sealKey(key, { secret: grantSecret, objectId: recordingId })
  key.fill(0)
  const { address, port } = await link.call('open', { grant, sealedKey })
  const { tracks } = await rooms.openTap({ visitId, grant, address, port })
  for (const track of tracks) await link.call('describeTrack', { recordingId, track })
  await rooms.setRecordingGrant(visitId, true)
}

/** Ends a recording: the flow first, then the journal; the files follow by themselves. */
async function stopRecording(
  desk: RecordingDesk,
  visitId: string,
  { recordingId, link }: GoingRecording,
): Promise<void> {
  const { store, log } = desk
  letGo(desk, visitId)
  await stopTap(desk, visitId)
  // Stored before the recorder is told: its files may be finished within the same moment.
  await store.stopped(recordingId, { isRecovered: false })
  await link.call('close', { recordingId }).catch((error: unknown) => {
    // It is told again when it is reached: a recording that nobody holds is closed then.
    log.warn({ visitId, recordingId, err: error }, 'recorder was not told to stop')
  })
  log.info({ visitId, recordingId }, 'recording stopped')
}

/** Takes the tap off a visit's room, if the room still stands. */
export async function stopTap({ rooms, log }: RecordingDesk, visitId: string): Promise<void> {
  try {
    await rooms.setRecordingGrant(visitId, false)
    await rooms.closeTap(visitId)
  } catch (error) {
    // Without its node there is no flow either; the facts that reach it next carry no grant.
    log.warn({ visitId, err: error }, 'tap was not closed')
  }
}
