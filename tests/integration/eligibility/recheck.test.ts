import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertRestriction, insertVisit } from '@visavis/prisma/seed'
import { entriesOf } from '../rest/support/audit-log.ts'
import { BEFORE, HOUR_MS, NOW, anEligibilityWorld } from './eligibility-world.ts'
import type { Case, EligibilityWorld } from './eligibility-world.ts'

let world: EligibilityWorld
beforeAll(async () => {
  world = await anEligibilityWorld()
})
afterAll(() => world.drop())

function bookedIn({ db, facilityId, inmateId, terminalId, visitorId }: Case, hours: number) {
  const startsAt = new Date(NOW.getTime() + hours * HOUR_MS)
  return insertVisit(db, { facilityId, inmateId, terminalId, visitorIds: [visitorId], startsAt })
}

describe('[EL-4] the look at tomorrow’s visits', () => {
  it('makes a task of each that may no longer be, once, however many look at once', async () => {
    const [good, bad, later] = [await world.aCase(), await world.aCase(), await world.aCase()]
    const fine = await bookedIn(good, 20)
    const { visit } = await bookedIn(bad, 23)
    await bookedIn(later, 25)
    const { db, facilityId, visitorId, inmateId } = bad
    await insertRestriction(db, { facilityId, visitorId, inmateId, startsAt: BEFORE })
    const counts = await Promise.all([world.recheck(), world.recheck()])
    expect(counts[0] + counts[1]).toBe(2)
    expect(await world.recheck()).toBe(0)
    expect(await db.task.findMany()).toMatchObject([
      {
        kind: 'RESTRICTION_HITS_VISIT',
        state: 'OPEN',
        facilityId,
        visitId: visit.visitId,
        inmateId,
        dueAt: visit.startsAt,
      },
    ])
    const said = (await entriesOf(db, facilityId)).filter(
      ({ action }) => action === 'visit.recheck',
    )
    expect(said).toMatchObject([{ outcome: 'deny', object: { objectId: visit.visitId } }])
    const fineSaid = await entriesOf(db, good.facilityId)
    expect(fineSaid).toMatchObject([{ outcome: 'allow', object: { objectId: fine.visit.visitId } }])
    const booked = await db.visit.findUniqueOrThrow({ where: { visitId: visit.visitId } })
    expect(booked.bookingState).toBe('CONFIRMED')
    world.clock.advance(2 * HOUR_MS)
    expect(await world.recheck()).toBe(1)
  })
})
