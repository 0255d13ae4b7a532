import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertBlackout, insertLinkCentre, insertLinkCentreRoom } from '@visavis/prisma/seed'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import {
  DAY_MS,
  MINUTE_MS,
  NOTHING_BROKEN,
  aFamily,
  aPrison,
  aSlotAt,
  brokenInvariants,
  callerOf,
} from './booking-world.ts'
import type { Answer, Prison, PrisonPlan } from './booking-world.ts'

let world: RestWorld
beforeAll(async () => {
  world = await aRestWorld()
})
afterAll(async () => {
  expect(await brokenInvariants(world)).toEqual(NOTHING_BROKEN)
  await world.close()
})

type Wish = { readonly slotId: string; readonly linkCentreId?: string; readonly wing?: string }

/** A family of its own tries to hold; another one looks first what the search says. */
async function tryOnce(prison: Prison, { slotId, linkCentreId, wing }: Wish) {
  const family = await aFamily(world, prison, wing)
  const caller = await callerOf(world, family.accountId)
  const where =
    linkCentreId === undefined ? { place: 'HOME' } : { place: 'LINK_CENTRE', linkCentreId }
  const now = world.clock.now().getTime()
  const range = { from: new Date(now).toISOString(), to: new Date(now + 10 * DAY_MS).toISOString() }
  const { inmateId, visitorId } = family
  const query = { inmateId, visitorIds: visitorId, ...range, ...where }
  const { body } = await caller.get('/api/places', query)
  const found = body.places.find((place) => place.slotId === slotId)
  const payload = { inmateId, visitorIds: [visitorId], slotId, ...where }
  return { free: found?.free ?? 0, held: await caller.post('/api/bookings', payload) }
}

/** What the search says before each attempt, and what each attempt comes to. */
async function fill(prison: Prison, wish: Wish, attempts: number) {
  const free: number[] = []
  const answers: Answer[] = []
  for (let at = 0; at < attempts; at += 1) {
    const one = await tryOnce(prison, wish)
    free.push(one.free)
    answers.push(one.held)
  }
  return { free, codes: answers.map(({ status, body }) => body.code ?? status) }
}

describe('[BK-1] a slot is full when the scarcest thing is', () => {
  const plans: [string, PrisonPlan, number][] = [
    ['its own places', { terminals: 5 }, 2],
    ['terminals', { terminals: 2, monitorSeats: 5 }, 5],
    ['monitor seats', { terminals: 5, monitorSeats: 2 }, 5],
    ['escorts', { terminals: 5, escorts: 2, policy: { usesEscorts: true } }, 5],
  ]
  it.each(plans)('%s', async (_, plan, capacity) => {
    const prison = await aPrison(world, plan)
    const { slotId } = await aSlotAt(world, prison, { capacity })
    expect(await fill(prison, { slotId }, 3)).toEqual({
      free: [2, 1, 0],
      codes: [200, 200, 'NO_PLACE'],
    })
  })

  it('rooms of the link centre, also when another facility took them', async () => {
    const prison = await aPrison(world, { terminals: 5 })
    const { linkCentreId } = await anOpenCentre(prison.estateId, 2)
    const { slotId } = await aSlotAt(world, prison, { capacity: 5 })
    const full = await fill(prison, { slotId, linkCentreId }, 3)
    expect(full).toEqual({ free: [2, 1, 0], codes: [200, 200, 'NO_PLACE'] })
    expect((await tryOnce(prison, { slotId })).held.status).toBe(200)
  })

  it('terminals of the inmate’s wing, where the facility wants that', async () => {
    const prison = await aPrison(world, { terminals: 2, policy: { terminalScope: 'WING' } })
    const [first = ''] = prison.terminalIds
    await world.db.terminal.update({ where: { terminalId: first }, data: { wing: 'B' } })
    const { slotId } = await aSlotAt(world, prison, { capacity: 5 })
    expect(await fill(prison, { slotId, wing: 'B' }, 2)).toEqual({
      free: [1, 0],
      codes: [200, 'NO_PLACE'],
    })
    expect(await fill(prison, { slotId, wing: 'A' }, 1)).toEqual({ free: [1], codes: [200] })
  })

  it('turnaround: a terminal that is still being made ready is none', async () => {
    const prison = await aPrison(world, { terminals: 1 })
    const first = await aSlotAt(world, prison)
    await fill(prison, first, 1)
    const touching = await aSlotAt(world, prison, { startsAt: first.endsAt })
    expect(await fill(prison, touching, 1)).toEqual({ free: [0], codes: ['NO_PLACE'] })
    const startsAt = new Date(first.endsAt.getTime() + 5 * MINUTE_MS)
    const ready = await aSlotAt(world, prison, { startsAt })
    expect(await fill(prison, ready, 1)).toEqual({ free: [1], codes: [200] })
  })

  it('[BK-7] terminals and rooms that are blacked out, disabled ones too', async () => {
    const prison = await aPrison(world, { terminals: 3 })
    const [first = '', second = ''] = prison.terminalIds
    const { slotId, startsAt } = await aSlotAt(world, prison, { capacity: 5 })
    await insertBlackout(world.db, { scope: 'TERMINAL', terminalId: first, startsAt })
    const disabledAt = world.clock.now()
    await world.db.terminal.update({ where: { terminalId: second }, data: { disabledAt } })
    expect(await fill(prison, { slotId }, 2)).toEqual({ free: [1, 0], codes: [200, 'NO_PLACE'] })
  })

  it('[BK-7] a facility that is blacked out has no places at all', async () => {
    const prison = await aPrison(world)
    const { facilityId } = prison
    const { slotId, startsAt } = await aSlotAt(world, prison)
    await insertBlackout(world.db, { scope: 'FACILITY', facilityId, startsAt })
    expect(await fill(prison, { slotId }, 1)).toEqual({ free: [0], codes: ['BLACKED_OUT'] })
  })

  it('counts a terminal once that had two visits one after the other', async () => {
    const prison = await aPrison(world, { terminals: 2, policy: { terminalTurnaroundMs: 0 } })
    const long = await aSlotAt(world, prison, { capacity: 5 })
    const quarter = new Date(long.startsAt.getTime() + 15 * MINUTE_MS)
    const early = await aSlotAt(world, prison, { startsAt: long.startsAt, endsAt: quarter })
    const late = await aSlotAt(world, prison, { startsAt: quarter, endsAt: long.endsAt })
    await fill(prison, early, 1)
    await fill(prison, late, 1)
    expect(await fill(prison, long, 2)).toEqual({ free: [1, 0], codes: [200, 'NO_PLACE'] })
  })
})

describe('[BK-10] the three nearest alternatives', () => {
  it('come with a refusal, nearest first, without what these people cannot have', async () => {
    const prison = await aPrison(world, { terminals: 3 })
    const wanted = await aSlotAt(world, prison, { capacity: 1, hours: 5 })
    const near: string[] = []
    for (const hours of [6, 3, 9, 20]) {
      near.push((await aSlotAt(world, prison, { hours })).slotId)
    }
    const closed = { closedAt: world.clock.now() }
    await aSlotAt(world, prison, { hours: 4, ...closed })
    await aSlotAt(world, prison, { hours: 4, visitClass: 'official' })
    await fill(prison, wanted, 1)
    const { held } = await tryOnce(prison, wanted)
    expect(held.body.code).toBe('NO_PLACE')
    expect(held.body.alternatives?.map(({ slotId }) => slotId)).toEqual(near.slice(0, 3))
  })
})

describe('the search', () => {
  it('[EL-2] finds nobody whom the asker has no bond with, and refuses long ranges', async () => {
    const prison = await aPrison(world)
    const [family, other] = [await aFamily(world, prison), await aFamily(world, prison)]
    const caller = await callerOf(world, family.accountId)
    const from = world.clock.now()
    const ask = (inmateId: string, visitorIds: string, days = 10) =>
      caller.get('/api/places', {
        ...{ inmateId, visitorIds, from: from.toISOString() },
        to: new Date(from.getTime() + days * DAY_MS).toISOString(),
      })
    expect((await ask(other.inmateId, family.visitorId)).body.code).toBe('NOT_FOUND')
    expect((await ask(crypto.randomUUID(), family.visitorId)).body.code).toBe('NOT_FOUND')
    expect((await ask(family.inmateId, other.visitorId)).body.code).toBe('NOT_FOUND')
    const long = await ask(family.inmateId, family.visitorId, 43)
    expect(long.body).toMatchObject({ code: 'BAD_REQUEST', fields: [{ field: 'to' }] })
    const elsewhere = await callerOf(world, (await aPrison(world)).schedulerId)
    const query = {
      ...{ inmateId: family.inmateId, visitorIds: family.visitorId, from: from.toISOString() },
      to: new Date(from.getTime() + DAY_MS).toISOString(),
    }
    expect((await elsewhere.get('/api/places', query)).body.code).toBe('NOT_FOUND')
  })

  it('[BK-8] leaves out what is too soon, too far ahead, and at times of their own visits', async () => {
    const prison = await aPrison(world)
    const family = await aFamily(world, prison)
    const caller = await callerOf(world, family.accountId)
    const good = await aSlotAt(world, prison)
    await aSlotAt(world, prison, { hours: -48 })
    await aSlotAt(world, prison, { hours: 26 * 24 })
    const own = await aSlotAt(world, prison, { hours: 2 })
    const { inmateId, visitorId } = family
    const payload = { inmateId, visitorIds: [visitorId], place: 'HOME', slotId: own.slotId }
    expect((await caller.post('/api/bookings', payload)).status).toBe(200)
    const from = world.clock.now()
    const { body } = await caller.get('/api/places', {
      ...{ inmateId, visitorIds: visitorId, from: from.toISOString() },
      to: new Date(from.getTime() + 40 * DAY_MS).toISOString(),
    })
    expect(body.places.map(({ slotId }) => slotId)).toEqual([good.slotId])
    expect(body.full).toEqual([])
  })
})

async function anOpenCentre(estateId: string, rooms: number) {
  const always = Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ fromMinute: 0, toMinute: 1440 }]]),
  )
  const centre = await insertLinkCentre(world.db, {
    estateId,
    openingHours: always,
    timeZone: 'UTC',
  })
  const { linkCentreId } = centre
  for (let at = 0; at < rooms; at += 1) await insertLinkCentreRoom(world.db, { linkCentreId })
  return centre
}
