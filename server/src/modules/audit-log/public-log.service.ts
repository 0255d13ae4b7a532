import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { CheckpointsRepo, KeptCheckpoint } from './checkpoints.repo.ts'
import { wholeNote } from './checkpoints.service.ts'
import type { AuditKeys } from './keys.service.ts'
import { idOfLog, logOf } from './log-name.ts'
import { checkLine, readNote, verifierKeyOf } from './note.ts'
import type { NoteVerifier } from './note.ts'
import { treeOf } from './tree.repo.ts'

type Deps = {
  readonly db: Database
  readonly repo: CheckpointsRepo
  readonly keys: AuditKeys
  readonly clock: Clock
  readonly witnesses: readonly NoteVerifier[]
}

/** What anybody may know of the logs: sizes, hashes and signatures. */
export type PublicLog = ReturnType<typeof createPublicLog>

export function createPublicLog(deps: Deps) {
  const { db, repo, keys, witnesses } = deps
  return {
    async keys() {
      const all = await keys.all()
      return { keys: all, witnesses: witnesses.map(verifierKeyOf) }
    },
    async checkpoints() {
      const newest = await Promise.all(
        (await repo.heads()).map(({ log }) => repo.newest(log).then((kept) => kept ?? [])),
      )
      return {
        logs: newest.flat().map(({ log, size, signedAt }) => ({
          ...{ log: idOfLog(log), size, signedAt: signedAt.toISOString() },
        })),
      }
    },
    /** A checkpoint as a note; NOT_FOUND where there is none of that size. */
    async note(id: string, size: number | undefined): Promise<string> {
      return wholeNote(await require(id, size, deps))
    },
    /** Between two sizes up to that of the newest checkpoint: what nobody has signed, nobody is told. */
    async consistency({ log: id, from, to }: { log: string; from: number; to: number }) {
      const { log, size } = await require(id, undefined, deps)
      if (from > to || to > size) throw new Refusal('NOT_FOUND')
      const hashes = await treeOf(db, log).consistency(from, to)
      return { hashes: hashes.map((hash) => hash.toString('base64')) }
    },
    /**
     * Keeps a witness's line. That is no act on anything of ours, and so no entry of the log: an entry would make the
     * log grow, and the witness sign again. The line proves itself.
     */
    async cosign({ log: id, size, line }: { log: string; size: number; line: string }) {
      const checkpoint = await require(id, size, deps)
      const text = readNote(checkpoint.note)?.text ?? ''
      for (const witness of witnesses) {
        const cosignedAt = checkLine(line, text, witness)
        if (cosignedAt === null) continue
        const receivedAt = deps.clock.now()
        const given = { log: checkpoint.log, size, witness: witness.name, line }
        await repo.addCosignature({ ...given, cosignedAt, receivedAt })
        return {}
      }
      throw new Refusal('FORBIDDEN')
    },
  }
}

async function require(
  id: string,
  size: number | undefined,
  { repo }: Deps,
): Promise<KeptCheckpoint> {
  const log = logOf(id)
  const found = size === undefined ? await repo.newest(log) : await repo.find(log, size)
  if (!found) throw new Refusal('NOT_FOUND')
  return found
}
