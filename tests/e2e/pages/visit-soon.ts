import { newId } from '@visavis/prisma'
import { insertVisit } from '@visavis/prisma/seed'
import type { Page } from 'playwright-core'
import { openCast } from '../../support/cast.ts'
import type { CleanUp } from '../../support/clean-up.ts'
import { openDemo } from '../../support/demo.ts'
import type { Demo } from '../../support/demo.ts'
import { startStack } from '../../support/stack.ts'
import { verifyOnPage } from './page-object.ts'
import { enrolTerminal } from './terminal-journey.ts'
import { signIn } from './visitor-journey.ts'
import { openWall } from './wall-page.ts'

const MINUTE_MS = 60_000
export const BOOKED_MS = 15 * MINUTE_MS

/** A running product with the demonstration's visitor, terminal and officer on their pages. */
export async function everybodyAtHome(cleanUp: CleanUp) {
  const stack = cleanUp.later(await startStack(), (each) => each.stop())
  const demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  const cast = cleanUp.later(await openCast(), ({ close }) => close())
  if (demo.enrolmentCode) {
    await enrolTerminal(cast.terminal, { origin: stack.origin, code: demo.enrolmentCode })
  }
  await signIn(cast.visitor, { origin: stack.origin, ...demo.visitor })
  await verifyOnPage(cast.visitor, 'Your visits')
  await openWall(cast.officer, { origin: stack.origin, ...demo.staff('officer') })
  return { stack, demo, cast }
}

/** A visit of the demonstration's pair whose booked time begins soon, and nothing else booked for them. */
export async function aVisitSoon(
  { db, visit }: Demo,
  { noShowMs = 5 * MINUTE_MS, startsInMs = 0, others = [] as readonly string[] },
): Promise<string> {
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
export async function comeAsVisitor(
  page: Page,
  { origin, visitId }: { origin: string; visitId: string },
): Promise<void> {
  await page.goto(`${origin}/visits/${visitId}`)
  await verifyOnPage(page, 'Waiting room')
}
