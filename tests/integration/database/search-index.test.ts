import type { Database } from '@visavis/prisma'
import { insertSmallWorld } from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

type Plan = { readonly 'QUERY PLAN': string }

describe('the indexes that booking relies on', () => {
  let test: TestDatabase
  let db: Database
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
    await fill()
  })
  afterAll(() => test.drop())

  /** Half a year of visits, most of which are no longer live. */
  const fill = async () => {
    const { facility, inmate, terminal } = await insertSmallWorld(db)
    await db.$executeRaw`
      INSERT INTO visit (visit_id, facility_id, inmate_id, terminal_id, visit_class, booking_state,
        starts_at, ends_at, busy_until, hold_expires_at, place, monitor, is_recorded)
      SELECT gen_random_uuid(), ${facility.facilityId}::uuid, ${inmate.inmateId}::uuid,
        ${terminal.terminalId}::uuid, 'social', state, at, at + interval '30 minutes',
        at + interval '35 minutes', CASE state WHEN 'HELD' THEN at END, 'HOME', 'AV', true
      FROM (
        SELECT '2026-06-01T00:00:00Z'::timestamptz + n * interval '13 minutes' AS at,
          CASE WHEN n % 100 = 0 THEN 'HELD' WHEN n % 10 = 0 THEN 'CONFIRMED' ELSE 'FULFILLED'
          END::booking_state AS state
        FROM generate_series(1, 20000) AS n) made`
    // Plans follow statistics, and reading the index alone needs a visibility map.
    await db.$executeRaw`VACUUM ANALYZE visit`
  }
  const planOf = async (query: string): Promise<string> => {
    const rows = await db.$queryRawUnsafe<Plan[]>(`EXPLAIN ${query}`)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }

  it('count the live visits at a time without touching the table', async () => {
    const { facilityId } = await db.facility.findFirstOrThrow()
    const plan = await planOf(`
      SELECT count(*), count(*) FILTER (WHERE monitor = 'AV'), count(slot_id) FROM visit
      WHERE facility_id = '${facilityId}' AND booking_state IN ('HELD', 'REQUESTED', 'CONFIRMED')
        AND starts_at > '2026-08-01T05:00:00Z' AND starts_at < '2026-08-01T10:00:00Z'
        AND busy_until > '2026-08-01T09:00:00Z'
        AND (booking_state <> 'HELD' OR hold_expires_at > '2026-08-01T09:00:00Z')`)
    expect(plan).toContain('Index Only Scan using visit_by_time')
    expect(plan).not.toContain('Seq Scan')
  })

  it('[BK-2] find the holds that have expired', async () => {
    const plan = await planOf(`
      SELECT visit_id FROM visit
      WHERE booking_state = 'HELD' AND hold_expires_at <= '2026-06-02T00:00:00Z'`)
    expect(plan).toContain('visit_expiring_holds')
    expect(plan).not.toContain('Seq Scan')
  })
})
