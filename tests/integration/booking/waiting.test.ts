import {
  insertBlackout,
  insertLinkCentre,
  insertLinkCentreRoom,
  insertTerminal,
  insertVisit,
} from '@visavis/prisma/seed'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { entriesOf } from '../rest/support/audit-log.ts'
import { lineAt } from './waiting-line.ts'
import { DAY_MS, MINUTE_MS, aWaitingWorld } from './waiting-world.ts'
import type { House, Pair, WaitingWorld } from './waiting-world.ts'

let world: WaitingWorld
let house: House
let slotId: string
/** Who has the slot's only place. */
let holder: Pair
let heldId: string
beforeAll(async () => {
  world = await aWaitingWorld()
})
beforeEach(async () => {
  house = await world.aHouse()
  slotId = (await house.aSlot({ capacity: 1 })).slotId
  holder = await house.aPair()
  heldId = (await bookedBy(holder)).visitId
})
afterAll(() => world.close())

const { hold, confirm, bookedBy, cancel, join, joined, entryOf, offer, offered } = lineAt(() => ({
  world,
  house,
  slotId,
}))

describe('[BK-10] the waiting list', () => {
  it('offers a freed place to the first in line, for fifteen minutes and to nobody else', async () => {
    const [first, second, stranger] = [await joined(), await joined(), await house.aPair()]
    expect([await entryOf(first), await entryOf(second)]).toMatchObject([
      { state: 'WAITING', position: 1 },
      { state: 'WAITING', position: 2 },
    ])
    await cancel(holder, heldId)
    // Before anybody was asked the place belongs to the line already.
    expect((await hold(stranger)).json()).toMatchObject({ code: 'NO_PLACE' })
    await offer()
    const visitId = await offered(first)
    const until = new Date(world.clock.now().getTime() + 15 * MINUTE_MS).toISOString()
    expect(await entryOf(first)).toMatchObject({ offerExpiresAt: until, position: null })
    expect(await entryOf(second)).toMatchObject({ state: 'WAITING', position: 1 })
    expect((await hold(stranger)).json()).toMatchObject({ code: 'NO_PLACE' })
    expect((await confirm(second, visitId)).json()).toMatchObject({ code: 'BOOKING_NOT_FOUND' })
    expect((await confirm(first, visitId)).json()).toMatchObject({ bookingState: 'CONFIRMED' })
    expect(await entryOf(first)).toMatchObject({ state: 'TAKEN', offeredVisitId: null })
  })

  it('goes to the next when the offer lapses, and nobody is offered it twice', async () => {
    const [first, second] = [await joined(), await joined()]
    await cancel(holder, heldId)
    await offer()
    const visitId = await offered(first)
    world.clock.advance(15 * MINUTE_MS)
    expect((await confirm(first, visitId)).json()).toMatchObject({ code: 'HOLD_LOST' })
    await world.jobs.runNow('holds.expire')
    await offer()
    expect(await entryOf(first)).toMatchObject({ state: 'LAPSED' })
    const next = await offered(second)
    expect((await confirm(second, next)).statusCode).toBe(200)
  })

  it('cannot be kept longer than it is offered', async () => {
    const first = await joined()
    await cancel(holder, heldId)
    await offer()
    const visitId = await offered(first)
    const longer = await world.call(first.cookie, `/api/bookings/${visitId}/extension`, {})
    expect(longer.json()).toMatchObject({ code: 'HOLD_ALREADY_EXTENDED' })
  })

  it('tells the first in line, in the same transaction', async () => {
    const first = await joined()
    await cancel(holder, heldId)
    await offer()
    const where = { visitorId: first.visitorId, kind: 'WAITING_OFFER' }
    expect(await world.db.notice.count({ where })).toBeGreaterThan(0)
    const log = await entriesOf(world.db, house.facilityId)
    const actions = log.map(({ action }) => action)
    expect(actions).toEqual(expect.arrayContaining(['waiting.join', 'waiting.offer']))
  })

  it('passes who may not come any more, or has something else then', async () => {
    const [banned, busy, third] = [await joined(), await joined(), await joined()]
    await world.db.relationship.updateMany({
      where: { visitorId: banned.visitorId },
      data: { state: 'BANNED' },
    })
    const { startsAt } = await world.db.slot.findUniqueOrThrow({ where: { slotId } })
    const { facilityId } = house
    const { terminalId } = await insertTerminal(world.db, { facilityId })
    await insertVisit(world.db, {
      ...{ facilityId, terminalId, startsAt },
      inmateId: busy.inmateId,
      visitorIds: [busy.visitorId],
    })
    await cancel(holder, heldId)
    await offer()
    expect((await entryOf(banned)).state).toBe('LAPSED')
    expect((await entryOf(busy)).state).toBe('LAPSED')
    await offered(third)
  })

  it('keeps the line when there is no place after all', async () => {
    const first = await joined()
    await offer()
    expect(await entryOf(first)).toMatchObject({ state: 'WAITING', position: 1 })
  })

  it('finds what became free without a booking’s end', async () => {
    const first = await joined()
    await world.db.slot.update({ where: { slotId }, data: { capacity: 2 } })
    await world.jobs.runNow('waiting.offer')
    await offered(first)
  })

  it('offers each place once, though servers ask at once', async () => {
    const line = [await joined(), await joined(), await joined()]
    await cancel(holder, heldId)
    await Promise.all(Array.from({ length: 4 }, offer))
    const states = await Promise.all(line.map(async (pair) => (await entryOf(pair)).state))
    expect(states).toEqual(['OFFERED', 'WAITING', 'WAITING'])
  })

  it('ends with the slot’s start', async () => {
    const first = await joined()
    world.clock.advance(3 * DAY_MS + MINUTE_MS)
    await world.jobs.runNow('waiting.offer')
    const where = { waitingId: first.waitingId }
    expect(await world.db.waitingEntry.findUnique({ where })).toMatchObject({ state: 'LAPSED' })
    world.clock.advance(-3 * DAY_MS - MINUTE_MS)
  })
})

describe('[BK-10] who waits for a room', () => {
  const ALL_DAY = [{ fromMinute: 0, toMinute: 1440 }]
  const openingHours = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, ALL_DAY]))
  let linkCentreId: string
  beforeEach(async () => {
    const { estateId } = await world.db.facility.findUniqueOrThrow({
      where: { facilityId: house.facilityId },
    })
    linkCentreId = (await insertLinkCentre(world.db, { estateId, openingHours })).linkCentreId
    await insertLinkCentreRoom(world.db, { linkCentreId })
  })
  /** The same people, at the link centre. */
  const atCentre = (pair: Pair): Pair => ({
    ...pair,
    party: { ...pair.party, ...{ place: 'LINK_CENTRE' as 'HOME', linkCentreId } },
  })
  const waiting = async () => {
    const pair = atCentre(await house.aPair())
    expect((await join(pair)).statusCode).toBe(200)
    return pair
  }

  it('keeps nobody at home from a place, and the freed room from everybody else', async () => {
    await world.db.slot.update({ where: { slotId }, data: { capacity: 3 } })
    const roomHolder = atCentre(await house.aPair())
    const { visitId } = await bookedBy(roomHolder)
    const seen = await world.call(roomHolder.cookie, `/api/bookings/${visitId}`)
    expect(seen.json()).toMatchObject({ linkCentre: { linkCentreId } })
    const first = await waiting()
    await bookedBy(await house.aPair())
    await world.db.slot.update({ where: { slotId }, data: { capacity: 5 } })
    await insertTerminal(world.db, { facilityId: house.facilityId })
    await cancel(roomHolder, visitId)
    const rival = await hold(atCentre(await house.aPair()))
    expect(rival.json()).toMatchObject({ code: 'NO_PLACE' })
    await offer()
    await offered(first)
  })

  it('has the slot’s last place before those at home, unless there is no room', async () => {
    const first = await waiting()
    await cancel(holder, heldId)
    expect((await hold(await house.aPair())).json()).toMatchObject({ code: 'NO_PLACE' })
    const room = await world.db.linkCentreRoom.findFirstOrThrow({ where: { linkCentreId } })
    const { linkCentreRoomId } = room
    const { startsAt, endsAt } = await world.db.slot.findUniqueOrThrow({ where: { slotId } })
    const scope = 'LINK_CENTRE_ROOM' as const
    await insertBlackout(world.db, { scope, linkCentreRoomId, startsAt, endsAt })
    await offer()
    expect(await entryOf(first)).toMatchObject({ state: 'WAITING' })
    expect((await hold(await house.aPair())).statusCode).toBe(200)
  })
})
