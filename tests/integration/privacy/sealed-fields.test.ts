import { newId, personalOf, sealClearRows } from '@visavis/prisma'
import { insertAccount, insertInmate, insertVisitor } from '@visavis/prisma/seed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caller } from '../people/support/people.ts'
import { cookieOf, accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { dumpOf, foundIn, sealedIn } from './support/dump.ts'

let world: RestWorld
let place: Place
beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
})
afterAll(() => world.close())

const PASSWORD = 'winter evening lamp 71'
const person = () => ({
  ...{ givenName: 'Nina', familyName: 'Petrova', birthDate: '1991-03-27' },
  ...{ email: `nina.${newId()}@visits.example`, phone: '+7 391 555 0142' },
  ...{ language: 'en', timeZone: 'Europe/Moscow', password: PASSWORD },
})

/** Registers as a person does, by mail and link, and signs in. */
async function registered() {
  const given = person()
  await caller(world).post('/api/registrations', given)
  const mail = await world.db.notice.findFirstOrThrow({ where: { address: given.email } })
  const token = /"token":"([\w-]{43})"/.exec(JSON.stringify(mail))?.[1] ?? ''
  await caller(world).post('/api/registrations/confirmation', { token })
  const signIn = { login: given.email, password: PASSWORD }
  const own = caller(world, cookieOf(await caller(world).post('/api/sign-in', signIn)))
  return { ...given, own }
}

describe('[TR-6] a dump of the database', () => {
  it('has no birth date, e-mail address or telephone number of anybody, whatever they did', async () => {
    const { own, ...given } = await registered()
    const { version } = (await own.get('/api/my/profile')).json<{ version: number }>()
    const reach = { language: 'en', timeZone: 'Europe/Moscow' }
    const phone = '+49 30 555 0199'
    const changed = await own.put('/api/my/profile', { version, phone, ...reach })
    const corrected = await own.put('/api/my/identity', {
      version: changed.json<{ version: number }>().version,
      ...{ givenName: 'Nina', familyName: 'Petrova', birthDate: '1991-03-28' },
    })
    expect(corrected.json()).toMatchObject({ birthDate: '1991-03-28', phone, email: given.email })
    const child = { givenName: 'Misha', familyName: 'Petrov', birthDate: '2019-08-14' }
    expect((await own.post('/api/my/children', { ...child, hasConsent: true })).statusCode).toBe(
      200,
    )
    const { inmateNumber } = await insertInmate(world.db, {
      ...{ facilityId: place.facilityId, birthDate: '1979-12-31' },
    })
    const sought = { givenName: 'Ivan', familyName: 'Inmate', birthDate: '1979-12-30' }
    const asked = { facilityId: place.facilityId, inmateNumber, ...sought, kind: 'SIBLING' }
    expect((await own.post('/api/my/relationships', asked)).statusCode).toBe(200)
    const dump = await dumpOf(world.db)
    expect(foundIn(dump, ['Petrova', inmateNumber])).toEqual(['Petrova', inmateNumber])
    const dates = ['1991-03-27', '1991-03-28', '2019-08-14', '1979-12-31', '1979-12-30']
    expect(foundIn(dump, [given.email, given.phone, phone, ...dates])).toEqual([])
    expect(sealedIn(dump).length).toBeGreaterThan(10)
  })

  it('has no login of staff, and staff sign in with it all the same', async () => {
    const { accountId } = await insertAccount(world.db, {
      ...{ role: 'scheduler', facilityId: place.facilityId, login: 'olga.desk@visits.example' },
    })
    expect(foundIn(await dumpOf(world.db), ['olga.desk@visits.example'])).toEqual([])
    const me = await caller(world, await accountCookie(world, accountId)).get('/api/me')
    expect(me.json()).toMatchObject({ displayName: 'olga.desk@visits.example' })
    const found = await world.db.account.findUnique({
      where: { login: 'olga.desk@visits.example' },
    })
    expect(found).toMatchObject({ accountId })
  })
})

describe('personal fields', () => {
  it('are taken from nobody in clear: the database refuses them', async () => {
    const { visitorId } = await insertVisitor(world.db)
    const clear = world.db.$executeRaw`
      UPDATE visitor SET email = 'clear@visits.example' WHERE visitor_id = ${visitorId}::uuid`
    await expect(clear).rejects.toThrow('visitor_email_is_sealed')
  })

  it('are opened by no account that stores a copy of another’s sealed value', async () => {
    const victim = await insertVisitor(world.db, { email: 'victim@visits.example' })
    const [{ token } = { token: '' }] = await world.db.$queryRaw<{ token: string }[]>`
      SELECT email AS token FROM visitor WHERE visitor_id = ${victim.visitorId}::uuid`
    expect(sealedIn(token)).toHaveLength(1)
    const thief = await insertVisitor(world.db, { givenName: token, phone: token })
    const read = await world.db.visitor.findUniqueOrThrow({
      where: { visitorId: thief.visitorId },
    })
    expect(read).toMatchObject({ givenName: token, phone: token })
  })
})

describe('rows from before fields were sealed', () => {
  const CHECKS = ['visitor_birth_date', 'visitor_email', 'visitor_phone', 'account_login']
  const tableOf = (check: string) => check.slice(0, check.indexOf('_'))
  const columnOf = (check: string) => check.slice(check.indexOf('_') + 1)

  /** As the migration finds them: in clear, without an index. */
  async function inClear(people: readonly { visitorId: string; accountId: string; at: number }[]) {
    const { db } = world
    for (const check of CHECKS) {
      await db.$executeRawUnsafe(`ALTER TABLE ${tableOf(check)} DROP CONSTRAINT ${check}_is_sealed`)
    }
    for (const { visitorId, accountId, at } of people) {
      await db.$executeRaw`
        UPDATE visitor SET birth_date = '1966-06-06', phone = '+7 000 111 22 33', email_index = NULL,
          email = ${`old.${at}@visits.example`} WHERE visitor_id = ${visitorId}::uuid`
      await db.$executeRaw`
        UPDATE account SET login = ${`old.${at}@visits.example`}, login_index = NULL
        WHERE account_id = ${accountId}::uuid`
    }
    for (const check of CHECKS) {
      await db.$executeRawUnsafe(
        `ALTER TABLE ${tableOf(check)} ADD CONSTRAINT ${check}_is_sealed
          CHECK (${columnOf(check)} LIKE 's1.%.%') NOT VALID`,
      )
    }
  }

  it('are sealed by the next start, once, also by two servers at the same time', async () => {
    const { db } = world
    const people: { visitorId: string; accountId: string; at: number }[] = []
    for (let at = 0; at < 20; at += 1) {
      const { visitorId } = await insertVisitor(db)
      const { accountId } = await insertAccount(db, { role: 'visitor', visitorId })
      people.push({ visitorId, accountId, at })
    }
    await inClear(people)
    const before = await dumpOf(db)
    expect(foundIn(before, ['1966-06-06', 'old.7@visits.example'])).toHaveLength(2)
    const sealed = await Promise.all([sealClearRows(db), sealClearRows(db)])
    expect(sealed[0] + sealed[1]).toBe(40)
    expect(await sealClearRows(db)).toBe(0)
    const after = await dumpOf(db)
    expect(foundIn(after, ['1966-06-06', '0001112233', 'old.7@visits.example'])).toEqual([])
    const read = await db.account.findUnique({
      where: { login: 'old.7@visits.example' },
      include: { visitor: true },
    })
    expect(read).toMatchObject({
      accountId: people[7]?.accountId,
      login: 'old.7@visits.example',
      visitor: { birthDate: '1966-06-06', phone: '+7 000 111 22 33' },
    })
  })
})

describe('a key per person', () => {
  it('opens that person’s values and nobody else’s, and none when it is destroyed', async () => {
    const { keys, cipher } = personalOf(world.db)
    const one = await insertVisitor(world.db, { email: 'one@visits.example' })
    const other = await insertVisitor(world.db, { email: 'other@visits.example' })
    const yesterday = await dumpOf(world.db)
    await keys.destroy(one.visitorId)
    const where = { visitorId: { in: [one.visitorId, other.visitorId] } }
    const rows = await world.db.visitor.findMany({
      where,
      select: { visitorId: true, email: true },
    })
    expect(new Map(rows.map(({ visitorId, email }) => [visitorId, email]))).toEqual(
      new Map([
        [one.visitorId, ''],
        [other.visitorId, 'other@visits.example'],
      ]),
    )
    const owner = one.visitorId.replaceAll('-', '')
    const theirs = sealedIn(yesterday).filter((sealed) => sealed.includes(owner))
    expect(theirs.length).toBeGreaterThan(1)
    for (const sealed of theirs) {
      for (const field of ['email', 'birthDate', 'phone', 'reply', 'address']) {
        expect(await cipher.open(field, sealed)).toBeNull()
      }
    }
  })
})
