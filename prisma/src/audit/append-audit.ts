import type { Tx } from '../database.ts'
import { type AuditDraft, CHAIN_START, chainEntry, type ChainHead } from './audit-entry.ts'

/**
 * Appends an entry inside the caller's transaction (TR-1): the act and its entry are committed together
 * or not at all. Call it last: the log is locked until the commit, and only one writer at a time can
 * know what its entry follows. Needs READ COMMITTED, the default: an older snapshot would not see the
 * entry that the lock was waited for, and the insert would be refused. Returns the log's new head.
 */
export async function appendAudit(tx: Tx, draft: AuditDraft): Promise<ChainHead> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`audit/${draft.log}`}, 0))`
  const row = chainEntry(await readHead(tx, draft.log), draft)
  await tx.auditEntry.create({ data: row, select: { seq: true } })
  return { seq: row.seq, hash: row.hash }
}

async function readHead(tx: Tx, log: string): Promise<ChainHead> {
  const last = await tx.auditEntry.findFirst({
    where: { log },
    orderBy: { seq: 'desc' },
    select: { seq: true, hash: true },
  })
  return last ?? CHAIN_START
}
