import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordedVisit as ListedVisit } from '@visavis/contract/http'
import { Prisma } from '@visavis/prisma'
import { insertInmate, insertVisitor } from '@visavis/prisma/seed'
import { searchSql } from '../../../server/src/modules/reviews/search.repo.ts'
import { sealedValues } from '../../support/sealed-values.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aKeptVisit } from '../rest/support/kept-visit.ts'
import type { GivenPast } from '../rest/support/kept-visit.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aReviewDesk } from './review-desk.ts'
import type { ReviewDesk } from './review-desk.ts'

let world: RestWorld
let place: Place
let desk: ReviewDesk
/** Visit ids by the names that this test gives them. */
const named = new Map<string, string>()
const nameOf = (visitId: string) => [...named].find(([, id]) => id === visitId)?.[0] ?? visitId

type Page = { readonly items: ListedVisit[]; readonly nextCursor: string | null }
const ask = (body: object) => desk.post('/api/recordings/search', body)
const search = async (body: Record<string, string>): Promise<Page> => (await ask(body)).json<Page>()
const found = async (query: Record<string, string>): Promise<string[]> =>
  (await search(query)).items.map(({ visitId }) => nameOf(visitId))

async function keep(name: string, at: Place, given: GivenPast): Promise<string> {
  const { visitId } = await aKeptVisit(world, at, given)
  named.set(name, visitId)
  return visitId
}

async function flag(visitId: string, note: string): Promise<void> {
  const at = new Date()
  await world.db.flag.create({
    data: {
      ...{ flagId: randomUUID(), visitId, monitor: 'AV', category: 'OTHER', note, at },
      ...{ fromAt: at, toAt: at },
    },
  })
}

beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  desk = await aReviewDesk(world, place)
  const { db } = world
  const { facilityId } = place
  // Nine hours before and ahead of UTC: their days are not those of the server.
  await db.facility.update({ where: { facilityId }, data: { timeZone: 'Asia/Tokyo' } })
  const inmate = await insertInmate(db, {
    ...{ facilityId, givenName: 'Пётр', familyName: 'Заозёрный', inmateNumber: 'K_7%' },
  })
  const visitor = await insertVisitor(db, { givenName: 'Maria-Luisa', familyName: "O'Hara" })
  await keep('first', place, { startsAt: new Date('2026-03-01T14:59:00Z') })
  await keep('second', place, {
    ...{ startsAt: new Date('2026-03-01T15:00:00Z'), inmateId: inmate.inmateId },
  })
  const third = await keep('third', place, {
    ...{ startsAt: new Date('2026-03-02T14:59:00Z'), visitorIds: [visitor.visitorId] },
    outcome: 'INMATE_EARLY',
  })
  await flag(third, 'Показал записку с адресом')
  const fourth = await keep('fourth', place, { startsAt: new Date('2026-03-02T15:00:00Z') })
  await db.reviewNote.create({
    data: {
      ...{ noteId: randomUUID(), visitId: fourth, writtenBy: place.accounts.investigator },
      ...{ writtenAt: new Date(), text: 'He counts 100% of the cigarettes_left' },
    },
  })
  await keep('elsewhere', await aPlace(world), { startsAt: new Date('2026-03-02T10:00:00Z') })
})
afterAll(() => world.close())

describe('[RC-5] the search of recordings', () => {
  it('shows the facility’s own, newest first, with all that a list needs', async () => {
    expect(await found({})).toEqual(['fourth', 'third', 'second', 'first'])
    const [third] = (await search({ outcome: 'INMATE_EARLY' })).items
    expect(third).toMatchObject({
      startsAt: '2026-03-02T14:59:00.000Z',
      facility: { timeZone: 'Asia/Tokyo' },
      visitors: ["Maria-Luisa O'Hara"],
      state: 'WHOLE',
      durationMs: 5_040,
      flags: ['OTHER'],
      notes: 0,
      isHeld: false,
    })
  })

  it.each([
    ['whole days at the facility', { from: '2026-03-02', to: '2026-03-02' }, ['third', 'second']],
    ['a first day', { from: '2026-03-03' }, ['fourth']],
    ['a last day', { to: '2026-03-01' }, ['first']],
    ['a part of the inmate’s name', { inmate: 'озёр' }, ['second']],
    ['the inmate’s number, with signs that mean something to SQL', { inmate: 'k_7%' }, ['second']],
    ['every word of it', { inmate: 'Пётр k_7%' }, ['second']],
    ['no other sign in its place', { inmate: 'Kx7y' }, []],
    ['a part of a visitor’s name', { visitor: "o'har" }, ['third']],
    ['both parts of it', { visitor: 'luisa hara' }, ['third']],
    ['a flag', { flag: 'OTHER' }, ['third']],
    ['an outcome', { outcome: 'COMPLETED' }, ['fourth', 'second', 'first']],
    ['words of a flag’s note', { text: 'записку адрес' }, ['third']],
    ['words of a note', { text: 'cigarettes_ 100%' }, ['fourth']],
    ['nothing that fits all', { text: 'cigarettes', flag: 'OTHER' }, []],
  ] as const)('finds %s', async (_, query, expected) => {
    expect(await found(query)).toEqual(expected)
  })

  it('goes on where a page ended, also among visits that began at once, and never beyond a hundred', async () => {
    const startsAt = new Date('2026-02-01T10:00:00Z')
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const { inmateId } = await insertInmate(world.db, { facilityId: place.facilityId })
      const { visitorId } = await insertVisitor(world.db, {})
      await keep(name, place, { startsAt, inmateId, visitorIds: [visitorId] })
    }
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await search({ limit: '2', ...(cursor === '' ? {} : { cursor }) })
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items.map(({ visitId }) => visitId))
      cursor = page.nextCursor
    }
    expect(seen).toHaveLength(9)
    expect(new Set(seen).size).toBe(9)
    expect((await ask({ limit: 101 })).statusCode).toBe(400)
    const forged = Buffer.from(JSON.stringify(['now', "'; DROP"])).toString('base64url')
    expect((await ask({ cursor: forged })).json()).toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  it('[TR-1] is entered with its filters’ names, never with what they were set to', async () => {
    await search({ inmate: 'Заозёрный', visitor: 'Maria', limit: '5' })
    const entry = (await entriesOf(world.db, place.facilityId)).at(-1)
    expect(entry).toMatchObject({
      action: 'recording.search',
      detail: { filters: ['inmate', 'visitor'], visits: 0 },
    })
    expect(JSON.stringify(entry)).not.toMatch(/Заозёрный|Maria/)
  })

  it('lists no visit of which nothing was recorded', async () => {
    const visitId = await keep('empty', place, { startsAt: new Date('2026-04-01T10:00:00Z') })
    await world.db.recordingTrack.deleteMany({ where: { visitId } })
    expect(await found({ from: '2026-04-01' })).toEqual([])
    await world.db.recording.updateMany({
      where: { visitId },
      data: { state: 'FAILED', failure: 'DISK_FULL' },
    })
    const [failed] = (await search({ from: '2026-04-01' })).items
    expect(failed).toMatchObject({ visitId, state: 'FAILED', durationMs: 0 })
  })
})

describe('the indexes that the search relies on', () => {
  const planOf = async (filters: object): Promise<string> => {
    const page = { facilityId: place.facilityId, take: 26, after: null, ...filters }
    const explain = Prisma.sql`EXPLAIN ${searchSql(page)}`
    const rows = await world.db.$queryRaw<{ 'QUERY PLAN': string }[]>(explain)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }
  beforeAll(async () => {
    const { facilityId, terminalId, inmateId } = place
    await world.db.$executeRaw`
      INSERT INTO visit (visit_id, facility_id, inmate_id, terminal_id, visit_class, booking_state,
        starts_at, ends_at, busy_until, place, monitor, is_recorded)
      SELECT gen_random_uuid(), ${facilityId}::uuid, ${inmateId}::uuid, ${terminalId}::uuid,
        'social', 'FULFILLED', at, at + interval '30 minutes', at + interval '35 minutes',
        'HOME', 'AV', true
      FROM (SELECT '2020-01-01'::timestamptz + n * interval '1 hour' AS at
        FROM generate_series(1, 5000) AS n) made`
    const { birthDate, email } = await sealedValues(world.db)
    await world.db.$executeRaw`
      INSERT INTO visitor (visitor_id, given_name, family_name, birth_date, email, language, time_zone)
      SELECT gen_random_uuid(), md5(n::text), md5((n * 7)::text), ${birthDate}, ${email}, 'en', 'UTC'
      FROM generate_series(1, 20000) AS n`
    await world.db.$executeRaw`
      INSERT INTO recording (recording_id, visit_id, epoch, state, started_at, ended_at, folder)
      SELECT gen_random_uuid(), visit_id, 1, 'RECORDED', starts_at, ends_at, 'of/' || visit_id
      FROM visit WHERE starts_at < '2021-01-01'`
    await world.db.$executeRaw`
      INSERT INTO seat (seat_id, visit_id, party, visitor_id)
      SELECT gen_random_uuid(), visit_id, 'VISITOR', visitor_id
      FROM (SELECT visit_id, row_number() OVER () AS n FROM visit WHERE starts_at < '2021-01-01') v
      JOIN (SELECT visitor_id, row_number() OVER () AS n FROM visitor) p USING (n)`
    // Plans follow statistics.
    for (const table of ['visit', 'visitor', 'recording', 'recording_track', 'seat']) {
      await world.db.$executeRawUnsafe(`VACUUM ANALYZE ${table}`)
    }
  })

  it('find a page of a facility by time, and a visitor by a part of the name', async () => {
    const plain = await planOf({})
    expect(await planOf({ from: '2020-02-01', to: '2020-02-02' })).toContain('visit_by_time')
    expect(plain).toContain('visit_by_time')
    expect(plain).not.toContain('Seq Scan on recording r')
    expect(plain).not.toContain('Seq Scan on visit ')
    const byName = await planOf({ visitor: 'c4ca4238' })
    expect(byName).toContain('visitor_name_parts')
    expect(byName).not.toContain('Seq Scan on visitor')
  })
})
