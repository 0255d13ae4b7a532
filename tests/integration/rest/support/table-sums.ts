import type { Database } from '@visavis/prisma'

/** What each table holds, as one value. */
export type TableSums = ReadonlyMap<string, string>

/** What a look alone may touch: when a sign-in was heard last. */
const LOOKED_AT: Readonly<Record<string, string>> = { auth_session: "- 'last_seen_at'" }

/** A value for every table of ours, the jobs' too: another content, another value. */
export async function tableSums(db: Database): Promise<TableSums> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name
    FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema = 'public' AND table_name <> '_prisma_migrations'
    ORDER BY 1`
  const sums = tables.map(({ name }) => {
    const row = `to_jsonb(t) ${LOOKED_AT[name.replace('public.', '')] ?? ''}`
    return `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg((${row})::text, '' ORDER BY (${row})::text)), '') AS sum FROM ${name} t`
  })
  const jobs = `SELECT 'jobs' AS name, count(*)::text AS sum FROM pgboss.job`
  const rows = await db.$queryRawUnsafe<{ name: string; sum: string }[]>(
    [...sums, jobs].join(' UNION ALL '),
  )
  return new Map(rows.map(({ name, sum }) => [name, sum]))
}

/** The tables that hold something else than before. */
export function changedTables(before: TableSums, after: TableSums): string[] {
  return [...after].flatMap(([name, sum]) => (before.get(name) === sum ? [] : [name]))
}
