import type { Locator, Page } from 'playwright-core'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './page-object.ts'

type Stated = { readonly purpose: string; readonly caseNumber: string }

/** States purpose and case number for the newest recording, and waits for its player. */
export async function openNewestRecording(page: Page, stated: Stated): Promise<void> {
  await verifyOnPage(page, 'Recordings')
  await page
    .getByRole('link', { name: /^Open the recording/ })
    .first()
    .click({ timeout: PATIENCE_MS })
  await statePurpose(page, stated)
}

/** What stands before every recording. */
export async function statePurpose(page: Page, { purpose, caseNumber }: Stated): Promise<void> {
  await verifyOnPage(page, 'Why do you need this recording?')
  await page.getByLabel('Purpose').fill(purpose)
  await page.getByLabel('Case number').fill(caseNumber)
  await page.getByRole('button', { name: 'Show the recording' }).click()
  await verifyOnPage(page, 'Recording')
}

/** Searches by one field. */
export async function searchBy(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label).fill(text)
  await page.getByRole('button', { name: 'Search', exact: true }).click()
}

/** The rows of recorded visits that were found. */
export function foundRecordings(page: Page): Locator {
  return page.getByRole('link', { name: /^Open the recording/ })
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

/** Where the player is, in ms: as its slider says. */
export async function positionMs(page: Page): Promise<number> {
  return Number(await page.getByRole('slider', { name: 'Position' }).inputValue())
}

/** How many elements with sound or picture there are, and how many of them play. */
export async function mediaOn(page: Page): Promise<{ there: number; playing: number }> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLMediaElement>('audio, video')]
    return { there: all.length, playing: all.filter(({ paused }) => !paused).length }
  })
}

/** Keeps a note at the present moment, by key. */
export async function noteHere(page: Page, text: string): Promise<void> {
  await page.keyboard.press('n')
  await page.getByLabel('Note', { exact: true }).fill(text)
  await verifyAccessible(page)
  await page.getByRole('button', { name: 'Keep the note' }).click()
  await page.getByText(text).first().waitFor({ timeout: PATIENCE_MS })
}

/** Asks for an export of the recording that is open. */
export async function askForExport(page: Page, recipient: string): Promise<void> {
  await page.getByRole('button', { name: 'Ask for an export' }).click()
  await page.getByLabel('Who is to get it').fill(recipient)
  await verifyAccessible(page)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await page.getByText('Asked for. Somebody else decides now.').waitFor({ timeout: PATIENCE_MS })
}

/** The card of an export, on the page of exports. */
export function exportFor(page: Page, recipient: string): Locator {
  return page.getByRole('article').filter({ hasText: recipient })
}
