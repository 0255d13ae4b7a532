import { loadavg, tmpdir } from 'node:os'
import { parseArgs } from 'node:util'
import { createLogger } from '@visavis/platform/log'
import { systemClock } from '@visavis/platform/clock'
import { createDatabase, newId, newToken, tokenHash } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import { createTestDatabase } from '@visavis/prisma/test-database'
import { buildApp } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/config.ts'
import { quantile, readable } from '../support/statistics.ts'
import { aSigningKey } from '../support/signing-key.ts'
import { DESIGN_SIZE, fillDatabase, someSearchers } from './search-data.ts'
import type { Searcher } from './search-data.ts'

/**
 * How long a relative waits for the free places of four weeks, over HTTP, with one facility and with two
 * hundred of them, each with a month of bookings; and that no big table is read from end to end, and the
 * same indexes serve both (docs/benchmarks.md).
 */

const DAY_MS = 86_400_000
const SEARCHERS = 40
const WARM_UP = 300
/**
 * A connection plans a prepared statement for its values five times before it keeps one plan for all: an
 * index that serves fewer of the searches than this is not the plan's.
 */
const RARE_SHARE = 0.05
/** A table of a few pages is read fastest from end to end; that is no fault. */
const BIG_TABLE_ROWS = 300

const { values } = parseArgs({
  options: {
    facilities: { type: 'string', default: '200' },
    searches: { type: 'string', default: '400' },
  },
})
const searches = Number(values.searches)
const scales = [1, Number(values.facilities)]
const [loadBefore = 0] = loadavg()

type Scale = {
  facilities: number
  p50Ms: number
  p95Ms: number
  maxMs: number
  /** Big tables that were read from end to end. */
  seqScans: string[]
  /** Big tables with the indexes by which they were read. */
  indexes: Map<string, string[]>
}

const results: Scale[] = []
for (const facilities of scales) {
  const scale = await measure(facilities)
  results.push(scale)
  console.log(JSON.stringify({ ...scale, indexes: Object.fromEntries(scale.indexes) }))
}
const [small, large] = results
const isSamePlan = hasSamePlan(small, large)
const seqScans = results.reduce((sum, scale) => sum + scale.seqScans.length, 0)
if (!isSamePlan || seqScans > 0) {
  console.error('The plans are not those of an index at both scales; see the lines above.')
  process.exitCode = 1
}
console.log(
  JSON.stringify({
    bench: 'search',
    scales: results.map(({ facilities, p50Ms, p95Ms }) => ({ facilities, p50Ms, p95Ms })),
    seqScans,
    isSamePlan,
    loadBefore: readable(loadBefore),
  }),
)

/** Whether tables that are big at both scales are read by the same indexes at both. */
function hasSamePlan(one: Scale | undefined, other: Scale | undefined): boolean {
  if (!one || !other) return false
  return [...one.indexes].every(([table, names]) => {
    const others = other.indexes.get(table)
    return others === undefined || others.join() === names.join()
  })
}

async function measure(facilities: number): Promise<Scale> {
  const database = await createTestDatabase()
  try {
    const from = tomorrowMidnight()
    const writer = createDatabase(database.url, { statementTimeoutMs: 0, poolSize: 2 })
    await fillDatabase(writer, { facilities, from, tell: console.log })
    await writer.$disconnect()
    const searchers = await someSearchers(database.db, { facilities, count: SEARCHERS })
    return await search(database, { facilities, from, searchers })
  } finally {
    await database.drop()
  }
}

async function search(
  { db, url }: { db: Database; url: string },
  { facilities, from, searchers }: { facilities: number; from: Date; searchers: Searcher[] },
): Promise<Scale> {
  const log = createLogger('bench', 'silent')
  const app = await buildApp(configOf(url), { db, clock: systemClock, log, jobs: 'send-only' })
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const cookies = await Promise.all(searchers.map(({ accountId }) => signIn(db, accountId)))
  const ask = async (at: number): Promise<number> => {
    const searcher = searchers[at % searchers.length]
    if (!searcher) throw new Error('nobody searches')
    const query = new URLSearchParams({
      inmateId: searcher.inmateId,
      visitorIds: searcher.visitorId,
      from: from.toISOString(),
      to: new Date(from.getTime() + DESIGN_SIZE.days * DAY_MS).toISOString(),
    })
    const startedAt = performance.now()
    const headers = { cookie: cookies[at % cookies.length] ?? '' }
    const answer = await fetch(`${origin}/api/places?${query}`, { headers })
    const { places } = (await answer.json()) as { places?: unknown[] }
    if (!places?.length) throw new Error(`no places: ${answer.status}`)
    return performance.now() - startedAt
  }
  try {
    for (let at = 0; at < WARM_UP; at += 1) await ask(at)
    const before = await statistics(db)
    const took: number[] = []
    for (let at = 0; at < searches; at += 1) took.push(await ask(at))
    const after = await statistics(db)
    return { facilities, ...timesOf(took), ...plansOf(before, after) }
  } finally {
    await app.close()
  }
}

function timesOf(took: number[]) {
  return {
    p50Ms: readable(quantile(took, 0.5)),
    p95Ms: readable(quantile(took, 0.95)),
    maxMs: readable(Math.max(...took)),
  }
}

type Count = { table: string; name: string; scans: number }
type Statistics = { tables: Count[]; indexes: Count[] }

async function statistics(db: Database): Promise<Statistics> {
  // PostgreSQL's backends hand their counts in at the end of a second at the latest.
  await db.$executeRaw`SELECT pg_sleep(1.5), pg_stat_clear_snapshot()`
  const tables = await db.$queryRaw<Count[]>`
    SELECT relname AS table, relname AS name, seq_scan::float8 AS scans
    FROM pg_stat_user_tables WHERE n_live_tup > ${BIG_TABLE_ROWS}`
  const indexes = await db.$queryRaw<Count[]>`
    SELECT i.relname AS table, indexrelname AS name, i.idx_scan::float8 AS scans
    FROM pg_stat_user_indexes i JOIN pg_stat_user_tables t USING (relid)
    WHERE t.n_live_tup > ${BIG_TABLE_ROWS} ORDER BY 1, 2`
  return { tables, indexes }
}

function plansOf(before: Statistics, after: Statistics): Pick<Scale, 'seqScans' | 'indexes'> {
  const grown = (then: Count[], now: Count[], by: number) => {
    const known = new Map(then.map(({ name, scans }) => [name, scans]))
    return now.filter(({ name, scans }) => scans > (known.get(name) ?? 0) + by)
  }
  const indexes = new Map<string, string[]>()
  for (const { table, name } of grown(before.indexes, after.indexes, searches * RARE_SHARE)) {
    indexes.set(table, [...(indexes.get(table) ?? []), name])
  }
  return { seqScans: grown(before.tables, after.tables, 0).map(({ name }) => name), indexes }
}

async function signIn(db: Database, accountId: string): Promise<string> {
  const token = newToken()
  const now = new Date()
  await db.authSession.create({
    data: {
      authSessionId: newId(),
      accountId,
      tokenHash: tokenHash(token),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + DAY_MS / 2),
    },
  })
  return `visavis=${token}`
}

function configOf(databaseUrl: string) {
  const secret = 'b'.repeat(64)
  return readConfig({
    DATABASE_URL: databaseUrl,
    CONTROL_SECRET: secret,
    GRANT_SECRET: secret,
    DOCUMENT_KEY: secret,
    KEY_ROOT: secret,
    CERTIFICATE_KEY: aSigningKey(),
    // Nobody is there: a search needs neither.
    MEDIA_NODES: 'http://127.0.0.1:9',
    RECORDERS: 'http://127.0.0.1:9',
    RECORDINGS_DIR: tmpdir(),
    NODE_ENV: 'test',
  })
}

function tomorrowMidnight(): Date {
  return new Date(Math.ceil(Date.now() / DAY_MS) * DAY_MS)
}
