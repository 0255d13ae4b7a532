import { systemClock } from '@visavis/platform/clock'
import type { Tx } from '@visavis/prisma'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { placesRepo } from '../../../server/src/modules/booking/places.repo.ts'
import { findPlaces } from '../../../server/src/modules/booking/places.service.ts'
import { createPolicy } from '../../../server/src/modules/policy/index.ts'
import { fillDatabase, someSearchers } from '../../bench/search-data.ts'

const DAY_MS = 86_400_000
/** Enough facilities that one of them is a small part of each table. */
const FACILITIES = 12
const SIZE = { inmates: 40, visitors: 80, days: 14, booked: 4 }
const BIG = [
  ...['blackout', 'inmate', 'monitor_seat', 'relationship', 'resource_claim', 'slot', 'terminal'],
  ...['visit', 'waiting_entry'],
]

describe('the search for free places', () => {
  let test: TestDatabase
  const from = new Date(Math.ceil(Date.now() / DAY_MS) * DAY_MS)
  beforeAll(async () => {
    test = await createTestDatabase()
    await fillDatabase(test.db, { facilities: FACILITIES, from, size: SIZE })
  })
  afterAll(() => test.drop())

  const scans = async (tx: Tx, kind: 'seq_scan' | 'idx_scan') => {
    const rows = await tx.$queryRawUnsafe<{ table: string; scans: number }[]>(
      `SELECT relname AS table, ${kind}::float8 AS scans FROM pg_stat_xact_user_tables`,
    )
    return new Map(rows.map(({ table, scans: count }) => [table, count]))
  }
  /** The big tables that are scanned in this way while it searches, and how many places it finds. */
  const search = (kind: 'seq_scan' | 'idx_scan') =>
    test.db.$transaction(async (tx) => {
      const [searcher] = await someSearchers(test.db, { facilities: 1, count: 1, size: SIZE })
      if (!searcher) throw new Error('nobody searches')
      const to = new Date(from.getTime() + SIZE.days * DAY_MS)
      const ask = { ...searcher, visitorIds: [searcher.visitorId], from, to, isByStaff: false }
      const deps = { repo: placesRepo, policy: createPolicy(test.db), clock: systemClock }
      const before = await scans(tx, kind)
      const found = await findPlaces(
        tx,
        { ...ask, visitClass: 'social', place: 'HOME' as const },
        deps,
      )
      const after = await scans(tx, kind)
      const grown = BIG.filter((table) => (after.get(table) ?? 0) > (before.get(table) ?? 0))
      return { grown, places: found.places.length }
    })

  it('[BK-8] reads no big table from end to end', async () => {
    const { grown, places } = await search('seq_scan')
    expect(places).toBeGreaterThan(0)
    expect(grown).toEqual([])
  })

  it('[BK-8] reads all of them by an index', async () => {
    const { grown } = await search('idx_scan')
    expect(grown).toEqual(BIG)
  })
})
