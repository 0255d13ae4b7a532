import { facilityLog, verifyAuditChain } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'

/** An entry as its bytes say it. */
export type SaidEntry = {
  readonly action: string
  readonly outcome: string
  readonly reason?: string
  readonly actor: { readonly type: string; readonly actorId: string }
  readonly object: { readonly type: string; readonly objectId: string }
  readonly detail?: Record<string, unknown>
}

/** The entries of a facility's log (of the estate's when null), the oldest first. */
export async function entriesOf(db: Database, facilityId: string | null): Promise<SaidEntry[]> {
  const log = facilityId === null ? 'estate' : facilityLog(facilityId)
  const rows = await db.auditEntry.findMany({ where: { log }, orderBy: { seq: 'asc' } })
  const verdict = verifyAuditChain(rows)
  if (!verdict.isWhole) throw new Error(`${log} is broken at ${verdict.seq}: ${verdict.fault}`)
  return rows.map(({ bytes }) => JSON.parse(new TextDecoder().decode(bytes)) as SaidEntry)
}

/** From now on no entry can be written; what is there stays. */
export async function breakAuditLog(db: Database): Promise<void> {
  await db.$executeRaw`ALTER TABLE audit_entry ADD CONSTRAINT broken CHECK (false) NOT VALID`
}

/** Entries can be written again. */
export async function mendAuditLog(db: Database): Promise<void> {
  await db.$executeRaw`ALTER TABLE audit_entry DROP CONSTRAINT IF EXISTS broken`
}
