import type { Page } from 'playwright-core'
import { PATIENCE_MS, verifyOnPage } from './page-object.ts'

/** States purpose and case number for the newest recording, and waits for its player. */
export async function openNewestRecording(
  page: Page,
  { purpose, caseNumber }: { purpose: string; caseNumber: string },
): Promise<void> {
  await verifyOnPage(page, 'Recordings')
  await page
    .getByRole('link', { name: /^Open the recording/ })
    .first()
    .click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Why do you need this recording?')
  await page.getByLabel('Purpose').fill(purpose)
  await page.getByLabel('Case number').fill(caseNumber)
  await page.getByRole('button', { name: 'Show the recording' }).click()
  await verifyOnPage(page, 'Recording')
}

/** A track of one side in the player. */
export function trackOf(side: 'Visitor' | 'Inmate', kind: 'audio' | 'video'): string {
  return `.vv-player__pictures ${kind}[aria-label="${side}"]`
}

/** How long the browser finds a track to be, in ms. */
export async function playableMs(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluate(async (element: HTMLMediaElement) => {
    if (element.readyState < element.HAVE_METADATA) {
      await new Promise((resolve) =>
        element.addEventListener('loadedmetadata', resolve, { once: true }),
      )
    }
    return element.duration * 1_000
  })
}

/** Plays all tracks from their beginning, whether they played already or are at their end. */
export async function playFromStart(page: Page): Promise<void> {
  await page.getByRole('slider', { name: 'Position' }).press('Home')
  const play = page.getByRole('button', { name: 'Play', exact: true })
  if (await play.isVisible()) await play.click()
}
