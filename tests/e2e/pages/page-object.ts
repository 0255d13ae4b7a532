import AxeBuilder from '@axe-core/playwright'
import { expect } from 'vitest'
import type { Page } from 'playwright-core'

/** Longer than anything takes on a busy machine with two cores and three browsers. */
export const PATIENCE_MS = 45_000

/** Every page of a journey is looked at twice: is it the right one, and can everybody use it? */
export async function verifyOnPage(page: Page, heading: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor({
    state: 'attached',
    timeout: PATIENCE_MS,
  })
  await verifyAccessible(page)
}

/** Pages that were found accessible in this process: looking twice at the same words only takes time. */
const accessible = new Set<string>()

/** No violation of WCAG 2.2 A or AA that a tool can find. */
export async function verifyAccessible(page: Page): Promise<void> {
  const shown = `${JSON.stringify(page.viewportSize())} ${await page.locator('body').innerText()}`
  if (accessible.has(shown)) return
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.html) }))
  expect(found, `accessibility of ${page.url()}`).toEqual([])
  accessible.add(shown)
}
