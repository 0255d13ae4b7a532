import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { KNOWN_INMATE } from '../support/known-media.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { PATIENCE_MS, verifyOnPage } from './pages/page-object.ts'
import { enrolTerminal, goToVisit } from './pages/terminal-journey.ts'

const CHROMIUM = process.env['CHROMIUM_PATH'] || '/usr/bin/chromium'
const START = /Video visits|Видеосвидания/
const SET_UP = /Set up this terminal|Настройка терминала/

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let browser: Browser

beforeAll(async () => {
  stack = cleanUp.later(await startStack(), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  browser = cleanUp.later(await openBrowser(KNOWN_INMATE), (each) => each.close())
})
afterAll(cleanUp.run)

type Desk = { readonly page: Page; readonly context: BrowserContext }

/** An administrator of the demonstration's facility, and what they do to a terminal over REST. */
async function anAdmin() {
  const { page, context }: Desk = await openPage(browser)
  const headers = { origin: stack.origin }
  const { login, password } = demo.staff('facilityAdmin')
  await page.request.post(`${stack.origin}/api/sign-in`, { headers, data: { login, password } })
  const post = async (path: string, data?: object) => {
    const given = data === undefined ? { headers } : { headers, data }
    const answer = await page.request.post(`${stack.origin}${path}`, given)
    expect(answer.status(), await answer.text()).toBe(200)
    return (await answer.json()) as { code: string }
  }
  return {
    codeFor: async (terminalId: string) =>
      (await post(`/api/terminals/${terminalId}/enrolment-codes`)).code,
    revoke: (terminalId: string) =>
      post(`/api/terminals/${terminalId}/key/revocation`, { reason: 'SUSPECTED' }),
    close: () => context.close(),
  }
}

const terminalNamed = (name: string) =>
  demo.db.terminal.findFirstOrThrow({ where: { facilityId: demo.visit.facilityId, name } })

/** A browser with a profile on disk, as a terminal has it. */
const openProfile = (folder: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    locale: 'en-GB',
  })

describe('[TR-5] a terminal’s key', () => {
  it('outlives a reload and a restart of the browser, cannot be read, and is not in the cookie', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'visavis-profile-'))
    const admin = await anAdmin()
    const { terminalId } = await terminalNamed('Terminal 2')
    const code = await admin.codeFor(terminalId)
    const first = await openProfile(folder)
    const page = await first.newPage()
    await enrolTerminal(page, { origin: stack.origin, code })
    const own = { isExtractable: false, uses: ['sign'], exported: 'InvalidAccessError' }
    expect(await page.evaluate(readOwnKey)).toEqual(own)
    await page.reload()
    await verifyOnPage(page, START)
    const cookies = await first.cookies()
    await first.close()

    const second = await openProfile(folder)
    const again = await second.newPage()
    await again.goto(`${stack.origin}/terminal/`)
    await verifyOnPage(again, START)

    // The cookie in another profile: no terminal there, refused by the API, and the facility learns of it.
    const { page: thief, context } = await openPage(browser)
    await context.addCookies([...cookies, ...(await second.cookies())])
    const stolen = await thief.request.get(`${stack.origin}/api/terminal`)
    expect(stolen.status()).toBe(401)
    expect(await stolen.json()).toMatchObject({ code: 'TERMINAL_PROOF_REQUIRED' })
    await thief.goto(`${stack.origin}/terminal/`)
    await verifyOnPage(thief, SET_UP)
    const where = { terminalId, kind: 'TERMINAL_ALARM' as const, state: 'OPEN' as const }
    expect(await demo.db.task.count({ where })).toBe(1)
    // The terminal itself has not noticed anything.
    await again.reload()
    await verifyOnPage(again, START)

    await admin.revoke(terminalId)
    await verifyOnPage(again, SET_UP)
    await context.close()
    await second.close()
    await admin.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('ends a visit’s media when it is revoked, and the terminal asks to be set up', async () => {
    const admin = await anAdmin()
    const { page, context } = await openPage(browser)
    const { terminalId } = demo.visit
    await enrolTerminal(page, { origin: stack.origin, code: await admin.codeFor(terminalId) })
    await goToVisit(page, demo.inmatePin)
    const signedIn = { terminalId, endedAt: null }
    await until(
      async () => ((await demo.db.authSession.count({ where: signedIn })) === 1 ? true : null),
      'the inmate to be signed in',
    )
    await admin.revoke(terminalId)
    await page.getByRole('heading', { name: SET_UP }).waitFor({ timeout: PATIENCE_MS })
    expect(await demo.db.authSession.count({ where: signedIn })).toBe(0)
    await context.close()
    await admin.close()
  })
})

/** Runs in the page: what it can find out about the key it keeps. */
async function readOwnKey() {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open('visavis-terminal')
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(new Error('no store'))
  })
  const row = await new Promise<{ privateKey: CryptoKey }>((resolve) => {
    const asked = database.transaction('device').objectStore('device').get('this')
    asked.onsuccess = () => resolve(asked.result as { privateKey: CryptoKey })
  })
  database.close()
  const { privateKey } = row
  const exported = await crypto.subtle.exportKey('pkcs8', privateKey).then(
    () => 'exported',
    (error: unknown) => (error instanceof DOMException ? error.name : 'another fault'),
  )
  return { isExtractable: privateKey.extractable, uses: privateKey.usages, exported }
}
