import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId, tokenHash } from '@visavis/prisma'
import { entriesOf } from '../rest/support/audit-log.ts'
import { cookieOf } from '../rest/support/callers.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { caller } from './support/people.ts'

const DAY_MS = 86_400_000
const PASSWORD = 'the cat sleeps on the stove'

let world: RestWorld
beforeAll(async () => {
  world = await aRestWorld()
})
afterAll(() => world.close())

const anEmail = () => `Nina.${newId()}@Example.org`
const registration = (email: string) => ({
  givenName: 'Nina',
  familyName: 'Petrova',
  birthDate: '1990-05-17',
  email,
  phone: '+7 391 2345678',
  language: 'ru',
  timeZone: 'Asia/Krasnoyarsk',
  password: PASSWORD,
})
const register = (email: string, changes = {}) =>
  caller(world).post('/api/registrations', { ...registration(email), ...changes })
const confirm = (token: string) => caller(world).post('/api/registrations/confirmation', { token })
const noticesTo = (email: string) =>
  world.db.notice.findMany({
    where: { address: email.toLowerCase() },
    orderBy: { createdAt: 'asc' },
  })
/** The token as it stands in the mail that waits to be sent. */
const tokenFor = async (email: string): Promise<string> => {
  const notices = await noticesTo(email)
  return /"token":"([\w-]{43})"/.exec(JSON.stringify(notices))?.[1] ?? ''
}
const registered = async (): Promise<string> => {
  const email = anEmail()
  await register(email)
  await confirm(await tokenFor(email))
  return email
}

describe('registering', () => {
  it('makes visitor and account from the link, once', async () => {
    const email = anEmail()
    expect((await register(email)).json()).toEqual({})
    expect(await world.db.account.count({ where: { login: email.toLowerCase() } })).toBe(0)
    const token = await tokenFor(email)
    expect((await confirm(token)).json()).toEqual({})
    expect((await confirm(token)).json()).toMatchObject({ code: 'REGISTRATION_TOKEN_REFUSED' })
    const login = { login: email.toUpperCase(), password: PASSWORD }
    const signedIn = await caller(world).post('/api/sign-in', login)
    expect(signedIn.json()).toMatchObject({ role: 'visitor', displayName: 'Nina Petrova' })
    const profile = await caller(world, cookieOf(signedIn)).get('/api/my/profile')
    expect(profile.json()).toMatchObject({
      ...{ birthDate: '1990-05-17', verification: 'MISSING', email: email.toLowerCase() },
      ...{ missing: ['ID_FRONT', 'PHOTO'], documents: [], professional: null },
    })
  })

  it('keeps only the hash of the token, and no name, address or token in the log', async () => {
    const email = anEmail()
    await register(email)
    const token = await tokenFor(email)
    const pending = await world.db.pendingRegistration.findMany({
      where: { email: email.toLowerCase() },
    })
    expect(pending).toMatchObject([{ tokenHash: tokenHash(token) }])
    expect(JSON.stringify(pending)).not.toContain(token)
    const said = JSON.stringify(await entriesOf(world.db, null))
    for (const secret of [token, 'Petrova', '1990-05-17', email, email.toLowerCase()]) {
      expect(said).not.toContain(secret)
    }
    expect(said).toContain('registration.request')
  })

  it('refuses the link after 24 hours, and every other link of an address that is registered', async () => {
    const late = anEmail()
    await register(late)
    const twice = anEmail()
    await register(twice)
    const first = await tokenFor(twice)
    await register(twice)
    expect((await confirm(first)).statusCode).toBe(200)
    const links = (await noticesTo(twice)).map(({ details }) => JSON.stringify(details))
    const second = /"token":"([\w-]{43})"/.exec(links[1] ?? '')?.[1] ?? ''
    expect(second).not.toBe(first)
    expect((await confirm(second)).json()).toMatchObject({ code: 'REGISTRATION_TOKEN_REFUSED' })
    world.clock.advance(DAY_MS)
    const answer = await confirm(await tokenFor(late))
    expect(answer.json()).toMatchObject({ status: 401, code: 'REGISTRATION_TOKEN_REFUSED' })
  })

  it('lets one of two win that use a link at once', async () => {
    const email = anEmail()
    await register(email)
    const token = await tokenFor(email)
    const answers = await Promise.all([confirm(token), confirm(token), confirm(token)])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 401, 401])
    expect(await world.db.visitor.count({ where: { email: email.toLowerCase() } })).toBe(1)
  })

  it('[EL-2] answers for a known address as for a new one, after the same work', async () => {
    const known = await registered()
    const fresh = anEmail()
    const answers = [await register(known), await register(fresh)]
    const [one, other] = answers.map(({ statusCode, body, headers }) => {
      // Each answer has a request id and a time of its own.
      const said = { ...headers, 'x-request-id': '', date: '' }
      return JSON.stringify({ statusCode, body, said })
    })
    expect(one).toBe(other)
    const rows = await world.db.pendingRegistration.findMany({
      where: { email: { in: [known.toLowerCase(), fresh.toLowerCase()] }, usedAt: null },
    })
    // A password is hashed for both, and a row is stored for both.
    expect(rows.map(({ passwordHash }) => passwordHash.slice(0, 10))).toEqual([
      '$argon2id$',
      '$argon2id$',
    ])
    const kinds = async (email: string) => (await noticesTo(email)).map(({ kind }) => kind)
    expect(await kinds(known)).toEqual(['REGISTRATION_LINK', 'REGISTRATION_KNOWN'])
    expect(await kinds(fresh)).toEqual(['REGISTRATION_LINK'])
  })

  it('sends an address at most five links a day, and says nothing about it', async () => {
    const email = anEmail()
    for (let time = 0; time < 7; time += 1) expect((await register(email)).json()).toEqual({})
    expect(await noticesTo(email)).toHaveLength(5)
  })

  it.each([
    ['birthDate', { birthDate: '2999-01-01' }],
    ['birthDate', { birthDate: '1899-12-31' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['password', { password: 'short' }],
    ['password', { password: '14 letters: no' }],
    ['email', { email: 'nobody' }],
  ])('names the field at fault: %s', async (field, changes) => {
    const answer = await register(anEmail(), changes)
    expect(answer.json()).toMatchObject({ code: 'BAD_REQUEST', fields: [{ field }] })
  })

  it.each([
    ['PASSWORD_COMMON', 'passwordpassword'],
    ['PASSWORD_PERSONAL', 'Nina Petrova 2026'],
  ])('[TR-3] refuses with %s what is easily guessed, and keeps nothing', async (code, password) => {
    const email = anEmail()
    expect((await register(email, { password })).json()).toMatchObject({ code })
    expect(await noticesTo(email)).toEqual([])
    const where = { email: email.toLowerCase() }
    expect(await world.db.pendingRegistration.count({ where })).toBe(0)
  })

  it('is limited by address', async () => {
    const statuses: number[] = []
    for (let time = 0; time < 11; time += 1) {
      const answer = await world.app.inject({
        ...{ method: 'POST', url: '/api/registrations', remoteAddress: '10.9.9.9' },
        payload: { ...registration(anEmail()), timeZone: 'Mars/Olympus' },
      })
      statuses.push(answer.statusCode)
    }
    expect(statuses.at(-1)).toBe(429)
  })
})
