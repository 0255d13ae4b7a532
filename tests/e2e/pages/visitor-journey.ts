import type { Page } from 'playwright-core'
import { PATIENCE_MS, verifyOnPage } from './page-object.ts'

/** Turns a page of the web client to a language by its own name. */
export async function chooseLanguage(page: Page, name: 'English' | 'Русский'): Promise<void> {
  await page.getByRole('button', { name }).click({ timeout: PATIENCE_MS })
}

type Credentials = { readonly origin: string; readonly login: string; readonly password: string }

/** Opens the web client's first page, in English whatever language the account prefers. */
export async function openSignIn(page: Page, origin: string): Promise<void> {
  await page.goto(origin)
  await chooseLanguage(page, 'English')
  await verifyOnPage(page, 'Sign in')
}

/** Fills in the sign-in page that is shown. */
export async function submitSignIn(
  page: Page,
  { login, password }: Omit<Credentials, 'origin'>,
): Promise<void> {
  await page.getByLabel('Login').fill(login)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Signs an account in on the web client's first page. */
export async function signIn(page: Page, { origin, ...credentials }: Credentials): Promise<void> {
  await openSignIn(page, origin)
  await submitSignIn(page, credentials)
}

/** From the list of visits to the check of camera and microphone. */
export async function goToCheck(page: Page): Promise<void> {
  await verifyOnPage(page, 'Your visits')
  await page.getByRole('link', { name: 'Join the visit' }).first().click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Check your camera and microphone')
}

/** From the check of the devices into the waiting room. */
export async function goToWaitingRoom(page: Page): Promise<void> {
  await goToCheck(page)
  await page.getByRole('link', { name: 'Go to the waiting room' }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Waiting room')
}
