import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import {
  MINUTE_MS,
  NOTHING_BROKEN,
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

beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  prison = await aPrison(world)
  family = await aFamily(world, prison)
  caller = await callerOf(world, family.accountId)
})
afterEach(async () => {
  expect(await brokenInvariants(world)).toEqual(NOTHING_BROKEN)
})
afterAll(() => world.close())

const act = (visitId: string, name: string): string => `/api/bookings/${visitId}/${name}`

describe('a hold', () => {
  it('[BK-1] [BK-2] claims everything for ten minutes, and is confirmed', async () => {
    const slot = await aSlotAt(world, prison)
    const held = await holdFor(caller, family, slot.slotId)
    expect(held).toMatchObject({
      status: 200,
      body: { bookingState: 'HELD', actions: ['EXTEND', 'CONFIRM', 'RELEASE'], terminal: null },
    })
    const { visitId } = held.body
    const expiresAt = world.clock.now().getTime() + 10 * MINUTE_MS
    expect(held.body.holdExpiresAt).toBe(new Date(expiresAt).toISOString())
    const claims = await world.db.resourceClaim.findMany({ where: { visitId } })
    expect(claims.map(({ kind, state }) => `${kind} ${state}`).toSorted()).toEqual([
      'INMATE HELD',
      'MONITOR_SEAT HELD',
      'TERMINAL HELD',
      'VISITOR HELD',
    ])
    const terminal = claims.find(({ kind }) => kind === 'TERMINAL')
    expect(terminal?.endsAt.getTime()).toBe(slot.endsAt.getTime() + 5 * MINUTE_MS)

    const confirmed = await caller.post(act(visitId, 'confirmation'))
    expect(confirmed).toMatchObject({
      status: 200,
      body: { bookingState: 'CONFIRMED', paidBy: 'QUOTA', actions: ['CANCEL', 'REBOOK'] },
    })
    expect(await world.db.visitSession.count({ where: { visitId } })).toBe(1)
    const actions = (await entriesOf(world.db, prison.facilityId)).map(({ action }) => action)
    expect(actions).toEqual(['booking.hold', 'booking.confirm'])
  })

  it('[BK-2] that has expired blocks nobody, before anybody cleared it away', async () => {
    const slot = await aSlotAt(world, prison, { capacity: 1 })
    const held = await holdFor(caller, family, slot.slotId)
    const other = await aFamily(world, prison)
    const rival = await callerOf(world, other.accountId)
    expect((await holdFor(rival, other, slot.slotId)).body).toMatchObject({ code: 'NO_PLACE' })
    world.clock.advance(10 * MINUTE_MS)
    const second = await holdFor(rival, other, slot.slotId)
    expect(second.status, JSON.stringify(second.body)).toBe(200)
    expect((await caller.get(`/api/bookings/${held.body.visitId}`)).body).toMatchObject({
      bookingState: 'EXPIRED',
      reason: 'HOLD_EXPIRED',
    })
    expect((await caller.post(act(held.body.visitId, 'confirmation'))).body.code).toBe('HOLD_LOST')
    expect((await caller.post(act(held.body.visitId, 'extension'))).body.code).toBe('HOLD_LOST')
    // Their own hold at that time does not stand in their way either.
    const again = await aSlotAt(world, prison, { startsAt: slot.startsAt, endsAt: slot.endsAt })
    expect((await holdFor(caller, family, again.slotId)).status).toBe(200)
  })

  it('[BK-2] is extended once, for as long again', async () => {
    const slot = await aSlotAt(world, prison)
    const { body } = await holdFor(caller, family, slot.slotId)
    world.clock.advance(9 * MINUTE_MS)
    const extended = await caller.post(act(body.visitId, 'extension'))
    expect(extended.body).toMatchObject({ actions: ['CONFIRM', 'RELEASE'] })
    const second = await caller.post(act(body.visitId, 'extension'))
    expect(second.body.code).toBe('HOLD_ALREADY_EXTENDED')
    world.clock.advance(10 * MINUTE_MS)
    expect((await caller.post(act(body.visitId, 'confirmation'))).status).toBe(200)
  })

  it('[BK-2] is given back by its owner, and its place is free at once', async () => {
    const slot = await aSlotAt(world, prison, { capacity: 1 })
    const { body } = await holdFor(caller, family, slot.slotId)
    const released = await caller.post(act(body.visitId, 'release'))
    expect(released.body).toMatchObject({ bookingState: 'EXPIRED', reason: 'RELEASED_BY_OWNER' })
    const other = await aFamily(world, prison)
    const rival = await callerOf(world, other.accountId)
    expect((await holdFor(rival, other, slot.slotId)).status).toBe(200)
    const gone = await caller.post(act(body.visitId, 'release'))
    expect(gone.body.code).toBe('BOOKING_WRONG_STATE')
  })

  it('[BK-5] asked twice with one key, at once or later, is one hold', async () => {
    const slot = await aSlotAt(world, prison)
    const { inmateId, visitorId } = family
    const payload = { inmateId, visitorIds: [visitorId], place: 'HOME', slotId: slot.slotId }
    const key = randomUUID()
    const send = () => caller.post('/api/bookings', payload, key)
    const answers = [...(await Promise.all([send(), send(), send()])), await send()]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set(answers.map(({ body }) => body.visitId)).size).toBe(1)
    const other = await aSlotAt(world, prison, { hours: 1 })
    const reused = await caller.post('/api/bookings', { ...payload, slotId: other.slotId }, key)
    expect(reused).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
    // Also when the slot is full by now, the first answer is the answer.
    await world.db.slot.update({ where: { slotId: slot.slotId }, data: { capacity: 1 } })
    expect((await send()).body.visitId).toBe(answers[0]?.body.visitId)
  })

  it('[BK-5] of the last place, asked twice at once with one key, is told to both', async () => {
    for (let hours = 0; hours < 5; hours += 1) {
      const { slotId } = await aSlotAt(world, prison, { capacity: 1, hours })
      const { inmateId, visitorId } = family
      const payload = { inmateId, visitorIds: [visitorId], place: 'HOME', slotId }
      const key = randomUUID()
      const send = () => caller.post('/api/bookings', payload, key)
      const [one, other] = await Promise.all([send(), send()])
      expect(one.status).toBe(200)
      expect(other).toEqual(one)
    }
  })

  it('[BK-5] confirmed twice with one key is confirmed once, and uses one visit', async () => {
    const slot = await aSlotAt(world, prison)
    const { body } = await holdFor(caller, family, slot.slotId)
    const key = randomUUID()
    const send = () => caller.post(act(body.visitId, 'confirmation'), undefined, key)
    const answers = [...(await Promise.all([send(), send()])), await send()]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const where = { visitId: body.visitId, kind: 'USE' as const }
    expect(await world.db.quotaEntry.count({ where })).toBe(1)
    const other = await caller.post(act(body.visitId, 'confirmation'))
    expect(other.body.code).toBe('BOOKING_WRONG_STATE')
  })
})

describe('a race', () => {
  it('[BK-1] [BK-4] of two users for the last place has one winner', async () => {
    for (let round = 0; round < 5; round += 1) {
      const slot = await aSlotAt(world, prison, { capacity: 1, hours: round })
      const other = await aFamily(world, prison)
      const rival = await callerOf(world, other.accountId)
      const answers = await Promise.all([
        holdFor(caller, family, slot.slotId),
        holdFor(rival, other, slot.slotId),
      ])
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
      const loser = answers.find(({ status }) => status === 409)
      expect(loser?.body.code).toBe('NO_PLACE')
    }
  })

  it('[BK-1] of one inmate’s two visitors for one time has one winner, who is told why', async () => {
    const slot = await aSlotAt(world, prison)
    const twin = await aSlotAt(world, prison, { startsAt: slot.startsAt, endsAt: slot.endsAt })
    const answers = await Promise.all([
      holdFor(caller, family, slot.slotId),
      holdFor(caller, family, twin.slotId),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const loser = answers.find(({ status }) => status === 409)
    expect(loser?.body.code).toBe('INMATE_BUSY')
  })

  it('[BK-2] [BK-3] of a confirmation and the hold’s end has one winner', async () => {
    for (let round = 0; round < 6; round += 1) {
      const slot = await aSlotAt(world, prison, { hours: round, capacity: 1 })
      const { body } = await holdFor(caller, family, slot.slotId)
      const other = await aFamily(world, prison)
      const rival = await callerOf(world, other.accountId)
      // The confirmer's clock says that it is in time; the rival's server's is ahead.
      const ahead = await world.another({}, { clock: { now: () => later(world, 10 * MINUTE_MS) } })
      const expiry = expireBy(ahead, rival, { other, slotId: slot.slotId, world })
      const confirm = () => caller.post(act(body.visitId, 'confirmation'))
      const [confirmed, second] =
        round % 2 === 0
          ? await Promise.all([confirm(), expiry()])
          : await Promise.all([expiry(), confirm()]).then((both) => both.toReversed())
      const state = (await caller.get(`/api/bookings/${body.visitId}`)).body.bookingState
      expect([confirmed?.status, second?.status, state]).toEqual(
        state === 'CONFIRMED' ? [200, 409, 'CONFIRMED'] : [409, 200, 'EXPIRED'],
      )
      if (state === 'CONFIRMED')
        await caller.post(act(body.visitId, 'cancellation'), { reason: 'ILLNESS', version: 1 })
    }
  })

  it('[BK-3] of two who cancel one booking has one winner, by version', async () => {
    const slot = await aSlotAt(world, prison)
    const { body } = await bookFor(caller, family, slot.slotId)
    const staff = await callerOf(world, prison.schedulerId)
    const cancel = (who: Caller, reason: string) =>
      who.post(act(body.visitId, 'cancellation'), { reason, version: body.version })
    const answers = await Promise.all([
      cancel(caller, 'ILLNESS'),
      cancel(staff, 'FACILITY_STAFFING'),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('VERSION_CHANGED')
  })
})

function later({ clock }: RestWorld, ms: number): Date {
  return new Date(clock.now().getTime() + ms)
}

/** A rival who wants the same place, on a server by whose clock the hold is over. */
function expireBy(
  app: RestWorld['app'],
  _rival: Caller,
  given: { other: Family; slotId: string; world: RestWorld },
) {
  return async () => {
    const rival = await callerOf({ ...given.world, app }, given.other.accountId)
    return holdFor(rival, given.other, given.slotId)
  }
}
