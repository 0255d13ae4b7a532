import { BUILT_SECRET, insertAccount, insertNotice, insertVisit } from '@visavis/prisma/seed'
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
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import {
  acknowledge,
  leavePart,
  openPart,
  ring,
  sayYes,
  signInAtDesk,
} from './pages/terminal-desk-page.ts'
import { enrolTerminal, typePin } from './pages/terminal-journey.ts'
import { chooseLanguage, signIn } from './pages/visitor-journey.ts'

const MINUTE_MS = 60_000
/** Longer than between two looks of a room’s device at its visit. */
const LOOK_MS = 11_000
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


const shot = (page: Page, name: string) => page.screenshot({ path: `/tmp/term-shots/${name}.png` })
it('pictures', async () => {
  const { visitId, visitor } = await aVisitOf(PAVEL, { startsInMs: DAY_MS, terminal: 'Terminal 2' })
  const pavel = await demo.db.inmate.findFirstOrThrow({ where: { inmateNumber: 'K-1002' } })
  const at = new Date(Date.now() + DAY_MS)
  await insertNotice(demo.db, { kind: 'BOOKING_CONFIRMED', channel: 'TERMINAL', inmateId: pavel.inmateId, visitId, state: 'SENT', language: 'ru', details: { readerZone: null, readerName: 'Pavel', visit: { startsAt: at.toISOString(), endsAt: new Date(at.getTime()+1800000).toISOString(), sequence: 0, facility: 'Krasnoyarsk', facilityZone: 'Asia/Krasnoyarsk', inmate: 'Pavel', terminal: 'Terminal 2', place: 'HOME', centre: '', address: '' }, hasCalendar: false, given: { visitors: visitor.givenName } } })
  const page = await newPage({ width: 1024, height: 768 })
  const code = await enrolmentCodeOf(page, 'Terminal 2')
  await enrolTerminal(page, { origin: stack.origin, code })
  await signInAtDesk(page, PAVEL)
  await page.getByRole('button', { name: 'Русский' }).click()
  await page.waitForTimeout(800)
  await shot(page, 'n1-home-ru')
  await page.getByRole('button', { name: /^Сообщения/ }).click()
  await page.waitForTimeout(500)
  await shot(page, 'n2-notices-ru')
  await page.locator('.vv-desk__line').first().click({ timeout: 3000 })
  await page.waitForTimeout(300)
  await shot(page, 'n3-notice-ru')
  await page.getByRole('button', { name: 'Мои свидания' }).click({ timeout: 3000 })
  await page.getByRole('button', { name: 'Знаю, приду' }).click({ timeout: 3000 })
  await page.waitForTimeout(700)
  await shot(page, 'n4-visits-ru')
  const room = await demo.db.linkCentreRoom.findFirstOrThrow({ where: { name: 'Room 1' } })
  await insertAccount(demo.db, { role: 'host', linkCentreId: room.linkCentreId, login: HOST.login })
  const host = await newPage(NARROW)
  await signIn(host, { origin: stack.origin, ...HOST })
  await verifyOnPage(host, 'Link centre')
  await host.getByRole('button', { name: 'Русский' }).click()
  await host.waitForTimeout(500)
  await shot(host, 'n5-desk-ru-360')
  await host.getByRole('link', { name: 'Часы работы' }).click()
  await verifyOnPage(host, 'Часы работы')
  await host.waitForTimeout(600)
  await verifyAccessible(host)
  await shot(host, 'n6-hours-ru-360')
  for (const path of ['desk/hours', 'desk', 'room', 'development/mail']) {
    await host.goto(`${stack.origin}/${path}`)
    await host.waitForTimeout(700)
    await verifyAccessible(host)
    expect(await host.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), path).toBe(true)
  }
})
