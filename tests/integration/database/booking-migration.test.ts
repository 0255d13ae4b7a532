import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newId } from '@visavis/prisma'
import { migrate } from '@visavis/prisma/migrate'
import { BUILT_SECRET_HASH } from '@visavis/prisma/seed'
import { createEmptyDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))
const BEFORE = ['20261121000000_start', '20261121000100_arrival_and_epochs']

const [estateId, operatorId, facilityId] = [newId(), newId(), newId()]
const [inmateId, terminalId, visitorId] = [newId(), newId(), newId()]
const [claimed, unclaimed, held] = [newId(), newId(), newId()]
const START = '2026-11-21T10:00:00Z'

/** A small world as it was stored before there was booking. */
const ROWS = [
  `INSERT INTO estate VALUES ('${estateId}', 'Estate')`,
  `INSERT INTO operator VALUES ('${operatorId}', '${estateId}', 'Operator')`,
  `INSERT INTO facility VALUES
    ('${facilityId}', '${estateId}', '${operatorId}', 'Facility', 'Europe/Moscow', '{}')`,
  `INSERT INTO terminal (terminal_id, facility_id, name, wing)
    VALUES ('${terminalId}', '${facilityId}', 'Terminal', 'A')`,
  `INSERT INTO inmate
    (inmate_id, facility_id, inmate_number, given_name, family_name, birth_date, language)
    VALUES ('${inmateId}', '${facilityId}', 'N-1', 'Ivan', 'Inmate', '1985-04-12', 'en')`,
  `INSERT INTO visitor VALUES
    ('${visitorId}', 'Vera', 'Visitor', '1985-04-12', 'vera@example.org', 'en', 'UTC'),
    ('${newId()}', 'Nina', 'Stranger', '1985-04-12', 'nina@example.org', 'en', 'UTC')`,
  `INSERT INTO relationship VALUES
    ('${newId()}', '${visitorId}', '${inmateId}', 'SIBLING', 'APPROVED', '${START}', '${START}')`,
  `INSERT INTO account (account_id, login, password_hash, role, facility_id, language) VALUES
    ('${newId()}', 'whole@example.org', '${BUILT_SECRET_HASH}', 'auditor', NULL, 'en'),
    ('${newId()}', 'one@example.org', '${BUILT_SECRET_HASH}', 'auditor', '${facilityId}', 'en')`,
  ...[claimed, unclaimed, held].map(
    (visitId) => `INSERT INTO visit
      (visit_id, facility_id, inmate_id, terminal_id, visit_class, booking_state, starts_at, ends_at,
        place, monitor, is_recorded)
      VALUES ('${visitId}', '${facilityId}', '${inmateId}', '${terminalId}', 'social',
        '${visitId === held ? 'HELD' : 'CONFIRMED'}', '${START}', '2026-11-21T10:30:00Z', 'HOME', 'AV', true)`,
  ),
  `INSERT INTO resource_claim (claim_id, visit_id, kind, resource_id, starts_at, ends_at, state)
    VALUES ('${newId()}', '${claimed}', 'TERMINAL', '${terminalId}', '${START}',
      '2026-11-21T10:42:00Z', 'BOOKED')`,
]

describe('what was stored before there was booking', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createEmptyDatabase()
    const folder = await mkdtemp(join(tmpdir(), 'visavis-migrations-'))
    for (const name of BEFORE) {
      await cp(join(MIGRATIONS, name), join(folder, name), { recursive: true })
    }
    await migrate(test.url, folder)
    await rm(folder, { recursive: true })
    for (const row of ROWS) await test.db.$executeRawUnsafe(row)
    await migrate(test.url)
  })
  afterAll(() => test.drop())

  const visit = (visitId: string) => test.db.visit.findUniqueOrThrow({ where: { visitId } })

  it('[BK-1] visits keep their terminal as long as they claimed it, or five minutes', async () => {
    expect((await visit(claimed)).busyUntil).toEqual(new Date('2026-11-21T10:42:00Z'))
    expect((await visit(unclaimed)).busyUntil).toEqual(new Date('2026-11-21T10:35:00Z'))
    expect(await visit(unclaimed)).toMatchObject({
      bookingState: 'CONFIRMED',
      bookingMode: 'INSTANT',
      paidBy: 'NOTHING',
      slotId: null,
      holdExpiresAt: null,
    })
  })

  it('[BK-2] a hold is one that has expired', async () => {
    const { holdExpiresAt, createdAt } = await visit(held)
    expect(holdExpiresAt).toEqual(createdAt)
  })

  it('[TR-3] an auditor without a facility is the estate’s', async () => {
    const accounts = await test.db.account.findMany({ orderBy: { login: 'asc' } })
    expect(accounts.map((account) => [account.facilityId, account.estateId])).toEqual([
      [facilityId, null],
      [null, estateId],
    ])
  })

  it('[EL-1] who was approved by a facility counts as seen, and nobody else', async () => {
    const visitors = await test.db.visitor.findMany({ orderBy: { givenName: 'asc' } })
    expect(visitors.map(({ givenName, verification }) => [givenName, verification])).toEqual([
      ['Nina', 'MISSING'],
      ['Vera', 'VERIFIED'],
    ])
  })
})
