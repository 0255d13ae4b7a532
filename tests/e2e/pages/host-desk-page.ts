import type { Page } from 'playwright-core'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './page-object.ts'

/** A link centre: the host's desk, and the device of a room. */

/** Checks somebody in whose passport was seen. */
export async function checkIn(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Check in ${name}` }).click({ timeout: PATIENCE_MS })
  await page.getByRole('radio', { name: 'Passport' }).check()
  await verifyAccessible(page)
  await page.getByRole('button', { name: 'I saw the person and the document' }).click()
  await page.getByText(/^Checked in at/).waitFor({ timeout: PATIENCE_MS })
}

/** Makes the code of a room and reads it. */
export async function makeRoomCode(page: Page, room: string): Promise<string> {
  await page
    .getByRole('button', { name: new RegExp(`^Make (the room’s|a new) code: ${room}`) })
    .click({ timeout: PATIENCE_MS })
  const code = page.locator('.vv-code')
  await code.waitFor({ timeout: PATIENCE_MS })
  await verifyAccessible(page)
  return (await code.textContent()) ?? ''
}

/** Types a room's code on its device. */
export async function enterRoomCode(page: Page, code: string): Promise<void> {
  await verifyOnPage(page, 'Enter the room’s code')
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Start' }).click()
}
