import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, openPage } from '../../support/browser.ts'
import { openDemo } from '../../support/demo.ts'
import type { Demo } from '../../support/demo.ts'
import type { KnownPerson } from '../../support/known-media.ts'
import { startStack } from '../../support/stack.ts'
import type { Stack } from '../../support/stack.ts'
import { createCamera } from './camera.ts'
import { goRound } from './gallery.ts'
import type { Stop } from './gallery.ts'

/** The product with its demonstration, and a camera for its pages. */
export type Stage = {
  readonly stack: Stack
  readonly origin: string
  readonly demo: Demo
  readonly take: ReturnType<typeof createCamera>
  /** A page of its own, with cookies of its own. */
  readonly newPage: () => Promise<Page>
  /** One person's pages, one after another. */
  readonly round: (account: Credentials, stops: readonly Stop[]) => Promise<void>
}

type Credentials = { readonly login: string; readonly password: string }
type StageOptions = { readonly folder: string; readonly person?: KnownPerson | null }

/** Opens everything, has the pictures taken into the folder, and ends the process. */
export async function onStage(
  { folder, person = null }: StageOptions,
  play: (stage: Stage) => Promise<void>,
): Promise<never> {
  const take = createCamera(join(import.meta.dirname, '../../../docs/screenshots'), folder)
  const stack = await startStack()
  const browser = await openBrowser(person)
  const demo = await openDemo(stack)
  try {
    await play(stageOf({ stack, browser, demo, take }))
  } finally {
    await browser.close()
    await demo.close()
    await stack.stop()
  }
  process.exit(process.exitCode ?? 0)
}

type Opened = Pick<Stage, 'stack' | 'demo' | 'take'> & { readonly browser: Browser }

function stageOf({ stack, browser, demo, take }: Opened): Stage {
  const { origin } = stack
  const newPage = async () => (await openPage(browser)).page
  return {
    ...{ stack, origin, demo, take, newPage },
    round: async (account, stops) => {
      const page = await newPage()
      await goRound({ page, origin, take, account, stops })
      await page.context().close()
    },
  }
}
