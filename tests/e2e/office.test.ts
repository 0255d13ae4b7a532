import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { verify } from '../../scripts/verifier/core.mjs'
import { openBrowser, openPage } from '../support/browser.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { anEndedPrivilegedVisit, savedBy } from './pages/certificate-page.ts'
import {
  addSession,
  approveFirstRequest,
  bookFor,
  breakTerminal,
  expectFits,
  expectLoaded,
  openOffice,
} from './pages/office-pages.ts'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { signIn } from './pages/visitor-journey.ts'

const WIDE = { width: 1280, height: 900 }
const NARROW = { width: 360, height: 740 }
const PAGES = ['inbox', 'day', 'timetable', 'search', 'movements', 'suspensions']

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let browser: Browser
const contexts: BrowserContext[] = []

beforeAll(async () => {
  stack = cleanUp.later(await startStack(), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  browser = cleanUp.later(await openBrowser(null), (each) => each.close())
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})
afterAll(cleanUp.run)

async function openAs(
  role: Parameters<Demo['staff']>[0],
  size: { width: number; height: number },
): Promise<Page> {
  const { page, context } = await openPage(browser, size)
  contexts.push(context)
  await signIn(page, { origin: stack.origin, ...demo.staff(role) })
  return page
}

it('[BK-7] [BK-13] the desk allows a relationship, adds a session, books, and plans a broken terminal anew', async () => {
  const page = await openAs('scheduler', WIDE)
  await approveFirstRequest(page)
  await addSession(page, 'Late talks')
  const inmate = await demo.db.inmate.findUniqueOrThrow({
    where: { inmateId: demo.visit.inmateId },
  })
  const visit = await bookFor(page, inmate.familyName)

  await page.getByRole('link', { name: 'Back' }).click()
  await verifyOnPage(page, 'Day')
  const { terminal, date } = visit
  const outcome = await breakTerminal(page, terminal, `${date}T23:59`)
  expect(outcome).toContain('1 visit moved to another terminal')
  await page.locator(`a[href$="/${visit.visitId}"]`).click()
  await verifyOnPage(page, 'Visit')
  const place = page.locator('.vv-summary__row', { hasText: 'Place' })
  await place.waitFor({ timeout: PATIENCE_MS })
  expect(await place.innerText()).not.toContain(terminal)

  await openOffice(page, 'Movements')
  await page.getByLabel('Date', { exact: true }).fill(date)
  await page
    .getByRole('cell', { name: inmate.inmateNumber })
    .last()
    .waitFor({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Movements')
})

it('every page of the office fits a narrow phone, and stands by its address', async () => {
  const page = await openAs('facilityAdmin', NARROW)
  await verifyOnPage(page, 'Inbox')
  for (const path of PAGES) {
    await page.goto(`${stack.origin}/office/${path}`)
    await verifyOnPage(page, /./)
    await expectLoaded(page)
    await expectFits(page)
  }
})

it('[TR-3] an officer has the day and the movements, and nothing to decide', async () => {
  const page = await openAs('officer', WIDE)
  await verifyOnPage(page, 'Visits now')
  for (const path of ['inbox', 'timetable', 'search', 'suspensions']) {
    await page.goto(`${stack.origin}/office/${path}`)
    await verifyOnPage(page, 'Day')
  }
  await openOffice(page, 'Movements')
})

it('[OV-8] a lawyer reads what the certificate of a visit is, and saves it with what to check it', async () => {
  // Nobody asked for it: the server's start did.
  const held = await until(() => demo.db.canaryRun.findFirst(), 'the canary after the start')
  expect(held).toMatchObject({ isOk: true })
  const visitId = await anEndedPrivilegedVisit(demo)
  const { page, context, faults } = await openPage(browser, NARROW)
  contexts.push(context)
  await signIn(page, { origin: stack.origin, ...demo.visitor })
  await verifyOnPage(page, 'Your visits')
  await page.goto(`${stack.origin}/receipt/${visitId}`)
  await page.getByRole('heading', { name: 'Certificate of this confidential visit' }).waitFor()
  await verifyAccessible(page)
  const paper = await savedBy(page, { role: 'button', name: 'Certificate on paper (PDF)' })
  expect(paper.slice(0, 5)).toBe('%PDF-')
  const file = await savedBy(page, { role: 'button', name: 'Signed certificate (JSON)' })
  expect(await verify(file)).toMatchObject({ isGood: true, certificate: { finding: 'CLEAN' } })
  const verifier = new URL('../../docs/verify/verify-certificate.html', import.meta.url)
  const offered = await savedBy(page, { role: 'link', name: 'Verifier as a page' })
  expect(offered).toBe(readFileSync(verifier, 'utf8'))
  expect(faults).toEqual([])
})
