import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import type { Transact } from '../../platform/transact.ts'
import type { Audit, AuditFact } from '../audit/index.ts'
import { auditActorOf, requireFacility, requireReach } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { PlaysRepo } from './plays.repo.ts'
import { mimeTypeOf, recordingSummary } from './recording-summary.ts'

/** A purpose stated once holds for one sitting; the next day's has its own entry. */
export const PLAY_LIFE_MS = 60 * 60_000

type Deps = { repo: PlaysRepo; audit: Audit; clock: Clock; transact: Transact }
type Stated = { readonly purpose: string; readonly caseNumber: string; readonly requestId: string }
type TrackRequest = {
  readonly playId: string
  readonly trackId: string
  readonly range: string
  readonly requestId: string
}

/** Use cases of reviewing recordings (RC-5). */
export type PlaysService = ReturnType<typeof createPlaysService>

export function createPlaysService(deps: Deps) {
  return {
    list: (actor: AccountActor, asked: ListRequest) => listRecordings(actor, asked, deps),
    /** Opens a playback for an hour; its audit entry exists before anything can be played. */
    open: (actor: AccountActor, recordingId: string, stated: Stated) =>
      openPlay(actor, { recordingId, ...stated }, deps),
    /** The object behind a track; entered in the log before the first byte is read. */
    track: (actor: AccountActor, request: TrackRequest) => openTrack(actor, request, deps),
  }
}

type ListRequest = {
  readonly limit: number
  readonly before?: string | undefined
  readonly requestId: string
}

async function listRecordings(
  actor: AccountActor,
  { limit, before, requestId }: ListRequest,
  { repo, audit, transact }: Deps,
) {
  const reach = requireReach(actor)
  const rows = await transact(async (tx) => {
    const asked = { reach, limit, before: before === undefined ? null : new Date(before) }
    const found = await repo.recordingsWithin(tx, asked)
    await audit.append(tx, {
      facilityId: actor.facilityId,
      actor: auditActorOf(actor),
      action: 'recording.list',
      object: { type: 'facility', objectId: actor.facilityId ?? 'operator' },
      outcome: 'allow',
      requestId,
      detail: { recordings: found.length },
    })
    return found
  })
  return rows.map(recordingSummary)
}

async function openPlay(
  actor: AccountActor,
  { recordingId, purpose, caseNumber, requestId }: Stated & { recordingId: string },
  { repo, audit, clock, transact }: Deps,
) {
  const recording = await repo.recording(recordingId)
  if (!recording) throw new Refusal('RECORDING_NOT_FOUND')
  const { facilityId } = recording.visit
  requireFacility(actor, facilityId)
  if (recording.state !== 'FINISHED') throw new Refusal('RECORDING_NOT_READY')
  const createdAt = clock.now()
  const expiresAt = new Date(createdAt.getTime() + PLAY_LIFE_MS)
  const play = { playId: newId(), recordingId, accountId: actor.accountId, purpose, caseNumber }
  await transact(async (tx) => {
    await repo.addPlay(tx, { ...play, createdAt, expiresAt })
    await audit.append(tx, {
      facilityId,
      actor: auditActorOf(actor),
      action: 'recording.play',
      object: { type: 'recording', objectId: recordingId, visitId: recording.visitId },
      outcome: 'allow',
      requestId,
      // The words of the purpose may name people: they stay in the play's own row.
      detail: { playId: play.playId, caseNumber },
    })
  })
  return {
    playId: play.playId,
    recording: recordingSummary(recording),
    expiresAt: expiresAt.toISOString(),
  }
}

async function openTrack(
  actor: AccountActor,
  { playId, trackId, range, requestId }: TrackRequest,
  { repo, audit, clock, transact }: Deps,
): Promise<{ key: string; mimeType: string }> {
  const play = await repo.play(playId)
  const track = play?.recording.tracks.find((known) => known.trackId === trackId)
  if (!play || !track) throw new Refusal('RECORDING_NOT_FOUND')
  const { visitId, folder, visit } = play.recording
  const isOwn = play.accountId === actor.accountId && clock.now() < play.expiresAt
  if (!isOwn) throw new Refusal('FORBIDDEN')
  requireFacility(actor, visit.facilityId)
  const fact: AuditFact = {
    facilityId: visit.facilityId,
    actor: auditActorOf(actor),
    action: 'recording.read',
    object: { type: 'track', objectId: trackId, visitId },
    outcome: 'allow',
    requestId,
    detail: { playId, range },
  }
  await transact((tx) => audit.append(tx, fact))
  return { key: `${folder}/${track.file}`, mimeType: mimeTypeOf(track.kind, track.file) }
}
