import type { Page } from 'playwright-core'
import { PATIENCE_MS, verifyOnPage } from './page-object.ts'

/** What an inmate does at a terminal without a visit. */

/** From the start screen to one's own visits and requests. English until the person leaves. */
export async function signInAtDesk(
  page: Page,
  { inmateNumber, pin }: { inmateNumber: string; pin: string },
): Promise<void> {
  await page.getByRole('button', { name: 'English' }).click({ timeout: PATIENCE_MS })
  await page.getByRole('button', { name: 'My visits and requests' }).click()
  await verifyOnPage(page, 'Enter your number')
  for (const sign of inmateNumber) {
    await page.getByRole('button', { name: sign, exact: true }).click()
  }
  await page.getByRole('button', { name: 'Next: PIN' }).click()
  await verifyOnPage(page, 'Enter your PIN')
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click()
  await page.getByRole('button', { name: 'Done: sign in' }).click()
  await verifyOnPage(page, /^Hello, /)
}

/** Opens one part of the desk by its name. */
export async function openPart(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, name)
}

/** Back to all parts. */
export async function leavePart(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Back' }).click()
  await verifyOnPage(page, /^Hello, /)
}

/** Says yes to somebody who asks, and once more. */
export async function sayYes(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Yes to ${name}` }).click({ timeout: PATIENCE_MS })
  await page.getByRole('button', { name: `Yes, ${name} may visit me` }).click()
  await page.getByText(`You said yes to ${name}.`).waitFor({ timeout: PATIENCE_MS })
}

/** Rings somebody, until the terminal says how it ended. */
export async function ring(page: Page, name: string, { answer }: { answer: () => Promise<void> }) {
  await page.getByRole('button', { name: `Ring ${name}` }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, `Ringing ${name}`)
  await answer()
}

/** Acknowledges the first visit that is to come. */
export async function acknowledge(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: 'I know, I will come' })
    .first()
    .click({ timeout: PATIENCE_MS })
  await page.getByText('You said you will come').waitFor({ timeout: PATIENCE_MS })
}
