import { Prisma } from '../../generated/client/client.ts'
import type { Tx } from '../database.ts'
import { type AuditDraft, type ChainHead, entryParts } from './audit-entry.ts'

/**
 * Appends an entry inside the caller's transaction (TR-1): the act and its entry are committed together
 * or not at all. Call it last: the log is locked until the commit, and only one writer at a time can
 * know what its entry follows; lock, look and entry are one round trip. Needs READ COMMITTED, the
 * default: an older snapshot would not see the entry that the lock was waited for, and the insert would
 * be refused. Returns the log's new head.
 */
export async function appendAudit(tx: Tx, draft: AuditDraft): Promise<ChainHead> {
  const [head] = await tx.$queryRaw<[ChainHead]>`
    SELECT its_seq AS seq, its_hash AS hash FROM ${auditCall(draft)}`
  return head
}

/** The same as a call of SQL, to be made together with others: `SELECT append_audit(…)`. */
export function auditCall(draft: AuditDraft): Prisma.Sql {
  const { log, ts, action, object } = draft
  const parts = [...entryParts(draft)]
  return Prisma.sql`append_audit(
    ${log}, ${ts}, ${action}, ${object.visitId ?? null}::uuid, ${parts}::text[])`
}
