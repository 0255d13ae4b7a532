import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUILT_SECRET } from '@visavis/prisma/seed'
import { entriesOf } from './support/audit-log.ts'
import { accountCookie, cookieOf, setCookie } from './support/callers.ts'
import { aPlace } from './support/people-and-places.ts'
import type { Place } from './support/people-and-places.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'

let world: RestWorld
let place: Place
let officer: string

beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  officer = await loginOf(place.accounts.officer)
})
afterAll(() => world.close())

async function loginOf(accountId: string): Promise<string> {
  const { login } = await world.db.account.findUniqueOrThrow({ where: { accountId } })
  return login
}

const signIn = (login: string, password: string, cookie = '') =>
  world.app.inject({
    method: 'POST',
    url: '/api/sign-in',
    headers: { cookie },
    payload: { login, password },
  })
const me = (cookie: string) => world.app.inject({ url: '/api/me', headers: { cookie } })
const act = (cookie: string) => world.app.inject({ url: '/api/my/security', headers: { cookie } })
const signOut = (cookie: string) =>
  world.app.inject({ method: 'POST', url: '/api/sign-out', headers: { cookie } })

describe('signing in', () => {
  it('says who one is and keeps only the hash of the token', async () => {
    const answer = await signIn(officer.toUpperCase(), BUILT_SECRET)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      accountId: place.accounts.officer,
      role: 'officer',
      facility: { facilityId: place.facilityId, timeZone: 'Asia/Krasnoyarsk' },
    })
    const token = cookieOf(answer).split('=')[1] ?? ''
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const rows = await world.db.authSession.findMany()
    expect(JSON.stringify(rows)).not.toContain(token)
    expect((await me(cookieOf(answer))).json()).toEqual(answer.json())
  })

  it('gives one answer for an unknown login, a wrong password and a disabled account', async () => {
    const disabled = await loginOf(place.accounts.auditor)
    const data = { disabledAt: world.clock.now() }
    await world.db.account.update({ where: { login: disabled }, data })
    const answers = await Promise.all([
      signIn('nobody@example.org', BUILT_SECRET),
      signIn(officer, 'not the password'),
      signIn(disabled, BUILT_SECRET),
    ])
    for (const answer of answers) {
      expect(answer.statusCode).toBe(401)
      expect(answer.headers['set-cookie']).toBeUndefined()
      const { requestId, ...rest } = answer.json<{ requestId: string }>()
      expect(requestId).toBe(answer.headers['x-request-id'])
      expect(rest).toEqual({
        type: 'urn:visavis:problem:sign-in-refused',
        title: 'sign in refused',
        status: 401,
        code: 'SIGN_IN_REFUSED',
      })
    }
  })

  it('[TR-1] enters who signed in, who was refused and who signed out', async () => {
    const inFacility = await entriesOf(world.db, place.facilityId)
    const reasons = inFacility.map(({ action, outcome, reason }) => [action, outcome, reason])
    expect(reasons).toContainEqual(['account.signIn', 'allow', undefined])
    expect(reasons).toContainEqual(['account.signIn', 'deny', 'WRONG_PASSWORD'])
    expect(reasons).toContainEqual(['account.signIn', 'deny', 'DISABLED'])
    const inEstate = await entriesOf(world.db, null)
    expect(inEstate).toMatchObject([
      { action: 'account.signIn', reason: 'UNKNOWN_LOGIN', object: { objectId: 'unknown' } },
    ])
    await signOut(await accountCookie(world, place.accounts.officer))
    const last = (await entriesOf(world.db, place.facilityId)).at(-1)
    expect(last).toMatchObject({
      action: 'account.signOut',
      actor: { type: 'officer', actorId: place.accounts.officer },
    })
  })

  it('gives a new token each time and ends the one that the browser held', async () => {
    const first = cookieOf(await signIn(officer, BUILT_SECRET))
    const second = cookieOf(await signIn(officer, BUILT_SECRET, first))
    expect(second).not.toBe(first)
    expect((await me(first)).json()).toMatchObject({ code: 'SESSION_ENDED' })
    expect((await me(second)).statusCode).toBe(200)
  })
})

describe('the cookie', () => {
  it('is http-only and same-site, and plain by name on http://localhost', async () => {
    const cookie = setCookie(await signIn(officer, BUILT_SECRET))
    expect(cookie).toMatch(/^visavis=[\w-]{43};/)
    expect(cookie).toContain('; HttpOnly')
    expect(cookie).toContain('; SameSite=Strict')
    expect(cookie).toContain('; Path=/')
    expect(cookie).not.toContain('Secure')
    expect(cookie).not.toContain('Domain')
  })

  it('carries __Host- and Secure over HTTPS, and the plain name is then worth nothing', async () => {
    const app = await world.another({ publicOrigin: 'https://visits.example.org', isSecure: true })
    const payload = { login: officer, password: BUILT_SECRET }
    const answer = await app.inject({ method: 'POST', url: '/api/sign-in', payload })
    expect(setCookie(answer)).toMatch(/^__Host-visavis=[\w-]{43};.*; Secure/)
    expect(answer.headers['strict-transport-security']).toMatch(/max-age=/)
    const cookie = cookieOf(answer)
    const meWith = (value: string) => app.inject({ url: '/api/me', headers: { cookie: value } })
    expect((await meWith(cookie)).statusCode).toBe(200)
    expect((await meWith(cookie.replace('__Host-', ''))).json()).toMatchObject({
      code: 'NOT_SIGNED_IN',
    })
  })
})

describe('a sign-in ends', () => {
  it('at sign-out, for good', async () => {
    const cookie = await accountCookie(world, place.accounts.officer)
    const answer = await signOut(cookie)
    expect(setCookie(answer)).toMatch(/^visavis=; Max-Age=0/)
    expect((await me(cookie)).json()).toMatchObject({ status: 401, code: 'SESSION_ENDED' })
  })

  it('[TR-3] at once when the account is disabled', async () => {
    const cookie = await accountCookie(world, place.accounts.scheduler)
    expect((await me(cookie)).statusCode).toBe(200)
    const where = { accountId: place.accounts.scheduler }
    await world.db.account.update({ where, data: { disabledAt: world.clock.now() } })
    expect((await me(cookie)).json()).toMatchObject({ code: 'SESSION_ENDED' })
  })

  it('after a quarter of an hour untouched for staff, and after half a day for anyone', async () => {
    const minuteMs = 60_000
    const staff = cookieOf(await signIn(officer, BUILT_SECRET))
    const visitor = cookieOf(await signIn(await loginOf(place.accounts.visitor), BUILT_SECRET))
    for (let twice = 0; twice < 2; twice += 1) {
      world.clock.advance(14 * minuteMs)
      expect((await act(staff)).statusCode).toBe(200)
    }
    world.clock.advance(14 * minuteMs)
    // The page asks this of itself: nobody is there.
    expect((await me(staff)).statusCode).toBe(200)
    world.clock.advance(minuteMs)
    expect((await me(staff)).json()).toMatchObject({ code: 'SESSION_EXPIRED' })
    expect((await me(visitor)).statusCode).toBe(200)
    world.clock.advance((12 * 60 - 43) * minuteMs)
    expect((await me(visitor)).json()).toMatchObject({ code: 'SESSION_EXPIRED' })
  })

  it('never began for a token that was never given', async () => {
    expect((await me('visavis=forged')).json()).toMatchObject({ code: 'NOT_SIGNED_IN' })
    expect((await me('')).json()).toMatchObject({ code: 'NOT_SIGNED_IN' })
  })
})
