import { newId } from '@visavis/prisma'
import { insertRelationship, insertVisit } from '@visavis/prisma/seed'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPhoto } from '../integration/people/support/pictures.ts'
import { openBrowser, openPage } from '../support/browser.ts'
import { openCast } from '../support/cast.ts'
import type { Cast } from '../support/cast.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { KNOWN_INMATE, KNOWN_INTERPRETER, KNOWN_VISITOR } from '../support/known-media.ts'
import { waitToSee } from '../support/page-probes.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { skipAfterFailure } from '../support/steps.ts'
import { until } from '../support/until.ts'
import {
  REMOTE_PICTURE,
  arrangementOf,
  largePicture,
  minutesAndSecondsMs,
  timeLeftMs,
  turnMicrophone,
  untilArranged,
  verifyAllOnScreen,
  waitForVisit,
} from './pages/call-page.ts'
import { companyOf, tickCompanion } from './pages/company-page.ts'
import { addInterpreter } from './pages/office-pages.ts'
import { PATIENCE_MS, verifyAccessible, verifyOnPage } from './pages/page-object.ts'
import { enrolTerminal, goToVisit } from './pages/terminal-journey.ts'
import { signIn } from './pages/visitor-journey.ts'
import {
  admit,
  admitPerson,
  checkIdentity,
  checkPerson,
  comparedPictures,
  endByStaff,
  focusVisit,
  leaveFocus,
  openWall,
  personRow,
} from './pages/wall-page.ts'

const MINUTE_MS = 60_000
const BOOKED_MS = 15 * MINUTE_MS
/** Long enough for the page of who came to be seen, short enough to wait for. */
const NO_SHOW_MS = 6_000
/** A PIN is typed first: no page may be late for it. */
const NO_SHOW_AT_TERMINAL_MS = 12_000
const LATE_MS = 8_000
/** As long as it takes to come to the terminal. */
const SOON_MS = 8_000

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let cast: Cast

beforeAll(async () => {
  stack = cleanUp.later(await startStack(), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  cast = cleanUp.later(await openCast(), ({ close }) => close())
  if (demo.enrolmentCode) {
    await enrolTerminal(cast.terminal, { origin: stack.origin, code: demo.enrolmentCode })
  }
  await signIn(cast.visitor, { origin: stack.origin, ...demo.visitor })
  await verifyOnPage(cast.visitor, 'Your visits')
  await openWall(cast.officer, { origin: stack.origin, ...demo.staff('officer') })
})
afterAll(cleanUp.run)

/** A visit of the demonstration's pair whose booked time begins soon, and nothing else booked for them. */
async function aVisitSoon({
  noShowMs = 5 * MINUTE_MS,
  startsInMs = 0,
  others = [] as readonly string[],
}): Promise<string> {
  const { db, visit } = demo
  const known = await db.visit.findUniqueOrThrow({
    where: { visitId: visit.visitId },
    include: { facility: true, seats: true },
  })
  const { facilityId, inmateId, terminalId, facility } = known
  const policy = { ...(facility.policy as object), noShowMs }
  await db.facility.update({ where: { facilityId }, data: { policy } })
  await db.resourceClaim.updateMany({ where: {}, data: { state: 'RELEASED', holdExpiresAt: null } })
  await db.visit.updateMany({
    where: { inmateId, bookingState: 'CONFIRMED' },
    data: { bookingState: 'CANCELLED' },
  })
  const startsAt = new Date(Date.now() + startsInMs)
  const stored = await insertVisit(db, {
    ...{ facilityId, inmateId, terminalId, startsAt },
    endsAt: new Date(startsAt.getTime() + BOOKED_MS),
    visitorIds: [...known.seats.flatMap(({ visitorId }) => visitorId ?? []), ...others],
  })
  const { visitId } = stored.visit
  // As a booking on the page would have.
  await db.quotaEntry.create({
    data: { entryId: newId(), inmateId, visitId, kind: 'USE', units: -1, createdAt: startsAt },
  })
  return visitId
}

/** The visitor goes from the address of the visit into its waiting room. */
async function comeAsVisitor(page: Page, visitId: string): Promise<void> {
  await page.goto(`${stack.origin}/visits/${visitId}`)
  await verifyOnPage(page, 'Waiting room')
}

async function statementOf(visitId: string) {
  const find = () => demo.db.visitReceipt.findUnique({ where: { visitId } })
  const { gaps, ...statement } = await until(find, 'the statement', PATIENCE_MS)
  return { ...statement, gaps: gaps as unknown as { ms: number; cause: string }[] }
}

describe('whoever does not come', () => {
  it('[LV-7] is the inmate: the family is told so, and that the visit is given back', async () => {
    const visitId = await aVisitSoon({ noShowMs: NO_SHOW_MS })
    await comeAsVisitor(cast.visitor, visitId)
    await verifyOnPage(cast.visitor, 'This visit did not take place')
    const words = await cast.visitor.locator('main').innerText()
    expect(words).toContain('Nobody joined from the facility. The visit is given back.')
    expect(await statementOf(visitId)).toMatchObject({
      outcome: 'NO_SHOW_INMATE',
      isGivenBack: true,
      gaps: [{ cause: 'INMATE_ABSENT', ms: BOOKED_MS }],
    })
  })

  it('[LV-7] is the visitor: the inmate is told so, and the visit counts', async () => {
    const visitId = await aVisitSoon({ noShowMs: NO_SHOW_AT_TERMINAL_MS })
    await goToVisit(cast.terminal, demo.inmatePin)
    await verifyOnPage(cast.terminal, 'The visit did not take place')
    const words = await cast.terminal.locator('main').innerText()
    expect(words).toContain('Your visitor did not join.')
    expect(await statementOf(visitId)).toMatchObject({
      outcome: 'NO_SHOW_VISITOR',
      isGivenBack: false,
      creditMs: 0,
    })
    await cast.terminal.getByRole('button', { name: 'Done' }).click({ timeout: PATIENCE_MS })
  })
})

describe('a visitor who comes late', () => {
  it('[LV-5] keeps the remainder, and the statement says where the rest went', async () => {
    const visitId = await aVisitSoon({ startsInMs: SOON_MS })
    const { startsAt, endsAt } = await demo.db.visit.findUniqueOrThrow({ where: { visitId } })
    await goToVisit(cast.terminal, demo.inmatePin)
    await until(() => (Date.now() >= startsAt.getTime() + LATE_MS ? true : null), 'being late')
    await comeAsVisitor(cast.visitor, visitId)
    await focusVisit(cast.officer, visitId)
    await checkIdentity(cast.officer)
    await admit(cast.officer)
    await Promise.all([waitForVisit(cast.visitor), waitForVisit(cast.terminal)])
    for (const page of [cast.visitor, cast.terminal]) {
      expect(await timeLeftMs(page)).toBeLessThanOrEqual(BOOKED_MS - LATE_MS)
    }
    await endByStaff(cast.officer)
    await verifyOnPage(cast.visitor, 'An officer ended this visit')
    const { gaps } = await statementOf(visitId)
    const lostTo = (cause: string) =>
      gaps.reduce((sum, gap) => sum + (gap.cause === cause ? gap.ms : 0), 0)
    const absentMs = lostTo('VISITOR_ABSENT')
    expect(absentMs).toBeGreaterThan(0)
    // A slow machine is late at the terminal as well.
    expect(absentMs + lostTo('INMATE_ABSENT')).toBeGreaterThanOrEqual(LATE_MS - 1_000)
    const row = cast.visitor.locator('dl > div', { hasText: 'Nobody was here from the visitor’s' })
    const shown = await row.locator('[aria-hidden="true"]').textContent()
    expect(Math.abs(minutesAndSecondsMs(shown ?? '') - absentMs)).toBeLessThan(1_000)
    // Nobody's time was moved for it but what the officer's own check took.
    const after = await demo.db.visit.findUniqueOrThrow({
      where: { visitId },
      include: { session: true },
    })
    expect(after.endsAt.getTime() - endsAt.getTime()).toBe(after.session?.madeUpMs)
    await cast.terminal.getByRole('button', { name: 'Done' }).click({ timeout: PATIENCE_MS })
    expect(cast.faults()).toEqual([])
  })
})

/** Two more who may visit, and somebody who interprets. */
const BESIDE = 'galina.orlova@example.org'
const APART = 'aliya.akhmetova@example.org'
const INTERPRETER = 'sergei.gromov@example.org'

/** Five browsers and two minutes: a journey for `LONG=1`. */
describe.skipIf(process.env['LONG'] !== '1')('several people and an interpreter', () => {
  skipAfterFailure()
  let visitId: string
  let apart: Page

  it('[LV-3] come by one camera and by several, and the page knows who may be at which', async () => {
    const { visitor } = cast
    visitId = await aVisitSoon({ others: [await visitorOf(BESIDE), await visitorOf(APART)] })
    await Promise.all([fileFace(visitor), giveInterpreter()])
    await comeAsVisitor(visitor, visitId)
    expect(await companyOf(visitor)).toEqual(['Aliya', 'Galina', 'Sergei'])
    await tickCompanion(visitor, 'Galina')
    const ofInterpreter = cleanUp.later(await openBrowser(KNOWN_INTERPRETER), (each) =>
      each.close(),
    )
    ;[apart] = await Promise.all([
      comeFrom(visitor.context().browser(), APART),
      comeFrom(ofInterpreter, INTERPRETER),
    ])
    await until(
      async () => ((await companyOf(visitor)).join() === 'Galina' ? true : null),
      'the others to be at devices of their own',
    )
    await verifyAccessible(visitor)
  })

  it('[LV-3] the picture on file is beside the live one while an officer decides', async () => {
    const { officer } = cast
    await goToVisit(cast.terminal, demo.inmatePin)
    await focusVisit(officer, visitId)
    await checkPerson(officer, 'Anna')
    await waitToSee(officer, '.vv-compare video', KNOWN_VISITOR)
    // The photograph is teal, and nothing live is.
    expect(await comparedPictures(officer)).toEqual({ isFiledTeal: true, isBeside: true })
    await verifyAccessible(officer)
  })

  it('[LV-3] who is let in waits for the other one at the same camera, who is checked as well', async () => {
    const { officer, visitor, terminal } = cast
    await admitPerson(officer, 'Anna')
    await visitor.getByText('Somebody with you is still to be checked').waitFor()
    const beside = personRow(officer, 'Galina')
    await beside.getByText('At the camera of Anna Sokolova').waitFor()
    await checkPerson(officer, 'Galina')
    await beside.getByText('No picture on file').waitFor()
    await waitToSee(officer, '.vv-compare video', KNOWN_VISITOR)
    expect(await terminal.locator(REMOTE_PICTURE).count()).toBe(0)
    await admitPerson(officer, 'Galina')
    for (const name of ['Aliya', 'Sergei']) {
      await checkPerson(officer, name)
      await admitPerson(officer, name)
    }
    await Promise.all([waitForVisit(visitor), waitForVisit(terminal)])
    await leaveFocus(officer)
  })

  it('[LV-9] the interpreter and whoever speaks are large, the others small, on both sides', async () => {
    const { visitor, terminal } = cast
    await turnMicrophone(apart, 'off')
    await untilArranged(terminal, { large: ['Anna and Galina', 'Sergei'], small: ['Aliya'] })
    await untilArranged(visitor, { large: [inmateName(), 'Sergei'], small: ['Aliya'] })
    await waitToSee(terminal, largePicture('Anna and Galina'), KNOWN_VISITOR)
    await waitToSee(visitor, largePicture(inmateName()), KNOWN_INMATE)
    await turnMicrophone(visitor, 'off')
    await turnMicrophone(terminal, 'off')
    await turnMicrophone(apart, 'on')
    await untilArranged(terminal, { large: ['Aliya', 'Sergei'], small: ['Anna and Galina'] })
    await untilArranged(visitor, { large: ['Aliya', 'Sergei'], small: [inmateName()] })
    for (const page of [visitor, terminal]) {
      await waitToSee(page, largePicture('Sergei'), KNOWN_INTERPRETER)
      await waitToSee(page, largePicture('Aliya'), KNOWN_VISITOR)
      const { leastLarge, mostSmall } = await arrangementOf(page)
      expect(leastLarge).toBeGreaterThan(2 * mostSmall)
      await verifyAllOnScreen(page)
      await verifyAccessible(page)
    }
    await visitor.getByRole('button', { name: 'Sign language' }).click()
    await untilArranged(visitor, { large: ['Aliya', inmateName(), 'Sergei'], small: [] })
    expect(cast.faults()).toEqual([])
  })

  async function comeFrom(browser: Browser | null, login: string): Promise<Page> {
    if (browser === null) throw new Error('the page has no browser')
    const { page } = await openPage(browser)
    await signIn(page, { origin: stack.origin, ...demo.account(login) })
    await verifyOnPage(page, 'Your visits')
    await comeAsVisitor(page, visitId)
    return page
  }

  async function giveInterpreter(): Promise<void> {
    const page = await cast.another()
    const { origin } = stack
    await signIn(page, { origin, ...demo.staff('scheduler') })
    await addInterpreter(page, { origin, visitId, login: INTERPRETER, name: 'Sergei Gromov' })
    await page.close()
  }
})

const inmateName = (): string => demo.visit.inmateName.split(' ')[0] ?? ''

/** The visitor of that account, who may visit the demonstration's inmate as well. */
async function visitorOf(login: string): Promise<string> {
  const { visitorId = '' } = demo.account(login).scope
  await insertRelationship(demo.db, { visitorId, inmateId: demo.visit.inmateId })
  return visitorId
}

/** Hands in a photograph of one colour, before staff have seen who the visitor is. */
async function fileFace(page: Page): Promise<void> {
  const { visitorId } = demo.visit
  const { verifiedAt } = await demo.db.visitor.findUniqueOrThrow({ where: { visitorId } })
  const set = (data: { verification: 'MISSING' | 'VERIFIED'; verifiedAt: Date | null }) =>
    demo.db.visitor.update({ where: { visitorId }, data })
  await set({ verification: 'MISSING', verifiedAt: null })
  const answer = await page.request.put(`${stack.origin}/api/my/documents/PHOTO`, {
    data: await aPhoto(),
    headers: { 'content-type': 'image/jpeg' },
  })
  expect(answer.status()).toBe(200)
  await set({ verification: 'VERIFIED', verifiedAt })
}
