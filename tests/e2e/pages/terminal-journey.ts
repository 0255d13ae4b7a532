import type { Page } from 'playwright-core'
import { PATIENCE_MS, verifyOnPage } from './page-object.ts'

/** Turns a device into a terminal by its one-time code, and the terminal to English. */
export async function enrolTerminal(
  page: Page,
  { origin, code }: { origin: string; code: string },
): Promise<void> {
  await page.goto(`${origin}/terminal/`)
  await verifyOnPage(page, 'Set up this terminal')
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Set up' }).click()
  await verifyOnPage(page, 'Video visits')
}

/** From the start screen to the PIN's keys. English until the person leaves, whatever theirs is. */
export async function goToPin(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'English' }).click({ timeout: PATIENCE_MS })
  await page.getByRole('button', { name: 'Start' }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Enter your PIN')
}

/** Types a PIN on the terminal's keys. */
export async function typePin(page: Page, pin: string): Promise<void> {
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click()
  await page.getByRole('button', { name: 'Done: sign in' }).click()
}

/** From the start screen to the own picture, before the waiting room. */
export async function goToReadyCheck(page: Page, pin: string): Promise<void> {
  await goToPin(page)
  await typePin(page, pin)
  await verifyOnPage(page, /^Hello, /)
  await page.getByRole('button', { name: 'Go to the visit' }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Can you see yourself?')
}

/** From the start screen into the waiting room. */
export async function goToVisit(page: Page, pin: string): Promise<void> {
  await goToReadyCheck(page, pin)
  await page.getByRole('button', { name: 'I am ready' }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, /^Visit with /)
}
