import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gather, letIn, openCast } from '../support/cast.ts'
import type { Cast } from '../support/cast.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { KNOWN_INMATE, KNOWN_INTERPRETER, KNOWN_VISITOR } from '../support/known-media.ts'
import { perceive, waitToHear, waitToSee } from '../support/page-probes.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { skipAfterFailure } from '../support/steps.ts'
import { until } from '../support/until.ts'
import { REMOTE_PICTURE } from './pages/call-page.ts'
import { OFFICER_PICTURE, acknowledgeWarning, intervene } from './pages/interventions-page.ts'
import { verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { endByStaff, focusVisit } from './pages/wall-page.ts'

const cleanUp = createCleanUp()
/** Red, and 800 Hz: neither of the parties. */
const OFFICER = KNOWN_INTERPRETER
let stack: Stack
let demo: Demo
let cast: Cast

skipAfterFailure()
beforeAll(async () => {
  stack = cleanUp.later(await startStack(), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  cast = cleanUp.later(await openCast({ officer: OFFICER }), ({ close }) => close())
  await gather({ stack, demo, cast })
  await letIn({ demo, cast })
  await focusVisit(cast.officer, demo.visit.visitId)
})
afterAll(cleanUp.run)

const parties = () => [cast.visitor, cast.terminal]
const isSilent = (page: Cast['visitor'], picture: string) =>
  until(async () => ((await perceive(page, picture)).toneHz === null ? true : null), 'silence')

describe('an officer intervenes, each time with two keys', () => {
  it('[OV-5] a warning is over everything at both sides until it is acknowledged, and the officer sees when', async () => {
    await intervene(cast.officer, 'warn', 2)
    for (const page of parties()) {
      await page.getByRole('alertdialog', { name: 'An officer warns you' }).waitFor()
      await verifyAccessible(page)
      // Chromium closes a dialog on a second Escape, whatever the page says to the first.
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await acknowledgeWarning(page, 'Please stay in the picture')
    }
    const read = cast.officer.locator('.vv-interventions [data-read="true"]')
    await until(async () => ((await read.count()) === 2 ? true : null), 'both to have read it')
    await verifyAccessible(cast.officer)
  })

  it('[OV-5] a muted visitor is silent for the inmate, is told so, and is heard again', async () => {
    const { officer, visitor, terminal } = cast
    await waitToHear(terminal, REMOTE_PICTURE, KNOWN_VISITOR)
    await intervene(officer, 'sound', 1)
    await visitor.getByText('An officer has switched your sound off.').waitFor()
    await officer.getByText('Sound switched off').waitFor()
    await isSilent(terminal, REMOTE_PICTURE)
    await waitToSee(terminal, REMOTE_PICTURE, KNOWN_VISITOR)
    await intervene(officer, 'sound', 1)
    await waitToHear(terminal, REMOTE_PICTURE, KNOWN_VISITOR)
  })

  it('[OV-5] an officer who speaks is seen and heard at both sides, with the badge', async () => {
    const { officer } = cast
    await intervene(officer, 'speak', 1)
    for (const page of parties()) {
      await waitToHear(page, OFFICER_PICTURE, OFFICER)
      await waitToSee(page, OFFICER_PICTURE, OFFICER)
      await page.locator('.vv-call__badge', { hasText: 'Officer' }).waitFor()
    }
    await officer.getByText('Both sides hear and see you.').waitFor()
    await intervene(officer, 'speak', 1)
    for (const page of parties()) {
      await page.locator('.vv-call__badge').waitFor({ state: 'detached' })
    }
  })

  it('[OV-5] a pause stops both sides, and goes on at once when it is undone', async () => {
    const { officer, visitor, terminal } = cast
    await intervene(officer, 'pause', 1)
    for (const page of parties()) {
      await page.getByText('An officer has paused the visit.').waitFor()
      expect(await page.locator(REMOTE_PICTURE).count()).toBe(0)
    }
    await officer.getByText('Paused by an officer.').waitFor()
    await intervene(officer, 'pause', 1)
    await waitToHear(terminal, REMOTE_PICTURE, KNOWN_VISITOR)
    await waitToHear(visitor, REMOTE_PICTURE, KNOWN_INMATE)
  })

  it('[OV-5] the end comes in two steps, with its reason', async () => {
    await endByStaff(cast.officer)
    await verifyOnPage(cast.visitor, 'An officer ended this visit')
    await verifyOnPage(cast.terminal, 'An officer ended the visit')
    expect(cast.faults()).toEqual([])
  })
})
