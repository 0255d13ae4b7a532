import { OPEN_STATES } from '@visavis/contract/session-lifecycle'
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

/** What servers hear on the channel: look whether its people may still meet, or only read it anew. */
export type VisitHit = { readonly visitId: string; readonly kind: 'PEOPLE' | 'RULES' }

const OF_RULES = 'rules:'

/** Reads a message of the channel. */
export function visitHitOf(message: string): VisitHit {
  return message.startsWith(OF_RULES)
    ? { kind: 'RULES', visitId: message.slice(OF_RULES.length) }
    : { kind: 'PEOPLE', visitId: message }
}

/**
 * Has every server read the open visits of a facility anew once the transaction commits, for its settings
 * have changed. Nobody in them is judged again: a setting ends no visit that was let begin.
 */
export async function tellRulesChanged(tx: Tx, facilityId: string): Promise<void> {
  await tx.$executeRaw`
    WITH hit AS (
      UPDATE visit_session SET version = visit_session.version + 1
      FROM visit
      WHERE visit.visit_id = visit_session.visit_id AND visit.facility_id = ${facilityId}::uuid
        AND visit_session.state::text = ANY(${[...OPEN_STATES]}::text[])
      RETURNING visit_session.visit_id)
    SELECT pg_notify(${VISIT_HIT_CHANNEL}, ${OF_RULES}::text || visit_id::text) FROM hit`
}
