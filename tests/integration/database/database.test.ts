import { createDatabase, waitForDatabase } from '@visavis/prisma'
import { insertEstate, insertSmallWorld } from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const SHORT_WAIT_MS = 100

describe('createDatabase', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.drop())

  it('[BK-6] reads and writes instants alike whatever zone the database is set to', async () => {
    const name = new URL(test.url).pathname.slice(1)
    await test.db.$executeRawUnsafe(`ALTER DATABASE "${name}" SET TimeZone = 'Asia/Krasnoyarsk'`)
    const db = createDatabase(test.url)
    const createdAt = new Date('2026-07-01T12:34:56.789Z')
    const { estateId } = await insertEstate(db, { createdAt })
    expect((await db.estate.findUniqueOrThrow({ where: { estateId } })).createdAt).toEqual(
      createdAt,
    )
    const [row] = await db.$queryRaw<{ epoch: number }[]>`
      SELECT extract(epoch FROM created_at)::float8 AS epoch FROM estate
      WHERE estate_id = ${estateId}::uuid`
    expect((row?.epoch ?? 0) * 1000).toBe(createdAt.getTime())
    await db.$disconnect()
  })

  it('loads several relations within a transaction without a warning of the driver', async () => {
    const warnings: Error[] = []
    const listen = (warning: Error) => warnings.push(warning)
    process.on('warning', listen)
    const { facility } = await insertSmallWorld(test.db)
    const { facilityId } = facility
    const include = { terminals: true, inmates: true, monitorSeats: true, officers: true }
    const found = await test.db.$transaction((tx) =>
      tx.facility.findUniqueOrThrow({ where: { facilityId }, include }),
    )
    // Warnings are emitted on the next tick.
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', listen)
    expect(found.terminals).toHaveLength(1)
    expect(warnings.map((warning) => warning.message)).toEqual([])
  })

  it('gives up a statement that takes too long', async () => {
    const db = createDatabase(test.url, { statementTimeoutMs: SHORT_WAIT_MS })
    await expect(db.$queryRaw`SELECT pg_sleep(5)::text`).rejects.toThrow(/statement timeout/)
    await db.$disconnect()
  })
})

describe('waitForDatabase', () => {
  it('returns once the database answers', async () => {
    const test = await createTestDatabase()
    await waitForDatabase(test.url)
    await test.drop()
  })

  it('says where it looked in vain, and keeps the password to itself', async () => {
    const url = 'postgresql://somebody:secret@127.0.0.1:1/nowhere'
    const failure = await waitForDatabase(url, SHORT_WAIT_MS).then(() => null, String)
    expect(failure).toMatch(/no PostgreSQL at 127\.0\.0\.1:1\/nowhere \(.*ECONNREFUSED/)
    expect(failure).not.toContain('secret')
  })
})
