import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { KNOWN_VISITOR } from '../support/known-media.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { PATIENCE_MS, verifyOnPage } from './pages/page-object.ts'
import { enrolTerminal, goToPin, typePin } from './pages/terminal-journey.ts'
import {
  chooseLanguage,
  goToCheck,
  goToWaitingRoom,
  openSignIn,
  signIn,
  submitSignIn,
} from './pages/visitor-journey.ts'

/** An id that no visit has. */
const UNKNOWN_VISIT = '00000000-0000-4000-8000-000000000000'
/** A narrow phone, as WCAG 1.4.10 asks for. */
const NARROW = { width: 360, height: 740 }

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
/** Says yes by itself when a page asks for the camera, as a person would. */
let willing: Browser
/** Has a camera that no page was given. */
let unwilling: Browser
const contexts: BrowserContext[] = []

beforeAll(async () => {
  stack = cleanUp.later(await startStack(), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  const close = (browser: Browser) => browser.close()
  willing = cleanUp.later(await openBrowser(KNOWN_VISITOR), close)
  unwilling = cleanUp.later(await openBrowser(KNOWN_VISITOR, { asksNobody: true }), close)
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})
afterAll(cleanUp.run)

async function newPage(browser = willing, size: { width?: number; height?: number } = {}) {
  const { page, context } = await openPage(browser, size)
  contexts.push(context)
  return page
}

const asVisitor = () => ({ origin: stack.origin, ...demo.visitor })
const asStaff = (role: Parameters<Demo['staff']>[0]) => ({
  origin: stack.origin,
  ...demo.staff(role),
})

describe('signing in and out', () => {
  it('[EL-8] a wrong password is refused in words, and nothing is lost of what was typed', async () => {
    const page = await newPage()
    await openSignIn(page, stack.origin)
    await submitSignIn(page, { login: demo.visitor.login, password: 'not-the-password' })
    const summary = page.getByRole('alert')
    await summary.getByText('The e-mail address, the login or the password is not right').waitFor()
    expect(await page.getByLabel('Login').inputValue()).toBe(demo.visitor.login)
    await submitSignIn(page, demo.visitor)
    await verifyOnPage(page, 'Your visits')
  })

  it('signing out ends the session for every tab', async () => {
    const page = await newPage()
    await signIn(page, asVisitor())
    await verifyOnPage(page, 'Your visits')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await verifyOnPage(page, 'You are signed out')
    await page.goto(`${stack.origin}/visits`)
    await verifyOnPage(page, 'Sign in')
  })

  it('[TR-3] an address of another role leads to the own start page', async () => {
    const visitor = await newPage()
    await signIn(visitor, asVisitor())
    await verifyOnPage(visitor, 'Your visits')
    for (const foreign of ['wall', 'recordings', 'terminals']) {
      await visitor.goto(`${stack.origin}/${foreign}`)
      await verifyOnPage(visitor, 'Your visits')
    }
    const officer = await newPage()
    await signIn(officer, asStaff('officer'))
    await verifyOnPage(officer, 'Visits now')
    await officer.goto(`${stack.origin}/visits/${demo.visit.visitId}`)
    await verifyOnPage(officer, 'Visits now')
  })
})

describe('the way into a visit', () => {
  it('a visit that does not exist is said to be unknown, with the way back', async () => {
    const page = await newPage()
    await signIn(page, asVisitor())
    await verifyOnPage(page, 'Your visits')
    await page.goto(`${stack.origin}/visits/${UNKNOWN_VISIT}`)
    await verifyOnPage(page, 'We cannot find this visit')
    await page.getByRole('link', { name: 'Back to your visits' }).click()
    await verifyOnPage(page, 'Your visits')
  })

  it('[LV-10] a refused camera has its own words, and two ways on', async () => {
    const page = await newPage(unwilling)
    await signIn(page, asVisitor())
    await goToCheck(page)
    await page.getByText('The camera and microphone are blocked').waitFor({ timeout: PATIENCE_MS })
    // The way out in this very browser.
    await page.getByText('Click the icon at the left of the address bar').waitFor()
    const goOn = page.getByRole('link', { name: 'Go on without camera and microphone' })
    await goOn.waitFor()
    await page.context().grantPermissions(['camera', 'microphone'])
    await page.getByRole('button', { name: 'Try again' }).click()
    await page
      .getByRole('link', { name: 'Go to the waiting room' })
      .waitFor({ timeout: PATIENCE_MS })
    await page.context().clearPermissions()
    await page.reload()
    await goOn.click({ timeout: PATIENCE_MS })
    await verifyOnPage(page, 'Waiting room')
  })

  it('[LV-10] a test through our SFU works with sound only, and the staff see what it found', async () => {
    const page = await newPage(unwilling)
    await page.context().grantPermissions(['microphone'])
    await signIn(page, asVisitor())
    await verifyOnPage(page, 'Your visits')
    await page.goto(`${stack.origin}/visits/${demo.visit.visitId}/try`)
    await verifyOnPage(page, 'Try your device')
    await page.getByRole('button', { name: 'Start the test' }).click()
    await page.getByRole('button', { name: 'Yes, I heard them' }).click({ timeout: PATIENCE_MS })
    await page.getByRole('button', { name: 'Test again' }).waitFor({ timeout: PATIENCE_MS })
    for (const part of [
      'Microphone',
      'Sound',
      'Connection',
      'Spare connection',
      'Sound and picture',
    ]) {
      await stepOf(page, part).getByText('Works', { exact: true }).waitFor()
    }
    await stepOf(page, 'Camera').getByText('Does not work').waitFor()
    await page.getByText('The camera is blocked: you will be heard but not seen.').waitFor()
    await verifyOnPage(page, 'Try your device')
    const officer = await newPage()
    await signIn(officer, asStaff('officer'))
    await verifyOnPage(officer, 'Visits now')
    await officer.goto(`${stack.origin}/office/day/${demo.visit.visitId}`)
    await officer.getByText('The camera is blocked').waitFor({ timeout: PATIENCE_MS })
  })

  it('[LV-4] a second tab takes the seat, and the first one is told and may take it back', async () => {
    const first = await newPage()
    await signIn(first, asVisitor())
    await goToWaitingRoom(first)
    const second = await first.context().newPage()
    await second.goto(`${stack.origin}/visits/${demo.visit.visitId}`)
    await verifyOnPage(second, 'Waiting room')
    await verifyOnPage(first, 'You joined on another device')
    await first.getByRole('button', { name: 'Use this device instead' }).click()
    await verifyOnPage(first, 'Waiting room')
    await verifyOnPage(second, 'You joined on another device')
  })
})

describe('for everybody', () => {
  it('[OV-3] speaks Russian when it is chosen, and says so to a screen reader', async () => {
    const page = await newPage()
    await openSignIn(page, stack.origin)
    await chooseLanguage(page, 'Русский')
    await verifyOnPage(page, 'Вход')
    expect(await page.locator('html').getAttribute('lang')).toBe('ru')
    await page.getByLabel('Логин').fill(demo.visitor.login)
    await page.getByLabel('Пароль', { exact: true }).fill(demo.visitor.password)
    await page.getByRole('button', { name: 'Войти' }).click()
    await verifyOnPage(page, 'Ваши свидания')
    await page.reload()
    await verifyOnPage(page, 'Ваши свидания')
    expect(await page.locator('html').getAttribute('lang')).toBe('ru')
  })

  it('fits a narrow phone without scrolling sideways', async () => {
    const page = await newPage(willing, NARROW)
    await openSignIn(page, stack.origin)
    await expectNoSidewaysScrolling(page)
    await submitSignIn(page, demo.visitor)
    await verifyOnPage(page, 'Your visits')
    await expectNoSidewaysScrolling(page)
    await goToCheck(page)
    await expectNoSidewaysScrolling(page)
    await page.getByRole('link', { name: 'Go to the waiting room' }).click()
    await verifyOnPage(page, 'Waiting room')
    await expectNoSidewaysScrolling(page)
  })
})

describe('a terminal', () => {
  it('[TR-5] is set up with a code that works once, and lets nobody in with a wrong PIN', async () => {
    const admin = await newPage()
    await signIn(admin, asStaff('facilityAdmin'))
    await admin.getByRole('link', { name: 'Terminals' }).click({ timeout: PATIENCE_MS })
    await verifyOnPage(admin, 'Terminals')
    const { terminalName } = demo.visit
    await admin.getByRole('button', { name: `Make a code for ${terminalName}` }).click()
    const code = (await admin.locator('.vv-code').textContent()) ?? ''
    await verifyOnPage(admin, 'Terminals')
    await chooseLanguage(admin, 'Русский')
    await verifyOnPage(admin, 'Терминалы')
    expect(await admin.locator('.vv-code').textContent()).toBe(code)

    const terminal = await newPage()
    await enrolTerminal(terminal, { origin: stack.origin, code })
    await goToPin(terminal)
    await typePin(terminal, wrongOf(demo.inmatePin))
    await terminal.getByText('The PIN is not right').waitFor()

    const thief = await newPage()
    await thief.goto(`${stack.origin}/terminal/`)
    await verifyOnPage(thief, 'Set up this terminal')
    await thief.getByLabel('Code', { exact: true }).fill(code)
    await thief.getByRole('button', { name: 'Set up' }).click()
    await thief.getByText('The code is not right or is too old').first().waitFor()
  })
})

function stepOf(page: Page, name: string) {
  return page
    .getByRole('listitem')
    .filter({ hasText: new RegExp(`^${name}`) })
    .first()
}

async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  await until(
    () =>
      page.evaluate(() =>
        document.documentElement.scrollWidth <= window.innerWidth ? true : null,
      ),
    `${page.url()} to fit ${NARROW.width} pixels`,
  )
}

function wrongOf(pin: string): string {
  const last = Number(pin.at(-1))
  return `${pin.slice(0, -1)}${(last + 1) % 10}`
}
