import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAIN_START, chainEntry, facilityLog, newId } from '@visavis/prisma'
import type { AuditRow } from '@visavis/prisma'
import { createAffectedRepo } from '../../../server/src/modules/incidents/affected.repo.ts'
import { anIncident } from '../rest/samples/incidents.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

/** The short form is for CI; `LONG=1` makes a large operator's year. */
const ENTRIES = process.env['LONG'] === '1' ? 1_000_000 : 100_000
const VISITORS = ENTRIES / 20
/** One entry in so many is of the account that somebody else used. */
const EVERY = 10
const AT_ONCE = 2_000
/** The law of this module; a busy machine has no part in it. */
const AN_HOUR_MS = 3_600_000
const SPAN_MS = 30 * 24 * AN_HOUR_MS

let world: RestWorld
let place: Place
let began: Date
beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  began = new Date(world.clock.now().getTime() - SPAN_MS)
  await people()
  await entries()
}, 900_000)
afterAll(() => world.close())

const idOf = (n: number): string => `0198f000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** Visitors with a relationship each; their sealed fields are nobody's. */
async function people(): Promise<void> {
  const { db } = world
  await db.$executeRaw`
    INSERT INTO visitor (visitor_id, given_name, family_name, birth_date, email, language, time_zone, created_at)
    SELECT ('0198f000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Vera', 'Visitor ' || n,
      's1.x.y', 's1.x.y', 'en', 'Europe/Moscow', ${began}::timestamptz
    FROM generate_series(1, ${VISITORS}::int) AS n`
  await db.$executeRaw`
    INSERT INTO relationship (relationship_id, visitor_id, inmate_id, kind, state, facility_approved_at,
      inmate_approved_at, created_at)
    SELECT gen_random_uuid(), ('0198f000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
      ${place.inmateId}::uuid, 'FRIEND', 'APPROVED', ${began}::timestamptz, ${began}::timestamptz,
      ${began}::timestamptz
    FROM generate_series(1, ${VISITORS}::int) AS n`
  await db.$executeRaw`ANALYZE visitor, relationship`
}

/** A log as the service writes it: each entry is about one visitor, in turn. */
async function entries(): Promise<void> {
  const log = facilityLog(place.facilityId)
  const [suspect, others] = [place.accounts.scheduler, place.accounts.facilityAdmin]
  // What the chain's own triggers see to is told by tests of its own; here it would take most of the time.
  await world.db.$executeRaw`ALTER TABLE audit_entry DISABLE TRIGGER USER`
  let head: Pick<AuditRow, 'seq' | 'hash'> = CHAIN_START
  for (let from = 0; from < ENTRIES; from += AT_ONCE) {
    const rows: AuditRow[] = []
    for (let n = from; n < from + AT_ONCE; n += 1) {
      const row = chainEntry(head, {
        ...{ log, ts: new Date(began.getTime() + (n * SPAN_MS) / ENTRIES), action: 'visitor.view' },
        actor: { type: 'scheduler', actorId: n % EVERY === 0 ? suspect : others },
        object: { type: 'visitor', objectId: idOf((n % VISITORS) + 1) },
        ...{ outcome: 'allow', requestId: newId() },
      })
      rows.push(row)
      head = row
    }
    await world.db.auditEntry.createMany({ data: rows })
  }
  await world.db.$executeRaw`ALTER TABLE audit_entry ENABLE TRIGGER USER`
  await world.db.$executeRaw`ANALYZE audit_entry`
}

describe('[TR-6] the people affected by an incident', () => {
  it.each([
    ['by what an account did', [] as string[], VISITORS / EVERY],
    [
      'by all systems',
      ['PEOPLE', 'DOCUMENTS', 'VISITS', 'RECORDINGS', 'MESSAGES', 'ACCOUNTS'],
      VISITORS,
    ],
  ])('%s, are worked out of a large log within the hour', async (name, systems, least) => {
    const given = { world: () => world, place: () => place }
    const accountIds = systems.length === 0 ? [place.accounts.scheduler] : []
    const scope = { systems, accountIds, fromAt: began, toAt: new Date(Date.now() + AN_HOUR_MS) }
    const incidentId = await anIncident(given, scope)
    const beganMs = performance.now()
    const facilityIds = [place.facilityId]
    const read = await createAffectedRepo(world.db).workOut({ ...scope, incidentId, facilityIds })
    const ms = Math.round(performance.now() - beganMs)
    const where = { incidentId, kind: 'VISITOR' }
    const visitors = await world.db.incidentPerson.count({ where })
    console.log(
      JSON.stringify({ incident: name, entries: ENTRIES, read: Number(read), visitors, ms }),
    )
    expect(ms).toBeLessThan(AN_HOUR_MS)
    expect(visitors).toBeGreaterThanOrEqual(least)
    if (accountIds.length > 0) {
      expect(Number(read)).toBe(ENTRIES / EVERY)
      expect(visitors).toBe(VISITORS / EVERY)
    }
  })
})
