import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Fault } from '@visavis/contract/errors'
import { Client } from 'pg'
import { grantAppRole } from './app-role.ts'
import { runCommand } from './command-line.ts'
import { readDatabaseConfig } from './config.ts'
import { type MigrationFile, readMigrationFiles } from './migrations/migration-files.ts'
import { type AppliedMigration, planMigrations } from './migrations/migration-plan.ts'

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url))

/** The advisory lock that Prisma's own `migrate deploy` takes, so that the two never run at once. */
const PRISMA_MIGRATE_LOCK = 72_707_369

/** Prisma's own table, column for column: `migrate deploy` reads it where that engine exists. */
const CREATE_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`

/** What a run of {@link migrate} did. */
export type MigrationReport = { readonly applied: readonly string[]; readonly total: number }

/**
 * Brings the database at `url` up to the newest migration in `folder`. Two runs at once are safe: the
 * second waits, then finds nothing to do. Each migration is one transaction, so a failing one leaves
 * the database as it was. Throws a Fault that names the migration and the cure.
 */
export async function migrate(url: string, folder = MIGRATIONS_FOLDER): Promise<MigrationReport> {
  const files = await readMigrationFiles(folder)
  const client = new Client({ connectionString: url, application_name: 'visavis-migrate' })
  // A connection that breaks rejects the query in flight; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_MIGRATE_LOCK])
    await client.query(CREATE_TABLE)
    const pending = planMigrations(files, await readApplied(client))
    for (const file of pending) await apply(client, file)
    return { applied: pending.map((file) => file.name), total: files.length }
  } finally {
    // Ending the session gives the lock back.
    await client.end()
  }
}

async function readApplied(client: Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(`
    SELECT migration_name AS "name", checksum, finished_at IS NOT NULL AS "isFinished"
    FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`)
  return rows
}

async function apply(client: Client, file: MigrationFile): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query(file.sql)
    await client.query(
      `INSERT INTO _prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), file.checksum, file.name],
    )
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined)
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Fault(`migration ${file.name} failed and was undone: ${why}`, { cause })
  }
}

if (import.meta.main) {
  await runCommand(async () => {
    const { databaseUrl, appDatabaseUrl } = readDatabaseConfig(process.env)
    const { applied, total } = await migrate(databaseUrl)
    if (appDatabaseUrl !== null) await grantAppRole(databaseUrl, appDatabaseUrl)
    const lines = applied.map((name) => `applied migration ${name}\n`)
    process.stdout.write(lines.join('') || `database is up to date (${total} migrations)\n`)
  })
}
