import { signGrant } from '@visavis/contract/grant'
import { errorCodeOf } from '@visavis/contract/errors'
import type { VisitRecord } from '../visits/index.ts'
import { letGo, openVisit, tookHold } from './recording-desk.ts'
import type { GoingRecording, RecordingDesk } from './recording-desk.ts'
import { grantFor, recordableClass } from './writing-rules.ts'

/**
 * Brings a visit's recording to what it should be: none, or one of the room's present epoch. Calls for
 * one visit must not overlap.
 */
export async function settleRecording(desk: RecordingDesk, visitId: string): Promise<void> {
  const visit = openVisit(desk, visitId)
  const isWanted = visit !== undefined && recordableClass(visit) !== null
  const epoch = desk.rooms.placementOf(visitId)?.epoch ?? null
  await stopVoid(desk, visitId, isWanted ? epoch : NEVER)
  if (!isWanted) desk.missing.delete(visitId)
  if (!isWanted || epoch === null) return
  const standing = desk.going.get(visitId)
  if (!standing) await startRecording(desk, visit, epoch)
  // Begun by the server before this one: the same grant finds the same journal and the same tap.
  else if (!desk.tapped.has(visitId)) await tap(desk, visit, standing)
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
  const link = desk.links().pick((each) => loadOf(desk, each))
  if (!link) {
    await noteMissing(desk, visit)
    return
  }
  const recordingId = desk.newId()
  // The row comes first: the database refuses what may not be recorded, before a byte is kept (RC-1).
  await desk.store.opened(visit, { recordingId, epoch })
  const going: GoingRecording = { recordingId, epoch, link }
  desk.going.set(visit.visitId, going)
  await tap(desk, visit, going)
}

function loadOf({ going }: RecordingDesk, link: GoingRecording['link']): number {
  return [...going.values()].filter((each) => each.link === link).length
}

async function tap(desk: RecordingDesk, visit: VisitRecord, going: GoingRecording): Promise<void> {
  const { visitId } = visit
  const { recordingId, epoch } = going
  try {
    await openTap(desk, visit, going)
    desk.log.info({ visitId, recordingId, epoch }, 'recording')
    tookHold(desk, visitId)
  } catch (error) {
    desk.log.error({ visitId, recordingId, err: error }, 'recording could not be started')
    await desk.store.failed(recordingId, errorCodeOf(error))
    await going.link.call('close', { recordingId }).catch(() => undefined)
    letGo(desk, visitId)
    await noteMissing(desk, visit)
  }
}

async function openTap(
  desk: RecordingDesk,
  visit: VisitRecord,
  going: GoingRecording,
): Promise<void> {
  const { rooms, grantSecret, clock } = desk
  const { recordingId, epoch, link } = going
  const { visitId } = visit
  const visitClass = recordableClass(visit)
  if (!visitClass) return
  const content = grantFor(visit, { recordingId, epoch, visitClass }, clock.now())
  const grant = await signGrant(content, grantSecret)
  const { address, port } = await link.call('open', { grant })
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
  await store.stopped(recordingId)
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

/** Enters once that a visit goes on without its recording (RC-3), and shows it on the wall. */
export async function noteMissing(desk: RecordingDesk, visit: VisitRecord): Promise<void> {
  const { missing, changed, store, clock, readyBy } = desk
  if (clock.now() < readyBy || missing.has(visit.visitId)) return
  missing.add(visit.visitId)
  changed.emit({ visitId: visit.visitId })
  await store.missing(visit)
}
