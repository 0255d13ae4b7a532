import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createCleanUp } from '../support/clean-up.ts'
import { addAuthenticator } from '../support/virtual-authenticator.ts'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { addPasskey, codeOf, openSecurity, setUpApp } from './pages/security-page.ts'
import { NARROW, makeProofStale, openSecurityScene, signOut } from './pages/security-scene.ts'
import type { SecurityScene } from './pages/security-scene.ts'
import { signIn } from './pages/visitor-journey.ts'

const MARIA = 'maria.lebedeva@example.org'

const cleanUp = createCleanUp()
let scene: SecurityScene

beforeAll(async () => {
  scene = await openSecurityScene(cleanUp)
})
afterEach(async () => {
  expect(await scene.closePages()).toEqual([])
})
afterAll(cleanUp.run)

describe('[TR-3] a second factor', () => {
  it('is set up with a picture or by hand, asked for after the password, and replaced by a code on paper', async () => {
    const page = await scene.newPage(NARROW)
    const login = scene.as(MARIA)
    await signIn(page, login)
    await verifyOnPage(page, 'Your visits')
    await openSecurity(page)
    const { secret, codes } = await setUpApp(page)
    expect(codes).toHaveLength(10)
    await signOut(page)

    await signIn(page, login)
    await verifyOnPage(page, 'One more step')
    await page.goto(`${scene.origin}/visits`)
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
    const admin = scene.asStaff('facilityAdmin')
    const page = await scene.newPage()
    await signIn(page, admin)
    await verifyOnPage(page, 'Inbox')
    await page.goto(`${scene.origin}/office/accounts/new`)
    await verifyOnPage(page, 'New account')
    await makeProofStale(scene.demo, admin.login)
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
    const made = () => scene.demo.db.account.count({ where: { login: 'second.thought' } })
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
    const admin = scene.asStaff('facilityAdmin')
    const page = await scene.newPage()
    const device = await addAuthenticator(page)
    await signIn(page, admin)
    await verifyOnPage(page, 'Inbox')
    await openSecurity(page)
    await addPasskey(page, 'Key of the office')
    await makeProofStale(scene.demo, admin.login)
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
