import { insertAccount, insertRestriction, insertVisit } from '@visavis/prisma/seed'
import { HOUR_MS, aFamily, aPrison, aSlotAt, bookFor, callerOf } from '../booking/booking-world.ts'
import type { Family, Prison } from '../booking/booking-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

/** The scheduler of a prison, and its administrator, as callers. */
export async function staffOf(world: RestWorld, prison: Prison) {
  const { facilityId } = prison
  const admin = await insertAccount(world.db, { role: 'facilityAdmin', facilityId })
  return {
    desk: await callerOf(world, prison.schedulerId),
    admin: await callerOf(world, admin.accountId),
  }
}

/** A family with a confirmed booking in a slot of its own, so many hours after the first slot. */
export async function aBookedFamily(world: RestWorld, prison: Prison, hours = 0) {
  const family = await aFamily(world, prison)
  const slot = await aSlotAt(world, prison, { hours, capacity: 3 })
  const caller = await callerOf(world, family.accountId)
  const answer = await bookFor(caller, family, slot.slotId)
  return { family, slot, caller, status: answer.status, visitId: answer.body.visitId }
}

/** A visit of the family that is going on right now, on the prison's first terminal. */
export async function aRunningVisit(world: RestWorld, prison: Prison, family: Family) {
  const now = world.clock.now()
  const { visit } = await insertVisit(world.db, {
    facilityId: prison.facilityId,
    inmateId: family.inmateId,
    visitorIds: [family.visitorId],
    terminalId: prison.terminalIds[0] ?? '',
    startsAt: new Date(now.getTime() - HOUR_MS / 10),
    session: { state: 'LIVE', liveSince: now },
  })
  return visit.visitId
}

/** Forbids the two to meet, without telling anybody. */
export async function aSilentRestriction({ db, clock }: RestWorld, prison: Prison, family: Family) {
  const { schedulerId: createdBy, facilityId } = prison
  const { visitorId, inmateId } = family
  const startsAt = clock.now()
  const people = { visitorId, inmateId, startsAt, createdBy }
  return insertRestriction(db, { facilityId, kind: 'NO_CONTACT', source: 'COURT', ...people })
}

/** Open tasks about a visit, by kind. */
export async function tasksAbout({ db }: RestWorld, visitId: string): Promise<string[]> {
  const tasks = await db.task.findMany({ where: { visitId, state: 'OPEN' } })
  return tasks.map(({ kind }) => kind)
}

/** The state and reason of a booking. */
export async function stateOf({ db }: RestWorld, visitId: string) {
  const { bookingState, stateReason } = await db.visit.findUniqueOrThrow({ where: { visitId } })
  return { bookingState, stateReason }
}

export { aPrison }
