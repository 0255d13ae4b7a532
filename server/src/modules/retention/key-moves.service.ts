import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { RecordingKeys } from '../recordings/index.ts'
import { inBatches } from './in-batches.ts'
import type { KeyMovesRepo } from './key-moves.repo.ts'
import { SYSTEM } from './system-actor.ts'

type Deps = {
  readonly repo: KeyMovesRepo
  readonly keys: Pick<RecordingKeys, 'rewrap'>
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly log: Logger
}

/** Wraps keys anew, so that each lies under the key of the month of its destruction, or under the held one. */
export type KeyMoves = ReturnType<typeof createKeyMoves>

export function createKeyMoves(deps: Deps) {
  const { repo, transact, audit, clock, log } = deps
  const one = (visitId: string) =>
    transact(async (tx) => {
      const { moved, facilityId } = await moveVisit(tx, visitId, deps)
      if (moved === 0 || facilityId === null) return
      await audit.append(tx, {
        ...{ facilityId, actor: SYSTEM, action: 'recording.moveKeys', outcome: 'allow' },
        object: { type: 'visit', objectId: visitId, visitId },
        detail: { keys: moved },
      })
    })
  return {
    /** All that changed rules have moved, and what a hold did not know of yet; one that fails does not stop the others. */
    async all(): Promise<void> {
      await inBatches({
        read: (after, take) => repo.visits(clock.now(), after, take),
        idOf: (visitId) => visitId,
        work: one,
        failed: (visitId, error) =>
          log.error({ visitId, err: error }, 'keys could not be wrapped anew'),
      })
    },
  }
}

async function moveVisit(
  tx: Tx,
  visitId: string,
  { repo, keys, clock }: Deps,
): Promise<{ moved: number; facilityId: string | null }> {
  const found = await repo.ofVisit(tx, visitId, clock.now())
  let moved = 0
  for (const key of found) {
    const { objectId, facilityId, kekId, wrapped, until } = key
    const stored = { objectId, facilityId, kekId, wrapped }
    const anew = await keys.rewrap(tx, { ...stored, to: until ?? 'held' })
    if (await repo.store(tx, key, anew)) moved += 1
  }
  return { moved, facilityId: found[0]?.facilityId ?? null }
}
