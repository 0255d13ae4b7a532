import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VisitSnapshot, WallVisit } from '@visavis/contract/visit'
import {
  insertAccount,
  insertIdentityDocument,
  insertLinkCentre,
  insertRelationship,
  insertRestriction,
  insertVisitor,
} from '@visavis/prisma/seed'
import { createDeskRepo } from '../../../server/src/modules/link-centres/desk.repo.ts'
import type { RtcClient } from '../../support/rtc-client.ts'
import { until } from '../../support/until.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aVisitWithPeople } from './support/live-people.ts'
import type { VisitPeople } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { openSeatMedia, openWallMedia } from './support/seat-media.ts'
import { connectSeat, connectWall } from './support/socket-client.ts'
import type { SeatClient, WallClient } from './support/socket-client.ts'

const MINUTE_MS = 60_000
const A_CHILD = { birthDate: '2018-05-01' }

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

/** Another visitor of the same inmate, with a seat in the visit. */
async function aCompanion({ visitId }: VisitPeople, given: object = {}) {
  const { db } = world
  const { inmateId } = await db.visit.findUniqueOrThrow({ where: { visitId } })
  const { visitorId } = await insertVisitor(db, given)
  await insertRelationship(db, { visitorId, inmateId })
  const seat = { seatId: randomUUID(), visitId, party: 'VISITOR' as const, visitorId }
  await db.seat.create({ data: seat })
  return seat.seatId
}

async function joinWithMedia(client: SeatClient, visitId: string, seatId: string) {
  const joined = await client.call('join', { visitId, holdingEpoch: null })
  return openSeatMedia(client, { seatId, visitId, ...joined.media })
}

/** Visitor, inmate and an officer who watches, all with real media; nobody is let in yet. */
async function aLobby(people: VisitPeople) {
  const { visitId, visitorSeatId, inmateSeatId, facilityId, cookies } = people
  const visitor = await connectSeat(world, cookies.visitor)
  const inmate = await connectSeat(world, cookies.inmate)
  const visitorMedia = await joinWithMedia(visitor, visitId, visitorSeatId)
  const inmateMedia = await joinWithMedia(inmate, visitId, inmateSeatId)
  const wall = await connectWall(world, cookies.officer)
  const { routers } = await wall.call('open', { facilityId })
  await wall.call('watch', { visitIds: [visitId], focusVisitId: visitId })
  const wallMedia = await openWallMedia(
    wall,
    routers[0] ?? { routerId: '', routerRtpCapabilities: {} },
  )
  const close = () => {
    for (const client of [visitor, inmate, wall]) client.close()
    for (const media of [visitorMedia, inmateMedia, wallMedia]) media.close()
  }
  return { visitor, inmate, wall, visitorMedia, inmateMedia, wallMedia, close }
}

async function letIn(wall: WallClient, visitId: string, seatId: string): Promise<void> {
  await wall.call('checkSeat', { visitId, seatId })
  await wall.call('admitSeat', { visitId, seatId })
}

const told = (client: SeatClient, test: (snapshot: VisitSnapshot) => boolean) =>
  client.heard<VisitSnapshot>('visit:changed', test)
const inState = (client: SeatClient, state: string) => told(client, (one) => one.state === state)

/** Waits until something new of `from` arrives at `to`. */
async function arrives(to: RtcClient, from: RtcClient, kind: 'audio' | 'video' = 'video') {
  const before = to.arrivals(from.tag, kind).length
  await until(
    () => (to.arrivals(from.tag, kind).length > before ? true : null),
    `${kind} to arrive`,
  )
}

/** Shows that nothing of the visitor reaches the inmate while the officer sees them. */
async function onlyOfficerSees({ inmateMedia, visitorMedia, wallMedia }: Medias): Promise<void> {
  inmateMedia.forget()
  await arrives(wallMedia, visitorMedia)
  expect(inmateMedia.arrivals(visitorMedia.tag, 'video')).toEqual([])
  expect(inmateMedia.arrivals(visitorMedia.tag, 'audio')).toEqual([])
}
type Medias = Pick<Awaited<ReturnType<typeof aLobby>>, 'inmateMedia' | 'visitorMedia' | 'wallMedia'>

/** Calls the API over HTTP as an account. */
async function api(accountId: string, path: string, body?: object): Promise<Response> {
  const cookie = await accountCookie(world as never, accountId)
  return fetch(`${world.origin()}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...{ cookie, origin: 'http://localhost:3000', 'idempotency-key': randomUUID() },
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

describe('people at one camera', () => {
  it('[LV-3] [LV-5] [LV-6] [TR-1] are let in one by one; a late one stops picture and clock', async () => {
    const people = await aVisitWithPeople(world, { startsInMs: 0 })
    const { visitId, visitorSeatId: mother } = people
    const child = await aCompanion(people, A_CHILD)
    const late = await aCompanion(people, A_CHILD)
    const lobby = await aLobby(people)
    const { visitor, inmate, wall, visitorMedia, inmateMedia } = lobby
    await visitor.call('together', { seatIds: [child] })
    expect((await told(visitor, ({ you }) => you.mayGather.length === 1)).others).toContainEqual(
      expect.objectContaining({ seatId: child, cameraSeatId: mother, state: 'WAITING' }),
    )
    expect(await inmate.ask('together', { seatIds: [child] })).toMatchObject({
      code: 'VISIT_WRONG_STATE',
    })
    await letIn(wall, visitId, mother)
    const waiting = await told(visitor, ({ you }) => you.state === 'ADMITTED')
    expect(waiting).toMatchObject({ state: 'ID_CHECK', waitingReason: 'COMPANION_BEING_CHECKED' })
    await wall.call('checkSeat', { visitId, seatId: child })
    await wall.call('putBackSeat', { visitId, seatId: child, reason: 'FACE_NOT_VISIBLE' })
    await wall.call('checkSeat', { visitId, seatId: child })
    await onlyOfficerSees(lobby)
    await wall.call('admitSeat', { visitId, seatId: child })
    await inState(inmate, 'LIVE')
    await arrives(inmateMedia, visitorMedia)
    await arrives(visitorMedia, inmateMedia, 'audio')

    await visitor.call('together', { seatIds: [child, late] })
    expect(await inState(inmate, 'PAUSED')).toMatchObject({ pausedFor: 'ADMISSION' })
    const tile = await wall.heard<WallVisit>('wall:changed', (one) => one.pauseReason !== null)
    expect(tile).toMatchObject({ pauseReason: 'ADMISSION', attention: 'ID_PENDING' })
    await onlyOfficerSees(lobby)
    world.clock.advance(5 * MINUTE_MS)
    await letIn(wall, visitId, late)
    await arrives(inmateMedia, visitorMedia)
    await wall.call('endVisit', { visitId, reason: 'OTHER' })
    await inState(inmate, 'ENDED')
    const { gaps } = await world.db.visitReceipt.findUniqueOrThrow({ where: { visitId } })
    expect((gaps as { cause: string }[]).map(({ cause }) => cause)).toContain('STAFF_PAUSE')
    const acts = (await entriesOf(world.db, people.facilityId)).map(({ action }) => action)
    for (const action of ['seat.together', 'seat.putBack', 'visit.bar', 'visit.clear']) {
      expect(acts).toContain(action)
    }
    lobby.close()
  })

  it('[LV-3] stay unseen while somebody turned away is there, and are looked at on their own device', async () => {
    const people = await aVisitWithPeople(world, { startsInMs: 0 })
    const { visitId, visitorSeatId: mother } = people
    const friend = await aCompanion(people)
    const lobby = await aLobby(people)
    const { visitor, inmate, wall } = lobby
    await visitor.call('together', { seatIds: [friend] })
    await letIn(wall, visitId, mother)
    await wall.call('refuseSeat', { visitId, seatId: friend, reason: 'NO_DOCUMENT' })
    await visitor.call('together', { seatIds: [] })
    await onlyOfficerSees(lobby)
    expect(await visitor.ask('together', { seatIds: [friend] })).toMatchObject({ ok: true })
    await wall.call('removeSeat', { visitId, seatId: friend, reason: 'LEFT_PICTURE' })
    await inState(inmate, 'LIVE')
    expect(
      await wall.ask('removeSeat', { visitId, seatId: people.inmateSeatId, reason: 'OTHER' }),
    ).toMatchObject({ code: 'SEAT_WRONG_STATE' })
    lobby.close()
  })
})

describe('[LV-3] whom a host has seen', () => {
  it('is let in at the device of the host’s room, named so to the officer, and nowhere else', async () => {
    const people = await aVisitWithPeople(world, { startsInMs: 0 })
    const { visitId, visitorSeatId: mother, facilityId, cookies } = people
    const { db, clock } = world
    const { estateId } = await db.estate.findFirstOrThrow()
    const { linkCentreId } = await insertLinkCentre(db, { estateId })
    const host = await insertAccount(db, { role: 'host', linkCentreId })
    const child = await aCompanion(people, A_CHILD)
    const seen = (seatId: string) => ({
      ...{ checkInId: randomUUID(), seatId, visitId, documentName: 'passport' },
      ...{ checkedBy: host.accountId, checkedAt: clock.now() },
    })
    await db.deskCheckIn.createMany({ data: [seen(mother), seen(child)] })
    await db.seat.update({ where: { seatId: child }, data: { cameraSeatId: mother } })
    const { visitorId } = await db.seat.findUniqueOrThrow({ where: { seatId: mother } })
    const account = await db.account.findFirstOrThrow({ where: { visitorId } })
    const room = await accountCookie(world as never, account.accountId, visitId)
    const phone = await connectSeat(world, cookies.visitor)
    await phone.call('join', { visitId, holdingEpoch: null })
    const inmate = await connectSeat(world, cookies.inmate)
    await inmate.call('join', { visitId, holdingEpoch: null })
    expect((await told(phone, () => true)).state).toBe('LOBBY')
    const device = await connectSeat(world, room)
    await device.call('join', { visitId, holdingEpoch: null })
    await inState(inmate, 'LIVE')
    // Who comes to the desk during the visit is there at once, on whichever server it runs.
    const late = await aCompanion(people, A_CHILD)
    await db.deskCheckIn.createMany({ data: [seen(late)] })
    await db.$transaction((tx) => createDeskRepo(db).gatherSeats(tx, visitId, mother))
    await told(inmate, ({ others }) =>
      others.some(({ seatId, state }) => seatId === late && state === 'IN'),
    )
    expect((await told(inmate, () => true)).state).toBe('LIVE')
    const wall = await connectWall(world, cookies.officer)
    const { visits } = await wall.call('open', { facilityId })
    const seats = visits[0]?.seats.map(({ seatId, state, admittedBy }) => [
      seatId,
      state,
      admittedBy,
    ])
    expect(seats).toContainEqual([mother, 'IN', 'HOST'])
    expect(seats).toContainEqual([child, 'IN', 'HOST'])
    await wall.call('putBackSeat', { visitId, seatId: child, reason: 'SHOW_DOCUMENT' })
    expect(await inState(inmate, 'PAUSED')).toMatchObject({ pausedFor: 'ADMISSION' })
    for (const client of [phone, device, inmate, wall]) client.close()
  })
})

describe('an interpreter', () => {
  it('[LV-3] [EL-7] [TR-3] comes into a running visit by staff’s word, is checked, and is heard by both', async () => {
    const people = await aVisitWithPeople(world, { startsInMs: 0 })
    const { visitId, visitorSeatId, facilityId } = people
    const lobby = await aLobby(people)
    const { inmate, wall, visitorMedia, inmateMedia } = lobby
    await letIn(wall, visitId, visitorSeatId)
    await arrives(inmateMedia, visitorMedia)
    const { db } = world
    const { visitorId } = await insertVisitor(db)
    await insertIdentityDocument(db, { visitorId, kind: 'PHOTO' })
    const { accountId, login } = await insertAccount(db, { role: 'visitor', visitorId })
    const scheduler = await insertAccount(db, { role: 'scheduler', facilityId })
    const path = `/api/visits/${visitId}/interpreters`
    const foreign = await aVisitWithPeople(world)
    const stranger = await insertAccount(db, { role: 'scheduler', facilityId: foreign.facilityId })
    expect((await api(stranger.accountId, path, { email: login })).status).toBe(404)
    const answer = await api(scheduler.accountId, path, { email: login })
    expect(answer.status).toBe(200)
    const { seatId } = (await answer.json()) as { seatId: string }
    const again = await api(scheduler.accountId, path, { email: login })
    expect(await again.json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    const banned = await insertVisitor(db)
    const theirs = await insertAccount(db, { role: 'visitor', visitorId: banned.visitorId })
    await insertRestriction(db, { facilityId, kind: 'BAN', visitorId: banned.visitorId })
    const refused = await api(scheduler.accountId, path, { email: theirs.login })
    expect(await refused.json()).toMatchObject({ code: 'RESTRICTED' })
    expect(await db.seat.count({ where: { visitId, visitorId: banned.visitorId } })).toBe(0)
    await told(inmate, ({ others }) => others.some(({ role }) => role === 'INTERPRETER'))
    const helper = await connectSeat(world, await accountCookie(world as never, accountId))
    const helperMedia = await joinWithMedia(helper, visitId, seatId)
    expect(await helper.ask('end', {})).toMatchObject({ code: 'VISIT_WRONG_STATE' })
    expect((await told(inmate, () => true)).state).toBe('LIVE')
    expect(inmateMedia.arrivals(helperMedia.tag, 'audio')).toEqual([])
    await letIn(wall, visitId, seatId)
    await arrives(inmateMedia, helperMedia, 'audio')
    await arrives(visitorMedia, helperMedia)
    await arrives(helperMedia, inmateMedia)
    expect(await helper.ask('end', {})).toMatchObject({ code: 'VISIT_WRONG_STATE' })
    const wallSeat = (await wall.call('open', { facilityId })).visits[0]?.seats
    expect(wallSeat).toContainEqual(
      expect.objectContaining({ seatId, role: 'INTERPRETER', hasPicture: true }),
    )
    helper.close()
    helperMedia.close()
    lobby.close()
  })
})
