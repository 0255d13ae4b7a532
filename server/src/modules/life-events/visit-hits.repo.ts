import type { Tx } from '@visavis/prisma'

/** PostgreSQL's channel on which servers hear of open visits that something else has changed. */
export const VISIT_HIT_CHANNEL = 'visavis_visit_hit'

/** Has every server look again at the visit once the transaction commits (EL-4). */
export async function tellVisitHit(tx: Tx, visitId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${VISIT_HIT_CHANNEL}, ${visitId})`
}

/** The same after a change of its seats: whoever decided on what was there before decides anew. */
export async function tellVisitChanged(tx: Tx, visitId: string): Promise<void> {
  await tx.visitSession.update({ where: { visitId }, data: { version: { increment: 1 } } })
  await tellVisitHit(tx, visitId)
}
