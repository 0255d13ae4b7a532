import type { AdviceJudgement, AdviceKind } from '@visavis/contract/advice'
import type { MonitorMode } from '@visavis/contract/media-policy'
import type { Database, Tx } from '@visavis/prisma'
import type { AdviceRecord } from './advice-rules.ts'

/** Advice of a day, as counted. */
export type CountedAdvice = {
  /** `YYYY-MM-DD`, by the facility's own clock. */
  readonly day: string
  readonly kind: AdviceKind
  readonly told: number
  readonly right: number
  readonly false: number
}

type SaidOfAdvice = {
  readonly visitId: string
  readonly adviceId: string
  readonly judgement: AdviceJudgement
  /** An account. */
  readonly judgedBy: string
}

type Counted = { readonly facilityId: string; readonly from: string; readonly to: string }

/** Rows of advice. */
export type AdviceRepo = ReturnType<typeof createAdviceRepo>

export function createAdviceRepo(db: Database) {
  return {
    async begin(
      { visitId, monitor }: { visitId: string; monitor: MonitorMode },
      begun: readonly AdviceRecord[],
    ): Promise<void> {
      if (begun.length === 0) return
      const data = begun.map(({ since, ...advice }) => ({
        ...advice,
        visitId,
        monitor,
        beganAt: since,
      }))
      await db.advice.createMany({ data })
    },
    async end(adviceIds: readonly string[], endedAt: Date): Promise<void> {
      if (adviceIds.length === 0) return
      await db.$executeRaw`
        UPDATE advice SET ended_at = GREATEST(began_at, ${endedAt}::timestamptz)
        WHERE advice_id = ANY (${[...adviceIds]}::uuid[]) AND ended_at IS NULL`
    },
    /** Says what an officer makes of it; null: the visit has no such advice. Answers whose seat it is about. */
    async judge(
      tx: Tx,
      { visitId, adviceId, ...said }: SaidOfAdvice,
    ): Promise<{ readonly seatId: string; readonly kind: AdviceKind } | null> {
      const where = { adviceId, visitId }
      const { count } = await tx.advice.updateMany({ where, data: said })
      if (count === 0) return null
      return tx.advice.findUnique({ where: { adviceId }, select: { seatId: true, kind: true } })
    },
    /** What stands, by visit; what an ended visit left open is ended with it. */
    takeUp: () => takeUp(db),
    counted: (given: Counted) => countedOf(db, given),
  }
}

async function takeUp(db: Database): Promise<ReadonlyMap<string, readonly AdviceRecord[]>> {
  await db.$executeRaw`
    UPDATE advice a SET ended_at = GREATEST(a.began_at, s.ended_at) FROM visit_session s
    WHERE s.visit_id = a.visit_id AND s.ended_at IS NOT NULL AND a.ended_at IS NULL`
  const rows = await db.advice.findMany({
    where: { endedAt: null },
    orderBy: [{ beganAt: 'asc' }, { adviceId: 'asc' }],
    select: {
      ...{ visitId: true, adviceId: true, seatId: true, kind: true, confidence: true },
      ...{ beganAt: true, judgement: true },
    },
  })
  const standing = new Map<string, AdviceRecord[]>()
  for (const { visitId, beganAt, ...advice } of rows) {
    const known = standing.get(visitId) ?? []
    standing.set(visitId, [...known, { ...advice, since: beganAt }])
  }
  return standing
}

/** By the facility's own days; an index by visit leads from its visits of those days to their advice. */
async function countedOf(db: Database, { facilityId, from, to }: Counted) {
  return db.$queryRaw<CountedAdvice[]>`
    SELECT to_char(a.began_at AT TIME ZONE f.time_zone, 'YYYY-MM-DD') AS day, a.kind::text AS kind,
      count(*)::int AS told,
      count(*) FILTER (WHERE a.judgement = 'RIGHT')::int AS right,
      count(*) FILTER (WHERE a.judgement = 'FALSE')::int AS false
    FROM facility f
    JOIN visit v ON v.facility_id = f.facility_id
    JOIN advice a ON a.visit_id = v.visit_id
    WHERE f.facility_id = ${facilityId}::uuid
      AND a.began_at >= (${from}::date)::timestamp AT TIME ZONE f.time_zone
      AND a.began_at < (${to}::date + 1)::timestamp AT TIME ZONE f.time_zone
    GROUP BY 1, 2 ORDER BY 1, 2`
}
