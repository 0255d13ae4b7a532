import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { AuditAlarms } from './alarms.service.ts'
import type { CheckpointsRepo, KeptCheckpoint } from './checkpoints.repo.ts'
import type { AuditKeys } from './keys.service.ts'
import { originOf, signedCheckpoint, withLine } from './note.ts'
import type { NoteSigner } from './note.ts'
import type { SignerMemory } from './signer-memory.ts'
import { growTree, treeOf } from './tree.repo.ts'

export type CheckpointsDeps = {
  readonly repo: CheckpointsRepo
  readonly transact: Transact
  readonly clock: Clock
  readonly log: Logger
  readonly signer: NoteSigner
  readonly keys: Pick<AuditKeys, 'takeIntoUse'>
  readonly memory: SignerMemory
  readonly alarms: AuditAlarms
  /** The service's public origin. */
  readonly issuer: string
}

/** Why a log is not vouched for any more. */
export type Unsound = 'ROLLED_BACK' | 'FORKED'

export type Checkpoints = ReturnType<typeof createCheckpoints>

/** Signed checkpoints of every log (TR-2). */
export function createCheckpoints(deps: CheckpointsDeps) {
  const { repo, keys } = deps
  return {
    /** One of every log that has grown. What is unsound gets none, and an alarm. */
    async all(): Promise<void> {
      await keys.takeIntoUse()
      for (const { log, size } of await repo.heads()) {
        const newest = await repo.newest(log)
        if (newest === null || newest.size < size || (await isForgotten(log, newest, deps))) {
          await checkpointed(log, deps)
        }
      }
    },
    /** One that covers everything in the log by now; null of an empty log, and of one that is unsound. */
    async of(log: string): Promise<KeptCheckpoint | null> {
      await keys.takeIntoUse()
      return checkpointed(log, deps)
    },
  }
}

/** The whole note: ours, with the lines of the witnesses. */
export function wholeNote({ note, cosignatures }: KeptCheckpoint): string {
  return cosignatures.reduce((text, { line }) => withLine(text, line), note)
}

async function isForgotten(log: string, newest: KeptCheckpoint, { memory }: CheckpointsDeps) {
  return ((await memory.read(log))?.size ?? 0) > newest.size
}

async function checkpointed(log: string, deps: CheckpointsDeps): Promise<KeptCheckpoint | null> {
  const made = await deps.transact((tx) => checkpoint(tx, log, deps))
  if (typeof made === 'string') {
    await deps.alarms.raise(log, made)
    return null
  }
  if (made) await deps.memory.write(log, made)
  return made
}

async function checkpoint(
  tx: Tx,
  log: string,
  deps: CheckpointsDeps,
): Promise<KeptCheckpoint | Unsound | null> {
  const { repo } = deps
  await repo.lock(tx, log)
  const size = (await repo.head(tx, log))?.size ?? 0
  const newest = await repo.newest(log, tx)
  const signed = newest?.size ?? 0
  if (size < signed) return 'ROLLED_BACK'
  if (size > signed) await growTree(tx, log, { from: signed, to: size })
  const unsound = await unsoundnessOf(tx, { log, size, newest }, deps)
  if (unsound !== null || size === signed) return unsound ?? newest
  return sign(tx, { log, size }, deps)
}

/** The log as it is against what was signed of it: in the database, and in the signer's own memory. */
async function unsoundnessOf(
  tx: Tx,
  { log, size, newest }: { log: string; size: number; newest: KeptCheckpoint | null },
  { memory }: CheckpointsDeps,
): Promise<Unsound | null> {
  const tree = treeOf(tx, log)
  for (const known of [newest, await memory.read(log)]) {
    if (known === null) continue
    if (known.size > size) return 'ROLLED_BACK'
    if (!(await tree.root(known.size)).equals(known.root)) return 'FORKED'
  }
  return null
}

async function sign(
  tx: Tx,
  { log, size }: { log: string; size: number },
  { repo, signer, clock, issuer }: CheckpointsDeps,
): Promise<KeptCheckpoint> {
  const root = await treeOf(tx, log).root(size)
  const note = signedCheckpoint({ origin: originOf(issuer, log), size, root }, signer)
  const made = { log, size, root, note, signedAt: clock.now() }
  await repo.add(tx, made)
  return { ...made, shippedAt: null, cosignatures: [] }
}
