import { facilityLog } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import { HASH_BYTES } from './proofs.ts'

/** An entry as it was hashed. */
export type ProvedEntry = { readonly seq: number; readonly bytes: Uint8Array }

/** So many hashes are read at once: a few megabytes. */
const PAGE = 50_000

/** What proofs of audit entries are made of. */
export type ProofsRepo = ReturnType<typeof createProofsRepo>

export function createProofsRepo(db: Database) {
  return {
    /** Every entry of a visit in its facility's log, up to the log's size, oldest first. */
    async entriesOf(
      facilityId: string,
      { visitId, size }: { visitId: string; size: number },
    ): Promise<ProvedEntry[]> {
      const rows = await db.auditEntry.findMany({
        where: { log: facilityLog(facilityId), visitId, seq: { lte: BigInt(size) } },
        orderBy: { seq: 'asc' },
        select: { seq: true, bytes: true },
      })
      return rows.map(({ seq, bytes }) => ({ seq: Number(seq), bytes }))
    },
    /** The leaf hashes of a whole log, one behind the other; what is added meanwhile may be missing at the end. */
    async leavesOf(facilityId: string): Promise<Buffer> {
      const pages: Buffer[] = []
      for (let after = 0n; ;) {
        const rows = await db.auditEntry.findMany({
          where: { log: facilityLog(facilityId), seq: { gt: after } },
          orderBy: { seq: 'asc' },
          take: PAGE,
          select: { seq: true, hash: true },
        })
        const page = Buffer.allocUnsafe(rows.length * HASH_BYTES)
        rows.forEach(({ hash }, index) => page.write(hash, index * HASH_BYTES, 'hex'))
        pages.push(page)
        const last = rows.at(-1)
        if (!last || rows.length < PAGE) return Buffer.concat(pages)
        after = last.seq
      }
    },
  }
}
