import { newId } from '@visavis/prisma'
import { insertVisit } from '@visavis/prisma/seed'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCast } from '../support/cast.ts'
import type { Cast } from '../support/cast.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { minutesAndSecondsMs, timeLeftMs, waitForVisit } from './pages/call-page.ts'
import { PATIENCE_MS, verifyOnPage } from './pages/page-object.ts'
import { enrolTerminal, goToVisit } from './pages/terminal-journey.ts'
import { signIn } from './pages/visitor-journey.ts'
import { admit, checkIdentity, endByStaff, focusVisit, openWall } from './pages/wall-page.ts'

const MINUTE_MS = 60_000
const BOOKED_MS = 15 * MINUTE_MS
/** Long enough for the page of who came to be seen, short enough to wait for. */
const NO_SHOW_MS = 6_000
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
})
afterAll(cleanUp.run)

/** A visit of the demonstration's pair whose booked time begins soon, and nothing else booked for them. */
async function aVisitSoon({ noShowMs = 5 * MINUTE_MS, startsInMs = 0 }): Promise<string> {
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
    visitorIds: known.seats.flatMap(({ visitorId }) => visitorId ?? []),
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
    const visitId = await aVisitSoon({ noShowMs: NO_SHOW_MS })
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
    await openWall(cast.officer, { origin: stack.origin, ...demo.staff('officer') })
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
    expect(cast.faults()).toEqual([])
  })
})
