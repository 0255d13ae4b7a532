import { TextsShape } from '@visavis/contract/interventions'
import { Prisma } from '@visavis/prisma'
import type { Tx } from '@visavis/prisma'
import type { InterventionRecord } from './intervention-record.ts'

/** What stands, every warning, and nothing else of a visit's interventions, oldest first. */
export const INTERVENTIONS = {
  where: { OR: [{ endedAt: null }, { kind: 'WARN' }] },
  include: { seen: { orderBy: { seenAt: 'asc' } } },
  orderBy: [{ beganAt: 'asc' }, { interventionId: 'asc' }],
} as const satisfies Prisma.Visit$interventionsArgs

type InterventionRow = Prisma.InterventionGetPayload<typeof INTERVENTIONS>

/** A row as the rules know it. */
export function interventionOfRow(row: InterventionRow): InterventionRecord {
  const { interventionId, kind, beganAt, begunBy, reason, parties, readyTextId, isTyped } = row
  const { toldAt, toldTimes, askedAt, keptAt, endedAt, endedBy } = row
  return {
    ...{ interventionId, kind, beganAt, begunBy, reason, parties, readyTextId, isTyped },
    ...{ toldAt, toldTimes, askedAt, keptAt, endedAt, endedBy },
    texts: TextsShape.nullable().parse(row.texts),
    seen: row.seen.map(({ seatId, seenAt }) => ({ seatId, seenAt })),
  }
}

type Changed = {
  readonly interventions: readonly InterventionRecord[]
}

/** Writes those that are new and what has changed of the others; the visit's version guards them. */
export async function saveInterventions(
  tx: Tx,
  visitId: string,
  { before, after }: { readonly before: Changed; readonly after: Changed },
): Promise<void> {
  const known = new Map(before.interventions.map((one) => [one.interventionId, one]))
  const fresh = after.interventions.filter(({ interventionId }) => !known.has(interventionId))
  if (fresh.length > 0) {
    // As the row has it, whatever the visit really gets: the database holds one to the other (OV-1).
    const { monitor } = await tx.visit.findUniqueOrThrow({
      where: { visitId },
      select: { monitor: true },
    })
    const data = fresh.map((one) => ({ visitId, monitor, ...rowOf(one) }))
    await tx.intervention.createMany({ data })
  }
  for (const one of after.interventions) {
    const old = known.get(one.interventionId)
    if (old && old !== one) await saveChange(tx, old, one)
  }
}

async function saveChange(
  tx: Tx,
  before: InterventionRecord,
  after: InterventionRecord,
): Promise<void> {
  const { interventionId, toldAt, toldTimes, askedAt, keptAt, endedAt, endedBy } = after
  await tx.intervention.update({
    where: { interventionId },
    data: { toldAt, toldTimes, askedAt, keptAt, endedAt, endedBy },
  })
  const fresh = after.seen.slice(before.seen.length)
  if (fresh.length === 0) return
  await tx.warningSeen.createMany({ data: fresh.map((seen) => ({ interventionId, ...seen })) })
}

/** A new one: nobody can have read it yet. */
function rowOf(one: InterventionRecord) {
  const { interventionId, kind, beganAt, begunBy, reason, readyTextId, isTyped } = one
  const { toldAt, toldTimes, endedAt, endedBy } = one
  return {
    ...{ interventionId, kind, beganAt, begunBy, reason, readyTextId, isTyped },
    ...{ toldAt, toldTimes, endedAt, endedBy },
    parties: [...one.parties],
    texts: one.texts ?? Prisma.DbNull,
  }
}
