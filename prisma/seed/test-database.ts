import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Fault } from '@visavis/contract/errors'
import { Client, escapeIdentifier } from 'pg'
import { createDatabase, type Database } from '../src/database.ts'
import { newId } from '../src/ids.ts'
import { migrate } from '../src/migrate.ts'
import { readMigrationFiles } from '../src/migrations/migration-files.ts'

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url))

/** Guards the making of the template, and its copying, against other test processes; any number will do. */
const TEMPLATE_LOCK = 5_441_101

/** Enough for tests that race; a PostgreSQL with 100 connections still serves several files at once. */
const TEST_POOL_SIZE = 16

/** A database of a test file's own. */
export type TestDatabase = {
  readonly url: string
  /** For a role of its own that the server may run in; set-up makes it, `drop` removes it. */
  readonly appUrl: string
  readonly db: Database
  /** Closes `db` and removes the database; again is harmless. */
  readonly drop: () => Promise<void>
}

/**
 * A freshly migrated database beside the one that TEST_DATABASE_URL names. It is copied from a template
 * that is made once per state of the migrations, which takes a tenth of the time of migrating.
 */
export function createTestDatabase(adminUrl = testDatabaseUrl()): Promise<TestDatabase> {
  return createFrom(adminUrl, (admin) => prepareTemplate(admin, adminUrl))
}

/** A database with nothing in it, for tests of the way there. */
export function createEmptyDatabase(adminUrl = testDatabaseUrl()): Promise<TestDatabase> {
  return createFrom(adminUrl, () => Promise.resolve('template0'))
}

async function createFrom(
  adminUrl: string,
  chooseTemplate: (admin: Client) => Promise<string>,
): Promise<TestDatabase> {
  const name = `visavis_test_${newId().replaceAll('-', '')}`
  await asAdmin(adminUrl, async (admin) => {
    const template = escapeIdentifier(await chooseTemplate(admin))
    await admin.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${template}`)
  })
  const url = urlOf(adminUrl, name)
  const db = createDatabase(url, { applicationName: 'visavis-test', poolSize: TEST_POOL_SIZE })
  const role = `${name}_app`
  const drop = async (): Promise<void> => {
    await db.$disconnect()
    await asAdmin(adminUrl, async (admin) => {
      await dropDatabase(admin, name)
      await admin.query(`DROP ROLE IF EXISTS ${escapeIdentifier(role)}`)
    })
  }
  return { url, appUrl: asRole(url, role), db, drop }
}

function testDatabaseUrl(): string {
  const url = process.env['TEST_DATABASE_URL']
  if (url) return url
  throw new Fault(
    'TEST_DATABASE_URL is not set\n  `npm test` sets it; for a single file give the address of any PostgreSQL.',
  )
}

async function prepareTemplate(admin: Client, adminUrl: string): Promise<string> {
  const template = `visavis_template_${await migrationsDigest()}`
  const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
  if (found.rowCount) return template
  // Built under another name: a run that dies half-way must not leave something that looks ready.
  const building = `${template}_building`
  await dropDatabase(admin, building)
  await admin.query(`CREATE DATABASE ${escapeIdentifier(building)}`)
  await migrate(urlOf(adminUrl, building))
  await admin.query(
    `ALTER DATABASE ${escapeIdentifier(building)} RENAME TO ${escapeIdentifier(template)}`,
  )
  return template
}

async function migrationsDigest(): Promise<string> {
  const files = await readMigrationFiles(MIGRATIONS_FOLDER)
  const digest = createHash('sha256').update(files.map((file) => file.checksum).join())
  return digest.digest('hex').slice(0, 12)
}

async function dropDatabase(admin: Client, name: string): Promise<void> {
  await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`)
}

async function asAdmin<T>(adminUrl: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK])
    return await work(admin)
  } finally {
    await admin.end()
  }
}

function asRole(url: string, role: string): string {
  const own = new URL(url)
  own.username = role
  own.password = newId()
  return own.href
}

function urlOf(adminUrl: string, name: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}
