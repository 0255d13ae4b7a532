import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PasskeyRequest } from '@visavis/contract/http'
import { anAuthenticator } from '../../support/software-authenticator.ts'
import type { Misbehaviour } from '../../support/software-authenticator.ts'
import {
  ORIGIN,
  aBrowser,
  addPasskey,
  byPasskey,
  byPassword,
  codeOf,
  proveByPasskey,
  stageOf,
} from './browser.ts'
import { anIdentityWorld } from './identity-world.ts'
import type { IdentityWorld } from './identity-world.ts'

let given: IdentityWorld
beforeAll(async () => {
  given = await anIdentityWorld()
})
afterAll(() => given.close())

const lastEntry = async () => (await given.entries(given.place.facilityId)).at(-1)

describe('[TR-3] staff where passkeys are asked for', () => {
  it('get nowhere by password alone', async () => {
    const answer = await byPassword(aBrowser(given.app), await given.loginOf('scheduler'))
    expect(codeOf(answer)).toBe('SET_UP_REQUIRED')
    expect(answer.cookies).toEqual([])
    expect(await lastEntry()).toBe('account.signIn deny NO_PASSKEY')
  })

  it('set one up with a one-time code, and can do nothing else before', async () => {
    const { app, world, place } = given
    const login = await given.loginOf('scheduler')
    const admin = await given.setUp('facilityAdmin')
    const url = `/api/accounts/${place.accounts.scheduler}/set-up-codes`
    const issued = await admin.browser.call('POST', url)
    const { code } = issued.json<{ code: string }>()
    const browser = aBrowser(app)
    const entered = await browser.call('POST', '/api/sign-in/set-up', { login, code })
    expect(stageOf(entered)).toBe('SET_UP')
    expect(codeOf(await browser.call('GET', '/api/tasks'))).toBe('SET_UP_REQUIRED')
    const before = browser.cookie()
    const added = await addPasskey(browser, anAuthenticator(ORIGIN))
    expect(added.json()).toMatchObject({ me: { signIn: { stage: 'FULL', method: 'PASSKEY' } } })
    expect(browser.cookie()).not.toBe(before)
    expect(codeOf(await browser.call('GET', '/api/tasks'))).toBe('OK')
    const again = await aBrowser(app).call('POST', '/api/sign-in/set-up', { login, code })
    expect(codeOf(again)).toBe('CODE_REFUSED')
    expect(JSON.stringify(await world.db.setUpCode.findMany())).not.toContain(code)
  })

  it('then sign in by it without a name, each time with another token', async () => {
    const { app, setUp } = given
    const { browser: first, authenticator } = await setUp('officer')
    const browser = aBrowser(app)
    const answer = await byPasskey(browser, authenticator)
    expect(answer.json()).toMatchObject({
      accountId: given.place.accounts.officer,
      signIn: { stage: 'FULL', method: 'PASSKEY', isBreakGlass: false },
    })
    expect(browser.cookie()).not.toBe(first.cookie())
    expect(await lastEntry()).toBe('account.signIn allow')
  })
})

describe('[TR-3] a passkey is refused', () => {
  const WRONG: readonly (readonly [string, Misbehaviour, string])[] = [
    [
      'from a page of another origin',
      { origin: 'https://visits.evil.example' },
      'passkey.use deny WRONG_ORIGIN',
    ],
    ['for another site', { rpId: 'evil.example' }, 'passkey.use deny WRONG_RP'],
    [
      'without having seen the person',
      { isUserVerified: false },
      'passkey.use deny USER_NOT_VERIFIED',
    ],
    ['with another key', { isForged: true }, 'passkey.use deny BAD_SIGNATURE'],
    ['with a counter that went back', { counter: 1 }, 'passkey.alarm deny COUNTER_WENT_BACK'],
  ]

  it.each(WRONG)('%s', async (_, otherwise, entry) => {
    const { authenticator } = await given.setUp('investigator')
    await byPasskey(aBrowser(given.app), authenticator)
    const browser = aBrowser(given.app)
    const answer = await byPasskey(browser, authenticator, otherwise)
    expect(codeOf(answer)).toBe('PASSKEY_REFUSED')
    expect(browser.cookie()).not.toContain('visavis=')
    expect(await lastEntry()).toBe(entry)
  })

  it('as an alarm, once for staff to look at, when two of it are about', async () => {
    const { authenticator } = await given.setUp('auditor')
    const copy = authenticator.copy()
    expect(codeOf(await byPasskey(aBrowser(given.app), authenticator))).toBe('OK')
    expect(codeOf(await byPasskey(aBrowser(given.app), copy))).toBe('PASSKEY_REFUSED')
    const { passkeyId } = await given.world.db.passkey.findUniqueOrThrow({
      where: { credentialId: authenticator.credentialId },
    })
    const where = { kind: 'SIGN_IN_ALARM', subjectId: passkeyId } as const
    expect(await given.world.db.task.count({ where })).toBe(1)
  })

  it('when its challenge is used again, is another browser’s, or is too old', async () => {
    const { authenticator } = await given.setUp('officer')
    const browser = aBrowser(given.app)
    const asked = await browser.call('POST', '/api/sign-in/passkey/request')
    const options = asked.json<PasskeyRequest>()
    const send = (from = browser) =>
      from.call('POST', '/api/sign-in/passkey', { credential: authenticator.answer(options) })
    const elsewhere = aBrowser(given.app)
    await elsewhere.call('POST', '/api/sign-in/passkey/request')
    expect(codeOf(await send(elsewhere))).toBe('PASSKEY_REFUSED')
    expect(codeOf(await send())).toBe('OK')
    expect(codeOf(await send())).toBe('PASSKEY_REFUSED')
    const late = await browser.call('POST', '/api/sign-in/passkey/request')
    given.world.clock.advance(5 * 60_000 + 1)
    const credential = authenticator.answer(late.json<PasskeyRequest>())
    expect(codeOf(await browser.call('POST', '/api/sign-in/passkey', { credential }))).toBe(
      'PASSKEY_REFUSED',
    )
    expect((await given.entries(null)).at(-1)).toBe('passkey.use deny CHALLENGE_UNKNOWN')
  })

  it('when its account is disabled', async () => {
    const { authenticator } = await given.setUp('scheduler')
    const where = { accountId: given.place.accounts.scheduler }
    await given.world.db.account.update({ where, data: { disabledAt: given.world.clock.now() } })
    expect(codeOf(await byPasskey(aBrowser(given.app), authenticator))).toBe('PASSKEY_REFUSED')
    expect(await lastEntry()).toBe('passkey.use deny ACCOUNT_DISABLED')
    await given.world.db.account.update({ where, data: { disabledAt: null } })
  })
})

describe('[TR-3] a fresh proof', () => {
  it('is asked for five minutes after the last one, given by passkey, and changes the token', async () => {
    const { browser, authenticator } = await given.setUp('facilityAdmin')
    const url = `/api/accounts/${given.place.accounts.officer}/sessions/ending`
    expect(codeOf(await browser.call('POST', url))).toBe('OK')
    given.world.clock.advance(5 * 60_000 + 1)
    expect(codeOf(await browser.call('POST', url))).toBe('STEP_UP_REQUIRED')
    expect(codeOf(await browser.call('GET', '/api/accounts'))).toBe('OK')
    const stolen = browser.cookie()
    expect(codeOf(await proveByPasskey(browser, authenticator))).toBe('OK')
    expect(codeOf(await browser.call('POST', url))).toBe('OK')
    const replay = await given.app.inject({ url: '/api/me', headers: { cookie: stolen } })
    expect(codeOf(replay)).toBe('NOT_SIGNED_IN')
  })

  it('cannot be given with somebody else’s passkey', async () => {
    const { browser } = await given.setUp('facilityAdmin')
    const { authenticator } = await given.setUp('officer')
    expect(codeOf(await proveByPasskey(browser, authenticator))).toBe('PASSKEY_REFUSED')
    expect(await lastEntry()).toBe('passkey.use deny ANOTHERS_PASSKEY')
  })
})

describe('one’s own passkeys', () => {
  it('are listed, renamed and taken away, the last one of staff never', async () => {
    const { browser, authenticator } = await given.setUp('auditor')
    const other = aBrowser(given.app)
    await byPasskey(other, authenticator)
    const second = anAuthenticator(ORIGIN)
    expect(codeOf(await addPasskey(browser, second))).toBe('OK')
    const view = (await browser.call('GET', '/api/my/security')).json<{
      passkeys: { passkeyId: string; name: string }[]
      sessions: { isThisOne: boolean; device: object }[]
    }>()
    expect(view.sessions.filter(({ isThisOne }) => isThisOne)).toMatchObject([
      { device: { browser: 'Firefox', system: 'Android' } },
    ])
    const [last, ...others] = view.passkeys.map(({ passkeyId }) => `/api/my/passkeys/${passkeyId}`)
    expect((await browser.call('PUT', last ?? '', { name: 'Key' })).json()).toMatchObject({
      name: 'Key',
    })
    for (const url of others) expect(codeOf(await browser.call('DELETE', url))).toBe('OK')
    expect(codeOf(await other.call('GET', '/api/me'))).toBe('SESSION_ENDED')
    expect(codeOf(await browser.call('DELETE', last ?? ''))).toBe('LAST_PROOF')
    expect(codeOf(await byPasskey(aBrowser(given.app), second))).toBe('PASSKEY_REFUSED')
  })
})
