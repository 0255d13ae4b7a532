import type { Database } from '@visavis/prisma'

/** Every table's rows as text, as `pg_dump` would have them: those of the queues, too. */
export async function dumpOf(db: Database): Promise<string> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`
  const parts: string[] = []
  for (const { name } of tables) {
    const rows = await db.$queryRawUnsafe<{ line: string }[]>(
      `SELECT t::text AS line FROM ${name} AS t`,
    )
    parts.push(`-- ${name}`, ...rows.map(({ line }) => line))
  }
  // An entry of the audit log is bytes: they are read as what they say.
  const entries = await db.auditEntry.findMany({ select: { bytes: true } })
  parts.push(...entries.map(({ bytes }) => Buffer.from(bytes).toString('utf8')))
  return parts.join('\n')
}

/** Which of the values stand in the dump, written however: with or without spaces, in whatever case. */
export function foundIn(dump: string, values: readonly string[]): string[] {
  const texts = [dump, dump.replaceAll(/[ ()-]/g, '')].map((text) => text.toLowerCase())
  return values.filter((value) =>
    [value, value.replaceAll(/[ ()]/g, '')].some((form) =>
      texts.some((text) => text.includes(form.toLowerCase())),
    ),
  )
}

/** The sealed values in a dump. */
export function sealedIn(dump: string): string[] {
  return dump.match(/s1\.[0-9a-f]{32}\.[A-Za-z0-9_-]{38,}/g) ?? []
}
