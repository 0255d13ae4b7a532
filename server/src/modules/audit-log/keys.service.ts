import type { Clock } from '@visavis/platform/clock'
import type { Transact, Tx } from '../../platform/transact.ts'
import { handOver, isHandOver, verifierOf } from './audit-key.ts'
import type { CheckpointsRepo } from './checkpoints.repo.ts'
import type { Audit } from '../audit/index.ts'
import { readVerifierKey, verifierKeyOf } from './note.ts'
import type { NoteSigner } from './note.ts'

type Deps = {
  readonly repo: CheckpointsRepo
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly signer: NoteSigner
  /** The note that came with the key's file. */
  readonly handOverNote: () => string | null
}

/** The keys that checkpoints were ever signed with, and how one follows the other. */
export type AuditKeys = ReturnType<typeof createAuditKeys>

export function createAuditKeys(deps: Deps) {
  const { repo, transact, signer } = deps
  const verifierKey = verifierKeyOf(verifierOf(signer))
  let isKnown = false
  return {
    verifierKey,
    /** Before the key signs anything: it stands in the estate's log, with the word of the key before it. */
    async takeIntoUse(): Promise<void> {
      if (isKnown) return
      await transact((tx) => enter(tx, verifierKey, deps))
      isKnown = true
    },
    /** All of them, the oldest first; the one in use also before its first signature. */
    async all(): Promise<{ verifierKey: string; handOver: string | null }[]> {
      const rows = await repo.keys()
      const known = rows.map(({ verifierKey: key, handOver: note }) => ({
        verifierKey: key,
        handOver: note,
      }))
      const isIn = known.some((key) => key.verifierKey === verifierKey)
      return isIn ? known : [...known, { verifierKey, handOver: null }]
    },
  }
}

async function enter(tx: Tx, verifierKey: string, deps: Deps): Promise<void> {
  await deps.repo.lock(tx, 'keys')
  const keys = await deps.repo.keys(tx)
  const last = keys.at(-1)
  if (last?.verifierKey === verifierKey) return
  const note = last ? wordOf(last.verifierKey, deps) : null
  const number = (last?.number ?? 0) + 1
  await deps.repo.addKey(tx, {
    ...{ number, verifierKey, handOver: note },
    usedFrom: deps.clock.now(),
  })
  await deps.audit.append(tx, {
    facilityId: null,
    actor: { type: 'system', actorId: 'server' },
    action: last ? 'auditKey.change' : 'auditKey.use',
    object: { type: 'auditKey', objectId: String(number) },
    outcome: 'allow',
    detail: { verifierKey, ...(last ? { isVouchedFor: note !== null } : {}) },
  })
}

/** The word of the key before; our own where only the service's name has changed. */
function wordOf(lastKey: string, { signer, handOverNote }: Deps): string | null {
  const last = readVerifierKey(lastKey)
  if (!last) return null
  const own = verifierOf(signer)
  if (last.publicKey.equals(own.publicKey)) return handOver({ ...signer, name: last.name }, signer)
  const note = handOverNote()
  return note !== null && isHandOver(note, last, own) ? note : null
}
