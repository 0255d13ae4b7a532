import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aBrowser, byPassword, codeOf, stageOf } from './browser.ts'
import type { Browser } from './browser.ts'
import { anIdentityWorld } from './identity-world.ts'
import type { IdentityWorld } from './identity-world.ts'

let given: IdentityWorld
let login: string
let secret: string
let recoveryCodes: string[]
let owner: Browser
beforeAll(async () => {
  given = await anIdentityWorld()
  login = await given.loginOf('visitor')
  owner = aBrowser(given.app)
  await byPassword(owner, login)
  secret = (await owner.call('POST', '/api/my/totp')).json<{ secret: string }>().secret
  const confirmed = await owner.call('POST', '/api/my/totp/confirmation', { code: code() })
  recoveryCodes = confirmed.json<{ recoveryCodes: string[] }>().recoveryCodes
})
afterAll(() => given.close())

const STEP_MS = 30_000

/** The code that the app shows now, or some steps from now. */
function code(steps = 0): string {
  const epoch = Math.floor((given.world.clock.now().getTime() + steps * STEP_MS) / 1_000)
  return generateSync({ secret, epoch })
}

async function half(): Promise<Browser> {
  const browser = aBrowser(given.app)
  await byPassword(browser, login)
  return browser
}
const byTotp = (browser: Browser, typed: string) =>
  browser.call('POST', '/api/sign-in/second-factor', { kind: 'TOTP', code: typed })

describe('[TR-3] a second factor', () => {
  it('is kept sealed, and its recovery codes hashed', async () => {
    const rows = JSON.stringify([
      await given.world.db.recoveryCode.findMany(),
      (await given.world.db.totp.findMany()).map(({ sealedSecret }) =>
        Buffer.from(sealedSecret).toString('latin1'),
      ),
    ])
    expect(recoveryCodes).toHaveLength(10)
    for (const open of [secret, ...recoveryCodes]) expect(rows).not.toContain(open)
  })

  it('is asked for after the password, and nothing else is allowed before', async () => {
    given.world.clock.advance(STEP_MS)
    const browser = aBrowser(given.app)
    const first = await byPassword(browser, login)
    expect(first.json()).toMatchObject({
      signIn: { stage: 'SECOND_FACTOR', secondFactors: ['TOTP', 'RECOVERY_CODE'], provedAt: null },
    })
    expect(codeOf(await browser.call('GET', '/api/my/visits'))).toBe('SECOND_FACTOR_REQUIRED')
    expect(
      codeOf(await browser.call('PUT', '/api/my/password', { password: 'x'.repeat(20) })),
    ).toBe('SECOND_FACTOR_REQUIRED')
    const before = browser.cookie()
    const whole = await byTotp(browser, code())
    expect(stageOf(whole)).toBe('FULL')
    expect(browser.cookie()).not.toBe(before)
    expect(codeOf(await browser.call('GET', '/api/my/visits'))).toBe('OK')
  })

  it('works once: a code that was seen over the shoulder is refused, with an entry', async () => {
    given.world.clock.advance(STEP_MS)
    expect(codeOf(await byTotp(await half(), code()))).toBe('OK')
    expect(codeOf(await byTotp(await half(), code()))).toBe('CODE_REFUSED')
    // The one before it is older still.
    expect(codeOf(await byTotp(await half(), code(-1)))).toBe('CODE_REFUSED')
    expect((await given.entries(null)).at(-1)).toBe('account.signIn deny CODE_REFUSED')
  })

  it('once for one of two that come at the same moment', async () => {
    given.world.clock.advance(STEP_MS)
    const [one, other] = [await half(), await half()]
    const typed = code()
    const answers = await Promise.all([byTotp(one, typed), byTotp(other, typed)])
    expect(answers.map(codeOf).sort()).toEqual(['CODE_REFUSED', 'OK'])
  })

  it('can be a recovery code, each once', async () => {
    const [first = ''] = recoveryCodes
    const typed = { kind: 'RECOVERY_CODE', code: first.toLowerCase().replace('-', ' ') }
    const url = '/api/sign-in/second-factor'
    expect(codeOf(await (await half()).call('POST', url, typed))).toBe('OK')
    expect(codeOf(await (await half()).call('POST', url, typed))).toBe('CODE_REFUSED')
  })

  it('cannot be guessed: a few wrong ones, and it waits, whatever browser they come from', async () => {
    given.world.clock.advance(24 * 60 * 60_000)
    const codes: string[] = []
    for (let at = 0; at < 7; at += 1) {
      codes.push(codeOf(await byTotp(await half(), '000000')))
    }
    expect(codes.at(-1)).toBe('SIGN_IN_WAITS')
    given.world.clock.advance(24 * 60 * 60_000)
  })
})

describe('[TR-3] breaking the glass', () => {
  it('is password and code in place of a passkey: marked, told as a task, and over after four hours', async () => {
    const { browser } = await given.setUp('scheduler')
    const asked = await browser.call('POST', '/api/my/totp')
    ;({ secret } = asked.json<{ secret: string }>())
    await browser.call('POST', '/api/my/totp/confirmation', { code: code() })
    given.world.clock.advance(STEP_MS)
    const broken = aBrowser(given.app)
    const first = await byPassword(broken, await given.loginOf('scheduler'))
    expect(first.json()).toMatchObject({
      signIn: { stage: 'SECOND_FACTOR', secondFactors: ['PASSKEY', 'TOTP', 'RECOVERY_CODE'] },
    })
    const whole = await byTotp(broken, code())
    expect(whole.json()).toMatchObject({
      signIn: { stage: 'FULL', method: 'PASSWORD_TOTP', isBreakGlass: true },
    })
    const { facilityId, accounts } = given.place
    const where = { kind: 'SIGN_IN_ALARM', facilityId, state: 'OPEN' } as const
    expect(await given.world.db.task.count({ where })).toBe(1)
    const admin = await given.setUp('facilityAdmin')
    const list = await admin.browser.call('GET', '/api/accounts')
    expect(list.json()).toMatchObject({
      breakGlass: [{ accountId: accounts.scheduler, endedAt: null }],
    })
    const { expiresAt } = whole.json<{ signIn: { expiresAt: string } }>().signIn
    const lifeMs = Date.parse(expiresAt) - given.world.clock.now().getTime()
    expect(lifeMs).toBe(4 * 60 * 60_000)
  })
})

describe('[TR-3] a lawyer', () => {
  it('needs a second factor, and without one gets no further than to set it up', async () => {
    const { world, place } = given
    await world.db.totp.deleteMany()
    await world.db.passkey.deleteMany()
    const register = { registerName: 'Bar', registerNumber: 'B-1', kind: 'LAWYER' } as const
    await world.db.professional.create({ data: { visitorId: place.visitorId, ...register } })
    const browser = aBrowser(given.app)
    expect(stageOf(await byPassword(browser, login))).toBe('SET_UP')
    expect(codeOf(await browser.call('GET', '/api/my/visits'))).toBe('SET_UP_REQUIRED')
    const asked = await browser.call('POST', '/api/my/totp')
    ;({ secret } = asked.json<{ secret: string }>())
    await browser.call('POST', '/api/my/totp/confirmation', { code: code() })
    given.world.clock.advance(STEP_MS)
    const next = await half()
    expect(stageOf(await byTotp(next, code()))).toBe('FULL')
    expect(codeOf(await next.call('DELETE', '/api/my/totp'))).toBe('LAST_PROOF')
  })
})
