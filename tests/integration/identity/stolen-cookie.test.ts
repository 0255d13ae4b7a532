import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '@visavis/contract/http'
import type { Role, Route } from '@visavis/contract/http'
import { anAuthenticator } from '../../support/software-authenticator.ts'
import { accountCookie, inmateCookie } from '../rest/support/callers.ts'
import { ORIGIN, aBrowser, addPasskey, byPassword, codeOf, proveByPasskey } from './browser.ts'
import { anIdentityWorld } from './identity-world.ts'
import type { IdentityWorld } from './identity-world.ts'

const NOBODY = ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED', 'TERMINAL_NOT_ENROLLED']

let given: IdentityWorld
beforeAll(async () => {
  given = await anIdentityWorld()
})
afterAll(() => given.close())

const filled = (path: string) => path.replaceAll(/:\w+/g, () => crypto.randomUUID())

/** What a cookie comes to on every route that is not for everybody, sent from somewhere else. */
async function tryEverywhere(cookie: string): Promise<Map<string, number>> {
  const codes = new Map<string, number>()
  for (const { access, method, path } of Object.values<Route>(routes)) {
    if (access.kind === 'public') continue
    const answer = await given.app.inject({ method, url: filled(path), headers: { cookie } })
    const code = codeOf(answer)
    codes.set(code, (codes.get(code) ?? 0) + 1)
  }
  return codes
}

function expectNobody(who: string, codes: ReadonlyMap<string, number>): void {
  console.info(`stolen cookie, ${who}: ${JSON.stringify(Object.fromEntries(codes))}`)
  expect([...codes.keys()].filter((code) => !NOBODY.includes(code))).toEqual([])
  expect([...codes.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(190)
}

describe('[TR-3] a cookie that somebody has stolen', () => {
  it('is worth nothing on any route as soon as its owner signs out', async () => {
    const owner = aBrowser(given.app)
    await byPassword(owner, await given.loginOf('visitor'))
    const stolen = owner.cookie()
    expect(
      (await given.app.inject({ url: '/api/me', headers: { cookie: stolen } })).statusCode,
    ).toBe(200)
    await owner.call('POST', '/api/sign-out')
    expectNobody('signed out', await tryEverywhere(stolen))
  })

  it('is worth nothing after its owner has proved anew who they are', async () => {
    const owner = aBrowser(given.app)
    await byPassword(owner, await given.loginOf('visitor'))
    const authenticator = anAuthenticator(ORIGIN)
    expect(codeOf(await addPasskey(owner, authenticator))).toBe('OK')
    const stolen = owner.cookie()
    expect(codeOf(await proveByPasskey(owner, authenticator))).toBe('OK')
    const before = /visavis=[\w-]+/.exec(stolen)?.[0] ?? ''
    expectNobody('proved anew', await tryEverywhere(before))
    expect(codeOf(await owner.call('GET', '/api/me'))).toBe('OK')
  })

  it.each(['officer', 'investigator', 'facilityAdmin'] as const)(
    'of the role %s is worth nothing once the account is disabled',
    async (role: Role) => {
      const accountId = given.place.accounts[role]
      const cookie = await accountCookie(given.world, accountId)
      const { db, clock } = given.world
      await db.account.update({ where: { accountId }, data: { disabledAt: clock.now() } })
      expectNobody(`disabled ${role}`, await tryEverywhere(cookie))
      await db.account.update({ where: { accountId }, data: { disabledAt: null } })
    },
  )

  it('of an inmate is worth nothing without the terminal', async () => {
    const { device, inmateId, terminalId, visitId } = given.place
    const whole = await inmateCookie(given.world, { device, inmateId, terminalId, visitId })
    const own = /visavis-inmate=[\w-]+/.exec(whole)?.[0] ?? ''
    expectNobody('no terminal', await tryEverywhere(own))
  })
})
