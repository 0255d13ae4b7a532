import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAuthenticator } from '../../support/software-authenticator.ts'
import { ORIGIN, aBrowser, addPasskey, byPasskey, byPassword, codeOf } from './browser.ts'
import type { Browser } from './browser.ts'
import { anIdentityWorld } from './identity-world.ts'
import type { IdentityWorld } from './identity-world.ts'

/** Credential stuffing: the long form (`STUFFING=10000`) is a night's work of a real one. */
const TRIES = Number(process.env['STUFFING'] ?? '1000')
const ADDRESSES = 500
/** NIST 800-63B. */
const MOST_GUESSES = 100

let given: IdentityWorld
let victim: string
beforeAll(async () => {
  given = await anIdentityWorld()
  victim = await given.loginOf('visitor')
})
afterAll(() => given.close())

const MINUTE_MS = 60_000

/** Guesses until it is told to wait; what the last answer was. */
async function guess(browser: Browser, login: string, times: number): Promise<string[]> {
  const codes: string[] = []
  for (let at = 0; at < times; at += 1) {
    codes.push(codeOf(await byPassword(browser, login, `guess ${at}`)))
  }
  return codes
}

describe('[TR-3] who guesses', () => {
  it('waits longer after each wrong password, and is told until when', async () => {
    const browser = aBrowser(given.app)
    const login = await given.loginOf('operatorAdmin')
    expect(await guess(browser, login, 7)).toEqual([
      ...Array<string>(6).fill('SIGN_IN_REFUSED'),
      'SIGN_IN_WAITS',
    ])
    const waits = await byPassword(browser, login, 'any')
    const liftsAt = Date.parse(waits.json<{ liftsAt: string }>().liftsAt)
    expect(liftsAt - given.world.clock.now().getTime()).toBeLessThanOrEqual(15_000)
    given.world.clock.advance(15_001)
    expect(await guess(browser, login, 2)).toEqual(['SIGN_IN_REFUSED', 'SIGN_IN_WAITS'])
    given.world.clock.advance(15_001)
    expect(await guess(browser, login, 1)).toEqual(['SIGN_IN_WAITS'])
  })

  it('learns nothing about who has an account: a login that nobody has waits likewise', async () => {
    const browser = aBrowser(given.app)
    expect((await guess(browser, 'nobody@example.org', 7)).at(-1)).toBe('SIGN_IN_WAITS')
  })

  it('is the same in the whole of an IPv6 /64', async () => {
    const codes: string[] = []
    for (let at = 1; at <= 7; at += 1) {
      const browser = aBrowser(given.app, `2001:db8:7:9::${at}`)
      codes.push(...(await guess(browser, 'somebody@example.org', 1)))
    }
    expect(codes.at(-1)).toBe('SIGN_IN_WAITS')
    const next = aBrowser(given.app, '2001:db8:7:a::1')
    expect(await guess(next, 'somebody@example.org', 1)).toEqual(['SIGN_IN_REFUSED'])
  })

  it('is counted by all servers, also after a restart', async () => {
    const login = 'spread@example.org'
    await guess(aBrowser(given.app, '10.200.0.1'), login, 6)
    const other = await given.world.another({ staffSignIn: 'passkey', publicOrigin: ORIGIN })
    expect(await guess(aBrowser(other, '10.200.0.1'), login, 1)).toEqual(['SIGN_IN_WAITS'])
  })
})

describe('[TR-3] credential stuffing', () => {
  it(`of ${TRIES} tries from ${ADDRESSES} addresses: at most a hundred are looked at, and the owner signs in`, async () => {
    const { app, world } = given
    const known = aBrowser(app)
    expect(codeOf(await byPassword(known, victim))).toBe('OK')
    const authenticator = anAuthenticator(ORIGIN)
    expect(codeOf(await addPasskey(known, authenticator))).toBe('OK')
    await known.call('POST', '/api/sign-out')
    const counts = new Map<string, number>()
    for (let at = 0; at < TRIES; at += 1) {
      const address = `10.77.${(at % ADDRESSES) >> 8}.${(at % ADDRESSES) & 255}`
      const [code = ''] = await guess(aBrowser(app, address), victim, 1)
      counts.set(code, (counts.get(code) ?? 0) + 1)
      // A minute between the rounds, so that the limit by address is not what stops them.
      if (at % ADDRESSES === ADDRESSES - 1) world.clock.advance(MINUTE_MS)
    }
    console.info(`stuffing: ${JSON.stringify(Object.fromEntries(counts))}`)
    expect(counts.get('SIGN_IN_REFUSED')).toBeLessThanOrEqual(MOST_GUESSES)
    expect((counts.get('SIGN_IN_REFUSED') ?? 0) + (counts.get('SIGN_IN_WAITS') ?? 0)).toBe(TRIES)
    // In the browser where they were signed in before; by passkey from anywhere.
    expect(codeOf(await byPassword(known, victim))).toBe('OK')
    expect(codeOf(await byPasskey(aBrowser(app), authenticator))).toBe('OK')
    // With the right password from elsewhere: whoever stuffs might have it, too.
    expect(codeOf(await byPassword(aBrowser(app), victim))).toBe('SIGN_IN_WAITS')
  })
})
