import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { goToPin, goToVisit, enrolTerminal } from '../e2e/pages/terminal-journey.ts'
import { goToCheck, openSignIn, submitSignIn } from '../e2e/pages/visitor-journey.ts'
import { endVisit } from '../e2e/pages/call-page.ts'
import { checkIdentity, admit, focusVisit, openWall } from '../e2e/pages/wall-page.ts'
import { waitForVisit } from '../e2e/pages/call-page.ts'
import { openCast } from '../support/cast.ts'
import { openDemo } from '../support/demo.ts'
import { startStack } from '../support/stack.ts'
import { PORTRAIT_INMATE, PORTRAIT_VISITOR } from './portraits.ts'

/**
 * Takes the pictures of the documents from a real visit. With a folder as argument, takes every page in
 * every width and language there instead, for somebody to look at.
 */

const DOCUMENTS = join(import.meta.dirname, '../../docs/screenshots')
const WIDTHS = [360, 1280, 1920] as const
const HEIGHTS: Readonly<Record<(typeof WIDTHS)[number], number>> = {
  360: 740,
  1280: 800,
  1920: 1080,
}
const LANGUAGES = ['English', 'Русский'] as const
/** The pictures that the README shows. */
const IN_DOCUMENTS = ['wall', 'family-call', 'terminal-pin']

const folder = process.argv[2] ?? DOCUMENTS
const isForReview = folder !== DOCUMENTS
mkdirSync(folder, { recursive: true })

async function take(page: Page, name: string): Promise<void> {
  if (!isForReview) {
    if (IN_DOCUMENTS.includes(name)) await page.screenshot({ path: join(folder, `${name}.png`) })
    return
  }
  for (const language of LANGUAGES) {
    const button = page.getByRole('button', { name: language })
    if (await button.isVisible()) await button.click()
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHTS[width] })
      await page.screenshot({ path: join(folder, `${name}-${language.slice(0, 2)}-${width}.png`) })
    }
  }
  const english = page.getByRole('button', { name: 'English' })
  if (await english.isVisible()) await english.click()
  await page.setViewportSize({ width: 1280, height: 800 })
}

const stack = await startStack()
const demo = await openDemo(stack)
const cast = await openCast({ visitor: PORTRAIT_VISITOR, inmate: PORTRAIT_INMATE })
const { visitor, terminal, officer } = cast
const { origin } = stack
try {
  await enrolTerminal(terminal, { origin, code: demo.enrolmentCode ?? '' })
  await take(terminal, 'terminal-attract')
  await goToPin(terminal)
  await take(terminal, 'terminal-pin')
  await terminal.reload()
  await goToVisit(terminal, demo.inmatePin)
  await take(terminal, 'terminal-lobby')
  await openSignIn(visitor, origin)
  await take(visitor, 'sign-in')
  await submitSignIn(visitor, demo.visitor)
  await goToCheck(visitor)
  await take(visitor, 'family-check')
  await visitor.getByRole('link', { name: 'Go to the waiting room' }).click()
  await visitor.getByRole('heading', { level: 1, name: 'Waiting room' }).waitFor()
  await take(visitor, 'family-lobby')
  await openWall(officer, { origin, ...demo.staff('officer') })
  await focusVisit(officer, demo.visit.visitId)
  await checkIdentity(officer)
  await take(officer, 'wall-check')
  await admit(officer)
  await Promise.all([waitForVisit(visitor), waitForVisit(terminal)])
  await visitor.waitForTimeout(3_000)
  await take(visitor, 'family-call')
  await take(terminal, 'terminal-call')
  await take(officer, 'wall')
  await endVisit(visitor)
  await visitor.getByRole('heading', { level: 1, name: 'Your visit is over' }).waitFor()
  await take(visitor, 'family-ended')
  await take(terminal, 'terminal-ended')
} finally {
  await cast.close()
  await demo.close()
  await stack.stop()
}
