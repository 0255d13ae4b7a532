import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gather, letIn, openCast } from '../support/cast.ts'
import type { Cast } from '../support/cast.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { KNOWN_INMATE, KNOWN_VISITOR } from '../support/known-media.ts'
import { waitToHear, waitToSee } from '../support/page-probes.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { skipAfterFailure } from '../support/steps.ts'
import { until } from '../support/until.ts'
import { endVisit } from './pages/call-page.ts'
import { expectFits } from './pages/office-pages.ts'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import {
  askForExport,
  exportFor,
  foundRecordings,
  mediaOn,
  noteHere,
  openNewestRecording,
  playFromStart,
  positionMs,
  searchBy,
  trackOf,
} from './pages/recordings-page.ts'
import { flagMoment, recordingsOf, talk, untilFinished } from './pages/recorded-scene.ts'
import { signIn } from './pages/visitor-journey.ts'

/** Of each of the two parts of the recording. */
const TALK_MS = 6_000
/** A copy is made by one slow worker on a machine that has other things to do. */
const COPY_PATIENCE_MS = 180_000
const NARROW = { width: 360, height: 780 }
const WIDE = { width: 1280, height: 800 }
const RECIPIENT = 'Second District Court'
const NOTE = 'A raised hand behind the visitor'

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let cast: Cast
let page: Page
const asked: string[] = []

/** The tests are the steps of one review: of a real visit whose recorder was killed in the middle. */
skipAfterFailure()
beforeAll(async () => {
  stack = cleanUp.later(await startStack(), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  cast = cleanUp.later(await openCast(), ({ close }) => close())
  await gather({ stack, demo, cast })
  await letIn({ demo, cast })
  await flagMoment({ demo, cast }, { category: 'THREAT', note: 'A raised hand' })
  await talk(cast, TALK_MS)
  await stack.crash('recorder')
  await recordingsOf(demo, 2)
  await talk(cast, TALK_MS)
  await endVisit(cast.terminal)
  await untilFinished(demo)
  page = await cast.another()
  page.on('request', (request: Request) => asked.push(new URL(request.url()).pathname))
}, 300_000)
afterAll(cleanUp.run)

async function auditOf(actions: readonly string[]) {
  const { visitId } = demo.visit
  const where = { visitId, action: { in: [...actions] } }
  return demo.db.auditEntry.findMany({ where, orderBy: { seq: 'asc' } })
}

describe('finding a recording', () => {
  it('[RC-5] by what is known of it, which outlives a reload and stands in no address', async () => {
    await signIn(page, { origin: stack.origin, ...demo.staff('investigator') })
    await verifyOnPage(page, 'Recordings')
    await foundRecordings(page).first().waitFor({ timeout: PATIENCE_MS })
    await searchBy(page, 'Inmate: name or number', 'Nobody of that name')
    await page.getByRole('heading', { name: 'Nothing fits' }).waitFor({ timeout: PATIENCE_MS })
    await verifyAccessible(page)
    await page.getByRole('button', { name: 'Clear the search' }).click()
    await foundRecordings(page).first().waitFor({ timeout: PATIENCE_MS })
    await page.getByLabel('Flagged as').selectOption('THREAT')
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await until(
      async () => ((await foundRecordings(page).count()) === 1 ? true : null),
      'the one that was flagged',
    )
    expect(page.url()).toBe(`${stack.origin}/recordings`)
    await page.reload()
    await foundRecordings(page).first().waitFor({ timeout: PATIENCE_MS })
    expect(await page.getByLabel('Flagged as').inputValue()).toBe('THREAT')
    expect(await foundRecordings(page).count()).toBe(1)
  })

  it('[RC-3] says that something is missing, and fits a phone', async () => {
    await page.getByText('With gaps').waitFor()
    await page.setViewportSize(NARROW)
    await expectFits(page)
    await verifyAccessible(page)
    await page.setViewportSize(WIDE)
  })
})

describe('looking at it', () => {
  it('[RC-5] purpose and case number come before anything of the recording', async () => {
    await page
      .getByRole('link', { name: /^Open the recording/ })
      .first()
      .click()
    await verifyOnPage(page, 'Why do you need this recording?')
    await page.getByRole('button', { name: 'Show the recording' }).click()
    await page.getByRole('link', { name: 'Enter the case number' }).waitFor()
    expect(asked.filter((path) => path.startsWith('/api/plays/'))).toEqual([])
    await page.goBack()
    await openNewestRecording(page, { purpose: 'Complaint by the visitor', caseNumber: 'T-1' })
    await page.getByText('Case T-1', { exact: true }).waitFor()
    await page.getByText(/^Opened within the hour: 1 of/).waitFor()
  })

  it('[RC-5] nothing plays until the log knows of it', async () => {
    const held: (() => void)[] = []
    await page.route('**/acts', async (route) => {
      await new Promise<void>((release) => held.push(release))
      await route.continue()
    })
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await until(() => Promise.resolve(held.length > 0 ? true : null), 'the act to be told')
    expect((await mediaOn(page)).playing).toBe(0)
    for (const release of held) release()
    await until(async () => ((await mediaOn(page)).playing > 0 ? true : null), 'it to play')
    await page.unroute('**/acts')
    expect((await auditOf(['play.begin'])).length).toBeGreaterThan(0)
  })

  it('[RC-5] original tracks of both sides, over both parts of the recording', async () => {
    for (const [side, person] of [
      ['Visitor', KNOWN_VISITOR],
      ['Inmate', KNOWN_INMATE],
    ] as const) {
      await playFromStart(page)
      await waitToSee(page, `${trackOf(side, 'video')}:not([hidden])`, person)
      await playFromStart(page)
      await waitToHear(page, trackOf(side, 'audio'), person)
    }
    await page.keyboard.press('k')
    await verifyAccessible(page)
  })

  it('[RC-3] shows a gap with its cause, and a way over it', async () => {
    const gap = page.getByRole('button', { name: /^Go to .*the recorder failed/ }).first()
    await gap.click({ timeout: PATIENCE_MS })
    const over = page.getByRole('button', { name: 'Go to where it goes on' })
    await over.click({ timeout: PATIENCE_MS })
    await over.waitFor({ state: 'detached', timeout: PATIENCE_MS })
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await until(
      async () =>
        (await page.locator(`${trackOf('Visitor', 'video')}:not([hidden])`).count()) > 0
          ? true
          : null,
      'the picture of the second part',
    )
    await page.keyboard.press('k')
  })

  it('[RC-5] is led by keys: to a flag, on, back, faster; and lists them', async () => {
    await page.getByRole('button', { name: /^Go to .*Threat: A raised hand/ }).click()
    const flaggedMs = (await auditOf(['play.seek'])).length
    expect(flaggedMs).toBeGreaterThan(0)
    const fromMs = await positionMs(page)
    await page.keyboard.press('ArrowRight')
    await until(
      async () => ((await positionMs(page)) >= fromMs + 4_900 ? true : null),
      'five seconds on',
    )
    await page.keyboard.press('j')
    await page.keyboard.press('l')
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await page.keyboard.press('l')
    await until(
      async () => ((await page.getByLabel('Speed').inputValue()) === '1.25' ? true : null),
      'more speed',
    )
    await page.keyboard.press('k')
    await page.keyboard.press('?')
    await page.getByRole('heading', { name: 'Keys' }).waitFor()
    await verifyAccessible(page)
    await page.keyboard.press('Escape')
  })

  it('keeps a note at its moment, and finds the visit by its words', async () => {
    await noteHere(page, NOTE)
    const another = await page.context().newPage()
    await another.goto(`${stack.origin}/recordings`)
    await another.getByLabel('Words in notes').fill('raised hand behind')
    await another.getByRole('button', { name: 'Search', exact: true }).click()
    await foundRecordings(another).first().waitFor({ timeout: PATIENCE_MS })
    await another.close()
  })
})

describe('taking something of it', () => {
  it('[RC-4] a clip between two marks is a copy that says so', async () => {
    await page.getByRole('slider', { name: 'Position' }).press('Home')
    await page.keyboard.press('i')
    await page.keyboard.press('ArrowRight')
    await until(async () => ((await positionMs(page)) >= 4_900 ? true : null), 'five seconds')
    await page.keyboard.press('o')
    await page.getByRole('button', { name: /^Make a clip from/ }).click()
    await page
      .getByRole('button', { name: /^Watch the copy: Clip/ })
      .click({ timeout: COPY_PATIENCE_MS })
    await page.getByText('This is a copy for looking at, not the original.').waitFor()
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await until(
      () =>
        page
          .locator('.vv-player__copy video')
          .evaluate((video: HTMLVideoElement) => (video.currentTime > 0.5 ? true : null)),
      'the clip to play',
    )
    await verifyAccessible(page)
    await page.getByRole('button', { name: /^Back to the originals/ }).click()
  }, 240_000)

  it('[RC-2] tells what proves it, and gives the signed manifest', async () => {
    await page.getByRole('heading', { name: 'What proves this' }).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the manifest' }).first().click(),
    ])
    const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as Record<string, unknown>
    expect(Object.keys(file).toSorted()).toEqual(['manifest', 'publicKey', 'signature'])
  })

  it('[RC-6] who asks for an export does not decide about it', async () => {
    await askForExport(page, RECIPIENT)
    await page.getByRole('link', { name: 'All exports' }).click()
    await verifyOnPage(page, 'Exports')
    const card = exportFor(page, RECIPIENT)
    await card.getByText('another investigator or the facility’s administrator').waitFor()
    expect(await card.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    expect((await mediaOn(page)).there).toBe(0)
  })

  it('[RC-6] somebody else approves it, who asked fetches it, and it can be ended', async () => {
    const admin = await cast.another()
    await signIn(admin, { origin: stack.origin, ...demo.staff('facilityAdmin') })
    await admin.getByRole('link', { name: 'Exports' }).click({ timeout: PATIENCE_MS })
    await verifyOnPage(admin, 'Exports')
    await exportFor(admin, RECIPIENT).getByRole('button', { name: 'Approve' }).click()
    await admin.getByLabel('Reason').fill('Ordered by the court')
    await verifyAccessible(admin)
    await admin.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: COPY_PATIENCE_MS }),
      page
        .getByRole('link', { name: `Download the export for ${RECIPIENT}` })
        .click({ timeout: COPY_PATIENCE_MS }),
    ])
    const archive = readFileSync(await download.path())
    expect(archive.subarray(0, 2).toString()).toBe('PK')
    const link = page.getByRole('link', { name: `Download the export for ${RECIPIENT}` })
    const resumed = await link.evaluate(downloadInTwo, Math.floor(archive.length / 2))
    expect(resumed).toEqual({
      ...{ statuses: [200, 206], bytes: archive.length },
      sha256: createHash('sha256').update(archive).digest('hex'),
    })
    await exportFor(page, RECIPIENT).getByRole('button', { name: 'End this export' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'End this export' }).click()
    await exportFor(page, RECIPIENT).getByText('Over', { exact: true }).waitFor()
    await verifyAccessible(page)
  }, 240_000)
})

/** In the page: breaks a download off after some bytes and goes on where it stopped, as browsers do. */
async function downloadInTwo(link: HTMLElement | SVGElement, breakAt: number) {
  const url = link.getAttribute('href') ?? ''
  const had: Uint8Array<ArrayBuffer>[] = []
  const gotBytes = () => had.reduce((sum, { length }) => sum + length, 0)
  const line = new AbortController()
  const first = await fetch(url, { signal: line.signal })
  const reader = first.body?.getReader()
  while (gotBytes() < breakAt) {
    const piece = await reader?.read()
    if (!piece || piece.done) break
    had.push(piece.value)
  }
  line.abort()
  const headers = { range: `bytes=${gotBytes()}-`, 'if-range': first.headers.get('etag') ?? '' }
  const rest = await fetch(url, { headers })
  had.push(new Uint8Array(await rest.arrayBuffer()))
  const hash = await crypto.subtle.digest('SHA-256', await new Blob(had).arrayBuffer())
  const hex = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0'))
  return { statuses: [first.status, rest.status], bytes: gotBytes(), sha256: hex.join('') }
}

describe('the end of it', () => {
  it('[RC-5] when its hour is over it is closed, and nothing of it is left on the page', async () => {
    await page.goto(`${stack.origin}/recordings`)
    await openNewestRecording(page, { purpose: 'A second look', caseNumber: 'T-2' })
    await until(async () => ((await mediaOn(page)).there >= 4 ? true : null), 'the tracks')
    await demo.db.playSession.updateMany({ data: { expiresAt: new Date() } })
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await page.getByText('The recording was closed').waitFor({ timeout: PATIENCE_MS })
    expect(await mediaOn(page)).toEqual({ there: 0, playing: 0 })
    await verifyAccessible(page)
  })

  it('[TR-1] each read was in the log after its purpose and before its bytes', async () => {
    const entries = await auditOf(['recording.play', 'recording.key', 'recording.read'])
    const ofReader = entries.filter(({ action }) => action !== 'recording.key')
    expect(ofReader[0]?.action).toBe('recording.play')
    expect(ofReader.some(({ action }) => action === 'recording.read')).toBe(true)
  })

  it('nothing went wrong in any page unseen', () => {
    expect(cast.faults()).toEqual([])
  })
})
