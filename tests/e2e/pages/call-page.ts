import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { PATIENCE_MS } from './page-object.ts'

/** The call looks the same for both parties, in the web client and on the terminal. */

/** The other person's picture and sound on a party's page. */
export const REMOTE_PICTURE = '.vv-call__remotes video'
const CLOCK = '.vv-call__clock'
const SECOND_MS = 1_000
const MINUTE_S = 60

/** Waits until the visit itself is on the page. */
export async function waitForVisit(page: Page): Promise<void> {
  await page.locator(REMOTE_PICTURE).first().waitFor({ state: 'attached', timeout: PATIENCE_MS })
}

/** The time left that the page shows, in ms. */
export async function timeLeftMs(page: Page): Promise<number> {
  const shown = await page.locator(`${CLOCK} [aria-hidden="true"]`, { hasText: ':' }).textContent()
  return minutesAndSecondsMs(shown ?? '')
}

/** The length that a `12:05` stands for, in ms; NaN for anything else. */
export function minutesAndSecondsMs(shown: string): number {
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(shown) ?? []
  return (Number(minutes) * MINUTE_S + Number(seconds)) * SECOND_MS
}

/** When the first picture of the other side was drawn, in Unix ms. */
export async function firstSightMs(page: Page): Promise<number> {
  return page.evaluate(() => {
    const [mark] = performance.getEntriesByName('visavis:firstFrameMs')
    return performance.timeOrigin + (mark?.startTime ?? NaN)
  })
}

/** Nothing of a call is out of sight: nobody scrolls while they talk. */
export async function verifyAllOnScreen(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'End visit' })
  const box = await button.boundingBox()
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  expect(
    box && { right: box.x + box.width <= width, bottom: box.y + box.height <= height },
  ).toEqual({
    right: true,
    bottom: true,
  })
}

/** Ends the visit for both sides, in two steps. */
export async function endVisit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'End visit' }).click({ timeout: PATIENCE_MS })
  await page.getByRole('button', { name: 'Yes, end the visit' }).click()
}

/** The time talked that the page of an ended visit shows, in ms. */
export async function timeTalkedMs(page: Page): Promise<number> {
  const row = page.locator('dl > div', { hasText: 'Time you talked' })
  return minutesAndSecondsMs((await row.locator('[aria-hidden="true"]').textContent()) ?? '')
}
