import type { Page } from 'playwright-core'
import { PATIENCE_MS } from './page-object.ts'

/** Who is at one device: the list in a waiting room. */

const GROUP = 'Who is with you at this device?'

/** Who may be said to be at this device, by first name. */
export async function companyOf(page: Page): Promise<string[]> {
  const group = page.getByRole('group', { name: GROUP })
  await group.waitFor({ timeout: PATIENCE_MS })
  const labels = await group.locator('label').allTextContents()
  return labels.map((label) => label.split(' ')[0] ?? '').sort()
}

/** Says that somebody is at this device, and waits until the server says so. */
export async function tickCompanion(page: Page, name: string): Promise<void> {
  // Ticked by the server's word, not by the click: `check` would find it unticked.
  await page.getByRole('checkbox', { name }).click()
  const told = { name: new RegExp(`^${name}.*Waiting`), checked: true }
  await page.getByRole('checkbox', told).waitFor({ timeout: PATIENCE_MS })
}
