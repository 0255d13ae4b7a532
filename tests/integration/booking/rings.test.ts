import { newId } from '@visavis/prisma'
import { insertRestriction, insertVisit } from '@visavis/prisma/seed'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { entriesOf } from '../rest/support/audit-log.ts'
import { deviceCookie, inmateCookie } from '../rest/support/callers.ts'
import { MINUTE_MS, aWaitingWorld } from './waiting-world.ts'
import type { House, Pair, WaitingWorld } from './waiting-world.ts'

let world: WaitingWorld
let house: House
let pair: Pair
let terminalId: string
/** The cookie of the inmate, signed in at the terminal's desk. */
let inmate: string
beforeAll(async () => {
  world = await aWaitingWorld()
})
beforeEach(async () => {
  house = await world.aHouse()
  pair = await house.aPair()
  terminalId = house.terminalIds[0] ?? ''
  inmate = await signedIn(pair)
})
afterAll(() => world.close())

const signedIn = async ({ inmateId }: Pair): Promise<string> => {
  const device = await deviceCookie(world.db, terminalId)
  return inmateCookie(world, { device, inmateId, terminalId, visitId: null })
}
type Rung = { visitId: string; ringsUntil: string }
const ring = (visitorId = pair.visitorId, key: string = crypto.randomUUID()) =>
  world.callWith(key)(inmate, '/api/terminal/rings', { visitorId })
const rung = async (): Promise<Rung> => {
  const answer = await ring()
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<Rung>()
}
const answer = (visitId: string, isAccepted: boolean, cookie = pair.cookie) =>
  world.call(cookie, `/api/my/rings/${visitId}/answer`, { isAccepted })
const stateOf = async (visitId: string) =>
  (await world.call(inmate, `/api/terminal/rings/${visitId}`)).json<{ state: string }>().state
const myRings = async () =>
  (await world.call(pair.cookie, '/api/my/rings')).json<{ rings: Rung[] }>().rings
const minutesFromNow = (minutes: number): Date =>
  new Date(world.clock.now().getTime() + minutes * MINUTE_MS)
const visitOf = (visitId: string) => world.db.visit.findUniqueOrThrow({ where: { visitId } })
const left = async () => (await world.ledger.quotaOf(world.db, pair.inmateId)).left

describe('[BK-8] a visit on demand', () => {
  it('rings for 45 seconds, is answered, and begins at once at that terminal', async () => {
    const { visitId, ringsUntil } = await rung()
    expect(ringsUntil).toBe(new Date(world.clock.now().getTime() + 45_000).toISOString())
    expect(await myRings()).toMatchObject([{ visitId, ringsUntil, inmateName: 'Dmitri' }])
    expect(await stateOf(visitId)).toBe('RINGING')
    expect((await answer(visitId, true)).json()).toEqual({ visitId, bookingState: 'CONFIRMED' })
    expect(await stateOf(visitId)).toBe('ANSWERED')
    const visit = await visitOf(visitId)
    expect(visit).toMatchObject({ terminalId, bookingMode: 'ON_DEMAND', paidBy: 'QUOTA' })
    expect(visit.startsAt).toEqual(world.clock.now())
    const session = await world.db.visitSession.findUnique({ where: { visitId } })
    expect(session).toMatchObject({ state: 'SCHEDULED' })
    expect(await myRings()).toEqual([])
    const where = { visitorId: pair.visitorId, kind: 'RING' }
    expect(await world.db.notice.count({ where })).toBeGreaterThan(0)
  })

  it('costs nothing when it is missed', async () => {
    const { visitId } = await rung()
    const before = await left()
    world.clock.advance(45_000)
    expect(await stateOf(visitId)).toBe('MISSED')
    expect((await answer(visitId, true)).json()).toMatchObject({ code: 'RING_OVER' })
    await world.jobs.runNow('holds.expire')
    expect(await visitOf(visitId)).toMatchObject({
      bookingState: 'EXPIRED',
      stateReason: 'RING_MISSED',
      paidBy: 'NOTHING',
    })
    expect(await left()).toBe(before)
    expect(await world.db.quotaEntry.count({ where: { visitId } })).toBe(0)
    // The terminal and the people are free again.
    await rung()
  })

  it('is declined, and costs nothing either', async () => {
    const { visitId } = await rung()
    expect((await answer(visitId, false)).json()).toEqual({ visitId, bookingState: 'EXPIRED' })
    expect(await stateOf(visitId)).toBe('DECLINED')
    expect((await answer(visitId, true)).json()).toMatchObject({ code: 'RING_OVER' })
    const log = await entriesOf(world.db, house.facilityId)
    expect(log.map(({ action }) => action)).toContain('booking.release')
  })

  it('is taken back by whoever rang, costs nothing, and leaves the inmate signed in', async () => {
    const { visitId } = await rung()
    const takeBack = () => world.call(inmate, `/api/terminal/rings/${visitId}/taking-back`, {})
    const back = await takeBack()
    expect(back.statusCode, back.body).toBe(200)
    expect(await stateOf(visitId)).toBe('TAKEN_BACK')
    expect(await myRings()).toEqual([])
    expect((await answer(visitId, true)).json()).toMatchObject({ code: 'RING_OVER' })
    expect((await takeBack()).json()).toMatchObject({ code: 'RING_OVER' })
    expect(await visitOf(visitId)).toMatchObject({
      bookingState: 'EXPIRED',
      stateReason: 'RING_TAKEN_BACK',
    })
    const unsent = { visitId, kind: 'RING' as const, state: 'QUEUED' as const }
    expect(await world.db.notice.count({ where: unsent })).toBe(0)
    expect(await world.db.quotaEntry.count({ where: { visitId } })).toBe(0)
    // Nobody is asked for anything before the next ring.
    await rung()
    inmate = await signedIn(await house.aPair())
    expect((await takeBack()).json()).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is taken back or answered, never both', async () => {
    const { visitId } = await rung()
    const both = await Promise.all([
      world.call(inmate, `/api/terminal/rings/${visitId}/taking-back`, {}),
      answer(visitId, true),
    ])
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 410])
    const end = both[0].statusCode === 200 ? 'TAKEN_BACK' : 'ANSWERED'
    expect(await stateOf(visitId)).toBe(end)
  })

  it('[TR-5] goes on to its visit by the sign-in at the desk; to no other visit', async () => {
    const { visitId } = await rung()
    const enter = (cookie = inmate) =>
      world.call(cookie, `/api/terminal/rings/${visitId}/entry`, {})
    expect((await enter()).json()).toMatchObject({ code: 'OUTSIDE_VISIT_WINDOW' })
    await answer(visitId, true)
    const entered = await enter()
    expect(entered.statusCode, entered.body).toBe(200)
    const { endsAt } = await visitOf(visitId)
    const where = { inmateId: pair.inmateId, endedAt: null }
    const signIn = await world.db.authSession.findFirst({ where: { ...where, visitId } })
    expect(signIn?.expiresAt).toEqual(new Date(endsAt.getTime() + 10 * MINUTE_MS))
    expect(String(entered.headers['set-cookie'])).toContain(inmate.split('=').at(-1))
    expect((await enter()).statusCode).toBe(200)
    const log = await entriesOf(world.db, house.facilityId)
    expect(log.filter(({ action }) => action === 'inmate.enterRing')).toHaveLength(1)
    // Somebody else at the desk there, or the same person for a visit that was booked, needs the PIN.
    const other = await house.aPair()
    expect((await enter(await signedIn(other))).json()).toMatchObject({
      code: 'OUTSIDE_VISIT_WINDOW',
    })
    await world.db.visit.update({ where: { visitId }, data: { bookingMode: 'INSTANT' } })
    expect((await enter(await signedIn(pair))).json()).toMatchObject({
      code: 'OUTSIDE_VISIT_WINDOW',
    })
  })

  it('is answered once, however often', async () => {
    const { visitId } = await rung()
    const answers = await Promise.all([answer(visitId, true), answer(visitId, false)])
    const codes = answers.map(({ statusCode }) => statusCode).toSorted()
    expect(codes).toEqual([200, 410])
    expect(await world.db.quotaEntry.count({ where: { visitId, kind: 'USE' } })).toBeLessThan(2)
  })

  it('is one ring for the same request', async () => {
    const key = crypto.randomUUID()
    const both = await Promise.all([ring(pair.visitorId, key), ring(pair.visitorId, key)])
    expect(new Set(both.map(({ body }) => body)).size).toBe(1)
    expect((await ring()).json()).toMatchObject({ code: 'INMATE_BUSY' })
  })
})

describe('[BK-8] the time that is left', () => {
  const book = async (minutes: number, at = terminalId) => {
    const other = await house.aPair()
    await insertVisit(world.db, {
      facilityId: house.facilityId,
      terminalId: at,
      inmateId: other.inmateId,
      visitorIds: [other.visitorId],
      startsAt: minutesFromNow(minutes),
    })
  }

  it('is shorter where the terminal is booked soon after', async () => {
    await book(20)
    const { visitId } = await rung()
    expect((await visitOf(visitId)).endsAt).toEqual(minutesFromNow(15))
  })

  it('is refused below ten minutes', async () => {
    await book(14)
    expect((await ring()).json()).toMatchObject({ code: 'NO_PLACE' })
  })

  it('is refused at a terminal that is in use', async () => {
    await book(-5)
    expect((await ring()).json()).toMatchObject({ code: 'NO_PLACE' })
  })
})

describe('[BK-8] a ring passes the same checks', () => {
  it('is refused where the facility wants none', async () => {
    house = await world.aHouse({ policy: { isOnDemandAllowed: false } })
    terminalId = house.terminalIds[0] ?? ''
    pair = await house.aPair()
    inmate = await signedIn(pair)
    expect((await ring()).json()).toMatchObject({ code: 'ON_DEMAND_NOT_ALLOWED' })
  })

  it('reaches only those whom the inmate may see', async () => {
    const other = await house.aPair()
    expect((await ring(other.visitorId)).json()).toMatchObject({ code: 'RELATIONSHIP_MISSING' })
    const nobody = (await ring(newId())).json<{ code: string }>().code
    expect(['RELATIONSHIP_MISSING', 'VISITOR_NOT_VERIFIED']).toContain(nobody)
    const { facilityId } = house
    const { inmateId, visitorId } = pair
    await insertRestriction(world.db, { facilityId, inmateId, visitorId })
    expect((await ring()).json()).toMatchObject({ code: 'RESTRICTED' })
  })

  it('counts against the quota like any visit', async () => {
    house = await world.aHouse({ policy: { quota: { visits: 0, period: 'MONTH' } } })
    terminalId = house.terminalIds[0] ?? ''
    pair = await house.aPair()
    inmate = await signedIn(pair)
    expect((await ring()).json()).toMatchObject({ code: 'QUOTA_USED' })
  })

  it('[EL-2] is nobody else’s to see or answer', async () => {
    const { visitId } = await rung()
    const other = await house.aPair()
    expect((await answer(visitId, true, other.cookie)).json()).toMatchObject({ code: 'NOT_FOUND' })
    const theirs = await world.call(other.cookie, '/api/my/rings')
    expect(theirs.json()).toEqual({ rings: [] })
    inmate = await signedIn(other)
    const state = await world.call(inmate, `/api/terminal/rings/${visitId}`)
    expect(state.json()).toMatchObject({ code: 'NOT_FOUND' })
  })
})
