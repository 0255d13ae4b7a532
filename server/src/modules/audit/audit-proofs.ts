import { facilityLog } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import { originOf, signedCheckpoint } from './checkpoint.ts'
import type { NoteSigner } from './checkpoint.ts'
import { HASH_BYTES, proveInclusion } from './proofs.ts'
import { createProofsRepo } from './proofs.repo.ts'

/** A visit's entries, each with the proof that it stands in the log of which the checkpoint is. */
export type ProvedEntries = {
  /** As entries name it. */
  readonly log: string
  /** A signed note. */
  readonly checkpoint: string
  /** `text` is what was hashed; `path` the hashes beside its way to the root, hex, leaf first. */
  readonly entries: readonly {
    readonly seq: number
    readonly text: string
    readonly path: readonly string[]
  }[]
}

/** Proofs of audit entries for somebody outside (TR-2). */
export type AuditProofs = {
  /** Every entry about a visit in its facility's log as it stands now, under one checkpoint. */
  readonly ofVisit: (visit: {
    readonly visitId: string
    readonly facilityId: string
  }) => Promise<ProvedEntries>
}

/** `issuer`: the service's public origin. */
export function createAuditProofs({
  db,
  issuer,
  key,
}: {
  readonly db: Database
  readonly issuer: string
  readonly key: Omit<NoteSigner, 'name'>
}): AuditProofs {
  const repo = createProofsRepo(db)
  const signer = { ...key, name: new URL(issuer).host }
  return {
    async ofVisit({ visitId, facilityId }) {
      const log = facilityLog(facilityId)
      const leaves = await repo.leavesOf(facilityId)
      const size = leaves.length / HASH_BYTES
      const entries = await repo.entriesOf(facilityId, { visitId, size })
      const { proofs, ...tree } = await proveInclusion(
        leaves,
        entries.map(({ seq }) => seq - 1),
      )
      return {
        log,
        checkpoint: signedCheckpoint({ origin: originOf(issuer, log), ...tree }, signer),
        entries: entries.map(({ seq, bytes }, index) => ({
          seq,
          text: new TextDecoder().decode(bytes),
          path: proofs[index]?.path ?? [],
        })),
      }
    },
  }
}
