import { createHash } from 'node:crypto'
import { Refusal } from '@visavis/contract/errors'
import type { RecordingFailure } from '@visavis/contract/recorder-control'
import { keptUntil, retentionDaysUnder } from '@visavis/contract/limits'
import { recordingFolderOf } from '@visavis/contract/recording-result'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { Transact, Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { Audit, AuditFact } from '../audit/index.ts'
import type { Policy } from '../policy/index.ts'
import type { VisitRecord } from '../visits/index.ts'
import type { RecordingKeys } from './recording-keys.ts'
import { recordableClass } from './writing-rules.ts'
import type { WritingRepo } from './writing.repo.ts'

type RecordingId = { readonly recordingId: string; readonly visitId: string }
type What = Pick<AuditFact, 'action' | 'outcome' | 'reason' | 'detail'>
type Row = NonNullable<Awaited<ReturnType<WritingRepo['find']>>>

type Deps = {
  readonly db: Database
  readonly repo: WritingRepo
  readonly keys: RecordingKeys
  readonly policy: Policy
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
}

/** The stored side of recordings: each change with its audit entry, in one transaction (TR-1). */
export type RecordingLog = ReturnType<typeof createRecordingLog>

export function createRecordingLog(deps: Deps) {
  const { repo } = deps
  return {
    find: repo.find,
    nextNumber: repo.nextNumber,
    opened: (visit: VisitRecord, opening: Opening) => opened(deps, visit, opening),
    /**
     * The key of a recording, for its recorder; the entry comes first. Refuses RECORDING_NOT_FOUND, and
     * RECORDING_DESTROYED when there is none any more.
     */
    async keyFor(recordingId: string): Promise<Uint8Array<ArrayBuffer>> {
      const row = await repo.find(recordingId)
      if (!row) throw new Refusal('RECORDING_NOT_FOUND')
      if (!row.key) throw new Refusal('RECORDING_DESTROYED')
      const { facilityId } = row.visit
      await deps.transact((tx) => deps.audit.append(tx, factOf(facilityId, row, TO_RECORDER)))
      return deps.keys.open({ objectId: recordingId, facilityId, ...row.key })
    },
    ...createEnds(deps),
    /** RC-7: from the real end of the visit on its days count. */
    async visitEnded(visit: VisitRecord): Promise<void> {
      await repo.keepUntil(visit.visitId, await destroyAfterOf(deps, visit))
    },
  }
}

const TO_RECORDER: What = { action: 'recording.key', outcome: 'allow', detail: { to: 'recorder' } }

type Opening = {
  readonly recordingId: string
  /** Of the room. */
  readonly epoch: number
  /** Its own among the visit's. */
  readonly number: number
  /** As it is signed. */
  readonly grant: string
}

/** Stores that a recording is opened, and answers its new key. */
async function opened(
  deps: Deps,
  visit: VisitRecord,
  { recordingId, epoch: roomEpoch, number: epoch, grant }: Opening,
): Promise<Uint8Array<ArrayBuffer>> {
  const { repo, keys, transact, audit, clock } = deps
  const { facilityId, visitId } = visit
  const id = { recordingId, visitId }
  const grantSha256 = createHash('sha256').update(grant).digest('hex')
  const destroyAfter = await destroyAfterOf(deps, visit)
  const row = {
    ...{ ...id, epoch, roomEpoch, grantSha256, destroyAfter },
    folder: recordingFolderOf(id),
  }
  const detail = { epoch, roomEpoch, grantSha256 }
  return transact(async (tx) => {
    await repo.open(tx, { ...row, startedAt: clock.now() })
    const made = await keys.create(tx, { objectId: recordingId, facilityId, destroyAfter })
    await repo.addKey(tx, id, made)
    const what = { action: 'recording.open', outcome: 'allow', detail } as const
    await audit.append(tx, factOf(facilityId, id, what))
    await audit.append(tx, factOf(facilityId, id, TO_RECORDER))
    return made.key
  })
}

async function destroyAfterOf({ db, policy }: Deps, visit: VisitRecord): Promise<Date> {
  const rules = await policy.ofFacility(db, visit.facilityId)
  // The law of the day on which its days begin.
  const limits = rules.limitsAt(visit.endsAt)
  const days = retentionDaysUnder({ ...rules, limits }, recordableClass(visit) ?? 'social')
  return keptUntil(visit.endsAt, days)
}

function factOf(facilityId: string, { recordingId, visitId }: RecordingId, what: What): AuditFact {
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
  const fail = (failure: string): What => ({
    action: 'recording.fail',
    outcome: 'error',
    reason: failure,
  })
  return {
    /** `isRecovered`: its recorder died over it. */
    stopped: (recordingId: string, { isRecovered }: { isRecovered: boolean }) =>
      end(recordingId, { action: 'recording.stop', outcome: 'allow' }, (tx) =>
        repo.stopped(tx, recordingId, { endedAt: clock.now(), isRecovered }),
      ),
    /** It could not go on; what is written of it is still to be had. */
    broken: (recordingId: string, failure: RecordingFailure) =>
      end(recordingId, fail(failure), (tx) =>
        repo.broken(tx, recordingId, { endedAt: clock.now(), failure }),
      ),
    /** Nothing of it is to be had. */
    failed: (recordingId: string, failure: string) =>
      end(recordingId, fail(failure), (tx) =>
        repo.failed(tx, recordingId, { endedAt: clock.now(), failure }),
      ),
    /** The visit never began: there is nothing in it. */
    finishedEmpty: (recordingId: string) =>
      end(recordingId, { action: 'recording.empty', outcome: 'allow' }, (tx) =>
        repo.finishedEmpty(tx, recordingId, clock.now()),
      ),
  }
}
