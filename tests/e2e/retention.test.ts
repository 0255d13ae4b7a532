import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@visavis/prisma'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeClip } from '../media/rtp-clip.ts'
import type { ClipLook } from '../media/rtp-clip.ts'
import { openBrowser, openPage } from '../support/browser.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { openPlanting, plantingKeys } from '../support/planted-recordings.ts'
import type { Planted } from '../support/planted-recordings.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { skipAfterFailure } from '../support/steps.ts'
import { until } from '../support/until.ts'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { expectFits } from './pages/office-pages.ts'
import { mediaOn, positionMs, statePurpose } from './pages/recordings-page.ts'
import {
  decideWith,
  keptCards,
  openKept,
  placeHold,
  recordedVisit,
} from './pages/retention-pages.ts'
import { fillLists } from '../support/long-lists.ts'
import { signIn } from './pages/visitor-journey.ts'

const DAY_MS = 86_400_000
const CLIP_MS = 5_000
const LENGTH_MS = 30_000
/** Of the newer one: its recorder died in between, and nobody is heard for so long. */
const PARTS = [
  { fromMs: 0, toMs: 12_000 },
  { fromMs: 22_000, toMs: LENGTH_MS },
]
/** Somebody who never stops talking. */
const TALK: ClipLook = {
  ...{ name: 'talk', bitrate: '400k', keyEvery: 50 },
  picture: ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25'],
  sound: ['-f', 'lavfi', '-i', `aevalsrc='0.5*sin(2*PI*400*t)':s=48000`],
}
/** A page of a list has 25. */
const MORE_THAN_A_PAGE = 30
const NARROW = { width: 360, height: 740 }
const WIDE = { width: 1280, height: 800 }
const OBJECTION = 'I said something about my health.'
const ANSWER = 'We have looked at it; it is destroyed on its day.'

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let browser: Browser
/** Of a hundred days ago, and seen by an investigator soon after. */
let old: Planted
/** Of yesterday; it would go first. */
let recent: Planted
let admin: Page
let investigator: Page
let visitor: Page

/** The tests are the steps of one journey of two recorded visits, through the hands of three people. */
skipAfterFailure()
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-retention-'))
  cleanUp.later(folder, (path) => rm(path, { recursive: true, force: true }))
  const keys = plantingKeys(folder)
  stack = cleanUp.later(await startStack(keys), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  const planting = await openPlanting(stack, keys)
  const clip = await makeClip(folder, CLIP_MS / 1_000, TALK)
  const clips = { VISITOR: clip, INMATE: clip, clipMs: CLIP_MS }
  const { facilityId, terminalId, inmateId, visitorId } = demo.visit
  const visit = { facilityId, terminalId, inmateId, visitorIds: [visitorId], clips }
  const plant = (daysAgo: number, daysLeft: number, parts?: typeof PARTS) =>
    planting.plant({
      ...{ ...visit, lengthMs: LENGTH_MS, ...(parts ? { parts } : {}) },
      startsAt: new Date(Date.now() - daysAgo * DAY_MS),
      destroyAfter: new Date(Date.now() + daysLeft * DAY_MS),
    })
  old = await plant(100, 60)
  recent = await plant(1, 40, PARTS)
  await planting.close()
  await wasLookedAt(old.visitId, 95)
  browser = cleanUp.later(await openBrowser(null), (each) => each.close())
  admin = await aPage()
  investigator = await aPage()
  visitor = await aPage()
}, 300_000)
afterAll(cleanUp.run)

async function aPage(): Promise<Page> {
  return (await openPage(browser)).page
}

/** A playback of so many days ago. */
async function wasLookedAt(visitId: string, daysAgo: number): Promise<void> {
  const createdAt = new Date(Date.now() - daysAgo * DAY_MS)
  const { accountId } = demo.staff('investigator')
  const reason = { purpose: 'A complaint', caseNumber: 'C-1' }
  const times = { createdAt, expiresAt: new Date(createdAt.getTime() + 3_600_000) }
  await demo.db.playSession.create({
    data: { playId: newId(), visitId, accountId, ...reason, ...times },
  })
}

function dayFrom(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
}

describe('what is kept', () => {
  it('[RC-7] is told with its day, the soonest gone first', async () => {
    await signIn(admin, { origin: stack.origin, ...demo.staff('facilityAdmin') })
    await openKept(admin)
    expect(await keptCards(admin).count()).toBe(2)
    const days = await admin.getByText(/^Destroyed on/).allInnerTexts()
    const instants = days.map((words) => Date.parse(words.replace('Destroyed on ', '')))
    expect(instants).toEqual(instants.toSorted((a, b) => a - b))
    await admin.setViewportSize(NARROW)
    await expectFits(admin)
    await verifyAccessible(admin)
    await admin.setViewportSize(WIDE)
  })

  it('[RC-7] a legal hold is placed with case and day, and is seen', async () => {
    await placeHold(admin, keptCards(admin).nth(1), dayFrom(30))
    await admin.getByRole('button', { name: 'Held only' }).click()
    await admin.getByText(/^Held by .* case C-2026-7/).waitFor({ timeout: PATIENCE_MS })
    expect(await keptCards(admin).count()).toBe(1)
    await admin.getByText('Held: not destroyed').waitFor()
    await verifyAccessible(admin)
  })

  it('[RC-7] its release is asked for by one and granted by another', async () => {
    await decideWith(admin, {
      ...{ button: admin.getByRole('button', { name: 'Ask for release' }), submit: 'Ask' },
      done: 'Asked. Another person decides.',
    })
    await admin.getByText('Another person has to decide.').waitFor({ timeout: PATIENCE_MS })
    expect(await admin.getByRole('button', { name: 'Release it' }).count()).toBe(0)
    await signIn(investigator, { origin: stack.origin, ...demo.staff('investigator') })
    await openKept(investigator)
    await decideWith(investigator, {
      ...{ button: investigator.getByRole('button', { name: 'Release it' }), submit: 'Release' },
      done: 'The hold is released.',
    })
    await admin.reload()
    await keptCards(admin).first().waitFor({ timeout: PATIENCE_MS })
    expect(await admin.getByText('Held: not destroyed').count()).toBe(0)
  })
})

describe('destruction before its time', () => {
  let filePath: string | null = null

  it('[RC-7] is asked for by one while the recording still opens', async () => {
    const { visitId } = recent
    await investigator.goto(`${stack.origin}/recordings/${visitId}`)
    await statePurpose(investigator, { purpose: 'A last look', caseNumber: 'C-2' })
    filePath = await investigator.locator('video').first().getAttribute('src')
    expect(await statusOf(investigator, filePath)).toBe(206)
    const another = await investigator.context().newPage()
    await another.goto(`${stack.origin}/retention`)
    await decideWith(another, {
      button: another.getByRole('button', { name: /^Destroy early/ }).first(),
      ...{ submit: 'Ask', done: 'Asked. Another person decides.' },
    })
    await another.getByText('Another person has to decide.').waitFor({ timeout: PATIENCE_MS })
    expect(await another.getByRole('button', { name: 'Destroy now' }).count()).toBe(0)
    await another.close()
  })

  it('[RC-4] its files are compared with what was signed, while somebody waits', async () => {
    const check = investigator.getByRole('button', { name: 'Check the files now: part 1' })
    await check.click({ timeout: PATIENCE_MS })
    const good = investigator.getByText(/^Every file is as it was signed/)
    await good.waitFor({ timeout: PATIENCE_MS })
    await investigator.getByText('All checks').first().click()
    await investigator
      .getByText(/^asked for by /)
      .first()
      .waitFor({ timeout: PATIENCE_MS })
    await verifyAccessible(investigator)
    const where = { visitId: recent.visitId, action: 'recording.check' }
    expect(await demo.db.auditEntry.count({ where })).toBeGreaterThan(0)
  })

  it('[RC-5] key S goes over the silence to who speaks next', async () => {
    const slider = investigator.getByRole('slider', { name: 'Position' })
    await slider.press('Home')
    await investigator.keyboard.press('ArrowRight')
    await until(async () => ((await positionMs(investigator)) >= 4_900 ? true : null), 'the talk')
    await investigator.keyboard.press('s')
    const [, second] = PARTS
    await until(
      async () => ((await positionMs(investigator)) > (second?.fromMs ?? 0) - 1_000 ? true : null),
      'who speaks next',
    )
  })

  it('[RC-7] done by another; from then on nothing opens, though somebody has it on screen', async () => {
    await admin.reload()
    await decideWith(admin, {
      button: admin.getByRole('button', { name: 'Destroy now' }),
      ...{ submit: 'Destroy for good', done: 'The recordings are destroyed.' },
    })
    expect(await statusOf(investigator, filePath)).toBeGreaterThanOrEqual(400)
    await investigator.getByRole('button', { name: 'Play', exact: true }).click()
    await until(
      async () => ((await mediaOn(investigator)).there === 0 ? true : null),
      'the player to be closed',
    )
    const keys = await demo.db.recordingKey.findMany({ where: { visitId: recent.visitId } })
    expect(keys).toEqual([])
    await investigator.goto(`${stack.origin}/recordings`)
    await investigator.getByText('Destroyed', { exact: true }).waitFor({ timeout: PATIENCE_MS })
    const open = investigator.getByRole('link', { name: /^Open the recording/ })
    expect(await open.count()).toBe(1)
  })

  it('[RC-7] leaves a tombstone that says what was destroyed', async () => {
    const [download] = await Promise.all([
      admin.waitForEvent('download'),
      admin.getByRole('link', { name: 'Tombstone (file)' }).click({ timeout: PATIENCE_MS }),
    ])
    const tombstone = JSON.parse(readFileSync(await download.path(), 'utf8')) as object
    expect(tombstone).toMatchObject({
      ...{ cause: 'EARLY', visitId: recent.visitId },
      recordings: recent.recordingIds.map((recordingId) => ({ recordingId })),
    })
    await verifyAccessible(admin)
  })
})

/** How the server answers the page when it asks for the beginning of a file. */
async function statusOf(page: Page, path: string | null): Promise<number> {
  if (path === null) return 0
  return page.evaluate(
    async (url) => (await fetch(url, { headers: { range: 'bytes=0-99' } })).status,
    path,
  )
}

describe('the other side', () => {
  it('[RC-7] the family reads what was kept, until when, and who looked', async () => {
    await signIn(visitor, { origin: stack.origin, ...demo.visitor })
    await verifyOnPage(visitor, 'Your visits')
    await visitor.goto(`${stack.origin}/recorded`)
    await verifyOnPage(visitor, 'What was recorded of you')
    await recordedVisit(visitor, 'Destroyed on').waitFor({ timeout: PATIENCE_MS })
    const visits = await visitor.getByRole('article').allInnerTexts()
    expect(visits).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /Your picture and your voice were recorded: 1 minute\.\s+Kept until .*\s+.*: an investigator looked at it/,
        ),
        expect.stringMatching(/Destroyed on .* Nothing of it can be seen/),
      ]),
    )
    await visitor.setViewportSize(NARROW)
    await expectFits(visitor)
    await verifyAccessible(visitor)
    await visitor.setViewportSize(WIDE)
  })

  it('[RC-7] objects, staff answer, and the answer is read', async () => {
    await visitor.getByRole('button', { name: /^Object to this recording/ }).click()
    await visitor.getByRole('radio', { name: 'It is about something very private' }).check()
    await visitor.getByLabel('In your words, if you like').fill(OBJECTION)
    await verifyAccessible(visitor)
    await visitor.getByRole('button', { name: 'Send' }).click()
    await visitor.getByText('You objected. The facility has not answered yet.').waitFor()
    await admin.goto(`${stack.origin}/office/inbox`)
    await verifyOnPage(admin, 'Inbox')
    await admin
      .locator('.vv-task', { hasText: 'Objection' })
      .first()
      .click({ timeout: PATIENCE_MS })
    await admin.getByText(OBJECTION).waitFor({ timeout: PATIENCE_MS })
    await admin.getByLabel('Answer').fill(ANSWER)
    await verifyAccessible(admin)
    await admin.getByRole('button', { name: 'Answer', exact: true }).click()
    await until(async () => {
      await visitor.reload()
      await verifyOnPage(visitor, 'What was recorded of you')
      return (await visitor.getByText(ANSWER).count()) === 1 ? true : null
    }, 'the answer')
  })
})

describe('lists that are longer than a page', () => {
  it('[RC-5] [RC-6] [RC-7] go on where the page before ended, and each thing is there once', async () => {
    await fillLists(demo, MORE_THAN_A_PAGE)
    const rows = investigator.getByRole('rowheader')
    await investigator.goto(`${stack.origin}/recordings`)
    await investigator.getByText('25 recorded visits so far; there are more').waitFor()
    await showMore(investigator)
    await investigator
      .getByText(`${MORE_THAN_A_PAGE + 2} recorded visits`, { exact: true })
      .waitFor()
    const days = await rows.allInnerTexts()
    expect(new Set(days).size).toBe(MORE_THAN_A_PAGE + 2)
    await investigator.goto(`${stack.origin}/exports`)
    const waiting = investigator.getByRole('region', { name: 'Waiting for a decision' })
    const cards = waiting.getByRole('article')
    await cards.first().waitFor({ timeout: PATIENCE_MS })
    expect(await cards.count()).toBe(25)
    await showMore(investigator)
    await cards.nth(MORE_THAN_A_PAGE - 1).waitFor({ timeout: PATIENCE_MS })
    const names = await waiting.getByRole('heading', { level: 3 }).allInnerTexts()
    expect(new Set(names).size).toBe(MORE_THAN_A_PAGE)
    await verifyAccessible(investigator)
    await openKept(investigator)
    expect(await keptCards(investigator).count()).toBe(25)
    await showMore(investigator)
    await keptCards(investigator).nth(MORE_THAN_A_PAGE).waitFor({ timeout: PATIENCE_MS })
  })
})

async function showMore(page: Page): Promise<void> {
  const more = page.getByRole('button', { name: 'Show more' }).first()
  await more.click({ timeout: PATIENCE_MS })
}
