import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { openBrowser, openPage } from '../../support/browser.ts'
import type { CleanUp } from '../../support/clean-up.ts'
import { openDemo } from '../../support/demo.ts'
import type { Demo } from '../../support/demo.ts'
import { startStack } from '../../support/stack.ts'
import { verifyOnPage } from './page-object.ts'

export const NARROW = { width: 360, height: 740 }

/** Older than a proof may be for what needs a fresh one. */
const STALE_MS = 6 * 60_000
const STOPPED = 'stopped by the policy:'

/** The demo and pages of people who sign in to it, each in a browser of their own. */
export type SecurityScene = Awaited<ReturnType<typeof openSecurityScene>>

/** Starts everything; closed by the clean-up. */
export async function openSecurityScene(cleanUp: CleanUp) {
  const mails = cleanUp.later(await mkdtemp(join(tmpdir(), 'visavis-mail-')), (folder) =>
    rm(folder, { recursive: true }),
  )
  const stack = cleanUp.later(await startStack({ MAIL_DIR: mails }), (each) => each.stop())
  const demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  const browser = cleanUp.later(await openBrowser(null), (each) => each.close())
  const { origin } = stack
  const contexts: BrowserContext[] = []
  const faults: string[] = []
  return {
    origin,
    demo,
    /** A browser of its own; whatever its armour stops of our pages is a fault. */
    newPage: async (size: { width?: number; height?: number } = {}): Promise<Page> => {
      const { page, context } = await openPage(browser, size)
      contexts.push(context)
      await keepFaults(page, faults)
      return page
    },
    /** Ends what the test has opened; gives what went wrong in it. */
    closePages: async (): Promise<string[]> => {
      for (const context of contexts.splice(0)) await context.close()
      return faults.splice(0)
    },
    as: (login: string) => ({ origin, ...demo.account(login) }),
    asStaff: (role: Parameters<Demo['staff']>[0]) => ({ origin, ...demo.staff(role) }),
  }
}

async function keepFaults(page: Page, faults: string[]): Promise<void> {
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.text().startsWith(STOPPED)) faults.push(message.text())
  })
  await page.addInitScript(tellWhatIsStopped, STOPPED)
}

/** Runs in the page. What the test itself brings along has no address of ours. */
function tellWhatIsStopped(word: string): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    const { effectiveDirective, sourceFile, lineNumber, sample } = event
    console.warn(`${word} ${effectiveDirective} ${sourceFile}:${lineNumber} ${sample}`)
  })
}

/** As if the last proof were some minutes ago. */
export async function makeProofStale({ db }: Demo, login: string): Promise<void> {
  const { accountId } = await db.account.findUniqueOrThrow({ where: { login } })
  const provedAt = new Date(Date.now() - STALE_MS)
  await db.authSession.updateMany({ where: { accountId, endedAt: null }, data: { provedAt } })
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await verifyOnPage(page, 'You are signed out')
}
