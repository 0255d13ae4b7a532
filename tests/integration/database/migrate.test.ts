import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { migrate } from '@visavis/prisma/migrate'
import { createEmptyDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))
const COMMAND = fileURLToPath(new URL('../../../prisma/src/migrate.ts', import.meta.url))
const START = '20261121000000_start'

describe('migrate', () => {
  let test: TestDatabase
  let folder: string
  beforeEach(async () => {
    test = await createEmptyDatabase()
    folder = await mkdtemp(join(tmpdir(), 'visavis-migrations-'))
    await cp(MIGRATIONS, folder, { recursive: true })
  })
  afterEach(async () => {
    await test.drop()
    await rm(folder, { recursive: true })
  })

  const addMigration = async (name: string, sql: string) => {
    await mkdir(join(folder, name))
    await writeFile(join(folder, name, 'migration.sql'), sql)
  }
  const bookkeeping = () => test.db.$queryRaw`
    SELECT migration_name, applied_steps_count, finished_at >= started_at AS "isFinished"
    FROM _prisma_migrations ORDER BY migration_name`

  it('brings an empty database up to date, once, and keeps Prisma’s books', async () => {
    const first = await migrate(test.url)
    expect(first.applied).toContain(START)
    expect(await migrate(test.url)).toEqual({ applied: [], total: first.total })
    expect(await bookkeeping()).toContainEqual({
      migration_name: START,
      applied_steps_count: 1,
      isFinished: true,
    })
  })

  it('does it once also when four run at the same time', async () => {
    const reports = await Promise.all([1, 2, 3, 4].map(() => migrate(test.url)))
    expect(
      reports.flatMap((report) => report.applied).filter((name) => name === START),
    ).toHaveLength(1)
  })

  it('refuses when an applied file was changed, and names it', async () => {
    await migrate(test.url, folder)
    await writeFile(join(folder, START, 'migration.sql'), 'SELECT 1')
    await expect(migrate(test.url, folder)).rejects.toThrow(
      `migration ${START} was changed after it was applied`,
    )
  })

  it('undoes a migration that fails half-way, and names it', async () => {
    const name = '20991231000000_half'
    await addMigration(name, 'CREATE TABLE half (n int); SELECT 1 / 0;')
    await expect(migrate(test.url, folder)).rejects.toThrow(
      `migration ${name} failed and was undone`,
    )
    expect(await test.db.$queryRaw`SELECT to_regclass('half')::text AS half`).toEqual([
      { half: null },
    ])
    await rm(join(folder, name), { recursive: true })
    expect((await migrate(test.url, folder)).applied).toEqual([])
  })

  it('is a command that says what it did, and what is wrong with its address', async () => {
    const run = (url: string) =>
      promisify(execFile)(process.execPath, [COMMAND], { env: { DATABASE_URL: url } })
    expect((await run(test.url)).stdout).toContain(`applied migration ${START}`)
    expect((await run(test.url)).stdout).toContain('database is up to date')
    await expect(run('')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DATABASE_URL must be') as string,
    })
  })
})
