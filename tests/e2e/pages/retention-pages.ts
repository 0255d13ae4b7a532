import type { Locator, Page } from 'playwright-core'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './page-object.ts'

/** Opens what is kept, by the links above the page. */
export async function openKept(page: Page): Promise<void> {
  const nav = page.getByRole('navigation', { name: 'Pages' })
  await nav.getByRole('link', { name: 'What is kept', exact: true }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'What is kept')
  await page.getByRole('article').first().waitFor({ timeout: PATIENCE_MS })
}

/** What is kept, soonest gone first; a card each. */
export function keptCards(page: Page): Locator {
  return page.getByRole('article')
}

/** Presses a button of a card, says why, and waits for the words that it was done. */
export async function decideWith(
  page: Page,
  { button, submit, done }: { button: Locator; submit: string; done: string },
): Promise<void> {
  await button.click({ timeout: PATIENCE_MS })
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('For the test of retention')
  await verifyAccessible(page)
  await dialog.getByRole('button', { name: submit, exact: true }).click()
  await page.getByText(done).waitFor({ timeout: PATIENCE_MS })
}

/** Places a legal hold from a card, to be looked at again on a day (`YYYY-MM-DD`). */
export async function placeHold(page: Page, card: Locator, reviewOn: string): Promise<void> {
  await card.getByRole('button', { name: /^Place a hold/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Place the hold' }).click()
  await dialog.getByRole('link', { name: 'Choose the day' }).waitFor()
  await dialog.getByLabel('Reason').fill('An inquiry asks for it')
  await dialog.getByLabel('Case number').fill('C-2026-7')
  await dialog.getByLabel('When to look at it again').fill(reviewOn)
  await dialog.getByRole('button', { name: 'Place the hold' }).click()
  await page.getByText('The hold is in place.').waitFor({ timeout: PATIENCE_MS })
}

/** One visit of one's own list of what was recorded, by what stands in it. */
export function recordedVisit(page: Page, words: string | RegExp): Locator {
  return page.getByRole('article').filter({ hasText: words })
}
