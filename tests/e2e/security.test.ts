import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addAuthenticator } from '../support/virtual-authenticator.ts'
import { openBrowser, openPage } from '../support/browser.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { expectFits } from './pages/office-pages.ts'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { addPasskey, codeOf, openSecurity, setUpApp } from './pages/security-page.ts'
import { openSignIn, signIn, submitSignIn } from './pages/visitor-journey.ts'
import { openWall } from './pages/wall-page.ts'

/** Older than a proof may be for what needs a fresh one. */
const STALE_MS = 6 * 60_000
const NARROW = { width: 360, height: 740 }
const NEW_PASSWORD = 'seven geese on the roof'

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let browser: Browser
const contexts: BrowserContext[] = []
const faults: string[] = []

beforeAll(async () => {
  const mails = cleanUp.later(await mkdtemp(join(tmpdir(), 'visavis-mail-')), (folder) =>
    rm(folder, { recursive: true }),
  )
  stack = cleanUp.later(await startStack({ MAIL_DIR: mails }), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  browser = cleanUp.later(await openBrowser(null), (each) => each.close())
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
  expect(faults.splice(0)).toEqual([])
})
afterAll(cleanUp.run)

/** A browser of its own; whatever its armour stops of our pages is a fault. */
async function newPage(size: { width?: number; height?: number } = {}): Promise<Page> {
  const { page, context } = await openPage(browser, size)
  contexts.push(context)
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.text().startsWith(STOPPED)) faults.push(message.text())
  })
  await page.addInitScript(tellWhatIsStopped, STOPPED)
  return page
}

const STOPPED = 'stopped by the policy:'

/** Runs in the page. What the test itself brings along has no address of ours. */
function tellWhatIsStopped(word: string): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    const { effectiveDirective, sourceFile, lineNumber, sample } = event
    console.warn(`${word} ${effectiveDirective} ${sourceFile}:${lineNumber} ${sample}`)
  })
}

const galina = () => ({ origin: stack.origin, ...demo.account('galina.orlova@example.org') })
const maria = () => ({ origin: stack.origin, ...demo.account('maria.lebedeva@example.org') })
const nina = () => ({ origin: stack.origin, ...demo.account('nina.belova@example.org') })
const aliya = () => ({ origin: stack.origin, ...demo.account('aliya.akhmetova@example.org') })
const asStaff = (role: Parameters<Demo['staff']>[0]) => ({
  origin: stack.origin,
  ...demo.staff(role),
})

/** As if the last proof were some minutes ago. */
async function makeProofStale(login: string): Promise<void> {
  const { accountId } = await demo.db.account.findUniqueOrThrow({ where: { login } })
  const provedAt = new Date(Date.now() - STALE_MS)
  await demo.db.authSession.updateMany({ where: { accountId, endedAt: null }, data: { provedAt } })
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await verifyOnPage(page, 'You are signed out')
}

async function newestMail(to: string, pattern: RegExp): Promise<string> {
  return until(async () => {
    const answer = await fetch(`${stack.origin}/api/development/mail`)
    const { messages } = (await answer.json()) as { messages: { to: string; text: string }[] }
    const found = messages.find((mail) => mail.to === to && pattern.test(mail.text))
    return pattern.exec(found?.text ?? '')?.[0] ?? null
  }, `a mail to ${to}`)
}

describe('[TR-3] passkeys', () => {
  it('a family sets one up, signs in with it alone, and is thrown out of the device that it ends', async () => {
    const page = await newPage(NARROW)
    const device = await addAuthenticator(page)
    await signIn(page, galina())
    await verifyOnPage(page, 'Your visits')
    await openSecurity(page)
    await expectFits(page)
    await addPasskey(page, 'Galina’s phone')
    expect(await device.passkeys()).toBe(1)
    // The second device is in front of nobody.
    const other = await newPage()
    await signIn(other, galina())
    await verifyOnPage(other, 'Your visits')

    await device.setPresent(false)
    await signOut(page)
    await page.getByRole('link', { name: 'Sign in again' }).click()
    await verifyOnPage(page, 'Sign in')
    await device.setPresent(true)
    await page.getByRole('button', { name: 'Continue without a password' }).click()
    await verifyOnPage(page, 'Your visits')

    await openSecurity(page)
    await page
      .getByRole('button', { name: /^Sign out: / })
      .first()
      .click()
    await page.getByText('That device is signed out.').waitFor({ timeout: PATIENCE_MS })
    await other.getByRole('link', { name: 'Whom you visit' }).click()
    await verifyOnPage(other, 'Sign in')
    await other.getByText('You were signed out here').waitFor()
    expect(await other.locator('body').innerText()).not.toContain('Galina')
  })

  it('the browser’s own suggestions sign in, and a device without the passkey says what else there is', async () => {
    const page = await newPage()
    await addAuthenticator(page)
    await signIn(page, aliya())
    await verifyOnPage(page, 'Your visits')
    await openSecurity(page)
    await addPasskey(page, 'Laptop')
    await signOut(page)
    // The device is at hand: nobody presses anything.
    await page.getByRole('link', { name: 'Sign in again' }).click()
    await verifyOnPage(page, 'Your visits')

    const stranger = await newPage(NARROW)
    await addAuthenticator(stranger)
    await openSignIn(stranger, stack.origin)
    await stranger.getByRole('button', { name: 'Continue without a password' }).click()
    await stranger.getByText('No passkey was used').waitFor({ timeout: PATIENCE_MS })
    await verifyAccessible(stranger)
    await expectFits(stranger)
    await submitSignIn(stranger, aliya())
    await verifyOnPage(stranger, 'Your visits')
  })

  it('new staff come in with the administrator’s code, set theirs up and work', async () => {
    const admin = await newPage()
    await signIn(admin, asStaff('facilityAdmin'))
    await admin.getByRole('link', { name: 'Accounts' }).click({ timeout: PATIENCE_MS })
    await verifyOnPage(admin, 'Staff accounts')
    await admin.getByRole('link', { name: 'New account' }).click()
    await verifyOnPage(admin, 'New account')
    await admin.getByLabel('First name').fill('Nina')
    await admin.getByLabel('Family name').fill('Newcomer')
    await admin.getByLabel('Login').fill('nina.newcomer')
    await admin.getByRole('button', { name: 'Make the account' }).click()
    await verifyOnPage(admin, 'The account is made')
    const code = (await admin.locator('.vv-code').textContent()) ?? ''

    const page = await newPage(NARROW)
    await addAuthenticator(page)
    await openSignIn(page, stack.origin)
    await page.getByRole('link', { name: 'I have a one-time code' }).click()
    await verifyOnPage(page, 'Sign in with a one-time code')
    await page.getByLabel('Login').fill('nina.newcomer')
    await page.getByLabel('One-time code').fill(code.toLowerCase())
    await page.getByRole('button', { name: 'Continue' }).click()
    await verifyOnPage(page, 'Set up your passkey')
    await expectFits(page)
    // Nothing else can be done before.
    await page.goto(`${stack.origin}/office/day`)
    await verifyOnPage(page, 'Set up your passkey')
    await page.getByRole('button', { name: 'Set up the passkey' }).click()
    await verifyOnPage(page, 'Day')

    await admin.getByRole('button', { name: 'Done' }).click()
    await verifyOnPage(admin, 'Staff accounts')
    await admin.getByLabel('Name or login').fill('nina')
    await admin.getByText('1 account', { exact: true }).waitFor()
    await admin.getByText('In use', { exact: true }).waitFor()
  })
})

describe('[TR-3] a second factor', () => {
  it('is set up with a picture or by hand, asked for after the password, and replaced by a code on paper', async () => {
    const page = await newPage(NARROW)
    const login = maria()
    await signIn(page, login)
    await verifyOnPage(page, 'Your visits')
    await openSecurity(page)
    const { secret, codes } = await setUpApp(page)
    expect(codes).toHaveLength(10)
    await signOut(page)

    await signIn(page, login)
    await verifyOnPage(page, 'One more step')
    await page.goto(`${stack.origin}/visits`)
    await verifyOnPage(page, 'One more step')
    const toCode = page.getByRole('button', { name: 'Use a code from the app instead' })
    if (await toCode.isVisible()) await toCode.click()
    await page.getByLabel('Code from your app').fill('12 34')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('alert').getByText('Enter the six digits of the code').waitFor()
    await page.getByLabel('Code from your app').fill(codeOf(secret, 1))
    await page.getByRole('button', { name: 'Continue' }).click()
    await verifyOnPage(page, 'Your visits')
    await signOut(page)

    await signIn(page, login)
    await page
      .getByRole('button', { name: 'I have lost my phone: use a recovery code' })
      .click({ timeout: PATIENCE_MS })
    await page.getByLabel('Recovery code').fill(codes[0] ?? '')
    await page.getByRole('button', { name: 'Continue' }).click()
    await verifyOnPage(page, 'Your visits')
    await openSecurity(page)
    await page.getByText('9 recovery codes left.').waitFor()
  })
})

describe('[TR-3] a fresh proof', () => {
  it('is asked for where it is needed: cancelled, nothing was done; given, the act goes on by itself', async () => {
    const admin = asStaff('facilityAdmin')
    const page = await newPage()
    await signIn(page, admin)
    await verifyOnPage(page, 'Inbox')
    await page.goto(`${stack.origin}/office/accounts/new`)
    await verifyOnPage(page, 'New account')
    await makeProofStale(admin.login)
    await page.getByLabel('Role').selectOption('scheduler')
    await page.getByLabel('Login').fill('second.thought')
    const make = page.getByRole('button', { name: 'Make the account' })
    await make.click()
    const dialog = page.getByRole('dialog', { name: 'Is it really you?' })
    await dialog.waitFor({ timeout: PATIENCE_MS })
    await verifyAccessible(page)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('alert').getByText('We need to be sure that it is you').waitFor()
    expect(await page.getByLabel('Login').inputValue()).toBe('second.thought')
    const made = () => demo.db.account.count({ where: { login: 'second.thought' } })
    expect(await made()).toBe(0)

    await make.click()
    await dialog.waitFor({ timeout: PATIENCE_MS })
    await dialog.getByLabel('Password', { exact: true }).fill('wrong')
    await page.keyboard.press('Enter')
    await dialog.getByRole('alert').waitFor({ timeout: PATIENCE_MS })
    expect(await made()).toBe(0)
    await dialog.getByLabel('Password', { exact: true }).fill(admin.password)
    await page.keyboard.press('Enter')
    await verifyOnPage(page, 'The account is made')
    expect(await made()).toBe(1)
  })

  it('is given by passkey, and one who is not there is no proof', async () => {
    const admin = asStaff('facilityAdmin')
    const page = await newPage()
    const device = await addAuthenticator(page)
    await signIn(page, admin)
    await verifyOnPage(page, 'Inbox')
    await openSecurity(page)
    await addPasskey(page, 'Key of the office')
    await makeProofStale(admin.login)
    await device.setPresent(false)
    await page.getByRole('button', { name: 'Remove “Key of the office”' }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).last().click()
    const dialog = page.getByRole('dialog', { name: 'Is it really you?' })
    await dialog.waitFor({ timeout: PATIENCE_MS })
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
    await device.setPresent(true)
    await page.getByRole('button', { name: 'Remove', exact: true }).last().click()
    await dialog.getByRole('button', { name: 'Use your passkey' }).click({ timeout: PATIENCE_MS })
    await page
      .getByText('The passkey “Key of the office” is removed.')
      .waitFor({ timeout: PATIENCE_MS })
  })
})

it('[TR-3] who is disabled is thrown out of the wall at once, and reads why', async () => {
  const officer = asStaff('officer')
  const wall = await newPage()
  await openWall(wall, officer)
  const admin = await newPage()
  await signIn(admin, asStaff('facilityAdmin'))
  await verifyOnPage(admin, 'Inbox')
  await admin.goto(`${stack.origin}/office/accounts`)
  await verifyOnPage(admin, 'Staff accounts')
  await admin.getByLabel('Name or login').fill(officer.login)
  await admin.getByRole('button', { name: /^Disable…: / }).click()
  await admin.getByLabel('Reason').fill('left the service')
  await admin.getByRole('dialog').getByRole('button', { name: 'Disable…' }).click()
  await admin.getByText('Disabled', { exact: true }).waitFor({ timeout: PATIENCE_MS })
  // Nobody touched the wall.
  await verifyOnPage(wall, 'Sign in')
  await wall.getByText('You were signed out here').waitFor()
  await submitSignIn(wall, officer)
  await wall.getByRole('alert').last().waitFor({ timeout: PATIENCE_MS })
  await verifyOnPage(wall, 'Sign in')
})

it('[TR-3] the way back in says the same to everybody, and ends every sign-in', async () => {
  const known = nina()
  const held = await newPage()
  await signIn(held, known)
  await verifyOnPage(held, 'Your visits')
  const page = await newPage(NARROW)
  for (const login of ['nobody@example.org', known.login]) {
    await openSignIn(page, stack.origin)
    await page.getByRole('link', { name: 'I cannot sign in' }).click()
    await verifyOnPage(page, 'I cannot sign in')
    await page.getByLabel('Your e-mail address').fill(login)
    await page.getByRole('button', { name: 'Continue' }).click()
    await verifyOnPage(page, 'Look into your mail')
    await page.getByText(`If ${login} has an account, a code is on its way there.`).waitFor()
  }
  await expectFits(page)
  await page.getByLabel('Code from the e-mail').fill(await newestMail(known.login, /\b\d{6}\b/))
  await page.getByRole('button', { name: 'Continue' }).click()
  await verifyOnPage(page, 'Choose a new password')
  await page.getByLabel('New password').fill('too short')
  await page.getByText('6 more characters').waitFor()
  await page.getByLabel('New password').fill(NEW_PASSWORD)
  await page.getByText('Long enough').waitFor()
  await page.getByRole('button', { name: 'Save the new password' }).click()
  await verifyOnPage(page, 'Your new password is saved')
  await held.getByRole('link', { name: 'Whom you visit' }).click()
  await verifyOnPage(held, 'Sign in')
  await page.getByRole('link', { name: 'Go to signing in' }).click()
  await submitSignIn(page, { login: known.login, password: NEW_PASSWORD })
  await verifyOnPage(page, 'Your visits')
})

it('[TR-3] a stolen mailbox alone opens no account that has a passkey, and the page says until when', async () => {
  const page = await newPage(NARROW)
  const { login } = galina()
  await openSignIn(page, stack.origin)
  await page.getByRole('link', { name: 'I cannot sign in' }).click()
  await page.getByLabel('Your e-mail address').fill(login)
  await page.getByRole('button', { name: 'Continue' }).click()
  await verifyOnPage(page, 'Look into your mail')
  await page.getByLabel('Code from the e-mail').fill(await newestMail(login, /\b\d{6}\b/))
  await page.getByRole('button', { name: 'Continue' }).click()
  await verifyOnPage(page, 'Choose a new password')
  await page.getByText('Your account is protected by more than a password').waitFor()
  await expectFits(page)
  await page.getByLabel('New password').fill(NEW_PASSWORD)
  await page.getByRole('button', { name: 'Save the new password' }).click()
  await page.getByRole('alert').getByText('Without such a code').waitFor({ timeout: PATIENCE_MS })
})

it('[TR-3] what one tab ends is over in the others, and leaves nothing of the person behind', async () => {
  const page = await newPage()
  await signIn(page, { origin: stack.origin, ...demo.visitor })
  await verifyOnPage(page, 'Your visits')
  const other = await page.context().newPage()
  await other.goto(stack.origin)
  await verifyOnPage(other, 'Your visits')
  await page.getByRole('link', { name: 'Whom you visit' }).click()
  await verifyOnPage(page, 'Whom you visit')
  await page.evaluate(() => sessionStorage.setItem('visavis.draft.1.people.a', '{"name":"x"}'))
  await signOut(page)
  await verifyOnPage(other, 'You are signed out')
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
  await page.goBack()
  await verifyOnPage(page, 'Sign in')
})
