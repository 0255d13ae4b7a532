import type { Database } from '@visavis/prisma'

type Definition = { readonly table: string; readonly name: string; readonly definition: string }

/**
 * Runs `fill` while these tables have no index and no constraint that needs one, and builds both when all
 * rows are there: for millions of rows that takes a tenth of the time. What is only checked and never read
 * is left out of it: foreign keys from and to the tables come back without a look at the rows, and of an
 * exclusion constraint its index comes back. For a fresh database of a bench.
 */
export async function withoutIndexes(
  db: Database,
  tables: readonly string[],
  fill: () => Promise<void>,
): Promise<void> {
  const constraints = await constraintsOf(db, tables)
  // Those that others need come back first, and go last.
  for (const { table, name } of constraints.toReversed()) {
    await db.$executeRawUnsafe(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`)
  }
  const indexes = await indexesOf(db, tables)
  for (const { name } of indexes) await db.$executeRawUnsafe(`DROP INDEX ${name}`)
  await fill()
  for (const { definition } of [...constraints, ...indexes]) await build(db, definition)
}

/** With the statement that brings each back; foreign keys last. */
function constraintsOf(db: Database, tables: readonly string[]): Promise<Definition[]> {
  return db.$queryRaw<Definition[]>`
    SELECT conrelid::regclass::text AS table, conname::text AS name, CASE contype
        WHEN 'x' THEN pg_get_indexdef(conindid)
        ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
          pg_get_constraintdef(oid) || CASE contype WHEN 'f' THEN ' NOT VALID' ELSE '' END)
      END AS definition
    FROM pg_constraint
    WHERE contype IN ('p', 'u', 'x', 'f')
      AND (conrelid = ANY(${[...tables]}::regclass[]) OR confrelid = ANY(${[...tables]}::regclass[]))
    ORDER BY contype = 'f', conname`
}

/** What is left when the constraints are gone. */
function indexesOf(db: Database, tables: readonly string[]): Promise<Definition[]> {
  return db.$queryRaw<Definition[]>`
    SELECT indrelid::regclass::text AS table, indexrelid::regclass::text AS name,
      pg_get_indexdef(indexrelid) AS definition
    FROM pg_index WHERE indrelid = ANY(${[...tables]}::regclass[]) ORDER BY 2`
}

const BUILD_TIMEOUT_MS = 3_600_000

async function build(db: Database, statement: string): Promise<void> {
  const work = async (tx: Pick<Database, '$executeRawUnsafe'>) => {
    await tx.$executeRawUnsafe("SET LOCAL maintenance_work_mem = '1GB'")
    await tx.$executeRawUnsafe(statement)
  }
  await db.$transaction(work, { timeout: BUILD_TIMEOUT_MS })
}
