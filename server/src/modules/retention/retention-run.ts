import { Fault } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { Transact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { RecordingKeys } from '../recordings/index.ts'
import { inBatches } from './in-batches.ts'
import type { KeyMoves } from './key-moves.service.ts'
import type { HoldReviews } from './hold-reviews.service.ts'
import type { Shred } from './shred.service.ts'
import type { ShredRepo } from './shred.repo.ts'
import { SYSTEM } from './system-actor.ts'

export type RunDeps = {
  readonly repo: ShredRepo
  readonly shred: Shred
  readonly reviews: HoldReviews
  readonly moves: Pick<KeyMoves, 'all'>
  readonly keys: Pick<RecordingKeys, 'destroyMonthsBefore'>
  readonly store: Pick<ObjectStore, 'list' | 'remove'>
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly log: Logger
}

type FileDeps = Pick<RunDeps, 'repo' | 'store' | 'clock' | 'log'>

/**
 * What is done by the clock (RC-7): holds to be looked at again become tasks; what is past its day and not held
 * loses its keys and then its files; keys go to the months they belong to; keys of months that are over are
 * destroyed. Each part goes on where a crash has left it, and one that fails does not stop the others; the job
 * then fails at its end and runs again.
 */
export async function runRetention(deps: RunDeps): Promise<void> {
  const failed: unknown[] = []
  const parts = [
    () => deps.reviews.openDue(),
    () => shredExpired(deps),
    () => removeFiles(deps),
    () => deps.moves.all(),
    () => destroyMonths(deps),
  ]
  for (const part of parts) await part().catch((error: unknown) => failed.push(error))
  if (failed.length > 0) throw new Fault('retention was not done to its end', { cause: failed[0] })
}

async function shredExpired(deps: RunDeps): Promise<void> {
  const { repo, clock, log } = deps
  let destroyed = 0
  const failures = await inBatches({
    read: (after, take) => repo.expired(clock.now(), after, take),
    idOf: (visitId) => visitId,
    work: async (visitId) => {
      if (await shredOne(visitId, deps)) destroyed += 1
    },
    failed: (visitId, error) =>
      log.error({ visitId, err: error }, 'recordings could not be destroyed'),
  })
  if (destroyed > 0) log.info({ visits: destroyed }, 'expired recordings were destroyed')
  if (failures > 0) throw new Fault(`recordings of ${failures} visits could not be destroyed`)
}

/** Looked at again under the lock: a hold may have come, or the rule may have changed. */
function shredOne(visitId: string, deps: RunDeps): Promise<boolean> {
  const { repo, shred, transact, clock } = deps
  return transact(async (tx) => {
    await repo.lock(tx, visitId)
    const facts = await repo.facts(tx, visitId)
    if (!facts || facts.legalHolds.length > 0 || facts.recordings.length === 0) return false
    const now = clock.now()
    const isDue = facts.recordings.every(
      ({ destroyAfter }) => destroyAfter !== null && destroyAfter <= now,
    )
    if (!isDue) return false
    await shred(tx, { visitId, facts, cause: 'EXPIRED', actor: SYSTEM, decidedBy: null })
    return true
  })
}

/** Removes the files of what has lost its keys; as often as it takes. */
export async function removeFiles({ repo, store, clock, log }: FileDeps): Promise<void> {
  const failures = await inBatches({
    read: repo.withFiles,
    idOf: ({ destructionId }) => destructionId,
    work: async ({ destructionId, visitId }) => {
      for (const key of await store.list(`${visitId}/`)) await store.remove(key)
      await repo.filesRemoved(destructionId, clock.now())
    },
    failed: ({ visitId }, error) =>
      log.error({ visitId, err: error }, 'files of destroyed recordings could not be removed'),
  })
  if (failures > 0) throw new Fault(`files of ${failures} visits are still there`)
}

async function destroyMonths(deps: RunDeps): Promise<void> {
  const { keys, repo, transact, audit, clock, log } = deps
  const kekIds = await keys.destroyMonthsBefore(clock.now())
  if (kekIds.length === 0) return
  await transact(async (tx) => {
    for (const { kekId, facilityId, month } of await repo.months(tx, kekIds)) {
      await audit.append(tx, {
        ...{ facilityId, actor: SYSTEM, action: 'keyMonth.destroy', outcome: 'allow' },
        object: { type: 'keyMonth', objectId: kekId },
        detail: { month },
      })
    }
  })
  log.info({ keys: kekIds.length }, 'keys of months that are over were destroyed')
}
