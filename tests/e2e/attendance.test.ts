import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cast } from '../support/cast.ts'
import { createCleanUp } from '../support/clean-up.ts'
import type { Demo } from '../support/demo.ts'
import type { Stack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { minutesAndSecondsMs, timeLeftMs, waitForVisit } from './pages/call-page.ts'
import { PATIENCE_MS, verifyOnPage } from './pages/page-object.ts'
import { goToVisit } from './pages/terminal-journey.ts'
import { BOOKED_MS, aVisitSoon, comeAsVisitor, everybodyAtHome } from './pages/visit-soon.ts'
import { admit, checkIdentity, endByStaff, focusVisit } from './pages/wall-page.ts'

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
  ;({ stack, demo, cast } = await everybodyAtHome(cleanUp))
})
afterAll(cleanUp.run)

async function statementOf(visitId: string) {
  const find = () => demo.db.visitReceipt.findUnique({ where: { visitId } })
  const { gaps, ...statement } = await until(find, 'the statement', PATIENCE_MS)
  return { ...statement, gaps: gaps as unknown as { ms: number; cause: string }[] }
}

describe('whoever does not come', () => {
  it('[LV-7] is the inmate: the family is told so, and that the visit is given back', async () => {
    const visitId = await aVisitSoon(demo, { noShowMs: NO_SHOW_MS })
    await comeAsVisitor(cast.visitor, { origin: stack.origin, visitId })
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
    const visitId = await aVisitSoon(demo, { noShowMs: NO_SHOW_AT_TERMINAL_MS })
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
    const visitId = await aVisitSoon(demo, { startsInMs: SOON_MS })
    const { startsAt, endsAt } = await demo.db.visit.findUniqueOrThrow({ where: { visitId } })
    await goToVisit(cast.terminal, demo.inmatePin)
    await until(() => (Date.now() >= startsAt.getTime() + LATE_MS ? true : null), 'being late')
    await comeAsVisitor(cast.visitor, { origin: stack.origin, visitId })
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
