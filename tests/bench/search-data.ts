import type { Database } from '@visavis/prisma'
import { DEFAULT_FACILITY_POLICY } from '@visavis/prisma'
import * as seed from '@visavis/prisma/seed'

/** What one facility of the search bench has (docs/benchmarks.md): the numbers that we design for. */
export const TERMINALS = 40
export const INMATES = 2_000
export const VISITORS = 12_000
export const DAYS = 28
/** Sessions a day, and visits booked in each of them: 392 visits a day. */
const SESSIONS = 14
const BOOKED = 28
const FIRST_HOUR_UTC = 6
const SESSION_EVERY_MINUTES = 40

/** The id of the n-th thing of a kind; the same in SQL and here, so that rows find each other. */
const ID_FUNCTION = `
  CREATE FUNCTION bench_id(kind text, facility int, n bigint) RETURNS uuid
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT overlay(overlay(md5(kind || facility || '/' || n) placing '4' from 13) placing '8' from 17)::uuid
  $$`

export type Searcher = {
  readonly accountId: string
  readonly inmateId: string
  readonly visitorId: string
}

/**
 * Fills a fresh database (by a connection without a time limit) with so many facilities and a month of bookings each, in bulk: triggers and
 * foreign keys are left out while it is written, the exclusion constraint is put back afterwards (and so
 * checks every claim). Seats and sessions, which the search never reads, are left out.
 */
export async function fillDatabase(
  db: Database,
  { facilities, from }: { facilities: number; from: Date },
): Promise<void> {
  await db.$executeRawUnsafe(ID_FUNCTION)
  const { estateId } = await seed.insertEstate(db)
  const { operatorId } = await seed.insertOperator(db, { estateId })
  await db.$executeRawUnsafe('ALTER TABLE resource_claim DROP CONSTRAINT resource_claim_no_overlap')
  for (let at = 0; at < facilities; at += 1) {
    await fillFacility(db, { at, estateId, operatorId, from })
    if (at % 20 === 19) console.log(`${at + 1} of ${facilities} facilities written`)
  }
  console.log('putting the exclusion constraint back …')
  await db.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL maintenance_work_mem = '1GB'")
      await tx.$executeRawUnsafe(`
        ALTER TABLE resource_claim ADD CONSTRAINT resource_claim_no_overlap
        EXCLUDE USING gist (kind WITH =, resource_id WITH =, during WITH &&)
        WHERE (state IN ('HELD', 'BOOKED'))`)
    },
    { timeout: 3_600_000 },
  )
  await vacuum(db)
}

/** As autovacuum leaves a database that has been in use for a while. */
async function vacuum(db: Database): Promise<void> {
  for (const table of ['visit', 'resource_claim', 'slot', 'relationship', 'visitor', 'inmate']) {
    await db.$executeRawUnsafe(`VACUUM ANALYZE ${table}`)
  }
  await db.$executeRawUnsafe('ANALYZE')
}

type Facility = { at: number; estateId: string; operatorId: string; from: Date }

async function fillFacility(db: Database, { at, estateId, operatorId, from }: Facility) {
  const [row] = await db.$queryRaw<
    { id: string }[]
  >`SELECT bench_id('f', ${at}::int, 0)::text AS id`
  const facilityId = row?.id ?? ''
  await seed.insertFacility(db, {
    facilityId,
    estateId,
    operatorId,
    name: `Facility ${at}`,
    timeZone: 'Europe/Berlin',
    policy: { ...DEFAULT_FACILITY_POLICY, quota: { visits: null, period: 'MONTH' } },
  })
  const { templateId } = await seed.insertTemplate(db, { facilityId, capacity: TERMINALS })
  await db.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica')
      for (const statement of rowsOf(at, { facilityId, templateId, from })) {
        await tx.$executeRawUnsafe(statement)
      }
    },
    { timeout: 600_000 },
  )
}

/** The rows of one facility, one statement a table. Everything in them is ours: nothing is quoted. */
function rowsOf(
  at: number,
  given: { facilityId: string; templateId: string; from: Date },
): string[] {
  const { facilityId, templateId } = given
  const start = given.from.toISOString()
  const count = DAYS * SESSIONS
  const slotStart = (n: string) =>
    `'${start}'::timestamptz + (${n} / ${SESSIONS}) * interval '1 day'
      + interval '${FIRST_HOUR_UTC} hours' + (${n} % ${SESSIONS}) * interval '${SESSION_EVERY_MINUTES} minutes'`
  const half = `interval '30 minutes'`
  const visits = `generate_series(0, ${count - 1}) AS s, generate_series(0, ${BOOKED - 1}) AS k`
  const n = `(s * ${BOOKED} + k)`
  const claim = (kind: string, id: string, end: string) => `
    INSERT INTO resource_claim (claim_id, visit_id, kind, resource_id, starts_at, ends_at, state)
    SELECT bench_id('c${kind}', ${at}, ${n}), bench_id('v', ${at}, ${n}), '${kind}', ${id},
      ${slotStart('s')}, ${slotStart('s')} + ${end}, 'BOOKED' FROM ${visits}`
  return [
    `INSERT INTO terminal (terminal_id, facility_id, name, wing)
      SELECT bench_id('t', ${at}, g), '${facilityId}', 'T' || g, 'A' FROM generate_series(0, ${TERMINALS - 1}) g`,
    `INSERT INTO monitor_seat (monitor_seat_id, facility_id, number)
      SELECT bench_id('m', ${at}, g), '${facilityId}', g + 1 FROM generate_series(0, ${TERMINALS - 1}) g`,
    `INSERT INTO inmate (inmate_id, facility_id, inmate_number, given_name, family_name, birth_date, language)
      SELECT bench_id('i', ${at}, g), '${facilityId}', 'N-' || g, 'Ivan', 'Inmate ' || g, '1985-04-12', 'en'
      FROM generate_series(0, ${INMATES - 1}) g`,
    `INSERT INTO visitor (visitor_id, given_name, family_name, birth_date, email, language, time_zone, verification, verified_at)
      SELECT bench_id('p', ${at}, g), 'Vera', 'Visitor ' || g, '1985-04-12', 'v' || g || '.${at}@example.org',
        'en', 'Europe/Berlin', 'VERIFIED', now() FROM generate_series(0, ${VISITORS - 1}) g`,
    `INSERT INTO relationship (relationship_id, visitor_id, inmate_id, kind, state, facility_approved_at, inmate_approved_at)
      SELECT bench_id('r', ${at}, g), bench_id('p', ${at}, g), bench_id('i', ${at}, g % ${INMATES}),
        'SIBLING', 'APPROVED', now(), now() FROM generate_series(0, ${VISITORS - 1}) g`,
    `INSERT INTO slot (slot_id, template_id, facility_id, starts_at, ends_at, visit_class, booking_mode, capacity, wings)
      SELECT bench_id('s', ${at}, g), '${templateId}', '${facilityId}', ${slotStart('g')}, ${slotStart('g')} + ${half},
        'social', 'INSTANT', ${TERMINALS}, '{}' FROM generate_series(0, ${count - 1}) g`,
    `INSERT INTO visit (visit_id, facility_id, inmate_id, terminal_id, visit_class, booking_state, starts_at, ends_at,
        busy_until, slot_id, slot_place, place, monitor, is_recorded, confirmed_at)
      SELECT bench_id('v', ${at}, ${n}), '${facilityId}', bench_id('i', ${at}, ${n} % ${INMATES}),
        bench_id('t', ${at}, k), 'social', 'CONFIRMED', ${slotStart('s')}, ${slotStart('s')} + ${half},
        ${slotStart('s')} + interval '35 minutes', bench_id('s', ${at}, s), k + 1, 'HOME', 'AV', false, now()
      FROM ${visits}`,
    claim('INMATE', `bench_id('i', ${at}, ${n} % ${INMATES})`, half),
    claim('VISITOR', `bench_id('p', ${at}, ${n} % ${VISITORS})`, half),
    claim('TERMINAL', `bench_id('t', ${at}, k)`, `interval '35 minutes'`),
    claim('MONITOR_SEAT', `bench_id('m', ${at}, k)`, half),
  ]
}

/** Visitors with accounts, from all over the facilities, each with the inmate they may visit. */
export async function someSearchers(
  db: Database,
  { facilities, count }: { facilities: number; count: number },
): Promise<Searcher[]> {
  const searchers: Searcher[] = []
  for (let one = 0; one < count; one += 1) {
    const at = (one * 7) % facilities
    const person = (one * 1_237) % VISITORS
    const [ids] = await db.$queryRaw<{ inmateId: string; visitorId: string }[]>`
      SELECT bench_id('i', ${at}::int, ${person % INMATES}::bigint)::text AS "inmateId",
        bench_id('p', ${at}::int, ${person}::bigint)::text AS "visitorId"`
    if (!ids) continue
    const account = { role: 'visitor' as const, visitorId: ids.visitorId }
    const { accountId } = await seed.insertAccount(db, account)
    searchers.push({ accountId, ...ids })
  }
  return searchers
}
