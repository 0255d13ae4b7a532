import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { openBrowser } from '../support/browser.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { skipAfterFailure } from '../support/steps.ts'
import { hangRecorder, openUnrecordedWall } from '../support/unrecorded-wall.ts'
import type { UnrecordedWall } from '../support/unrecorded-wall.ts'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { focusVisit, tileOf } from './pages/wall-page.ts'

/** An officer is asked after half a minute. */
const ASKED_WITHIN_MS = 30_000 + PATIENCE_MS

const cleanUp = createCleanUp()
let stack: Stack
let browser: Browser
let wall: UnrecordedWall
let letRecorderGoOn: () => void

skipAfterFailure()
beforeAll(async () => {
  stack = cleanUp.later(await startStack(), (each) => each.stop())
  letRecorderGoOn = cleanUp.later(await hangRecorder(stack), async (goOn) => goOn())
  browser = cleanUp.later(await openBrowser(null), (each) => each.close())
})
// Each with its own time: a stack and a visit take theirs on a machine that has much else to do.
beforeAll(async () => {
  wall = await openWallOf('WAIT')
})
afterAll(cleanUp.run)

async function openWallOf(whenNotRecorded: 'WAIT' | 'GO_ON'): Promise<UnrecordedWall> {
  const opened = await openUnrecordedWall(stack, browser, whenNotRecorded)
  cleanUp.later(opened, ({ close }) => close())
  await opened.page.goto(`${stack.origin}/wall`)
  await verifyOnPage(opened.page, 'Visits now')
  await focusVisit(opened.page, opened.visitId)
  return opened
}

/** What the visitor's page is told, as soon as it is so. */
async function visitorHears({ visits }: UnrecordedWall, isIt: (told: VisitSnapshot) => boolean) {
  const [seats] = visits.seats
  if (!seats) throw new TypeError('nobody is in the visit')
  return seats.visitor.heard<VisitSnapshot>('visit:changed', isIt)
}

/** The recorder is back: each wall says no more that anything is missing, and those who meet know, too. */
async function recordedAgain(walls: readonly UnrecordedWall[]): Promise<void> {
  const before = await Promise.all(walls.map((each) => visitorHears(each, isUnrecorded)))
  letRecorderGoOn()
  for (const [at, each] of walls.entries()) {
    const since = before[at]?.version ?? 0
    await visitorHears(each, (told) => told.version > since && !isUnrecorded(told))
    await each.page.getByText(/^Not recorded since/).waitFor({ state: 'detached' })
  }
}

const isUnrecorded = (told: VisitSnapshot): boolean => told.isUnrecorded

describe('a visit that must be recorded and is not', () => {
  it('[RC-3] waits at first; the parties learn that it is staff whom they wait for', async () => {
    const { page } = wall
    // On a slow machine the officer is asked already: both words say since when.
    await page.getByText(/^Not recorded since/).waitFor({ timeout: ASKED_WITHIN_MS })
    await verifyAccessible(page)
    const told = await visitorHears(wall, ({ waitingReason }) => waitingReason === 'STAFF')
    expect(told.state).not.toBe('LIVE')
    expect(told.isUnrecorded).toBe(false)
  })

  it('[RC-3] after half a minute an officer is asked, and has to say why it may go on', async () => {
    const { page, visitId } = wall
    await page.getByText('This visit cannot be recorded now').waitFor({ timeout: ASKED_WITHIN_MS })
    await page.locator(tileOf(visitId)).getByText('Not recorded').first().waitFor()
    await verifyAccessible(page)
    await page.getByRole('button', { name: 'Go on unrecorded' }).click()
    await page.getByText('Say why, in a few words.').waitFor()
    await page.getByLabel('Why it may go on unrecorded').fill('The recorder is being mended')
    await page.getByRole('button', { name: 'Go on unrecorded' }).click()
    await page.getByText(/It goes on so, as an officer decided/).waitFor({ timeout: PATIENCE_MS })
    // OV-3: that they are not recorded is no secret to those who meet.
    await visitorHears(wall, ({ state, isUnrecorded }) => state === 'LIVE' && isUnrecorded)
    await verifyAccessible(page)
    const { db } = wall
    const notes = await db.timelineEntry.findMany({ where: { visitId }, select: { kind: true } })
    expect(notes.map(({ kind }) => kind)).toContain('GOES_ON_UNRECORDED')
  })

  it('[RC-3] goes on at once where the facility says so, says since when, and is recorded when it can be', async () => {
    const other = await openWallOf('GO_ON')
    const { page, visitId } = other
    await page.getByText(/^Not recorded since .* The visit goes on/).waitFor({
      timeout: PATIENCE_MS,
    })
    await page.locator(tileOf(visitId)).getByText('Not recorded').first().waitFor()
    await verifyAccessible(page)
    await visitorHears(other, ({ state, isUnrecorded }) => state === 'LIVE' && isUnrecorded)
    await recordedAgain([wall, other])
  })
})
