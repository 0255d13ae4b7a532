import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertFacility, insertInmate } from '@visavis/prisma/seed'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aFamily, callerOf } from '../booking/booking-world.ts'
import {
  aBookedFamily,
  aPrison,
  aRunningVisit,
  staffOf,
  stateOf,
  tasksAbout,
} from './life-world.ts'

let world: RestWorld
beforeAll(async () => {
  world = await aRestWorld()
})
afterAll(() => world.close())

const at = (): string => world.clock.now().toISOString()

/** Another facility of the prison's estate. */
async function aSister(estateId: string) {
  const { operatorId } = await world.db.operator.findFirstOrThrow({ where: { estateId } })
  return insertFacility(world.db, { estateId, operatorId })
}

it('[BK-13] a release cancels what is booked, tells the family and gives the visit back', async () => {
  const prison = await aPrison(world)
  const { desk } = await staffOf(world, prison)
  const { family, visitId } = await aBookedFamily(world, prison)
  const before = await world.db.quotaEntry.count({ where: { visitId, kind: 'REFUND' } })
  const event = { event: 'RELEASE', version: 0, at: at() }
  const answer = await desk.post(`/api/inmates/${family.inmateId}/events`, event)
  expect(answer).toMatchObject({ status: 200, body: { cancelled: [visitId] } })
  expect(await stateOf(world, visitId)).toEqual({
    bookingState: 'CANCELLED',
    stateReason: 'INMATE_RELEASED',
  })
  expect(await world.db.quotaEntry.count({ where: { visitId, kind: 'REFUND' } })).toBe(before + 1)
  const { visitorId } = family
  const where = { visitId, visitorId, kind: 'BOOKING_CANCELLED' }
  expect(await world.db.notice.count({ where })).toBeGreaterThan(0)
})

it('[BK-13] no message of ours tells a family of a death: a person is asked to call', async () => {
  const prison = await aPrison(world)
  const { desk } = await staffOf(world, prison)
  const { family, visitId } = await aBookedFamily(world, prison)
  const told = await world.db.notice.count({ where: { visitorId: family.visitorId } })
  const event = { event: 'DEATH', version: 0, at: at() }
  const answer = await desk.post(`/api/inmates/${family.inmateId}/events`, event)
  expect(answer.status).toBe(200)
  expect(await stateOf(world, visitId)).toMatchObject({ bookingState: 'CANCELLED' })
  expect(await world.db.notice.count({ where: { visitorId: family.visitorId } })).toBe(told)
  const where = { kind: 'INMATE_DIED' as const, visitorId: family.visitorId }
  expect(await world.db.task.findFirstOrThrow({ where })).toMatchObject({
    suggestion: 'CALL_VISITOR',
  })
})

it('[BK-13] a transfer cancels nothing: each visit gets a task, the family an offer', async () => {
  const prison = await aPrison(world)
  const { desk } = await staffOf(world, prison)
  const { family, visitId } = await aBookedFamily(world, prison)
  const sister = await aSister(prison.estateId)
  const event = {
    event: 'TRANSFER',
    version: 0,
    toFacilityId: sister.facilityId,
    wing: 'C',
    at: at(),
  }
  const answer = await desk.post(`/api/inmates/${family.inmateId}/events`, event)
  expect(answer.status).toBe(200)
  expect(await stateOf(world, visitId)).toMatchObject({ bookingState: 'CONFIRMED' })
  expect(await tasksAbout(world, visitId)).toEqual(['INMATE_TRANSFERRED'])
  const { inmateId, visitorId } = family
  expect(await world.db.inmate.findUniqueOrThrow({ where: { inmateId } })).toMatchObject({
    facilityId: sister.facilityId,
    wing: 'C',
  })
  const offers = { visitId, visitorId, kind: 'REBOOK_OFFER' }
  expect(await world.db.notice.count({ where: offers })).toBeGreaterThan(0)
})

it('refuses a transfer that cannot be: same place, taken number, another estate', async () => {
  const prison = await aPrison(world)
  const { desk } = await staffOf(world, prison)
  const { inmateId } = await aFamily(world, prison)
  const { inmateNumber } = await world.db.inmate.findUniqueOrThrow({ where: { inmateId } })
  const sister = await aSister(prison.estateId)
  await insertInmate(world.db, { facilityId: sister.facilityId, inmateNumber })
  const move = (toFacilityId: string) =>
    desk.post(`/api/inmates/${inmateId}/events`, {
      event: 'TRANSFER',
      version: 0,
      toFacilityId,
      wing: 'C',
      at: at(),
    })
  const field = { code: 'BAD_REQUEST', fields: [{ field: 'toFacilityId' }] }
  expect((await move(prison.facilityId)).body).toMatchObject(field)
  expect((await move(sister.facilityId)).body).toMatchObject(field)
  const elsewhere = await aPrison(world)
  expect((await move(elsewhere.facilityId)).body).toMatchObject({ code: 'NOT_FOUND' })
})

it('nobody is taken out of a running visit by an entry, and a stale page decides nothing', async () => {
  const prison = await aPrison(world)
  const { desk } = await staffOf(world, prison)
  const family = await aFamily(world, prison)
  const url = `/api/inmates/${family.inmateId}/events`
  expect((await desk.post(url, { event: 'MOVE_WING', version: 7, wing: 'D' })).body).toMatchObject({
    code: 'VERSION_CHANGED',
  })
  await aRunningVisit(world, prison, family)
  expect((await desk.post(url, { event: 'RELEASE', version: 0, at: at() })).body).toMatchObject({
    code: 'VISIT_WRONG_STATE',
  })
  expect((await desk.post(url, { event: 'MOVE_WING', version: 0, wing: 'D' })).status).toBe(200)
})

it('[TR-3] staff of another facility find nobody to move', async () => {
  const prison = await aPrison(world)
  const other = await aPrison(world)
  const { inmateId } = await aFamily(world, prison)
  const stranger = await callerOf(world, other.schedulerId)
  const answer = await stranger.post(`/api/inmates/${inmateId}/events`, {
    event: 'RELEASE',
    version: 0,
    at: at(),
  })
  expect(answer.body).toMatchObject({ code: 'NOT_FOUND' })
})
