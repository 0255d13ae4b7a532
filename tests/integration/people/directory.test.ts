import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '@visavis/prisma'
import type { Prisma } from '@visavis/prisma'
import {
  insertInmate,
  insertRelationship,
  insertRelationshipRequest,
  insertVisitor,
} from '@visavis/prisma/seed'
import { inmateIds, visitorIds } from '../../../server/src/modules/people/directory.repo.ts'
import { sealedValues } from '../../support/sealed-values.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { caller } from './support/people.ts'

type Page<Item> = { items: Item[]; nextCursor: string | null }

let world: RestWorld
let place: Place
beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
})
afterAll(() => world.close())

const desk = async (at = place) => caller(world, await accountCookie(world, at.accounts.scheduler))
const search = async <Item>(what: string, query: string, at = place): Promise<Page<Item>> =>
  (await (await desk(at)).post(`/api/${what}/search`, { query })).json()
const aNamed = async (givenName: string, familyName: string) => {
  const { visitorId } = await insertVisitor(world.db, { givenName, familyName })
  await insertRelationship(world.db, { visitorId, inmateId: place.inmateId })
  return visitorId
}

describe('searching visitors', () => {
  it('finds by the beginnings of names, whatever the case and order', async () => {
    const visitorId = await aNamed('Галина', "O'Соловьёва")
    await aNamed('Галя', 'Иванова')
    for (const query of ['галина', "o'сол", 'СОЛ гал'.replace('СОЛ', "o'сол"), ' Гал  O ']) {
      expect(await search('visitors', query)).toMatchObject({ items: [{ visitorId }] })
    }
    for (const query of ['%', '_', 'алина', '\\']) {
      expect(await search('visitors', query)).toEqual({ items: [], nextCursor: null })
    }
  })

  it('[TR-3] reaches those who have, or ask for, somebody at the facility, and no one else', async () => {
    const { facilityId } = place
    const asking = (await insertVisitor(world.db, { familyName: 'Aaaa' })).visitorId
    await insertRelationshipRequest(world.db, { visitorId: asking, facilityId })
    const gone = (await insertVisitor(world.db, { familyName: 'Aaab' })).visitorId
    const withdrawn = { facilityId, state: 'WITHDRAWN' as const }
    await insertRelationshipRequest(world.db, { visitorId: gone, ...withdrawn })
    const found = await search<{ visitorId: string }>('visitors', '')
    const ids = found.items.map(({ visitorId }) => visitorId)
    expect(ids).toEqual([asking, place.visitorId])
    const elsewhere = await aPlace(world)
    expect(await search('visitors', '', elsewhere)).toMatchObject({
      items: [{ visitorId: elsewhere.visitorId }],
    })
  })

  it('[TR-3] shows the desk whom its open task is about, and no longer', async () => {
    const { visitorId } = await insertVisitor(world.db)
    const read = async () => (await (await desk()).get(`/api/visitors/${visitorId}`)).statusCode
    expect(await read()).toBe(404)
    const { taskId } = await world.db.task.create({
      data: {
        ...{ taskId: newId(), facilityId: place.facilityId, kind: 'NOTICE_BOUNCED', visitorId },
        ...{ createdAt: world.clock.now(), dueAt: world.clock.now() },
      },
    })
    expect(await read()).toBe(200)
    await world.db.task.update({
      where: { taskId },
      data: { state: 'DONE', doneAt: world.clock.now(), resolution: 'CALLED' },
    })
    expect(await read()).toBe(404)
  })

  it('gives every one once, page by page', async () => {
    for (let at = 0; at < 7; at += 1) await aNamed('Same', at < 4 ? 'Name' : `Name ${at}`)
    const staff = await desk()
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const after: object = cursor === '' ? {} : { cursor }
      const page: Page<{ visitorId: string }> = (
        await staff.post('/api/visitors/search', { limit: 3, ...after })
      ).json()
      expect(page.items.length).toBeLessThanOrEqual(3)
      seen.push(...page.items.map(({ visitorId }) => visitorId))
      cursor = page.nextCursor
    }
    expect(seen).toHaveLength(8)
    expect(new Set(seen).size).toBe(8)
    const forged = await staff.post('/api/visitors/search', { cursor: 'nothing' })
    expect(forged.json()).toMatchObject({ code: 'BAD_REQUEST', fields: [{ field: 'cursor' }] })
  })

  it('[TR-1] is entered without what was typed', async () => {
    await search('visitors', 'Zhukovskaya')
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries.at(-1)).toMatchObject({ action: 'visitor.search', detail: { found: 0 } })
    expect(JSON.stringify(entries)).not.toContain('Zhukovskaya')
  })
})

describe('searching inmates', () => {
  it('finds by number and name, in the own facility only', async () => {
    const { facilityId } = place
    const inmateNumber = `Q-${newId()}`
    const given = { facilityId, inmateNumber, familyName: 'Quirrell' }
    const { inmateId } = await insertInmate(world.db, given)
    for (const query of ['quirr', inmateNumber.slice(0, 10).toLowerCase()]) {
      expect(await search('inmates', query)).toMatchObject({
        items: [{ inmateId, wing: 'A', custody: 'IN_CUSTODY' }],
        nextCursor: null,
      })
    }
    const elsewhere = await aPlace(world)
    expect(await search('inmates', 'quirr', elsewhere)).toMatchObject({ items: [] })
    const hidden = await (await desk(elsewhere)).get(`/api/inmates/${inmateId}`)
    expect(hidden.json()).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('shows one with relationships, entered in the log', async () => {
    const visitorId = await aNamed('Galina', 'Orlova')
    const shown = await (await desk()).get(`/api/inmates/${place.inmateId}`)
    expect(shown.json()).toMatchObject({
      inmate: { inmateId: place.inmateId },
      relationships: [{ visitor: { visitorId }, isFacilityAgreed: true }],
      restrictions: [],
    })
    expect((await entriesOf(world.db, place.facilityId)).at(-1)).toMatchObject({
      action: 'inmate.view',
      object: { objectId: place.inmateId },
    })
  })
})

describe('the facilities', () => {
  it('are told to visitors by name', async () => {
    const visitor = caller(world, await accountCookie(world, place.accounts.visitor))
    const { facilities } = (await visitor.get('/api/facilities')).json<{
      facilities: { facilityId: string; name: string; timeZone: string }[]
    }>()
    expect(facilities.map(({ facilityId }) => facilityId)).toContain(place.facilityId)
    expect(facilities[0]?.timeZone).toBe('Asia/Krasnoyarsk')
  })
})

describe('a search among many', () => {
  const planOf = async ({ sql, values }: Prisma.Sql): Promise<string> => {
    const text = sql.split('?').reduce((all, part, at) => `${all}$${at}${part}`)
    const rows = await world.db.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(
      `EXPLAIN ${text}`,
      ...values,
    )
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }

  it('goes by indexes from the facility outwards', async () => {
    const { facilityId } = place
    const elsewhere = await aPlace(world)
    const { birthDate, email } = await sealedValues(world.db)
    for (const at of [
      { facilityId, people: 200 },
      { ...elsewhere, people: 40_000 },
    ]) {
      await world.db.$executeRaw`
        WITH person AS (SELECT gen_random_uuid() AS v, gen_random_uuid() AS i, n
            FROM generate_series(1, ${at.people}::int) AS n),
        visitors AS (INSERT INTO visitor (visitor_id, given_name, family_name, birth_date, email,
            language, time_zone)
          SELECT v, 'Given ' || n, 'Family ' || n, ${birthDate}, ${email}, 'en', 'UTC'
          FROM person),
        inmates AS (INSERT INTO inmate (inmate_id, facility_id, inmate_number, given_name,
            family_name, birth_date, language)
          SELECT i, ${at.facilityId}::uuid, 'M-' || n, 'Given ' || n, 'Family ' || n,
            ${birthDate}, 'en' FROM person)
        SELECT 1`
      await world.db.$executeRaw`
        INSERT INTO relationship (relationship_id, visitor_id, inmate_id, kind, state,
          facility_approved_at, inmate_approved_at)
        SELECT gen_random_uuid(), visitor_id, inmate_id, 'FRIEND', 'APPROVED', now(), now()
        FROM visitor JOIN inmate USING (family_name)
        WHERE inmate.facility_id = ${at.facilityId}::uuid AND visitor.family_name LIKE 'Family %'
        ON CONFLICT DO NOTHING`
    }
    await world.db.$executeRaw`
      INSERT INTO relationship_request (request_id, visitor_id, facility_id, inmate_number,
        given_name, family_name, birth_date, kind, match)
      SELECT gen_random_uuid(), visitor_id, ${elsewhere.facilityId}::uuid, 'M', 'Given', 'Family',
        ${birthDate}, 'FRIEND', 'NONE' FROM visitor`
    await world.db.$executeRaw`ANALYZE visitor, inmate, relationship, relationship_request`
    const page = { facilityId, patterns: ['Fam%', 'Given 1%'], cursor: null, take: 26 }
    for (const query of [visitorIds(page), inmateIds(page)]) {
      expect(await planOf(query)).not.toContain('Seq Scan')
    }
    const cursor = place.visitorId
    expect(await planOf(visitorIds({ ...page, cursor }))).not.toContain('Seq Scan')
  })
})
