import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createCleanUp } from '../support/clean-up.ts'
import { until } from '../support/until.ts'
import { addAuthenticator } from '../support/virtual-authenticator.ts'
import { expectFits } from './pages/office-pages.ts'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { addPasskey, openSecurity } from './pages/security-page.ts'
import { NARROW, openSecurityScene, signOut } from './pages/security-scene.ts'
import type { SecurityScene } from './pages/security-scene.ts'
import { openSignIn, signIn, submitSignIn } from './pages/visitor-journey.ts'
import { openWall } from './pages/wall-page.ts'

const NEW_PASSWORD = 'seven geese on the roof'
const GALINA = 'galina.orlova@example.org'
const NINA = 'nina.belova@example.org'
const ALIYA = 'aliya.akhmetova@example.org'

const cleanUp = createCleanUp()
let scene: SecurityScene

beforeAll(async () => {
  scene = await openSecurityScene(cleanUp)
})
afterEach(async () => {
  expect(await scene.closePages()).toEqual([])
})
afterAll(cleanUp.run)

/** To another page of the family; their visits may have found out by themselves that the sign-in has ended. */
async function goOn(page: Page): Promise<void> {
  const link = page.getByRole('link', { name: 'Whom you visit' })
  await link
    .or(page.getByRole('heading', { name: 'Sign in', level: 1 }))
    .first()
    .click()
}

async function newestMail(to: string, pattern: RegExp): Promise<string> {
  return until(async () => {
    const answer = await fetch(`${scene.origin}/api/development/mail`)
    const { messages } = (await answer.json()) as { messages: { to: string; text: string }[] }
    const found = messages.find((mail) => mail.to === to && pattern.test(mail.text))
    return pattern.exec(found?.text ?? '')?.[0] ?? null
  }, `a mail to ${to}`)
}

describe('[TR-3] passkeys', () => {
  it('a family sets one up, signs in with it alone, and is thrown out of the device that it ends', async () => {
    const page = await scene.newPage(NARROW)
    const device = await addAuthenticator(page)
    await signIn(page, scene.as(GALINA))
    await verifyOnPage(page, 'Your visits')
    await openSecurity(page)
    await expectFits(page)
    await addPasskey(page, 'Galina’s phone')
    expect(await device.passkeys()).toBe(1)
    // The second device is in front of nobody.
    const other = await scene.newPage()
    await signIn(other, scene.as(GALINA))
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
    // The page is looked at again; by itself it would find out within half a minute.
    await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await verifyOnPage(other, 'Sign in')
    await other.getByText('You were signed out here').waitFor()
    expect(await other.locator('body').innerText()).not.toContain('Galina')
  })

  it('the browser’s own suggestions sign in, and a device without the passkey says what else there is', async () => {
    const page = await scene.newPage()
    await addAuthenticator(page)
    await signIn(page, scene.as(ALIYA))
    await verifyOnPage(page, 'Your visits')
    await openSecurity(page)
    await addPasskey(page, 'Laptop')
    await signOut(page)
    // The device is at hand: nobody presses anything.
    await page.getByRole('link', { name: 'Sign in again' }).click()
    await verifyOnPage(page, 'Your visits')

    const stranger = await scene.newPage(NARROW)
    await addAuthenticator(stranger)
    await openSignIn(stranger, scene.origin)
    await stranger.getByRole('button', { name: 'Continue without a password' }).click()
    await stranger.getByText('No passkey was used').waitFor({ timeout: PATIENCE_MS })
    await verifyAccessible(stranger)
    await expectFits(stranger)
    await submitSignIn(stranger, scene.as(ALIYA))
    await verifyOnPage(stranger, 'Your visits')
  })

  it('new staff come in with the administrator’s code, set theirs up and work', async () => {
    const admin = await scene.newPage()
    await signIn(admin, scene.asStaff('facilityAdmin'))
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

    const page = await scene.newPage(NARROW)
    await addAuthenticator(page)
    await openSignIn(page, scene.origin)
    await page.getByRole('link', { name: 'I have a one-time code' }).click()
    await verifyOnPage(page, 'Sign in with a one-time code')
    await page.getByLabel('Login').fill('nina.newcomer')
    await page.getByLabel('One-time code').fill(code.toLowerCase())
    await page.getByRole('button', { name: 'Continue' }).click()
    await verifyOnPage(page, 'Set up your passkey')
    await expectFits(page)
    // Nothing else can be done before.
    await page.goto(`${scene.origin}/office/day`)
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

it('[TR-3] who is disabled is thrown out of the wall at once, and reads why', async () => {
  const officer = scene.asStaff('officer')
  const wall = await scene.newPage()
  await openWall(wall, officer)
  const admin = await scene.newPage()
  await signIn(admin, scene.asStaff('facilityAdmin'))
  await verifyOnPage(admin, 'Inbox')
  await admin.goto(`${scene.origin}/office/accounts`)
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
  const known = scene.as(NINA)
  const held = await scene.newPage()
  await signIn(held, known)
  await verifyOnPage(held, 'Your visits')
  const page = await scene.newPage(NARROW)
  for (const login of ['nobody@example.org', known.login]) {
    await openSignIn(page, scene.origin)
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
  await goOn(held)
  await verifyOnPage(held, 'Sign in')
  await page.getByRole('link', { name: 'Go to signing in' }).click()
  await submitSignIn(page, { login: known.login, password: NEW_PASSWORD })
  await verifyOnPage(page, 'Your visits')
})

it('[TR-3] a stolen mailbox alone opens no account that has a passkey, and the page says until when', async () => {
  const page = await scene.newPage(NARROW)
  const { login } = scene.as(GALINA)
  await openSignIn(page, scene.origin)
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
  const page = await scene.newPage()
  await signIn(page, { origin: scene.origin, ...scene.demo.visitor })
  await verifyOnPage(page, 'Your visits')
  const other = await page.context().newPage()
  await other.goto(scene.origin)
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
