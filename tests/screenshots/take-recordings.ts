import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expectLoaded } from '../e2e/pages/office-pages.ts'
import { PATIENCE_MS } from '../e2e/pages/page-object.ts'
import { signIn } from '../e2e/pages/visitor-journey.ts'
import { openBrowser, openPage } from '../support/browser.ts'
import { openDemo } from '../support/demo.ts'
import { openPlanting, plantingKeys } from '../support/planted-recordings.ts'
import { startStack } from '../support/stack.ts'
import { createCamera } from './support/camera.ts'
import { aRecordedFacility } from './support/recorded-facility.ts'

/**
 * Takes the pages of investigators, of retention and of those who were recorded, in every size and language,
 * into the folder that is named; without one, the document's picture alone.
 */

const [reviewFolder] = process.argv.slice(2)
const take = createCamera(join(import.meta.dirname, '../../docs/screenshots'), reviewFolder)
const folder = await mkdtemp(join(tmpdir(), 'visavis-pictures-'))
const keys = plantingKeys(folder)
const stack = await startStack(keys)
const { origin } = stack
const demo = await openDemo(stack)
const planting = await openPlanting(stack, keys)
const browser = await openBrowser(null)
try {
  const { main } = await aRecordedFacility({ origin, demo, planting, folder })
  await takePlayer(main.visitId)
  if (reviewFolder !== undefined) {
    await takeLists()
    await takeKept()
    await takeEmpty()
    await takeFamily()
  }
} finally {
  await browser.close()
  await planting.close()
  await demo.close()
  await stack.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exit(0)

async function pageOf(account: { readonly login: string; readonly password: string }) {
  const { page } = await openPage(browser)
  await signIn(page, { origin, ...account })
  await page.getByRole('button', { name: 'Sign out' }).waitFor({ timeout: PATIENCE_MS })
  return page
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(`${origin}${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: PATIENCE_MS })
  await expectLoaded(page)
}

async function takePlayer(visitId: string): Promise<void> {
  const page = await pageOf(demo.staff('investigator'))
  await goTo(page, `/recordings/${visitId}`)
  await page.getByRole('button', { name: 'Show the recording' }).click()
  await take({ page, name: 'recording-purpose' })
  await page.getByLabel('Purpose').fill('Complaint by the visitor')
  await page.getByLabel('Case number').fill('C-2026-17')
  await page.getByRole('button', { name: 'Show the recording' }).click()
  await page
    .getByRole('button', { name: /Threat: A raised hand/ })
    .first()
    .click({ timeout: PATIENCE_MS })
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await page.waitForFunction(() =>
    [...document.querySelectorAll('video')].every(({ readyState }) => readyState > 1),
  )
  await page.locator('video:not([hidden])').nth(1).waitFor()
  await page.keyboard.press('k')
  // The document's picture is the player, not the page's head.
  await page.locator('.vv-player__pictures').evaluate((pictures) => {
    pictures.parentElement?.scrollIntoView()
  })
  await page.getByText('Loading the recording').waitFor({ state: 'detached' })
  await take({ page, name: 'recording-player', isForDocuments: true })
  if (reviewFolder === undefined) return
  await page.getByRole('slider', { name: 'Position' }).hover()
  await take({ page, name: 'recording-preview', onlyIn: 'en' })
  for (const [key, name] of [
    ['?', 'recording-keys'],
    ['n', 'recording-note'],
  ] as const) {
    await page.keyboard.press(key)
    await page.getByRole('dialog').waitFor()
    await take({ page, name, onlyIn: 'en' })
    await page.keyboard.press('Escape')
  }
  await page.keyboard.press('i')
  await page.keyboard.press('ArrowRight')
  await page
    .getByText('Loading the recording')
    .waitFor({ state: 'detached' })
    .catch(() => null)
  await page.keyboard.press('o')
  await page
    .getByRole('button', { name: /^Go to .*the recorder failed/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Go to where it goes on' }).waitFor()
  await take({ page, name: 'recording-gap' })
  await page.getByRole('button', { name: 'Ask for an export' }).click()
  await take({ page, name: 'recording-ask-export', onlyIn: 'en' })
  await page.keyboard.press('Escape')
  await page
    .getByRole('button', { name: /^Check the files now/ })
    .first()
    .click()
  await page.getByText(/^Every file is as it was signed/).waitFor({ timeout: PATIENCE_MS })
  await page.getByText('All checks').first().click()
  await take({ page, name: 'recording-checked' })
}

async function takeLists(): Promise<void> {
  const page = await pageOf(demo.staff('investigator'))
  await goTo(page, '/recordings')
  await take({ page, name: 'recordings' })
  await page.getByLabel('Inmate').fill('Nobody')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.getByRole('heading', { name: 'Nothing fits' }).waitFor({ timeout: PATIENCE_MS })
  await take({ page, name: 'recordings-none' })
  await page.route('**/api/recordings/search', (route) => route.abort())
  await page.goto(`${origin}/recordings`)
  await page.getByRole('button', { name: 'Try again' }).waitFor({ timeout: PATIENCE_MS })
  await take({ page, name: 'recordings-failed' })
  await page.unroute('**/api/recordings/search')
  await goTo(page, '/exports')
  await take({ page, name: 'exports' })
}

async function takeKept(): Promise<void> {
  const page = await pageOf(demo.staff('facilityAdmin'))
  await goTo(page, '/retention')
  await take({ page, name: 'retention' })
  await page.getByRole('button', { name: 'Held only' }).click()
  await expectLoaded(page)
  await take({ page, name: 'retention-held' })
  await page
    .getByRole('button', { name: /^Place a hold/ })
    .first()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Place the hold' }).click()
  await take({ page, name: 'retention-hold', onlyIn: 'en' })
  await page.keyboard.press('Escape')
  await goTo(page, '/exports')
  await take({ page, name: 'exports-to-decide' })
  await page.getByRole('button', { name: 'Approve' }).first().click()
  await take({ page, name: 'exports-decide', onlyIn: 'en' })
}

/** Another facility, where nothing has happened yet. */
async function takeEmpty(): Promise<void> {
  const page = await pageOf(demo.account('investigator@kaliningrad.example.org'))
  for (const name of ['recordings', 'exports', 'retention']) {
    await goTo(page, `/${name}`)
    await take({ page, name: `${name}-empty` })
  }
}

async function takeFamily(): Promise<void> {
  const page = await pageOf(demo.visitor)
  await goTo(page, '/recorded')
  await take({ page, name: 'recorded' })
  await page
    .getByRole('button', { name: /^Object to this recording/ })
    .first()
    .click()
  await take({ page, name: 'recorded-object', onlyIn: 'en' })
}
