import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertAccount } from '@visavis/prisma/seed'
import { DAY_MS, aFamily, aSlotAt, bookFor, callerOf } from '../booking/booking-world.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aBookedFamily, aPrison, staffOf, stateOf, tasksAbout } from './life-world.ts'

let world: RestWorld
beforeAll(async () => {
  world = await aRestWorld()
})
afterAll(() => world.close())

const ask = (scope: string, classes = ['social']) => ({
  scope,
  classes,
  authority: 'Ministry of Justice',
  reason: 'Network works',
  reviewAt: new Date(world.clock.now().getTime() + 7 * DAY_MS).toISOString(),
})
type Suspended = { suspension: { suspensionId: string }; suspended: number }

async function suspend(admin: Awaited<ReturnType<typeof staffOf>>['admin'], scope = 'FACILITY') {
  const answer = await admin.post('/api/suspensions', ask(scope))
  expect(answer.status).toBe(200)
  const { suspension, suspended } = answer.body as unknown as Suspended
  await world.jobs.runNow('rebooking.run', { suspensionId: suspension.suspensionId })
  return { suspensionId: suspension.suspensionId, suspended }
}

async function lift(admin: Awaited<ReturnType<typeof staffOf>>['admin'], suspensionId: string) {
  const url = `/api/suspensions/${suspensionId}/lifting`
  const answer = await admin.post(url, { reason: 'The works are done' })
  expect(answer.status).toBe(200)
  await world.jobs.runNow('rebooking.run', { suspensionId })
  await world.jobs.runNow('rebooking.run', { suspensionId })
}

it('[BK-12] stops what is booked, tells people, gives the visits back, and forbids new ones', async () => {
  const prison = await aPrison(world)
  const { admin } = await staffOf(world, prison)
  const { visitId, caller, family } = await aBookedFamily(world, prison)
  const { suspended } = await suspend(admin)
  expect(suspended).toBe(1)
  expect(await stateOf(world, visitId)).toMatchObject({ bookingState: 'SUSPENDED' })
  expect(await world.db.quotaEntry.count({ where: { visitId, kind: 'REFUND' } })).toBe(1)
  const told = { visitId, kind: 'BOOKING_SUSPENDED', visitorId: family.visitorId }
  expect(await world.db.notice.count({ where: told })).toBeGreaterThan(0)
  const slot = await aSlotAt(world, prison, { hours: 5 })
  const refused = await bookFor(caller, family, slot.slotId)
  expect(refused.body).toMatchObject({ code: 'VISITS_SUSPENDED' })
})

it('[BK-12] once lifted, each gets its own slot again, once, or a person to find another', async () => {
  const prison = await aPrison(world, { terminals: 1 })
  const { admin } = await staffOf(world, prison)
  const first = await aBookedFamily(world, prison)
  const second = await aBookedFamily(world, prison, 3)
  const { suspensionId } = await suspend(admin)
  // The second one's slot is closed meanwhile: there is nothing to give back.
  const { slotId } = second.slot
  await world.db.slot.update({ where: { slotId }, data: { closedAt: world.clock.now() } })
  await lift(admin, suspensionId)
  const again = await world.db.visit.findMany({ where: { rebookOf: first.visitId } })
  expect(again).toMatchObject([{ bookingState: 'CONFIRMED', slotId: first.slot.slotId }])
  expect(await world.db.visit.count({ where: { rebookOf: second.visitId } })).toBe(0)
  expect(await tasksAbout(world, second.visitId)).toEqual(['REBOOK_VISIT'])
})

it('[BK-12] [BK-13] one click books anew and closes the task; nothing offers it twice', async () => {
  const prison = await aPrison(world)
  const { admin, desk } = await staffOf(world, prison)
  const { visitId, slot } = await aBookedFamily(world, prison)
  const { suspensionId } = await suspend(admin)
  await world.db.slot.update({
    where: { slotId: slot.slotId },
    data: { closedAt: world.clock.now() },
  })
  await lift(admin, suspensionId)
  const full = await aSlotAt(world, prison, { hours: 5, capacity: 0 })
  const url = `/api/bookings/${visitId}`
  const refused = await desk.post(`${url}/rebooking`, { slotId: full.slotId })
  expect(refused.body).toMatchObject({ code: 'NO_PLACE' })
  expect(await tasksAbout(world, visitId)).toEqual(['REBOOK_VISIT'])
  expect((await desk.get(url)).body.actions).toEqual(['REBOOK'])

  const later = await aSlotAt(world, prison, { hours: 6 })
  const made = await desk.post(`${url}/rebooking`, { slotId: later.slotId })
  expect(made.body).toMatchObject({ bookingState: 'CONFIRMED' })
  expect(await world.db.task.findMany({ where: { visitId } })).toMatchObject([
    { state: 'DONE', doneBy: prison.schedulerId, resolution: 'REBOOKED' },
  ])
  expect((await desk.get(url)).body).toMatchObject({ bookingState: 'SUSPENDED', actions: [] })
  const twice = await desk.post(`${url}/rebooking`, { slotId: later.slotId })
  expect(twice.body).toMatchObject({ code: 'BOOKING_WRONG_STATE' })
})

it('[BK-12] leaves lawyers’ visits and other facilities alone', async () => {
  const prison = await aPrison(world)
  const other = await aPrison(world)
  const { admin } = await staffOf(world, prison)
  const elsewhere = await aBookedFamily(world, other)
  await suspend(admin)
  expect(await stateOf(world, elsewhere.visitId)).toMatchObject({ bookingState: 'CONFIRMED' })
  const family = await aFamily(world, prison)
  const caller = await callerOf(world, family.accountId)
  const payload = {
    inmateId: family.inmateId,
    visitorIds: [family.visitorId],
    place: 'HOME',
    visitClass: 'privileged',
  }
  const report = await caller.post('/api/eligibility', payload)
  expect(JSON.stringify(report.body)).not.toContain('VISITS_SUSPENDED')
})

it('[TR-3] each suspends what is theirs, and lifts no more', async () => {
  const prison = await aPrison(world)
  const other = await aPrison(world)
  const { admin } = await staffOf(world, prison)
  const stranger = (await staffOf(world, other)).admin
  expect((await admin.post('/api/suspensions', ask('ESTATE'))).body).toMatchObject({
    code: 'FORBIDDEN',
  })
  const { suspensionId } = await suspend(admin)
  const url = `/api/suspensions/${suspensionId}/lifting`
  expect((await stranger.post(url, { reason: 'Not mine' })).body).toMatchObject({
    code: 'NOT_FOUND',
  })
  const { operatorId } = await world.db.operator.findFirstOrThrow({
    where: { estateId: prison.estateId },
  })
  const operator = await insertAccount(world.db, { role: 'operatorAdmin', operatorId })
  const operatorAdmin = await callerOf(world, operator.accountId)
  expect((await operatorAdmin.post('/api/suspensions', ask('ESTATE', ['official']))).status).toBe(
    200,
  )
  await lift(admin, suspensionId)
  expect((await admin.post(url, { reason: 'Twice' })).body).toMatchObject({
    code: 'ALREADY_DECIDED',
  })
})
