import type { Clock } from '@visavis/platform/clock'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit, AuditFact } from '../audit/index.ts'
import type { VisitRecord } from '../visits/index.ts'
import type { ToldRecording } from './recorder-links.ts'
import { folderOf, trackRow } from './writing-rules.ts'
import type { WritingRepo } from './writing.repo.ts'

type RecordingKey = { readonly recordingId: string; readonly visitId: string }
type What = Pick<AuditFact, 'action' | 'outcome' | 'reason' | 'detail'>
type Row = NonNullable<Awaited<ReturnType<WritingRepo['find']>>>

type Deps = {
  readonly repo: WritingRepo
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
}

/** The stored side of recordings: each change with its audit entry, in one transaction (TR-1). */
export type RecordingLog = ReturnType<typeof createRecordingLog>

export function createRecordingLog(deps: Deps) {
  const { repo, transact, audit, clock } = deps
  return {
    find: repo.find,
    async opened(
      visit: VisitRecord,
      { recordingId, epoch }: { recordingId: string; epoch: number },
    ): Promise<void> {
      const key = { recordingId, visitId: visit.visitId }
      const row = { ...key, epoch, startedAt: clock.now(), folder: folderOf(key) }
      const what = { action: 'recording.open', outcome: 'allow', detail: { epoch } } as const
      await transact(async (tx) => {
        await repo.open(tx, row)
        await audit.append(tx, factOf(visit.facilityId, key, what))
      })
    },
    ...createEnds(deps),
    /** RC-3: a visit that should be recorded is not, for want of a recorder. */
    missing: ({ facilityId, visitId }: VisitRecord): Promise<void> =>
      transact((tx) =>
        audit.append(tx, {
          facilityId,
          actor: SERVER,
          action: 'recording.missing',
          object: { type: 'visit', objectId: visitId, visitId },
          outcome: 'error',
          reason: 'RECORDER_UNAVAILABLE',
        }),
      ),
  }
}

const SERVER = { type: 'system', actorId: 'server' } as const

function factOf(facilityId: string, { recordingId, visitId }: RecordingKey, what: What): AuditFact {
  const object = { type: 'recording', objectId: recordingId, visitId }
  return { facilityId, actor: SERVER, object, ...what }
}

/** The ways in which a recording ends; each is false when there was nothing (left) to end. */
function createEnds({ repo, transact, audit, clock }: Deps) {
  const end = async (
    recordingId: string,
    what: What,
    work: (tx: Tx, row: Row) => Promise<boolean>,
  ): Promise<boolean> => {
    const row = await repo.find(recordingId)
    if (!row) return false
    return transact(async (tx) => {
      const isChanged = await work(tx, row)
      if (isChanged) await audit.append(tx, factOf(row.visit.facilityId, row, what))
      return isChanged
    })
  }
  return {
    stopped: (recordingId: string) =>
      end(recordingId, { action: 'recording.stop', outcome: 'allow' }, (tx) =>
        repo.stopped(tx, recordingId, clock.now()),
      ),
    failed: (recordingId: string, failure: string) =>
      end(recordingId, { action: 'recording.fail', outcome: 'error', reason: failure }, (tx) =>
        repo.failed(tx, recordingId, { endedAt: clock.now(), failure }),
      ),
    finished(told: ToldRecording) {
      const detail = { tracks: told.tracks.length, packets: told.packets }
      const what = { action: 'recording.finish', outcome: 'allow', detail } as const
      return end(told.recordingId, what, (tx, { recordingId, visitId, folder, visit }) => {
        const at = { recordingId, visitId, folder, seats: visit.seats }
        const tracks = told.tracks.flatMap((track) => trackRow(track, at) ?? [])
        return repo.finished(tx, recordingId, { endedAt: clock.now(), tracks })
      })
    },
  }
}
