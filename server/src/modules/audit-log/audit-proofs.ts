import { panic } from '@visavis/contract/errors'
import type { Database } from '@visavis/prisma'
import { facilityLog } from '../audit/index.ts'
import type { KeptCheckpoint } from './checkpoints.repo.ts'
import { wholeNote } from './checkpoints.service.ts'
import type { Checkpoints } from './checkpoints.service.ts'
import { entryProofText } from './entry-proof.ts'
import type { EntriesRepo } from './entries.repo.ts'
import { readNote, signatureLine, withLine } from './note.ts'
import type { NoteSigner } from './note.ts'
import { treeOf } from './tree.repo.ts'

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
  /**
   * Every entry about a visit in its facility's log as it stands now, under one checkpoint. `signer` signs it
   * besides: whoever checks an export knows the key of its manifests.
   */
  readonly ofVisit: (
    visit: { readonly visitId: string; readonly facilityId: string },
    signer: Omit<NoteSigner, 'name'>,
  ) => Promise<ProvedEntries>
  /** One entry's proof as a file's text; null where there is no such entry. */
  readonly ofEntry: (log: string, seq: number) => Promise<string | null>
}

type Deps = {
  readonly db: Database
  readonly entries: Pick<EntriesRepo, 'find' | 'ofVisit'>
  readonly checkpoints: Checkpoints
  readonly issuer: string
}

export function createAuditProofs({ db, entries, checkpoints, issuer }: Deps): AuditProofs {
  const pathOf = (log: string, seq: number, { size }: KeptCheckpoint) =>
    treeOf(db, log).inclusion(seq - 1, size)
  return {
    async ofVisit({ visitId, facilityId }, key) {
      const log = facilityLog(facilityId)
      const checkpoint = (await checkpoints.of(log)) ?? panic('a log without a checkpoint')
      const tree = treeOf(db, log)
      const found = await entries.ofVisit(log, { visitId, size: checkpoint.size })
      const proved: ProvedEntries['entries'][number][] = []
      for (const { seq, bytes } of found) {
        const path = await tree.inclusion(seq - 1, checkpoint.size)
        const hashes = path.map((hash) => hash.toString('hex'))
        proved.push({ seq, text: new TextDecoder().decode(bytes), path: hashes })
      }
      const text = readNote(checkpoint.note)?.text ?? panic('a checkpoint that is no note')
      const line = signatureLine(text, { ...key, name: new URL(issuer).host })
      return { log, checkpoint: withLine(wholeNote(checkpoint), line), entries: proved }
    },
    async ofEntry(log, seq) {
      const entry = await entries.find(log, seq)
      if (!entry) return null
      const checkpoint = (await checkpoints.of(log)) ?? panic('a log without a checkpoint')
      const path = await pathOf(log, seq, checkpoint)
      const note = wholeNote(checkpoint)
      return entryProofText({ bytes: entry.bytes, index: seq - 1, path, checkpoint: note })
    },
  }
}
