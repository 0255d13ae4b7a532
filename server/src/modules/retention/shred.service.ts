import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Audit, AuditActor } from '../audit/index.ts'
import type { Tasks } from '../tasks/index.ts'
import type { ShredFacts, ShredRepo } from './shred.repo.ts'
import { tombstoneOf } from './tombstone-rules.ts'
import type { Tombstone } from './tombstone-rules.ts'

type Deps = {
  readonly repo: ShredRepo
  readonly audit: Audit
  readonly tasks: Tasks
  readonly clock: Clock
}

/** Why, by whom, and which visit's. */
export type Shredding = {
  readonly visitId: string
  readonly facts: ShredFacts
  readonly cause: 'EXPIRED' | 'EARLY'
  readonly actor: AuditActor
  /** The account that decided an early one. */
  readonly decidedBy: string | null
  readonly requestId?: string
}

/** Destroys a visit's recordings in the caller's transaction, which has locked the visit; their files go after it. */
export type Shred = (tx: Tx, shredding: Shredding) => Promise<{ readonly destructionId: string }>

export function createShred(deps: Deps): Shred {
  const { repo, clock } = deps
  return async (tx, shredding) => {
    const { visitId, facts, cause, decidedBy } = shredding
    const destroyedAt = clock.now()
    const [asked] = facts.destructions
    const destructionId = asked?.destructionId ?? newId()
    const tombstone = tombstoneOf({
      ...{ destructionId, visitId, facilityId: facts.facilityId, cause, destroyedAt, decidedBy },
      askedBy: cause === 'EARLY' ? (asked?.askedBy ?? null) : null,
      recordings: facts.recordings.map(({ manifests: [manifest = null], ...recording }) => ({
        ...recording,
        manifest,
      })),
      derivativeIds: facts.derivatives.map(({ derivativeId }) => derivativeId),
      exports: facts.exports,
    })
    const { bytes, sha256, files } = tombstone
    await repo.dropKeys(tx, visitId, destroyedAt)
    await repo.done(tx, {
      ...{ destructionId, visitId, cause, decidedBy, destroyedAt, files, sha256 },
      tombstone: bytes,
    })
    await closeTasks(tx, shredding, deps)
    await enter(tx, { ...shredding, destructionId, tombstone }, deps)
    return { destructionId }
  }
}

/** Nothing is left to decide about what is gone. */
async function closeTasks(
  tx: Tx,
  { visitId, decidedBy }: Shredding,
  { tasks }: Deps,
): Promise<void> {
  for (const kind of ['DECIDE_DESTRUCTION', 'DECIDE_EXPORT'] as const) {
    await tasks.close(tx, { kind, visitId, doneBy: decidedBy, resolution: 'DESTROYED' })
  }
}

async function enter(
  tx: Tx,
  given: Shredding & { readonly destructionId: string; readonly tombstone: Tombstone },
  { audit }: Deps,
): Promise<void> {
  const { visitId, facts, cause, actor, destructionId, tombstone, requestId } = given
  await audit.append(tx, {
    ...{ facilityId: facts.facilityId, actor, action: 'recording.shred', outcome: 'allow' },
    object: { type: 'destruction', objectId: destructionId, visitId },
    ...(requestId === undefined ? {} : { requestId }),
    detail: {
      cause,
      recordings: facts.recordings.map(({ recordingId }) => recordingId),
      files: tombstone.files,
      tombstone: tombstone.sha256,
    },
  })
}
