import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { expectFits } from './pages/office-pages.ts'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { signIn } from './pages/visitor-journey.ts'

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let browser: Browser
beforeAll(async () => {
  stack = cleanUp.later(await startStack(), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  browser = cleanUp.later(await openBrowser(null), (each) => each.close())
})
afterAll(cleanUp.run)

it('[TR-2] an auditor searches the log, reads why, and takes a proof away, also on a narrow screen', async () => {
  const { page, context } = await openPage(browser, { width: 1280, height: 900 })
  await signIn(page, { origin: stack.origin, ...demo.account('auditor@example.org') })
  await verifyOnPage(page, 'Audit log')
  await page.getByLabel('Action').fill('audit')
  await page.getByRole('button', { name: 'Search' }).click()
  const row = page.getByRole('row').filter({ hasText: 'audit.search' })
  await row.first().getByRole('link').click()
  await verifyOnPage(page, /^Entry \d+$/)
  await page.getByText('The rule that decided: http:auditEntries').waitFor({ timeout: PATIENCE_MS })
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Proof of this entry' }).click()
  expect((await saved).suggestedFilename()).toMatch(/^estate-\d+\.tlog-proof$/)
  await page.setViewportSize({ width: 360, height: 740 })
  await expectFits(page)
  await verifyAccessible(page)
  await context.close()
})

it('[TR-2] the server is in the database as a role that cannot rewrite what is in the log', async () => {
  const servers = await demo.db.$queryRaw<{ name: string; mayChange: boolean }[]>`
    SELECT DISTINCT usename AS name, has_table_privilege(usename, 'audit_entry', 'UPDATE') AS "mayChange"
    FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'visavis server'`
  expect(servers).toHaveLength(1)
  expect(servers[0]?.name).toMatch(/_app$/)
  expect(servers[0]?.mayChange).toBe(false)
})
