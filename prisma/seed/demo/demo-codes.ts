import { appendAudit } from '../../src/audit/append-audit.ts'
import { facilityLog } from '../../src/audit/audit-entry.ts'
import type { Tx } from '../../src/database.ts'
import { newId } from '../../src/ids.ts'
import { enrolmentCodeHash, newEnrolmentCode } from '../../src/secret-hash.ts'

/** A day, in the demo only: nobody hurries somebody who tries things out. */
const DEMO_CODE_LIFETIME_MS = 86_400_000

/** A new one-time code for a terminal; null if the terminal is enrolled already. Earlier unused codes end. */
export async function refreshEnrolmentCode(
  tx: Tx,
  { terminalId, now }: { terminalId: string; now: Date },
): Promise<string | null> {
  const terminal = await tx.terminal.findUniqueOrThrow({ where: { terminalId } })
  const keys = await tx.terminalKey.count({ where: { terminalId, endedAt: null } })
  if (keys > 0) return null
  await tx.terminalEnrolment.deleteMany({ where: { terminalId, usedAt: null, createdBy: null } })
  const code = newEnrolmentCode()
  const enrolmentId = newId()
  await tx.terminalEnrolment.create({
    data: {
      enrolmentId,
      terminalId,
      codeHash: enrolmentCodeHash(code),
      expiresAt: new Date(now.getTime() + DEMO_CODE_LIFETIME_MS),
    },
  })
  await appendAudit(tx, {
    log: facilityLog(terminal.facilityId),
    ts: now,
    actor: { type: 'system', actorId: 'seed' },
    action: 'terminal.issueCode',
    object: { type: 'terminal', objectId: terminalId },
    outcome: 'allow',
    detail: { enrolmentId },
  })
  return code
}
