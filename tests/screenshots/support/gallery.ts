import type { Page } from 'playwright-core'
import { PATIENCE_MS } from '../../e2e/pages/page-object.ts'
import { signIn } from '../../e2e/pages/visitor-journey.ts'
import type { createCamera } from './camera.ts'

/** A page to be looked at: the name of its pictures, its address, and what brings it to the state that is shown. */
export type Stop = {
  readonly name: string
  readonly path: string
  readonly prepare?: (page: Page) => Promise<void>
  readonly isForDocuments?: boolean
}

type Credentials = { readonly login: string; readonly password: string }
type Round = {
  readonly page: Page
  readonly origin: string
  readonly take: ReturnType<typeof createCamera>
  readonly account: Credentials
  readonly stops: readonly Stop[]
}

/** One person's pages, one after another, in every width and language of the camera. */
export async function goRound({ page, origin, take, account, stops }: Round): Promise<void> {
  await signIn(page, { origin, ...account })
  await page.getByRole('button', { name: 'Sign out' }).waitFor({ timeout: PATIENCE_MS })
  page.setDefaultTimeout(PATIENCE_MS / 2)
  for (const { path, prepare, ...shown } of stops) {
    try {
      await page.goto(`${origin}${path}`)
      await settled(page)
      await prepare?.(page)
      await settled(page)
      await take({ page, ...shown })
    } catch (error) {
      // The other pages are worth looking at all the same.
      console.error(`${shown.name} was not taken`, error)
      process.exitCode = 1
    }
  }
}

/** Waits until a page has its heading and nothing on it is still being fetched. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: PATIENCE_MS })
  await page.locator('[aria-busy="true"], .vv-progress').first().waitFor({
    state: 'detached',
    timeout: PATIENCE_MS,
  })
  await page.evaluate(() => document.fonts.ready.then(() => null))
}
