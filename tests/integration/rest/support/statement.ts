import type { Database } from '@visavis/prisma'
import type { VisitReceipt } from '@visavis/contract/receipt'

const MINUTE_MS = 60_000

/** A half-hour visit whose visitor was cut off for a minute, ten minutes after the start. */
export async function addStatement(
  db: Database,
  { visitId, madeAt }: { readonly visitId: string; readonly madeAt: Date },
): Promise<void> {
  const { startsAt } = await db.visit.findUniqueOrThrow({ where: { visitId } })
  const at = new Date(startsAt.getTime() + 10 * MINUTE_MS).toISOString()
  const gaps: VisitReceipt['gaps'] = [{ at, ms: MINUTE_MS, cause: 'VISITOR_NETWORK' }]
  const row = {
    ...{ bookedMs: 30 * MINUTE_MS, extendedMs: 0, deliveredMs: 29 * MINUTE_MS, gaps, madeAt },
    ...{ outcome: 'COMPLETED' as const, isGivenBack: false, creditMs: 0 },
  }
  await db.visitReceipt.upsert({
    where: { visitId },
    create: { visitId, ...row },
    update: row,
  })
}
