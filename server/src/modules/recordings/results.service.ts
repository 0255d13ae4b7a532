import type { Transact, Tx } from '../../platform/transact.ts'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import { SERVER } from '../audit/index.ts'
import type { Audit } from '../audit/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { SEALED } from './manifest.repo.ts'
import type { Manifests } from './manifests.service.ts'
import { readResult } from './result-reading.ts'
import type { ReadResult } from './result-reading.ts'
import { bytesOf, originOf, trackRows } from './result-rules.ts'
import type { ResultsRepo } from './results.repo.ts'

type Deps = {
  readonly repo: ResultsRepo
  readonly manifests: Manifests
  readonly store: ObjectStore
  readonly transact: Transact
  readonly audit: Audit
  readonly tasks: Tasks
  readonly clock: Clock
  readonly log: Logger
}

/** What becomes of a recording when its recorder has made the files. */
export type Results = {
  /**
   * Takes in what a recorder has made: reads `result.json` from the object store (its hash, hex, as it was
   * told), stores tracks, gaps and a signed manifest, and enters it all in the audit log. Idempotent: what a
   * crash left undone is done at the next call. A Fault when the result is not there or not what was told.
   */
  readonly takeResult: (
    recordingId: string,
    told?: { readonly resultSha256?: string | undefined },
  ) => Promise<void>
  /** Makes people look at a visit's recordings: a task, and its entry. `reason` is a code. */
  readonly alarm: (visitId: string, reason: string) => Promise<void>
}

type Row = NonNullable<Awaited<ReturnType<ResultsRepo['recording']>>>

export function createResults(deps: Deps): Results {
  return {
    async takeResult(recordingId, { resultSha256 } = {}) {
      const row = await deps.repo.recording(recordingId)
      if (!row || row.destroyedAt !== null) return
      const sha256 = row.resultSha256 ?? resultSha256 ?? null
      const read = await readResult(deps.store, { ...row, sha256 })
      await take(row, read, deps)
      await deps.manifests.settle(row.visitId)
    },
    async alarm(visitId, reason) {
      const visit = await deps.repo.visit(visitId)
      if (!visit) return
      const { facilityId } = visit
      await deps.transact(async (tx) => {
        await openTask(tx, { facilityId, visitId }, deps)
        await deps.audit.append(tx, {
          ...{ facilityId, actor: SERVER, action: 'recording.alarm', outcome: 'error', reason },
          object: { type: 'visit', objectId: visitId, visitId },
        })
      })
    },
  }
}

function take(row: Row, { result, sha256 }: ReadResult, deps: Deps): Promise<void> {
  const { recordingId, visitId } = row
  const { grantSha256, lastMs, journal } = result
  const tracks = trackRows(result, row.visit.seats)
  const originAt = originOf(result, row.startedAt)
  const taken = { ...{ recordingId, originAt, lastMs, grantSha256, tracks }, resultSha256: sha256 }
  return deps.transact(async (tx) => {
    const now = deps.clock.now()
    const isNew = await deps.repo.take(tx, { ...taken, bytes: bytesOf(result), endedAt: now })
    if (!isNew) return
    if (journal.damaged.length > 0) {
      await openTask(tx, { facilityId: row.visit.facilityId, visitId }, deps)
      deps.log.error({ recordingId, visitId }, 'alarm: a journal was damaged on its disk')
    }
    await deps.audit.append(tx, {
      facilityId: row.visit.facilityId,
      actor: SERVER,
      action: SEALED,
      object: { type: 'recording', objectId: recordingId, visitId },
      outcome: 'allow',
      detail: {
        resultSha256: sha256,
        root: journal.root,
        tracks: tracks.length,
        lastMs,
        damaged: journal.damaged.length,
      },
    })
  })
}

/** A disk that takes or gives back less than it should is for people to look at, before it takes more. */
async function openTask(
  tx: Tx,
  { facilityId, visitId }: { facilityId: string; visitId: string },
  { tasks, clock }: Deps,
): Promise<void> {
  const task = { facilityId, visitId, kind: 'RECORDING_ALARM', suggestion: 'REVIEW' } as const
  await tasks.open(tx, { ...task, dueAt: clock.now() })
}
