import { generateSync } from 'otplib'
import type { Page } from 'playwright-core'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './page-object.ts'

/** From any page of somebody signed in to their sign-in and security. */
export async function openSecurity(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sign-in and security' }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Sign-in and security')
  await page.getByRole('heading', { name: 'Where you are signed in' }).waitFor()
  await verifyAccessible(page)
}

/** Adds a passkey of that name on the security page; the browser needs a device for it. */
export async function addPasskey(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Add a passkey' }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Add a passkey')
  await page.getByLabel('A name for it').fill(name)
  await page.getByRole('button', { name: 'Set up the passkey' }).click()
  await page.getByText('The passkey is set up.').waitFor({ timeout: PATIENCE_MS })
  await page.getByText(name, { exact: true }).waitFor()
}

/** Switches the app for codes on; gives its secret and the recovery codes. */
export async function setUpApp(page: Page): Promise<{ secret: string; codes: string[] }> {
  await page.getByRole('link', { name: 'Set up the app' }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Set up an app for codes')
  await page.getByRole('button', { name: 'Begin' }).click()
  await verifyOnPage(page, 'Scan this picture with the app')
  await page.getByText('I cannot scan it').click()
  const shown = (await page.locator('details .vv-suggestion').textContent()) ?? ''
  const secret = shown.replaceAll(' ', '')
  await page.getByLabel('The code that the app shows now').fill(codeOf(secret))
  await page.getByRole('button', { name: 'Switch it on' }).click()
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor({ timeout: PATIENCE_MS })
  await verifyAccessible(page)
  const codes = await page.locator('.vv-codes code').allTextContents()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await verifyOnPage(page, 'Sign-in and security')
  return { secret, codes }
}

const STEP_S = 30
const SECOND_MS = 1000

/** What the app shows: now, or so many half minutes later. */
export function codeOf(secret: string, later = 0): string {
  const epoch = Math.floor(Date.now() / SECOND_MS) + later * STEP_S
  return generateSync({ secret, epoch })
}
