import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '@visavis/contract/http'
import type { Route } from '@visavis/contract/http'
import { insertAccount } from '@visavis/prisma/seed'
import { aPlace } from '../rest/support/people-and-places.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { anAuthenticator } from '../../support/software-authenticator.ts'
import { ORIGIN, aBrowser, addPasskey, byPasskey, codeOf } from './browser.ts'
import type { Browser } from './browser.ts'
import { anIdentityWorld } from './identity-world.ts'
import type { IdentityWorld } from './identity-world.ts'

let given: IdentityWorld
let admin: Browser
beforeAll(async () => {
  given = await anIdentityWorld()
  admin = (await given.setUp('facilityAdmin')).browser
})
afterAll(() => given.close())

const REASON = { reason: 'A new colleague.' }

/** Another administrator of the same facility, signed in. */
async function aSecondAdmin(): Promise<Browser> {
  const { facilityId } = given.place
  const { accountId } = await insertAccount(given.world.db, { role: 'facilityAdmin', facilityId })
  const cookie = await accountCookie(given.world, accountId)
  return {
    address: '10.9.9.9',
    cookie: () => cookie,
    call: (method, url, payload) =>
      given.app.inject({
        ...{ method: method as 'POST', url, headers: { cookie } },
        ...(payload === undefined ? {} : { payload }),
      }),
  }
}

describe('[TR-3] an administrator', () => {
  it('makes an account that its owner sets up, and the log says who did what', async () => {
    const login = `new-${crypto.randomUUID()}@example.org`
    const names = { givenName: 'Nina', familyName: 'New' }
    const made = await admin.call('POST', '/api/accounts', {
      login,
      role: 'officer',
      language: 'ru',
      ...names,
    })
    const { setUpCode, account } = made.json<{
      setUpCode: { code: string }
      account: { accountId: string }
    }>()
    expect(account).toMatchObject({ displayName: 'Nina New', passkeys: 0, isMe: false })
    const again = await admin.call('POST', '/api/accounts', {
      login,
      role: 'auditor',
      language: 'ru',
    })
    expect(codeOf(again)).toBe('LOGIN_TAKEN')
    const owner = aBrowser(given.app)
    await owner.call('POST', '/api/sign-in/set-up', { login, code: setUpCode.code })
    expect(codeOf(await addPasskey(owner, anAuthenticator(ORIGIN)))).toBe('OK')
    const url = `/api/accounts/${account.accountId}`
    expect(codeOf(await admin.call('POST', `${url}/set-up-codes`))).toBe('ALREADY_DECIDED')
    expect((await admin.call('POST', `${url}/sessions/ending`)).json()).toEqual({ ended: 1 })
    expect(codeOf(await owner.call('GET', '/api/me'))).toBe('SESSION_ENDED')
    const entries = await given.entries(given.place.facilityId)
    expect(entries).toEqual(
      expect.arrayContaining(['account.create allow', 'account.endSessions allow']),
    )
  })

  it('disables an account, whose sign-ins end at once, and puts it back', async () => {
    const { browser, authenticator } = await given.setUp('investigator')
    const url = `/api/accounts/${given.place.accounts.investigator}`
    const disabled = await admin.call('POST', `${url}/disable`, REASON)
    expect(disabled.json()).toMatchObject({ sessions: 0 })
    expect(codeOf(await browser.call('GET', '/api/me'))).toBe('SESSION_ENDED')
    expect(codeOf(await byPasskey(aBrowser(given.app), authenticator))).toBe('PASSKEY_REFUSED')
    await admin.call('POST', `${url}/enable`, REASON)
    expect(codeOf(await byPasskey(aBrowser(given.app), authenticator))).toBe('OK')
  })

  it('neither disables nor resets the own account, nor sees those of another facility', async () => {
    const own = `/api/accounts/${given.place.accounts.facilityAdmin}`
    expect(codeOf(await admin.call('POST', `${own}/disable`, REASON))).toBe(
      'SECOND_PERSON_REQUIRED',
    )
    expect(codeOf(await admin.call('POST', `${own}/resets`, REASON))).toBe('SECOND_PERSON_REQUIRED')
    const other = await aPlace(given.world)
    const theirs = `/api/accounts/${other.accounts.officer}`
    for (const act of ['disable', 'enable', 'resets']) {
      expect(codeOf(await admin.call('POST', `${theirs}/${act}`, REASON))).toBe('NOT_FOUND')
    }
    const list = (await admin.call('GET', '/api/accounts')).body
    expect(list).not.toContain(other.accounts.officer)
    // A family is nobody's staff.
    const family = `/api/accounts/${given.place.accounts.visitor}/disable`
    expect(codeOf(await admin.call('POST', family, REASON))).toBe('NOT_FOUND')
  })

  it('resets an account only with a second one, who is neither who asked nor whose it is', async () => {
    const { browser, authenticator } = await given.setUp('auditor')
    const url = `/api/accounts/${given.place.accounts.auditor}/resets`
    const asked = await admin.call('POST', url, REASON)
    const { reset } = asked.json<{ reset: { resetId: string } }>()
    expect(codeOf(await admin.call('POST', url, REASON))).toBe('ALREADY_DECIDED')
    const decision = `/api/account-resets/${reset.resetId}/decision`
    const yes = { isApproved: true }
    expect(codeOf(await admin.call('POST', decision, yes))).toBe('SECOND_PERSON_REQUIRED')
    const second = await aSecondAdmin()
    const third = await aSecondAdmin()
    const answers = await Promise.all([second, third].map((one) => one.call('POST', decision, yes)))
    expect(answers.map(codeOf).sort()).toEqual(['ALREADY_DECIDED', 'OK'])
    expect(codeOf(await browser.call('GET', '/api/me'))).toBe('SESSION_ENDED')
    expect(codeOf(await byPasskey(aBrowser(given.app), authenticator))).toBe('PASSKEY_REFUSED')
    const approved = answers.find((answer) => answer.statusCode === 200)
    const { code } = approved?.json<{ setUpCode: { code: string } }>().setUpCode ?? { code: '' }
    const login = await given.loginOf('auditor')
    const entered = await aBrowser(given.app).call('POST', '/api/sign-in/set-up', { login, code })
    expect(codeOf(entered)).toBe('OK')
  })
})

describe('[TR-3] what needs a fresh proof', () => {
  const stepping = Object.entries<Route>(routes).filter(([, { stepUp }]) => stepUp)

  it('is playing, giving out, holding and destroying recordings, policy and accounts', () => {
    expect(stepping.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        ...['openPlay', 'askExport', 'decideExport', 'placeHold', 'askRelease', 'decideRelease'],
        ...['askDestruction', 'decideDestruction', 'setRetentionRules', 'createStaffAccount'],
      ]),
    )
  })

  it.each(stepping)('%s is refused with a stale one', async (_, route) => {
    const role = route.access.kind === 'account' ? route.access.roles[0] : undefined
    const cookie = await accountCookie(given.world, given.place.accounts[role ?? 'visitor'])
    given.world.clock.advance(5 * 60_000 + 1)
    const url = route.path.replaceAll(/:(\w+)/g, () => crypto.randomUUID())
    const answer = await given.app.inject({ method: route.method, url, headers: { cookie } })
    expect(codeOf(answer)).toBe('STEP_UP_REQUIRED')
  })
})
