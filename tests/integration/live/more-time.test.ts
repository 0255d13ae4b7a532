import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { insertInmate, insertVisit } from '@visavis/prisma/seed'
import { aVisitWithPeople, bothInLobby } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { connectSeat, connectWall } from './support/socket-client.ts'
import { statementOf } from './support/statement.ts'

const MINUTE_MS = 60_000

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

/**
 * A visit that is LIVE as far as its sockets go, and its officer's wall. Its people are there a minute
 * before its time; the officer lets the visitor in `lateMs` after it.
 */
async function aRunningVisit({ lateMs = 0, isTerminalTakenNext = false } = {}) {
  const people = await aVisitWithPeople(world)
  const { visitId, visitorSeatId: seatId, facilityId, cookies } = people
  const booked = await bookedFor(world, visitId)
  if (isTerminalTakenNext) await takeTerminalAfter(booked.visit)
  const parties = await bothInLobby(world, people)
  const wall = await connectWall(world, cookies.officer)
  await wall.call('open', { facilityId })
  if (lateMs > 0) world.clock.advance(MINUTE_MS + lateMs)
  await wall.call('checkSeat', { visitId, seatId })
  await wall.call('admitSeat', { visitId, seatId })
  if (lateMs === 0) world.clock.advance(MINUTE_MS)
  await parties.visitor.heard<VisitSnapshot>('visit:changed', ({ state }) => state === 'LIVE')
  return { ...parties, ...people, ...booked, wall }
}

type Booked = Awaited<ReturnType<typeof bookedFor>>

/** Somebody else has the terminal from seven minutes after the visit's turnaround on. */
async function takeTerminalAfter({ facilityId, terminalId, busyUntil }: Booked['visit']) {
  const next = await insertInmate(world.db, { facilityId })
  await insertVisit(world.db, {
    ...{ facilityId, terminalId, inmateId: next.inmateId, visitorIds: [] },
    startsAt: new Date(busyUntil.getTime() + 7 * MINUTE_MS),
  })
}

describe('officers', () => {
  it('[LV-5] [TR-1] make a running visit longer, with all that it has claimed, and both sides are told', async () => {
    const { visitor, inmate, wall, visit, claims, visitId } = await aRunningVisit()
    const longer = 10 * MINUTE_MS
    const endsAt = new Date(visit.endsAt.getTime() + longer).toISOString()
    expect(await wall.call('extendVisit', { visitId, minutes: 10 })).toEqual({ endsAt })
    for (const seat of [visitor, inmate]) {
      const told = await seat.heard<VisitSnapshot>('visit:changed', (one) => one.endsAt === endsAt)
      expect(told.clock.bookedMs).toBe(40 * MINUTE_MS)
    }
    const after = await bookedFor(world, visitId)
    expect(after.claims).toEqual(
      claims.map((claim) => ({ ...claim, endsAt: new Date(claim.endsAt.getTime() + longer) })),
    )
    expect(after.visit.busyUntil).toEqual(new Date(visit.busyUntil.getTime() + longer))
    expect(after.visit.session).toMatchObject({ extendedMs: longer, state: 'LIVE' })
    const [noted] = await world.db.timelineEntry.findMany({ where: { visitId, kind: 'EXTENDED' } })
    expect(noted?.detail).toEqual({ ms: longer })
    expect(await world.db.auditEntry.count({ where: { visitId, action: 'visit.extend' } })).toBe(1)
    for (const client of [visitor, inmate, wall]) client.close()
  })

  it('[LV-5] [BK-1] are told what stands in the way of more time, and nothing changes', async () => {
    const { visitor, inmate, wall, visit, claims, visitId } = await aRunningVisit()
    await takeTerminalAfter(visit)
    expect(await wall.ask('extendVisit', { visitId, minutes: 10 })).toMatchObject({
      code: 'NO_PLACE',
      context: { taken: ['TERMINAL'] },
    })
    const after = await bookedFor(world, visitId)
    expect([after.visit.endsAt, after.claims]).toEqual([visit.endsAt, claims])
    await wall.call('extendVisit', { visitId, minutes: 5 })
    for (const client of [visitor, inmate, wall]) client.close()
  })

  it('[LV-5] cannot make a visit longer that has not begun', async () => {
    const people = await aVisitWithPeople(world)
    const { visitor, inmate } = await bothInLobby(world, people)
    const wall = await connectWall(world, people.cookies.officer)
    await wall.call('open', { facilityId: people.facilityId })
    const { visitId } = people
    expect(await wall.ask('extendVisit', { visitId, minutes: 5 })).toMatchObject({
      code: 'VISIT_WRONG_STATE',
    })
    for (const client of [visitor, inmate, wall]) client.close()
  })

  it('[LV-7] see a no-show ten minutes after the start, and what it had is free', async () => {
    const people = await aVisitWithPeople(world)
    const { visitId, cookies } = people
    const visitor = await connectSeat(world, cookies.visitor)
    await visitor.call('join', { visitId, holdingEpoch: null })
    world.clock.advance(MINUTE_MS + 10 * MINUTE_MS)
    const last = await visitor.heard<VisitSnapshot>(
      'visit:changed',
      ({ state }) => state === 'ENDED',
    )
    expect(last.outcome).toBe('NO_SHOW_INMATE')
    const { claims } = await bookedFor(world, visitId)
    const now = world.clock.now()
    expect(claims.filter(({ endsAt }) => endsAt.getTime() > now.getTime() + 5 * MINUTE_MS)).toEqual(
      [],
    )
    const receipt = await world.db.visitReceipt.findUniqueOrThrow({ where: { visitId } })
    expect(receipt).toMatchObject({ outcome: 'NO_SHOW_INMATE', deliveredMs: 0 })
    expect(receipt.gaps).toMatchObject([{ cause: 'INMATE_ABSENT', ms: 30 * MINUTE_MS }])
    visitor.close()
  })
})

describe('a visit that the facility lets begin late', () => {
  it('[LV-5] has its full length where all it needs is free, and both sides see one clock', async () => {
    const lateMs = 6 * MINUTE_MS
    const { visitor, inmate, wall, visit, claims, visitId } = await aRunningVisit({ lateMs })
    for (const seat of [visitor, inmate]) {
      const told = await seat.heard<VisitSnapshot>(
        'visit:changed',
        ({ endsAt }) => Date.parse(endsAt) >= visit.endsAt.getTime() + lateMs,
      )
      expect(told.clock.bookedMs).toBe(30 * MINUTE_MS)
    }
    const after = await bookedFor(world, visitId)
    const { madeUpMs, extendedMs } = after.visit.session!
    expect(extendedMs).toBe(0)
    expect(madeUpMs).toBeGreaterThanOrEqual(lateMs)
    expect(after.visit.endsAt.getTime()).toBe(visit.endsAt.getTime() + madeUpMs)
    expect(after.claims).toEqual(
      claims.map((claim) => ({ ...claim, endsAt: new Date(claim.endsAt.getTime() + madeUpMs) })),
    )
    expect(await world.db.auditEntry.count({ where: { visitId, action: 'visit.makeUp' } })).toBe(1)
    await wall.call('endVisit', { visitId, reason: 'OTHER' })
    const statement = await statementOf(world, visitId)
    expect(statement).toMatchObject({ bookedMs: 30 * MINUTE_MS, madeUpMs, creditMs: 0 })
    expect(statement.lostTo('WAITING_FOR_CHECK')).toBe(madeUpMs)
    for (const client of [visitor, inmate, wall]) client.close()
  })

  it('[LV-5] [LV-7] is owed the missing minutes where the terminal is taken', async () => {
    const lateMs = 8 * MINUTE_MS
    const late = await aRunningVisit({ lateMs, isTerminalTakenNext: true })
    const { visitor, inmate, wall, visit, visitId } = late
    await wall.call('endVisit', { visitId, reason: 'OTHER' })
    const after = await bookedFor(world, visitId)
    expect(after.visit.endsAt).toEqual(visit.endsAt)
    const statement = await statementOf(world, visitId)
    expect(statement).toMatchObject({ madeUpMs: 0, isGivenBack: false })
    expect(statement.creditMs).toBe(statement.lostTo('WAITING_FOR_CHECK'))
    expect(statement.creditMs).toBeGreaterThanOrEqual(lateMs)
    for (const client of [visitor, inmate, wall]) client.close()
  })
})

/** A visit as booked, with what it claims. */
async function bookedFor({ db }: LiveWorld, visitId: string) {
  return {
    visit: await db.visit.findUniqueOrThrow({ where: { visitId }, include: { session: true } }),
    claims: await db.resourceClaim.findMany({
      where: { visitId, state: 'BOOKED' },
      orderBy: { claimId: 'asc' },
    }),
  }
}
