import type { CensusText } from '@visavis/contract/census-control'
import type { CensusLine } from '@visavis/contract/census'
import { sqlStateOf } from '@visavis/prisma'
import type { Tx } from '../../platform/transact.ts'

/** A line with what it says. */
export type ReadLine = { readonly told: CensusText; readonly line: CensusLine }

/** The key that a row points to is not there: no such visit, or none that is privileged. */
const FOREIGN_KEY_VIOLATION = '23503'

/** Writes of the census; all inside the caller's transaction. */
export const censusRepo = {
  /** Stores what follows the newest stored line; gives those lines. The database refuses whatever breaks the chain. */
  async append(
    tx: Tx,
    { visitId, epoch }: { visitId: string; epoch: number },
    lines: readonly ReadLine[],
  ): Promise<ReadLine[]> {
    await tx.$executeRaw`
      SELECT pg_advisory_xact_lock(hashtextextended(${`census/${visitId}/${epoch}`}, 0))`
    const newest = await tx.censusEntry.aggregate({
      where: { visitId, epoch },
      _max: { seq: true },
    })
    const fresh = lines.filter(({ line }) => line.seq > (newest._max.seq ?? 0))
    if (fresh.length > 0) await tx.censusEntry.createMany({ data: fresh.map(rowOf) })
    return fresh
  },
}

/** Whether the database refused lines since their visit is no privileged one of ours. */
export function isOfNoVisit(error: unknown): boolean {
  return sqlStateOf(error) === FOREIGN_KEY_VIOLATION
}

function rowOf({ told, line }: ReadLine) {
  const { visitId, epoch, seq, at, prevHash } = line
  const bytes = new TextEncoder().encode(told.text)
  return { visitId, epoch, seq, at: new Date(at), bytes, prevHash, hash: told.hash }
}
