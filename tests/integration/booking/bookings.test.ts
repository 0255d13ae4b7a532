import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertVisit } from '@visavis/prisma/seed'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import {
  DAY_MS,
  HOUR_MS,
  NOTHING_BROKEN,
  aCompanion,
  aFamily,
  aPrison,
  aSlotAt,
  bookFor,
  brokenInvariants,
  callerOf,
  holdFor,
} from './booking-world.ts'
import type { Caller, Family, Prison } from './booking-world.ts'

let world: RestWorld
let prison: Prison
let family: Family
let caller: Caller
let staff: Caller

beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  prison = await aPrison(world)
  family = await aFamily(world, prison)
  caller = await callerOf(world, family.accountId)
  staff = await callerOf(world, prison.schedulerId)
})
afterEach(async () => {
  expect(await brokenInvariants(world)).toEqual(NOTHING_BROKEN)
})
afterAll(() => world.close())

const act = (visitId: string, name: string): string => `/api/bookings/${visitId}/${name}`
const quotaOf = async (visitId: string): Promise<string[]> => {
  const entries = await world.db.quotaEntry.findMany({ where: { visitId } })
  return entries.map(({ kind }) => kind).toSorted()
}
const cancel = (
  who: Caller,
  { visitId, version }: { visitId: string; version: number },
  reason: string,
) => who.post(act(visitId, 'cancellation'), { reason, version })

describe('a cancellation', () => {
  it('[BK-3] [BK-9] in time gives the visit and the place back', async () => {
    const slot = await aSlotAt(world, prison, { capacity: 1 })
    const { body } = await bookFor(caller, family, slot.slotId)
    expect(await cancel(caller, body, 'ILLNESS')).toMatchObject({
      status: 200,
      body: { bookingState: 'CANCELLED', reason: 'ILLNESS' },
    })
    expect(await quotaOf(body.visitId)).toEqual(['REFUND', 'USE'])
    const other = await aFamily(world, prison)
    const rival = await callerOf(world, other.accountId)
    expect((await holdFor(rival, other, slot.slotId)).status).toBe(200)
  })

  it('[BK-9] too late keeps it used; the facility’s own always gives it back', async () => {
    for (const [who, reason, kinds] of [
      ['family', 'CHANGED_MIND', ['USE']],
      ['staff', 'FACILITY_STAFFING', ['REFUND', 'USE']],
    ] as const) {
      const slot = await aSlotAt(world, prison, { startsAt: soon(23), endsAt: soon(23.5) })
      const { body } = await bookFor(staff, family, slot.slotId)
      const cancelled = await cancel(who === 'staff' ? staff : caller, body, reason)
      expect(cancelled.body).toMatchObject({ bookingState: 'CANCELLED' })
      expect(await quotaOf(body.visitId)).toEqual(kinds)
    }
  })

  it('[BK-3] is refused once the visit has media', async () => {
    const slot = await aSlotAt(world, prison)
    const { body } = await bookFor(caller, family, slot.slotId)
    const { visitId } = body
    await world.db.visitSession.update({ where: { visitId }, data: { state: 'LIVE' } })
    expect((await cancel(caller, body, 'ILLNESS')).body.code).toBe('BOOKING_WRONG_STATE')
    const rebooked = await caller.post(act(visitId, 'rebooking'), { slotId: slot.slotId })
    expect(rebooked.body.code).toBe('BOOKING_WRONG_STATE')
    await world.db.visitSession.update({ where: { visitId }, data: { state: 'LOBBY' } })
    expect((await cancel(caller, body, 'ILLNESS')).status).toBe(200)
    expect((await cancel(caller, body, 'ILLNESS')).body.code).toBe('VERSION_CHANGED')
  })

  it('takes the family’s reasons from the family only', async () => {
    const slot = await aSlotAt(world, prison)
    const { body } = await bookFor(caller, family, slot.slotId)
    expect((await cancel(caller, body, 'FACILITY_SECURITY')).body).toMatchObject({
      code: 'BAD_REQUEST',
      fields: [{ field: 'reason' }],
    })
  })
})

describe('a request', () => {
  it('[BK-3] is approved by staff, and uses the quota only then', async () => {
    const slot = await aSlotAt(world, prison, { bookingMode: 'APPROVAL' })
    const { body } = await bookFor(caller, family, slot.slotId)
    expect(body).toMatchObject({ bookingState: 'REQUESTED', reason: 'NEEDS_APPROVAL' })
    expect(await quotaOf(body.visitId)).toEqual([])
    const where = { visitId: body.visitId, kind: 'DECIDE_BOOKING' as const }
    expect(await world.db.task.findFirst({ where })).toMatchObject({ state: 'OPEN' })
    const decision = { decision: 'APPROVE', version: body.version }
    expect((await caller.post(act(body.visitId, 'decision'), decision)).body.code).toBe('FORBIDDEN')
    const approved = await staff.post(act(body.visitId, 'decision'), decision)
    expect(approved.body).toMatchObject({ bookingState: 'CONFIRMED', paidBy: 'QUOTA' })
    expect(await quotaOf(body.visitId)).toEqual(['USE'])
    expect(await world.db.task.findFirst({ where })).toMatchObject({ state: 'DONE' })
    const late = { ...decision, version: approved.body.version }
    const again = await staff.post(act(body.visitId, 'decision'), late)
    expect(again.body.code).toBe('BOOKING_WRONG_STATE')
  })

  it('[BK-3] is rejected with a reason, or withdrawn, and its place is free', async () => {
    const slot = await aSlotAt(world, prison, { bookingMode: 'APPROVAL', capacity: 1 })
    const first = (await bookFor(caller, family, slot.slotId)).body
    const decision = { decision: 'REJECT', reason: 'FACILITY_SECURITY', version: first.version }
    expect((await staff.post(act(first.visitId, 'decision'), decision)).body).toMatchObject({
      bookingState: 'REJECTED',
      reason: 'FACILITY_SECURITY',
    })
    const second = (await bookFor(caller, family, slot.slotId)).body
    expect((await cancel(caller, second, 'CHANGED_MIND')).body.bookingState).toBe('WITHDRAWN')
    expect((await bookFor(caller, family, slot.slotId)).body.bookingState).toBe('REQUESTED')
    const tasks = await world.db.task.findMany({ where: { visitId: second.visitId } })
    expect(tasks).toMatchObject([{ state: 'DONE' }])
  })

  it('[EL-9] is what a booking becomes while the register is silent, whoever books', async () => {
    const policy = { registerMaxAgeMs: HOUR_MS }
    const silent = await aPrison(world, { policy })
    const { facilityId } = silent
    const registerSeenAt = new Date(world.clock.now().getTime() - 2 * HOUR_MS)
    await world.db.facility.update({ where: { facilityId }, data: { registerSeenAt } })
    const people = await aFamily(world, silent)
    const slot = await aSlotAt(world, silent)
    const { body } = await bookFor(await callerOf(world, people.accountId), people, slot.slotId)
    expect(body).toMatchObject({ bookingState: 'REQUESTED', reason: 'ELIGIBILITY_UNVERIFIED' })
  })
})

describe('re-booking', () => {
  it('[BK-12] [BK-13] moves the same people to another slot; the quota moves with them', async () => {
    const slot = await aSlotAt(world, prison)
    const later = await aSlotAt(world, prison, { hours: 1 })
    const { body } = await bookFor(caller, family, slot.slotId)
    const made = await caller.post(act(body.visitId, 'rebooking'), { slotId: later.slotId })
    expect(made.body).toMatchObject({ bookingState: 'CONFIRMED', paidBy: 'QUOTA' })
    const { rebookOf } = await world.db.visit.findUniqueOrThrow({
      where: { visitId: made.body.visitId },
    })
    expect(rebookOf).toBe(body.visitId)
    expect((await caller.get(`/api/bookings/${body.visitId}`)).body).toMatchObject({
      bookingState: 'CANCELLED',
      reason: 'REBOOKED',
    })
    expect(await quotaOf(body.visitId)).toEqual(['REFUND', 'USE'])
    expect(await quotaOf(made.body.visitId)).toEqual(['USE'])
    const twice = await caller.post(act(body.visitId, 'rebooking'), { slotId: slot.slotId })
    expect(twice.body.code).toBe('BOOKING_WRONG_STATE')
  })

  it('[BK-1] may go to a slot that overlaps the old one, and changes nothing when refused', async () => {
    const slot = await aSlotAt(world, prison)
    const startsAt = new Date(slot.startsAt.getTime() + 10 * 60_000)
    const overlapping = await aSlotAt(world, prison, { startsAt })
    const full = await aSlotAt(world, prison, { capacity: 1, hours: 5 })
    const other = await aFamily(world, prison)
    await bookFor(await callerOf(world, other.accountId), other, full.slotId)
    const { body } = await bookFor(caller, family, slot.slotId)
    const refused = await caller.post(act(body.visitId, 'rebooking'), { slotId: full.slotId })
    expect(refused.body.code).toBe('NO_PLACE')
    expect(refused.body.alternatives).toMatchObject([{ slotId: overlapping.slotId }])
    const same = await caller.get(`/api/bookings/${body.visitId}`)
    expect(same.body).toMatchObject({ bookingState: 'CONFIRMED', version: body.version })
    const moved = await caller.post(act(body.visitId, 'rebooking'), { slotId: overlapping.slotId })
    expect(moved.body, JSON.stringify(moved.body)).toMatchObject({ bookingState: 'CONFIRMED' })
  })

  it('[BK-10] offers other slots than the one that is booked; what was given up may be had again', async () => {
    const slot = await aSlotAt(world, prison, { capacity: 2 })
    const later = await aSlotAt(world, prison, { hours: 1, capacity: 2 })
    const { body } = await bookFor(caller, family, slot.slotId)
    const offered = async () => {
      const { places } = (await caller.get(`/api/bookings/${body.visitId}/alternatives`)).body
      return places.map(({ slotId }) => slotId)
    }
    expect(await offered()).toEqual([later.slotId])
    await cancel(caller, body, 'ILLNESS')
    expect(await offered()).toEqual([slot.slotId, later.slotId])
  })
})

describe('who sees and does what', () => {
  it('[EL-2] [TR-3] a stranger’s booking is not there; a companion sees it and changes nothing', async () => {
    const companion = await aCompanion(world, family)
    const slot = await aSlotAt(world, prison)
    const payload = {
      inmateId: family.inmateId,
      visitorIds: [family.visitorId, companion.visitorId],
      place: 'HOME',
      slotId: slot.slotId,
    }
    const { body } = await caller.post('/api/bookings', payload)
    const url = `/api/bookings/${body.visitId}`
    const stranger = await callerOf(world, (await aFamily(world, prison)).accountId)
    const elsewhere = await callerOf(world, (await aPrison(world)).schedulerId)
    for (const who of [stranger, elsewhere]) {
      expect((await who.get(url)).body.code).toBe('BOOKING_NOT_FOUND')
      expect((await who.get(`${url}/alternatives`)).body.code).toBe('BOOKING_NOT_FOUND')
      for (const name of ['confirmation', 'extension', 'release']) {
        expect((await who.post(act(body.visitId, name))).body.code).toBe('BOOKING_NOT_FOUND')
      }
    }
    const guest = await callerOf(world, companion.accountId)
    const seen = (await guest.get(url)).body
    expect(seen).toMatchObject({ bookingState: 'HELD', actions: [], terminal: null })
    expect((await guest.post(act(body.visitId, 'confirmation'))).body.code).toBe('FORBIDDEN')
    // First names of the others, in full only one's own (EL-8).
    const shown = seen.visitors.map(({ displayName }) => displayName.split(' ').length)
    expect(shown.toSorted()).toEqual([1, 3])
    expect((await staff.get(url)).body.terminal).not.toBeNull()
  })

  it('books for others only with oneself among them; staff only in their own facility', async () => {
    const other = await aFamily(world, prison)
    const slot = await aSlotAt(world, prison)
    const forOthers = await holdFor(caller, other, slot.slotId)
    expect(forOthers.body).toMatchObject({ code: 'BAD_REQUEST', fields: [{ field: 'visitorIds' }] })
    const elsewhere = await callerOf(world, (await aPrison(world)).schedulerId)
    expect((await holdFor(elsewhere, other, slot.slotId)).body.code).toBe('SLOT_NOT_FOUND')
  })

  it('lists by start, page by page, one’s own or the facility’s', async () => {
    const made: string[] = []
    for (const hours of [3, 1, 2]) {
      const slot = await aSlotAt(world, prison, { hours })
      made.push((await bookFor(caller, family, slot.slotId)).body.visitId)
    }
    const inOrder = [made[1], made[2], made[0]]
    for (const who of [caller, staff]) {
      const first = (await who.get('/api/bookings', { limit: '2' })).body
      const rest = (await who.get('/api/bookings', { cursor: first.nextCursor ?? '' })).body
      expect([...first.items, ...rest.items].map(({ visitId }) => visitId)).toEqual(inOrder)
      expect(rest.nextCursor).toBeNull()
    }
    const bad = await caller.get('/api/bookings', { cursor: 'nonsense' })
    expect(bad.body).toMatchObject({ code: 'BAD_REQUEST', fields: [{ field: 'cursor' }] })
    const stranger = await callerOf(world, (await aFamily(world, prison)).accountId)
    expect((await stranger.get('/api/bookings')).body.items).toEqual([])
    const filtered = await staff.get('/api/bookings', { wing: 'B', state: 'CONFIRMED' })
    expect(filtered.body.items).toEqual([])
  })

  it('[EL-8] names as companions only whom the visitor has come with before', async () => {
    const companion = await aCompanion(world, family)
    const unseen = await aCompanion(world, family)
    const namesOf = async (who: Caller): Promise<string[]> => {
      const answer = await who.get('/api/my/inmates')
      const body = answer.body as unknown as {
        inmates: { companions: { visitorId: string }[] }[]
      }
      return body.inmates.flatMap(({ companions }) => companions.map((one) => one.visitorId))
    }
    expect(await namesOf(caller)).toEqual([])
    await insertVisit(world.db, {
      facilityId: prison.facilityId,
      terminalId: prison.terminalIds[0] ?? '',
      inmateId: family.inmateId,
      visitorIds: [family.visitorId, companion.visitorId],
      startsAt: new Date(world.clock.now().getTime() - DAY_MS),
      bookingState: 'FULFILLED',
    })
    expect(await namesOf(caller)).toEqual([companion.visitorId])
    expect(await namesOf(await callerOf(world, unseen.accountId))).toEqual([])
  })
})

function soon(hours: number): Date {
  return new Date(world.clock.now().getTime() + hours * HOUR_MS)
}
