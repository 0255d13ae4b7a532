import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { until } from '../../support/until.ts'
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

/** A large picture of a call whose picture is somebody's. */
export function largePicture(name: string): string {
  return `.vv-call__remote:not([data-small]) video[aria-label*="${name}"]`
}

/** Whose pictures are large and whose small, and the least and the most of their areas in square pixels. */
export async function arrangementOf(page: Page) {
  const seen = await page.locator('.vv-call__remote').evaluateAll((elements) =>
    elements.map((element) => {
      const { width, height } = element.getBoundingClientRect()
      const label = element.querySelector('video')?.getAttribute('aria-label') ?? ''
      return { isSmall: element.matches('[data-small]'), label, area: width * height }
    }),
  )
  const large = seen.filter(({ isSmall }) => !isSmall)
  const small = seen.filter(({ isSmall }) => isSmall)
  return {
    large: large.map(({ label }) => label).sort(),
    small: small.map(({ label }) => label).sort(),
    leastLarge: Math.min(...large.map(({ area }) => area)),
    mostSmall: Math.max(...small.map(({ area }) => area)),
  }
}

/** Waits until exactly these people's pictures are large and those small, by the names they have in a call. */
export async function untilArranged(
  page: Page,
  { large, small }: { large: readonly string[]; small: readonly string[] },
): Promise<void> {
  const pictures = (names: readonly string[]) =>
    names
      .map((name) => `${name}’s picture`)
      .sort()
      .join()
  await until(
    async () => {
      const seen = await arrangementOf(page)
      const isSo = seen.large.join() === pictures(large) && seen.small.join() === pictures(small)
      return isSo ? true : null
    },
    `${pictures(large)} to be large`,
  )
}

/** Turns the own microphone on or off. */
export async function turnMicrophone(page: Page, state: 'on' | 'off'): Promise<void> {
  await page.getByRole('button', { name: `Turn microphone ${state}` }).click()
}

/** Ends the visit for both sides, in two steps. */
export async function endVisit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'End visit' }).click({ timeout: PATIENCE_MS })
  await page.getByRole('button', { name: 'Yes, end the visit' }).click()
}

/** The time talked that the page of an ended visit shows, in ms. */
export async function timeTalkedMs(page: Page): Promise<number> {
  const row = page.locator('dl > div', { hasText: 'Time talked' })
  return minutesAndSecondsMs((await row.locator('[aria-hidden="true"]').textContent()) ?? '')
}
