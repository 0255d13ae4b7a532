import type { Database } from '@visavis/prisma'
import { DEFAULT_FACILITY_POLICY } from '@visavis/prisma'
import * as seed from '@visavis/prisma/seed'
import { sealedValues } from '../support/sealed-values.ts'
import { withoutIndexes } from './bulk-load.ts'

/** What one facility has: people, days with bookings, and visits booked in each of the day's sessions. */
export type FacilitySize = {
  readonly inmates: number
  readonly visitors: number
  readonly days: number
  readonly booked: number
}
/** The numbers that we design for (docs/benchmarks.md); 392 visits a day. */
export const DESIGN_SIZE: FacilitySize = { inmates: 2_000, visitors: 12_000, days: 28, booked: 28 }
const TERMINALS = 40
/** Sessions a day. */
const SESSIONS = 14
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

/** What is written in bulk: the tables that grow with the people of a facility and their visits. */
const TABLES = [
  ...['visitor', 'inmate', 'relationship'],
  ...['slot', 'visit', 'resource_claim', 'waiting_entry', 'blackout'],
]

/**
 * Fills a fresh database (by connections without a time limit) with so many facilities and a month of
 * bookings each, in bulk: triggers, foreign keys and indexes are left out while it is written. Seats and
 * sessions, which the search never reads, are left out. Two facilities at a time, if `db` has two
 * connections.
 */
export async function fillDatabase(
  db: Database,
  given: { facilities: number; from: Date; size?: FacilitySize; tell?: (progress: string) => void },
): Promise<void> {
  const { facilities, from, size = DESIGN_SIZE, tell = () => undefined } = given
  await db.$executeRawUnsafe(ID_FUNCTION)
  const { estateId } = await seed.insertEstate(db)
  const { operatorId } = await seed.insertOperator(db, { estateId })
  const fillEvery = async (step: number, first: number) => {
    for (let at = first; at < facilities; at += step) {
      await fillFacility(db, { at, estateId, operatorId, from, size })
      if (at % 20 === 19) tell(`${at + 1} of ${facilities} facilities written`)
    }
  }
  await withoutIndexes(db, TABLES, async () => {
    await Promise.all([fillEvery(2, 0), fillEvery(2, 1)])
    tell('building indexes …')
  })
  await vacuum(db)
}

/** As autovacuum leaves a database that has been in use for a while. */
async function vacuum(db: Database): Promise<void> {
  for (const table of TABLES) await db.$executeRawUnsafe(`VACUUM ANALYZE ${table}`)
  await db.$executeRawUnsafe('ANALYZE')
}

type Given = { at: number; from: Date; size: FacilitySize }
type Facility = Given & { estateId: string; operatorId: string }
type Rows = Given & { facilityId: string; templateId: string; sealed: Sealed }
type Sealed = Awaited<ReturnType<typeof sealedValues>>

async function fillFacility(db: Database, { estateId, operatorId, ...given }: Facility) {
  const { at } = given
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
      const sealed = await sealedValues(db)
      for (const statement of rowsOf({ ...given, facilityId, templateId, sealed })) {
        await tx.$executeRawUnsafe(statement)
      }
    },
    { timeout: 600_000 },
  )
}

/** The rows of one facility, one statement a table. Everything in them is ours: nothing is quoted. */
function rowsOf(rows: Rows): string[] {
  const { at, facilityId, templateId, size, sealed } = rows
  const { inmates, visitors } = size
  const start = rows.from.toISOString()
  const count = size.days * SESSIONS
  const slotStart = (n: string) =>
    `'${start}'::timestamptz + (${n} / ${SESSIONS}) * interval '1 day'
      + interval '${FIRST_HOUR_UTC} hours' + (${n} % ${SESSIONS}) * interval '${SESSION_EVERY_MINUTES} minutes'`
  const half = `interval '30 minutes'`
  return [
    `INSERT INTO terminal (terminal_id, facility_id, name, wing)
      SELECT bench_id('t', ${at}, g), '${facilityId}', 'T' || g, 'A' FROM generate_series(0, ${TERMINALS - 1}) g`,
    `INSERT INTO monitor_seat (monitor_seat_id, facility_id, number)
      SELECT bench_id('m', ${at}, g), '${facilityId}', g + 1 FROM generate_series(0, ${TERMINALS - 1}) g`,
    `INSERT INTO inmate (inmate_id, facility_id, inmate_number, given_name, family_name, birth_date, language)
      SELECT bench_id('i', ${at}, g), '${facilityId}', 'N-' || g, 'Ivan', 'Inmate ' || g, '${sealed.birthDate}', 'en'
      FROM generate_series(0, ${inmates - 1}) g`,
    `INSERT INTO visitor (visitor_id, given_name, family_name, birth_date, email, language, time_zone, verification, verified_at)
      SELECT bench_id('p', ${at}, g), 'Vera', 'Visitor ' || g, '${sealed.birthDate}', '${sealed.email}',
        'en', 'Europe/Berlin', 'VERIFIED', now() FROM generate_series(0, ${visitors - 1}) g`,
    `INSERT INTO relationship (relationship_id, visitor_id, inmate_id, kind, state, facility_approved_at, inmate_approved_at)
      SELECT uuidv7(), bench_id('p', ${at}, g), bench_id('i', ${at}, g % ${inmates}),
        'SIBLING', 'APPROVED', now(), now() FROM generate_series(0, ${visitors - 1}) g`,
    `INSERT INTO slot (slot_id, template_id, facility_id, starts_at, ends_at, visit_class, booking_mode, capacity, wings)
      SELECT bench_id('s', ${at}, g), '${templateId}', '${facilityId}', ${slotStart('g')}, ${slotStart('g')} + ${half},
        'social', 'INSTANT', ${TERMINALS}, '{}' FROM generate_series(0, ${count - 1}) g`,
    visitsOf(rows, slotStart('s')),
    `INSERT INTO waiting_entry (waiting_id, slot_id, inmate_id, visitor_ids, account_id, place)
      SELECT uuidv7(), bench_id('s', ${at}, g), bench_id('i', ${at}, g), ARRAY[bench_id('p', ${at}, g)],
        bench_id('a', ${at}, g), 'HOME' FROM generate_series(0, ${count - 1}, 4) g`,
    // Those of the last year, the next one, and one terminal's.
    `INSERT INTO blackout (blackout_id, scope, facility_id, starts_at, ends_at, reason)
      SELECT uuidv7(), 'FACILITY', '${facilityId}', at, at + interval '1 day', 'A holiday'
      FROM generate_series('${start}'::timestamptz - interval '350 days',
        '${start}'::timestamptz + interval '50 days', '20 days') AS at`,
    `INSERT INTO blackout (blackout_id, scope, terminal_id, starts_at, ends_at, reason)
      SELECT uuidv7(), 'TERMINAL', bench_id('t', ${at}, 0), at, at + interval '1 day', 'It is mended'
      FROM generate_series('${start}'::timestamptz, '${start}'::timestamptz, '1 day') AS at`,
  ]
}

/** The visits of one facility with their claims, each thing's id made once. */
function visitsOf({ at, facilityId, size }: Rows, slotStart: string): string {
  const { inmates, visitors, days, booked } = size
  const n = `(s * ${booked} + k)`
  return `
    WITH made AS MATERIALIZED (
      SELECT uuidv7() AS visit_id, bench_id('i', ${at}, ${n} % ${inmates}) AS inmate_id,
        bench_id('p', ${at}, ${n} % ${visitors}) AS visitor_id, bench_id('t', ${at}, k) AS terminal_id,
        bench_id('m', ${at}, k) AS seat_id, bench_id('s', ${at}, s) AS slot_id, k + 1 AS slot_place,
        ${slotStart} AS starts_at, ${slotStart} + interval '30 minutes' AS ends_at,
        ${slotStart} + interval '35 minutes' AS busy_until
      FROM generate_series(0, ${days * SESSIONS - 1}) AS s, generate_series(0, ${booked - 1}) AS k
    ), visits AS (
      INSERT INTO visit (visit_id, facility_id, inmate_id, terminal_id, visit_class, booking_state,
        starts_at, ends_at, busy_until, slot_id, slot_place, place, monitor, is_recorded, confirmed_at)
      SELECT visit_id, '${facilityId}', inmate_id, terminal_id, 'social', 'CONFIRMED',
        starts_at, ends_at, busy_until, slot_id, slot_place, 'HOME', 'AV', false, now() FROM made
    )
    INSERT INTO resource_claim (claim_id, visit_id, kind, resource_id, starts_at, ends_at, state)
    SELECT uuidv7(), visit_id, claim.kind::resource_kind, claim.id, starts_at, claim.until, 'BOOKED'
    FROM made, LATERAL (VALUES ('INMATE', inmate_id, ends_at), ('VISITOR', visitor_id, ends_at),
      ('TERMINAL', terminal_id, busy_until), ('MONITOR_SEAT', seat_id, ends_at)) AS claim (kind, id, until)`
}

/** Visitors with accounts, from all over the facilities, each with the inmate they may visit. */
export async function someSearchers(
  db: Database,
  given: { facilities: number; count: number; size?: FacilitySize },
): Promise<Searcher[]> {
  const { facilities, count, size = DESIGN_SIZE } = given
  const searchers: Searcher[] = []
  for (let one = 0; one < count; one += 1) {
    const at = (one * 7) % facilities
    const person = (one * 1_237) % size.visitors
    const [ids] = await db.$queryRaw<{ inmateId: string; visitorId: string }[]>`
      SELECT bench_id('i', ${at}::int, ${person % size.inmates}::bigint)::text AS "inmateId",
        bench_id('p', ${at}::int, ${person}::bigint)::text AS "visitorId"`
    if (!ids) continue
    const account = { role: 'visitor' as const, visitorId: ids.visitorId }
    const { accountId } = await seed.insertAccount(db, account)
    searchers.push({ accountId, ...ids })
  }
  return searchers
}
