import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { listenToQueries } from '../../support/round-trips.ts'
import { aVisitWithPeople } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { connectSeat } from './support/socket-client.ts'
import type { SeatClient } from './support/socket-client.ts'

const LEASE_MS = 30_000
/** The sign-in, the visit with its relations one by one, and whether its people may meet. */
const OF_A_RETURN = 15
const JOINS = 6

let asked: string[]
let world: LiveWorld
beforeAll(async () => {
  asked = listenToQueries()
  world = await aLiveWorld()
})
afterAll(async () => {
  await world.close()
  vi.restoreAllMocks()
})

/** A visitor who sits in the lobby, with what the join told. */
async function aSeated() {
  const people = await aVisitWithPeople(world)
  const { visitId, cookies } = people
  const visitor = await connectSeat(world, cookies.visitor)
  const joined = await visitor.call('join', { visitId, holdingEpoch: null })
  return { people, visitor, ...joined, key: { visitId, ...joined.resume, holdingEpoch: null } }
}

/** Cuts the line and waits until the server has seen it. */
async function cut(client: SeatClient, cookie: string): Promise<void> {
  client.close()
  // An answer on another connection: by then the server has read what came before it.
  const other = await connectSeat(world, cookie)
  await other.ask('report', { isAway: false, camera: 'ON', microphone: 'ON' })
  other.close()
}

/** Three changes of the visitor's view: the inmate comes, is away, and is back. */
async function threeChanges({ people }: Awaited<ReturnType<typeof aSeated>>): Promise<SeatClient> {
  const inmate = await connectSeat(world, people.cookies.inmate)
  await inmate.call('join', { visitId: people.visitId, holdingEpoch: null })
  await inmate.call('report', { isAway: true, camera: 'ON', microphone: 'ON' })
  await inmate.call('report', { isAway: false, camera: 'OFF', microphone: 'ON' })
  return inmate
}

const changesOf = (client: SeatClient): VisitSnapshot[] =>
  client.events.filter(([name]) => name === 'visit:changed').map(([, told]) => told as never)

const lastOf = ({ numbers }: SeatClient): number => numbers.at(-1) ?? 0

describe('a seat that resumes', () => {
  it('[LV-8] hears what it missed, in order and once, before the snapshot', async () => {
    const seated = await aSeated()
    const { people, visitor, key, lastEventSeq } = seated
    await cut(visitor, people.cookies.visitor)
    const heard = Math.max(lastEventSeq, lastOf(visitor))
    const inmate = await threeChanges(seated)
    const back = await connectSeat(world, people.cookies.visitor)
    const resumed = await back.call('resume', { ...key, lastEventSeq: heard })
    const missed = back.numbers.filter((seq) => seq > 0)
    expect(missed).toEqual(missed.map((_, index) => heard + 1 + index))
    expect(lastOf(back)).toBe(resumed.lastEventSeq)
    const seen = changesOf(back).map(({ others }) => others[0])
    expect(seen.map((other) => other?.isAway)).toEqual([false, true, false])
    expect(seen.map((other) => other?.isCameraOff)).toEqual([false, false, true])
    expect(resumed.snapshot).toMatchObject({ others: [{ isCameraOff: true, isAway: false }] })
    await inmate.call('report', { isAway: true, camera: 'ON', microphone: 'ON' })
    await back.heard<VisitSnapshot>('visit:changed', ({ others }) => others[0]?.isAway === true)
    expect(back.numbers.at(-1)).toBe(resumed.lastEventSeq + 1)
    ;[inmate, back].forEach((client) => client.close())
  })

  it('[LV-4] tells and closes the older socket, and can be repeated from there', async () => {
    const { people, visitor, key, lastEventSeq } = await aSeated()
    const newer = await connectSeat(world, people.cookies.visitor)
    await newer.call('resume', { ...key, lastEventSeq })
    expect(await visitor.heard('seat:replaced')).toEqual({ visitId: people.visitId })
    const newest = await connectSeat(world, people.cookies.visitor)
    await newest.call('resume', { ...key, lastEventSeq })
    expect(await newer.heard('seat:replaced')).toEqual({ visitId: people.visitId })
    newest.close()
  })

  it('replays nothing twice when the request itself is repeated', async () => {
    const seated = await aSeated()
    await cut(seated.visitor, seated.people.cookies.visitor)
    const inmate = await threeChanges(seated)
    const back = await connectSeat(world, seated.people.cookies.visitor)
    const asked = { ...seated.key, lastEventSeq: seated.lastEventSeq }
    const requestId = randomUUID()
    const first = await back.ask('resume', asked, requestId)
    const told = back.events.length
    expect(await back.ask('resume', asked, requestId)).toEqual(first)
    expect(back.events).toHaveLength(told)
    ;[inmate, back].forEach((client) => client.close())
  })
})

describe('a resume that must not be', () => {
  const refused = { ok: false, code: 'RESUME_REFUSED', context: {} }

  it('is refused with a wrong secret, another seat’s sign-in or a session of another visit', async () => {
    const { people, visitor, key, lastEventSeq } = await aSeated()
    const other = await aSeated()
    const asked = { ...key, lastEventSeq }
    const own = await connectSeat(world, people.cookies.visitor)
    const guessed = { ...asked, resumeSecret: other.key.resumeSecret }
    expect(await own.ask('resume', guessed)).toMatchObject(refused)
    const elsewhere = { ...asked, visitId: other.people.visitId }
    expect(await own.ask('resume', elsewhere)).toMatchObject(refused)
    const thief = await connectSeat(world, other.people.cookies.visitor)
    expect(await thief.ask('resume', asked)).toMatchObject(refused)
    // The seat's own socket noticed nothing of it.
    expect(visitor.socket.connected).toBe(true)
    expect(visitor.events.some(([name]) => name === 'seat:replaced')).toBe(false)
    ;[own, thief, visitor, other.visitor].forEach((client) => client.close())
  })

  it('is refused when the lease is over, the seat was left or taken by a join, or the server is another', async () => {
    const { people, visitor, key, lastEventSeq } = await aSeated()
    const { visitor: cookie } = people.cookies
    const asked = { ...key, lastEventSeq }
    await cut(visitor, cookie)
    world.clock.advance(LEASE_MS)
    const late = await connectSeat(world, cookie)
    expect(await late.ask('resume', asked)).toMatchObject(refused)
    const again = await late.call('join', { visitId: people.visitId, holdingEpoch: null })
    expect(await late.ask('resume', asked)).toMatchObject(refused)
    const fresh = { ...asked, ...again.resume, lastEventSeq: again.lastEventSeq }
    expect(await late.ask('resume', { ...fresh, lastEventSeq: 9_999 })).toMatchObject(refused)
    expect(await late.ask('resume', fresh)).toMatchObject({ ok: true })
    await late.call('leave', {})
    expect(await late.ask('resume', fresh)).toMatchObject(refused)
    late.close()
    await world.restartServer()
    const after = await connectSeat(world, cookie)
    expect(await after.ask('resume', fresh)).toMatchObject(refused)
    expect(await after.ask('join', { visitId: people.visitId, holdingEpoch: null })).toMatchObject({
      ok: true,
    })
    after.close()
  })
})

describe('what a seat tells of itself', () => {
  it('[LV-10] is shown to the other side and noted once, and a new join begins anew', async () => {
    const seated = await aSeated()
    const inmate = await threeChanges(seated)
    await inmate.call('report', { isAway: false, camera: 'DARK', microphone: 'INTERRUPTED' })
    const { visitId, inmateSeatId, cookies } = seated.people
    const told = await seated.visitor.heard<VisitSnapshot>(
      'visit:changed',
      ({ others }) => others[0]?.isCameraOff === false && others[0].isAway,
    )
    expect(told.others).toMatchObject([{ isAway: true, isMicrophoneOff: false }])
    const notes = await world.db.timelineEntry.findMany({
      where: { visitId, seatId: inmateSeatId, kind: { in: ['AWAY', 'BACK', 'DEVICE'] } },
    })
    // Notes of one report have one instant and no order among each other.
    expect(notes.map(({ kind, detail }) => JSON.stringify([kind, detail])).sort()).toEqual([
      '["AWAY",{}]',
      '["BACK",{}]',
      '["DEVICE",{"state":"DARK","device":"camera"}]',
      '["DEVICE",{"state":"INTERRUPTED","device":"microphone"}]',
      '["DEVICE",{"state":"OFF","device":"camera"}]',
    ])
    const again = await connectSeat(world, cookies.inmate)
    await again.call('join', { visitId, holdingEpoch: null })
    const resumed = await seated.visitor.call('resume', {
      ...seated.key,
      lastEventSeq: lastOf(seated.visitor),
    })
    expect(resumed.snapshot.others).toMatchObject([{ isAway: false, isCameraOff: false }])
    ;[again, seated.visitor].forEach((client) => client.close())
  })
})

describe('a join', () => {
  /** How often one join looks at the whole visit, and all that it asks. */
  const costOf = async (join: () => Promise<unknown>) => {
    asked.length = 0
    await join()
    const looks = asked.filter((text) => /^SELECT.* FROM "public"."visit_session"/s.test(text))
    return { looks: looks.length, roundTrips: asked.length }
  }

  it('[LV-4] of somebody who comes back looks at the visit once, in few round trips', async () => {
    const { people, visitor } = await aSeated()
    const join = () => visitor.call('join', { visitId: people.visitId, holdingEpoch: null })
    const costs = []
    // Ticker and jobs ask meanwhile, too: of some joins only this is all there was.
    while (costs.length < JOINS) costs.push(await costOf(join))
    expect(Math.min(...costs.map(({ looks }) => looks))).toBe(1)
    expect(Math.min(...costs.map(({ roundTrips }) => roundTrips))).toBeLessThanOrEqual(OF_A_RETURN)
    visitor.close()
  })

  it('[LV-4] that somebody overtook looks again, and loses nothing', async () => {
    const people = await aVisitWithPeople(world)
    const { visitId, cookies } = people
    const both = await Promise.all([
      connectSeat(world, cookies.visitor),
      connectSeat(world, cookies.inmate),
    ])
    await Promise.all(both.map((client) => client.call('join', { visitId, holdingEpoch: null })))
    const seats = await world.db.seat.findMany({ where: { visitId }, orderBy: { party: 'asc' } })
    expect(seats.map(({ state }) => state).toSorted()).toEqual(['ADMITTED', 'WAITING'])
    both.forEach((client) => client.close())
  })
})
