import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage } from '../support/browser.ts'
import type { WatchedPage } from '../support/browser.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import {
  cancelByKeyboard,
  confirmByKeyboard,
  goToDays,
  holdByKeyboard,
} from './pages/booking-journey.ts'
import { agreeAtTerminal, approveAtDesk, openCaller, signedInCaller } from './pages/family-desk.ts'
import { askFor, confirmRegistration, register, sendDocuments } from './pages/family-journey.ts'
import type { NewVisitor } from './pages/family-journey.ts'
import { PATIENCE_MS, verifyOnPage } from './pages/page-object.ts'
import { openSignIn, submitSignIn } from './pages/visitor-journey.ts'

/** A narrow phone, as WCAG 1.4.10 asks for. */
const NARROW = { width: 360, height: 740 }
const VERA: NewVisitor = {
  givenName: 'Vera',
  familyName: 'Exemplova',
  birthDate: ['3', '1', '1950'],
  email: 'vera.exemplova@example.org',
  password: 'a sentence that is remembered',
}

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let watched: WatchedPage
let page: Page

beforeAll(async () => {
  const mails = cleanUp.later(await mkdtemp(join(tmpdir(), 'visavis-mail-')), (folder) =>
    rm(folder, { recursive: true, force: true }),
  )
  stack = cleanUp.later(await startStack({ MAIL_DIR: mails }), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  const close = (browser: Browser) => browser.close()
  const browser = cleanUp.later(await openBrowser(null), close)
  watched = await openPage(browser, NARROW)
  page = watched.page
})
afterAll(cleanUp.run)

/** One relative from the first page to a cancelled visit: each test goes on where the last one ended. */
describe('a grandmother on a narrow phone', () => {
  it('registers, follows the link of the mail and signs in', async () => {
    await openSignIn(page, stack.origin)
    await register(page, VERA)
    await confirmRegistration(page, await linkFor(VERA.email))
    await submitSignIn(page, { login: VERA.email, password: VERA.password })
    await verifyOnPage(page, 'Your visits')
    await page.getByRole('link', { name: 'Book a visit' }).last().click()
    await verifyOnPage(page, 'You cannot book yet')
  })

  it('sends her documents and asks whom she wants to meet [EL-2]', async () => {
    const picture = sharp({ create: { width: 1200, height: 800, channels: 3, background: 'teal' } })
    await sendDocuments(page, await picture.jpeg().toBuffer())
    await expectNoSidewaysScrolling()
    const { inmate, facility } = await sought()
    const [year = '', month = '', day = ''] = inmate.birthDate.split('-')
    await askFor(page, {
      facilityName: facility.name,
      inmateNumber: inmate.inmateNumber,
      givenName: inmate.givenName,
      familyName: inmate.familyName,
      birthDate: [day, month, year],
    })
    await expectNoSidewaysScrolling()
  })

  it('[EL-1] books once the facility and the inmate have agreed, by keyboard alone', async () => {
    await bothSidesAgree()
    await page.goto(`${stack.origin}/visits`)
    await verifyOnPage(page, 'Your visits')
    await goToDays(page)
    await expectNoSidewaysScrolling()
    await holdByKeyboard(page)
  })

  it('[BK-2] [BK-5] keeps the one held place through a reload, and books it', async () => {
    const held = await page.evaluate(() => JSON.stringify(Object.values(sessionStorage)))
    await page.reload()
    await verifyOnPage(page, 'Check and book')
    await page.getByText('The place is kept for you for').waitFor({ timeout: PATIENCE_MS })
    expect(await page.evaluate(() => JSON.stringify(Object.values(sessionStorage)))).toBe(held)
    await expectNoSidewaysScrolling()
    await confirmByKeyboard(page)
    const { visitorId } = await vera()
    const booked = { bookingState: 'CONFIRMED', seats: { some: { visitorId } } } as const
    expect(await demo.db.visit.count({ where: booked })).toBe(1)
  })

  it('[BK-9] finds the visit in her list, and cancels it in time', async () => {
    await page.getByRole('link', { name: 'Your visits' }).first().click()
    await verifyOnPage(page, 'Your visits')
    await page.getByText('Coming up').waitFor({ timeout: PATIENCE_MS })
    await expectNoSidewaysScrolling()
    await cancelByKeyboard(page)
    await page.goto(`${stack.origin}/visits`)
    await page.getByText('You have no visits').waitFor({ timeout: PATIENCE_MS })
    expect(watched.faults).toEqual([])
  })
})

async function linkFor(email: string): Promise<string> {
  type Mails = { messages: { to: string; text: string }[] }
  const caller = await openCaller(stack.origin)
  const link = await until(async () => {
    const { messages } = await caller.get<Mails>('/api/development/mail')
    const mail = messages.find(({ to }) => to === email)
    return /http\S+\/register\/confirm#token=\S+/.exec(mail?.text ?? '')?.[0] ?? null
  }, 'the mail with the link')
  await caller.close()
  return link
}

async function sought() {
  const { inmateId } = demo.visit
  const inmate = await demo.db.inmate.findUniqueOrThrow({ where: { inmateId } })
  const { facilityId } = inmate
  return { inmate, facility: await demo.db.facility.findUniqueOrThrow({ where: { facilityId } }) }
}

async function vera() {
  return demo.db.visitor.findFirstOrThrow({ where: { email: VERA.email } })
}

/** What other people do on their own pages, over REST. */
async function bothSidesAgree(): Promise<void> {
  const { visitorId } = await vera()
  const { inmate } = await sought()
  const { inmateId, inmateNumber, facilityId } = inmate
  const request = await demo.db.relationshipRequest.findFirstOrThrow({ where: { visitorId } })
  const desk = await signedInCaller({ origin: stack.origin, ...demo.staff('scheduler') })
  await approveAtDesk(desk, { visitorId, requestId: request.requestId, inmateId })
  await desk.close()
  const free = { facilityId, terminalId: { not: demo.visit.terminalId } }
  const { terminalId } = await demo.db.terminal.findFirstOrThrow({ where: free })
  const admin = await signedInCaller({ origin: stack.origin, ...demo.staff('facilityAdmin') })
  const { code } = await admin.post<{ code: string }>(
    `/api/terminals/${terminalId}/enrolment-codes`,
    {},
  )
  await admin.close()
  await agreeAtTerminal(stack.origin, code, { inmateNumber, pin: demo.inmatePin })
}

async function expectNoSidewaysScrolling(): Promise<void> {
  await until(
    () =>
      page.evaluate(() =>
        document.documentElement.scrollWidth <= window.innerWidth ? true : null,
      ),
    `${page.url()} to fit ${NARROW.width} pixels`,
  )
}
