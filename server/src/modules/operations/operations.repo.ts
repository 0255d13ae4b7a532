import type { Database } from '@visavis/prisma'
import type { MailFacts, QueueFacts } from './state-rules.ts'

/** What the database tells of the service, without anything of a person. */
export type OperationsRepo = ReturnType<typeof createOperationsRepo>

type Lag = { readonly lateMs: number; readonly shipLateMs: number }
type Count = { readonly state: string; readonly count: number }

/** Reads by the indexes that are there; each takes a few milliseconds, however old the service is. */
export function createOperationsRepo(db: Database) {
  return {
    /** The database's own clock. */
    clock: async (): Promise<Date> => {
      const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
      return row?.now ?? new Date(0)
    },
    /** Jobs by queue: those whose time has come, those being done, those of a day that gave up. */
    queues: () => db.$queryRaw<QueueFacts[]>`
      SELECT name AS queue,
        count(*) FILTER (WHERE state IN ('created', 'retry') AND start_after <= now())::int AS waiting,
        count(*) FILTER (WHERE state = 'active')::int AS active,
        count(*) FILTER (WHERE state = 'failed')::int AS failed,
        coalesce(extract(epoch FROM now() - min(start_after)
          FILTER (WHERE state IN ('created', 'retry') AND start_after <= now())) * 1000, 0)::float8 AS "oldestMs"
      FROM pgboss.job WHERE state IN ('created', 'retry', 'active', 'failed') GROUP BY name`,
    /** Notices by mail and message that are due, and those of a day that did not get through. */
    notices: async (): Promise<MailFacts> => {
      const [row] = await db.$queryRaw<MailFacts[]>`
        SELECT count(*) FILTER (WHERE state = 'QUEUED')::int AS waiting,
          coalesce(extract(epoch FROM now() - min(due_at) FILTER (WHERE state = 'QUEUED')) * 1000, 0)::float8
            AS "oldestMs",
          count(*) FILTER (WHERE state = 'FAILED')::int AS "failedLately"
        FROM notice WHERE channel <> 'TERMINAL' AND due_at <= now() AND (state = 'QUEUED'
          OR state = 'FAILED' AND due_at > now() - interval '1 day')`
      return row ?? { waiting: 0, oldestMs: 0, failedLately: 0 }
    },
    /** Visits under way, by the state of their session. */
    visits: () => db.$queryRaw<Count[]>`
      SELECT state::text AS state, count(*)::int AS count FROM visit_session
      WHERE state NOT IN ('SCHEDULED', 'ENDED') GROUP BY state`,
    auditLag: () => auditLagIn(db),
    /** Whether any recording's key was ever made, so that a folder of keys must be there. */
    hasKeys: async (): Promise<boolean> =>
      (await db.keyMonth.findFirst({ select: { month: true } })) !== null,
  }
}

/** How old the oldest audit entry is that no signed, and no shipped, checkpoint covers. */
async function auditLagIn(db: Database): Promise<Lag> {
  const [row] = await db.$queryRaw<Lag[]>`
    WITH RECURSIVE logs AS (
      (SELECT log FROM audit_entry ORDER BY log LIMIT 1)
      UNION ALL
      SELECT (SELECT e.log FROM audit_entry e WHERE e.log > logs.log ORDER BY e.log LIMIT 1)
      FROM logs WHERE logs.log IS NOT NULL
    ), sizes AS (
      SELECT log,
        coalesce((SELECT max(size) FROM audit_checkpoint c WHERE c.log = logs.log), 0) AS signed,
        coalesce((SELECT max(size) FROM audit_shipment s WHERE s.log = logs.log), 0) AS shipped
      FROM logs WHERE log IS NOT NULL
    ), oldest AS (
      SELECT
        (SELECT ts FROM audit_entry e WHERE e.log = sizes.log AND seq > signed ORDER BY seq LIMIT 1) AS unsigned,
        (SELECT ts FROM audit_entry e WHERE e.log = sizes.log AND seq > shipped ORDER BY seq LIMIT 1) AS unshipped
      FROM sizes
    )
    SELECT coalesce(max(extract(epoch FROM now() - unsigned) * 1000), 0)::float8 AS "lateMs",
      coalesce(max(extract(epoch FROM now() - unshipped) * 1000), 0)::float8 AS "shipLateMs" FROM oldest`
  return row ?? { lateMs: 0, shipLateMs: 0 }
}
