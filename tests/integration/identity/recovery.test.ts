import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Visitor } from '@visavis/prisma'
import { insertAccount, insertVisitor } from '@visavis/prisma/seed'
import { anAuthenticator } from '../../support/software-authenticator.ts'
import { ORIGIN, aBrowser, addPasskey, byPasskey, byPassword, codeOf } from './browser.ts'
import type { Browser } from './browser.ts'
import { anIdentityWorld } from './identity-world.ts'
import type { IdentityWorld } from './identity-world.ts'

const PASSWORD = 'nine teapots under a quiet moon'
const DAY_MS = 86_400_000

let given: IdentityWorld
beforeAll(async () => {
  given = await anIdentityWorld()
})
afterAll(() => given.close())

async function aFamily(): Promise<Visitor> {
  const { db } = given.world
  const visitor = await insertVisitor(db)
  await insertAccount(db, { role: 'visitor', visitorId: visitor.visitorId, login: visitor.email })
  return visitor
}

/** The newest code that was mailed to that address; null: none. */
async function mailed(address: string): Promise<string | null> {
  const row = await given.world.db.notice.findFirst({
    where: { address, kind: { in: ['RECOVERY_CODE', 'ADDRESS_CODE'] } },
    orderBy: { noticeId: 'desc' },
  })
  return row && (row.details as { given: { code: string } }).given.code
}

const kindsTo = async (address: string): Promise<string[]> => {
  const rows = await given.world.db.notice.findMany({
    where: { address },
    orderBy: { noticeId: 'asc' },
  })
  return rows.map(({ kind }) => kind)
}

const ask = (browser: Browser, login: string) => browser.call('POST', '/api/recovery', { login })
const prove = (browser: Browser, code: string | null) =>
  browser.call('POST', '/api/recovery/proof', { code: code ?? '000000' })
const finish = (browser: Browser, more: object = {}) =>
  browser.call('POST', '/api/recovery/finish', { password: PASSWORD, ...more })

describe('[TR-3] the way back in', () => {
  it('is a code by mail, typed in the same browser; every sign-in ends, the address is told', async () => {
    const { email } = await aFamily()
    const before = aBrowser(given.app)
    await byPassword(before, email)
    const browser = aBrowser(given.app)
    expect(codeOf(await ask(browser, email.toUpperCase()))).toBe('OK')
    const code = await mailed(email)
    expect(codeOf(await prove(aBrowser(given.app), code))).toBe('CODE_REFUSED')
    expect((await prove(browser, code)).json()).toEqual({ needs: 'PASSWORD', opensAt: null })
    expect(codeOf(await finish(browser, { password: email }))).toBe('PASSWORD_PERSONAL')
    expect(codeOf(await finish(browser))).toBe('OK')
    expect(codeOf(await before.call('GET', '/api/me'))).toBe('SESSION_ENDED')
    expect(codeOf(await byPassword(aBrowser(given.app), email, PASSWORD))).toBe('OK')
    expect(codeOf(await finish(browser))).toBe('NOT_SIGNED_IN')
    expect(await kindsTo(email)).toEqual(['RECOVERY_CODE', 'ACCOUNT_RECOVERED'])
    expect(await given.entries(null)).toContain('recovery.finish allow')
  })

  it('says nothing about who has an account, and is none for staff', async () => {
    const officer = await given.loginOf('officer')
    for (const login of ['nobody@example.org', officer]) {
      const answer = await ask(aBrowser(given.app), login)
      expect([codeOf(answer), answer.json()]).toEqual(['OK', {}])
      expect(await kindsTo(login)).toEqual([])
    }
  })

  it('is closed after five wrong codes, and after ten minutes', async () => {
    const { email } = await aFamily()
    const browser = aBrowser(given.app)
    await ask(browser, email)
    const code = await mailed(email)
    const wrong = code === '111111' ? '222222' : '111111'
    for (let at = 0; at < 5; at += 1)
      expect(codeOf(await prove(browser, wrong))).toBe('CODE_REFUSED')
    expect(codeOf(await prove(browser, code))).toBe('CODE_REFUSED')
    await ask(browser, email)
    given.world.clock.advance(10 * 60_000 + 1)
    expect(codeOf(await prove(browser, await mailed(email)))).toBe('CODE_REFUSED')
  })

  it('takes three days where there is a passkey, and any sign-in of its owner ends the wait', async () => {
    const { email } = await aFamily()
    const owner = aBrowser(given.app)
    await byPassword(owner, email)
    const authenticator = anAuthenticator(ORIGIN)
    await addPasskey(owner, authenticator)
    const thief = aBrowser(given.app)
    await ask(thief, email)
    expect((await prove(thief, await mailed(email))).json()).toMatchObject({
      needs: 'SECOND_PROOF',
    })
    expect(codeOf(await finish(thief))).toBe('RECOVERY_WAITS')
    expect(await kindsTo(email)).toContain('RECOVERY_WAITS')
    expect(codeOf(await byPasskey(aBrowser(given.app), authenticator))).toBe('OK')
    given.world.clock.advance(3 * DAY_MS)
    await ask(thief, email)
    await prove(thief, await mailed(email))
    expect(codeOf(await finish(thief))).toBe('RECOVERY_WAITS')
    // Nobody signs in: whoever waits has lost the passkey, and it goes.
    given.world.clock.advance(3 * DAY_MS)
    await ask(thief, email)
    expect((await prove(thief, await mailed(email))).json()).toMatchObject({ needs: 'PASSWORD' })
    expect(codeOf(await finish(thief))).toBe('OK')
    expect(codeOf(await byPasskey(aBrowser(given.app), authenticator))).toBe('PASSKEY_REFUSED')
  })
})

describe('[TR-3] an address', () => {
  it('is the account’s when a code sent there was typed; the old one is told', async () => {
    const { email } = await aFamily()
    const browser = aBrowser(given.app)
    await byPassword(browser, email)
    const fresh = `new-${email}`
    const url = '/api/my/email-proof'
    expect(codeOf(await browser.call('POST', url, { email: fresh }))).toBe('OK')
    const code = await mailed(fresh)
    expect(codeOf(await browser.call('POST', `${url}/confirmation`, { code }))).toBe('OK')
    expect(await kindsTo(email)).toEqual(['ADDRESS_CHANGED'])
    expect((await browser.call('GET', '/api/my/security')).json()).toMatchObject({
      login: fresh,
      email: fresh,
    })
  })

  it('of somebody else gets no code, and the answer does not tell', async () => {
    const [one, other] = [await aFamily(), await aFamily()]
    const browser = aBrowser(given.app)
    await byPassword(browser, one.email)
    const answer = await browser.call('POST', '/api/my/email-proof', { email: other.email })
    expect(codeOf(answer)).toBe('OK')
    expect(await kindsTo(other.email)).toEqual([])
  })
})
