import { BUILT_SECRET, insertAccount, insertVisit } from '@visavis/prisma/seed'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { KNOWN_VISITOR } from '../support/known-media.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { checkIn, enterRoomCode, makeRoomCode } from './pages/host-desk-page.ts'
import { PATIENCE_MS, verifyOnPage } from './pages/page-object.ts'
import {
  acknowledge,
  leavePart,
  openPart,
  ring,
  sayYes,
  signInAtDesk,
} from './pages/terminal-desk-page.ts'
import { enrolTerminal } from './pages/terminal-journey.ts'
import { chooseLanguage, signIn } from './pages/visitor-journey.ts'

const MINUTE_MS = 60_000
/** Longer than between two looks of a room’s device at its visit. */
const LOOK_MS = 11_000
/** A terminal tells of itself, and is told what to do, this often. */
const BEAT_MS = 31_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** Of the demonstration: an inmate whom somebody asks to visit, and one who has a visitor. */
const PAVEL = { inmateNumber: 'K-1002', pin: '731946' }
const TIMUR = { inmateNumber: 'K-1003' }
/** Who may visit Pavel, and is rung by him. */
const GALINA = { login: 'galina.orlova@example.org', password: 'visit-demo-visitor-2' }
const HOST = { login: 'host@e2e.example.org', password: BUILT_SECRET }
/** A narrow phone, as WCAG 1.4.10 asks for. */
const NARROW = { width: 360, height: 740 }

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let browser: Browser
const contexts: BrowserContext[] = []

beforeAll(async () => {
  stack = cleanUp.later(await startStack(), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  browser = cleanUp.later(await openBrowser(KNOWN_VISITOR), (each) => each.close())
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})
afterAll(cleanUp.run)

async function newPage(size: { width?: number; height?: number } = {}): Promise<Page> {
  const { page, context } = await openPage(browser, size)
  contexts.push(context)
  return page
}

/** A visit of an inmate of the demonstration with whoever may visit them. */
async function aVisitOf(
  { inmateNumber }: { inmateNumber: string },
  { startsInMs, terminal, ...room }: Where,
) {
  const { db } = demo
  const inmate = await db.inmate.findFirstOrThrow({ where: { inmateNumber } })
  const { inmateId, facilityId } = inmate
  const where = { inmateId, state: 'APPROVED' as const }
  const { visitor } = await db.relationship.findFirstOrThrow({ where, include: { visitor: true } })
  const { terminalId } = await terminalOf(facilityId, terminal)
  const { visit } = await insertVisit(db, {
    ...{ inmateId, facilityId, terminalId, visitorIds: [visitor.visitorId], ...room },
    startsAt: new Date(Date.now() + startsInMs),
  })
  return { visitId: visit.visitId, visitor }
}

type Where = {
  readonly startsInMs: number
  readonly terminal: string
  readonly linkCentreRoomId?: string
}

const terminalOf = (facilityId: string, name: string) =>
  demo.db.terminal.findFirstOrThrow({ where: { facilityId, name } })

/** Makes a code for a terminal of the facility where the demonstration's visit is. */
async function enrolmentCodeOf(page: Page, terminalName: string): Promise<string> {
  const { terminalId } = await terminalOf(demo.visit.facilityId, terminalName)
  const headers = { origin: stack.origin }
  const { login, password } = demo.staff('facilityAdmin')
  const data = { login, password }
  await page.request.post(`${stack.origin}/api/sign-in`, { headers, data })
  const url = `${stack.origin}/api/terminals/${terminalId}/enrolment-codes`
  const { code } = (await (await page.request.post(url, { headers })).json()) as { code: string }
  return code
}

describe('an inmate at a terminal, without a visit', () => {
  it('[EL-1] answers who asks, and says of a visit: I know, I will come', async () => {
    const { visitId } = await aVisitOf(PAVEL, { startsInMs: DAY_MS, terminal: 'Terminal 2' })
    const page = await newPage()
    const code = await enrolmentCodeOf(page, 'Terminal 2')
    await enrolTerminal(page, { origin: stack.origin, code })
    await signInAtDesk(page, PAVEL)

    // A terminal that is restarted goes on at the desk, in the inmate's own language.
    await page.reload()
    await verifyOnPage(page, /^Здравствуйте, /)
    await page.getByRole('button', { name: 'English' }).click()
    await openPart(page, 'Who wants to visit me')
    await sayYes(page, 'Anna Sokolova')
    await page.getByText('Nobody waits for your answer.').waitFor({ timeout: PATIENCE_MS })
    await leavePart(page)
    await openPart(page, 'My visits')
    await acknowledge(page)
    await until(async () => {
      const visit = await demo.db.visit.findUnique({ where: { visitId } })
      return visit?.acknowledgedAt ?? null
    }, 'the visit to be acknowledged')
    const asked = { visitor: { givenName: 'Anna' }, inmate: { inmateNumber: PAVEL.inmateNumber } }
    expect(await demo.db.relationship.findFirst({ where: asked })).toMatchObject({
      state: 'APPROVED',
    })

    await page.getByRole('button', { name: 'Sign out' }).click()
    await verifyOnPage(page, /Video visits|Видеосвидания/)
  })

  it('[BK-8] rings a visitor, and goes on to the visit that was answered', async () => {
    const page = await newPage()
    const code = await enrolmentCodeOf(page, 'Terminal 2')
    await enrolTerminal(page, { origin: stack.origin, code })
    await signInAtDesk(page, PAVEL)
    await openPart(page, 'Ring somebody')
    const galina = await newPage()
    await signIn(galina, { origin: stack.origin, ...GALINA })
    await verifyOnPage(galina, 'Your visits')
    await galina.getByRole('link', { name: 'Whom you visit' }).click()
    await ring(page, 'Galina Orlova', { answer: () => answerWhereSheIs(galina) })
    await verifyOnPage(page, 'Galina Orlova answered')
    await page.getByRole('button', { name: 'Talk now' }).click()
    await verifyOnPage(page, 'Hello, Pavel')
    await page.getByRole('button', { name: 'Go to the visit' }).click({ timeout: PATIENCE_MS })
    await verifyOnPage(page, 'Can you see yourself?')
  })
})

describe('a terminal', () => {
  it('[TR-5] is seen, restarted and taken out of service from afar, and comes back by itself', async () => {
    const admin = await newPage()
    const code = await enrolmentCodeOf(admin, 'Terminal 3')
    const terminal = await newPage({ width: 1280, height: 800 })
    await terminal.clock.install()
    await enrolTerminal(terminal, { origin: stack.origin, code })
    expect(await terminal.evaluate(tryToGetAway)).toEqual([])
    await admin.goto(`${stack.origin}/terminals`)
    await chooseLanguage(admin, 'English')
    const row = admin.getByRole('row', { name: /^Terminal 3/ })
    await row.getByText('Works').waitFor({ timeout: PATIENCE_MS })
    await verifyOnPage(admin, 'Terminals')

    await terminal.evaluate(() => document.body.setAttribute('data-old', ''))
    await row.getByRole('button', { name: 'Restart' }).click()
    await admin.getByRole('alertdialog').getByRole('button', { name: 'Restart' }).click()
    await row.getByText('Restarts as soon as nobody is at it').waitFor()
    await terminal.clock.fastForward(BEAT_MS)
    await terminal.locator('body:not([data-old])').waitFor({ timeout: PATIENCE_MS })
    await verifyOnPage(terminal, /Video visits|Видеосвидания/)

    await row.getByRole('button', { name: /out of service/ }).click()
    await admin.getByLabel('Cleaning').check()
    await admin.getByRole('button', { name: 'Take out of service' }).last().click()
    await row.getByText('Out of service', { exact: true }).waitFor()
    await terminal.clock.fastForward(BEAT_MS)
    await verifyOnPage(terminal, /is being cleaned|моют/)
    await row.getByRole('button', { name: /^Put back/ }).click()
    await row.getByText('Out of service', { exact: true }).waitFor({ state: 'detached' })
    await terminal.clock.fastForward(BEAT_MS)
    await verifyOnPage(terminal, /Video visits|Видеосвидания/)
  })
})

/** In the page: the gestures and keys that lead out of it and that it let through. */
function tryToGetAway(): string[] {
  const options = { bubbles: true, cancelable: true }
  const tried: readonly Event[] = [
    ...['contextmenu', 'dragstart', 'drop', 'copy'].map((type) => new Event(type, options)),
    ...['p', 's', 'u', '+'].map(
      (key) => new KeyboardEvent('keydown', { ...options, key, ctrlKey: true }),
    ),
    new KeyboardEvent('keydown', { ...options, key: 'F12' }),
    new WheelEvent('wheel', { ...options, ctrlKey: true }),
  ]
  for (const event of tried) document.body.dispatchEvent(event)
  return tried.filter(({ defaultPrevented }) => !defaultPrevented).map(({ type }) => type)
}

/** A ring is shown on whatever page the visitor has open. */
async function answerWhereSheIs(page: Page): Promise<void> {
  await verifyOnPage(page, 'Whom you visit')
  await page.getByRole('button', { name: 'Answer' }).click({ timeout: PATIENCE_MS })
  await verifyOnPage(page, 'Check your camera and microphone')
}

describe('a link centre', () => {
  it('[LV-3] checks its people in, and hands the room’s device over by a code', async () => {
    const room = await demo.db.linkCentreRoom.findFirstOrThrow({ where: { name: 'Room 1' } })
    const { linkCentreRoomId, linkCentreId } = room
    await insertAccount(demo.db, { role: 'host', linkCentreId, login: HOST.login })
    const { visitId, visitor } = await aVisitOf(TIMUR, {
      ...{ startsInMs: 10 * MINUTE_MS, terminal: 'Terminal 3', linkCentreRoomId },
    })
    const name = `${visitor.givenName} ${visitor.familyName}`

    const host = await newPage(NARROW)
    await signIn(host, { origin: stack.origin, ...HOST })
    await verifyOnPage(host, 'Link centre')
    await checkIn(host, name)
    const code = await makeRoomCode(host, room.name)

    const device = await newPage()
    await device.goto(`${stack.origin}/room`)
    await chooseLanguage(device, 'English')
    await enterRoomCode(device, code)
    await verifyOnPage(device, 'Check your camera and microphone')
    expect(device.url()).toContain(`/visits/${visitId}/check`)
    await host.getByText('Room is ready').waitFor({ timeout: PATIENCE_MS })

    // TR-3: signed in for this visit and nothing else.
    await device.goto(`${stack.origin}/profile`)
    await verifyOnPage(device, 'This room is ready for your visit')
    await device.getByRole('button', { name: 'We are finished' }).click()
    await verifyOnPage(device, 'Enter the room’s code')
    await enterRoomCode(device, code)
    await device.getByText('This code is not right or has expired').first().waitFor()

    // A device that nobody signs out does it by itself, some time after the visit.
    await device.clock.install()
    // The device forgot the language of those who were there before; the next would get their own.
    await chooseLanguage(device, 'English')
    await enterRoomCode(device, await makeRoomCode(host, room.name))
    await verifyOnPage(device, 'Check your camera and microphone')
    await endVisit(visitId)
    await device.clock.fastForward(LOOK_MS)
    await device.getByText('The visit is over.').waitFor({ timeout: PATIENCE_MS })
    await device.clock.fastForward(MINUTE_MS)
    await verifyOnPage(device, 'Enter the room’s code')
  })
})

async function endVisit(visitId: string): Promise<void> {
  await demo.db.visitSession.update({
    where: { visitId },
    data: { state: 'ENDED', outcome: 'FACILITY_CANCELLED', endedAt: new Date() },
  })
}
