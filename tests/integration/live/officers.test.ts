import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { until } from '../../support/until.ts'
import { breakAuditLog, entriesOf } from '../rest/support/audit-log.ts'
import { aVisitWithPeople, bothInLobby } from './support/live-people.ts'
import type { VisitPeople } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { openSeatMedia, openWallMedia } from './support/seat-media.ts'
import { connectWall } from './support/socket-client.ts'
import type { SeatClient, WallClient } from './support/socket-client.ts'

const MINUTE_MS = 60_000
const TICKS = 3

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

async function aWall(people: VisitPeople, cookie: string) {
  const wall = await connectWall(world, cookie)
  await wall.call('open', { facilityId: people.facilityId })
  return wall
}

describe('officers', () => {
  it('[LV-3] who admit at the same moment: one does, the other is told that it is done', async () => {
    const people = await aVisitWithPeople(world)
    const { visitId, visitorSeatId: seatId, cookies } = people
    const { visitor, inmate } = await bothInLobby(world, people)
    const walls = [await aWall(people, cookies.officer), await aWall(people, cookies.secondOfficer)]
    const [first] = walls
    await first!.call('checkSeat', { visitId, seatId })
    const replies = await Promise.all(
      walls.map((wall) => wall.ask('admitSeat', { visitId, seatId })),
    )
    expect(replies.filter(({ ok }) => ok)).toHaveLength(1)
    expect(replies.find(({ ok }) => !ok)).toMatchObject({ code: 'SEAT_WRONG_STATE' })
    expect(await world.db.auditEntry.count({ where: { visitId, action: 'seat.admit' } })).toBe(1)
    for (const client of [visitor, inmate, ...walls]) client.close()
  })

  it('[LV-7] turn a visitor away with a reason, and the visit is over', async () => {
    const people = await aVisitWithPeople(world)
    const { visitId, visitorSeatId: seatId, cookies } = people
    const { visitor, inmate } = await bothInLobby(world, people)
    const wall = await aWall(people, cookies.officer)
    await wall.call('refuseSeat', { visitId, seatId, reason: 'NO_DOCUMENT' })
    const last = await visitor.heard<VisitSnapshot>(
      'visit:changed',
      ({ state }) => state === 'ENDED',
    )
    expect(last).toMatchObject({ outcome: 'VISITOR_DENIED', you: { state: 'REFUSED' } })
    expect(await visitor.ask('join', { visitId, holdingEpoch: null })).toMatchObject({
      code: 'VISIT_ENDED',
    })
    for (const client of [visitor, inmate, wall]) client.close()
  })

  it('[OV-3] are invisible: the parties hear byte for byte the same with and without one', async () => {
    const unseen = await heardByParties(world, 'alone')
    const watched = await heardByParties(world, 'watched')
    expect(watched.visitor).toEqual(unseen.visitor)
    expect(watched.inmate).toEqual(unseen.inmate)
    expect(unseen.visitor.told.length).toBeGreaterThan(TICKS)
    expect(unseen.visitor.media).toHaveLength(4)
  })

  it('[TR-1] are in the log before they see: watching, then hearing', async () => {
    const people = await aVisitWithPeople(world)
    const { visitor, inmate } = await bothInLobby(world, people)
    const wall = await aWall(people, people.cookies.officer)
    await wall.call('watch', { visitIds: [people.visitId], focusVisitId: null })
    await wall.call('watch', { visitIds: [people.visitId], focusVisitId: people.visitId })
    await wall.call('watch', { visitIds: [people.visitId], focusVisitId: people.visitId })
    const seen = (await entriesOf(world.db, people.facilityId)).filter(({ action }) =>
      /watch|listen/.test(action),
    )
    expect(seen.map(({ action, actor }) => [action, actor.type])).toEqual([
      ['visit.watch', 'officer'],
      ['visit.listen', 'officer'],
    ])
    for (const client of [visitor, inmate, wall]) client.close()
  })
})

describe('an audit log that cannot be written', () => {
  it('[TR-1] stops every act: nothing is stored, nobody sees anything', async () => {
    const broken = await aLiveWorld()
    const people = await aVisitWithPeople(broken)
    const { visitId, visitorSeatId: seatId } = people
    const { visitor, inmate } = await bothInLobby(broken, people)
    const wall = await connectWall(broken, people.cookies.officer)
    await wall.call('open', { facilityId: people.facilityId })
    const before = await stored(broken, visitId)
    await breakAuditLog(broken.db)
    expect(await wall.ask('watch', { visitIds: [visitId], focusVisitId: visitId })).toMatchObject({
      code: 'INTERNAL',
    })
    expect(await wall.ask('checkSeat', { visitId, seatId })).toMatchObject({ code: 'INTERNAL' })
    expect(await wall.ask('refuseSeat', { visitId, seatId, reason: 'OTHER' })).toMatchObject({
      code: 'INTERNAL',
    })
    expect(await wall.ask('endVisit', { visitId, reason: 'OTHER' })).toMatchObject({
      code: 'INTERNAL',
    })
    expect(await stored(broken, visitId)).toEqual(before)
    for (const client of [visitor, inmate, wall]) client.close()
    await broken.close()
  })
})

async function stored({ db }: LiveWorld, visitId: string) {
  return {
    session: await db.visitSession.findUnique({ where: { visitId } }),
    seats: await db.seat.findMany({ where: { visitId }, orderBy: { seatId: 'asc' } }),
  }
}

/** Plays the same visit with real media, alone or watched and listened to, and gives what the parties heard. */
async function heardByParties(world: LiveWorld, how: 'alone' | 'watched') {
  const people = await aVisitWithPeople(world)
  const { visitId, visitorSeatId, inmateSeatId, facilityId, cookies } = people
  const { visitor, inmate, visitorJoined, inmateJoined } = await bothInLobby(world, people)
  const media = [
    await openSeatMedia(visitor, { seatId: visitorSeatId, visitId, ...visitorJoined.media }),
    await openSeatMedia(inmate, { seatId: inmateSeatId, visitId, ...inmateJoined.media }),
  ]
  const officer = await connectWall(world, cookies.officer)
  const watcher = how === 'watched' ? await watch(world, people) : null
  await officer.call('checkSeat', { visitId, seatId: visitorSeatId })
  await officer.call('admitSeat', { visitId, seatId: visitorSeatId })
  world.clock.advance(MINUTE_MS)
  for (const seat of [visitor, inmate]) {
    await until(() => (count(seat, 'consumer:created') === 2 ? true : null), 'both tracks')
    await until(() => (count(seat, 'visit:ticked') >= TICKS ? true : null), 'some seconds')
  }
  watcher?.wall.close()
  await officer.call('open', { facilityId })
  await officer.call('endVisit', { visitId, reason: 'OTHER' })
  for (const seat of [visitor, inmate]) {
    await seat.heard<VisitSnapshot>('visit:changed', ({ state }) => state === 'ENDED')
    await until(
      () => (count(seat, 'consumer:closed') === 2 ? true : null),
      'both tracks to be closed',
    )
  }
  ;[visitor, inmate, officer].forEach((client) => client.close())
  ;[...media, ...(watcher ? [watcher.media] : [])].forEach((each) => each.close())
  return { visitor: normalised(visitor, people), inmate: normalised(inmate, people) }
}

async function watch(world: LiveWorld, { visitId, facilityId, cookies }: VisitPeople) {
  const wall: WallClient = await connectWall(world, cookies.secondOfficer)
  const { routers } = await wall.call('open', { facilityId })
  await wall.call('watch', { visitIds: [visitId], focusVisitId: visitId })
  return { wall, media: await openWallMedia(wall, routers[0]!) }
}

function count({ events }: SeatClient, name: string): number {
  return events.filter(([each]) => each === name).length
}

/**
 * The events as text, without what differs between any two visits: ids, instants, SSRCs, milliseconds.
 * What the visit tells stays in its order; tracks come and go in the order of the network.
 */
function normalised({ events }: SeatClient, people: VisitPeople) {
  const names = new Map([
    [people.visitId, 'visit'],
    [people.visitorSeatId, 'visitor'],
    [people.inmateSeatId, 'inmate'],
  ])
  const lines = events.map(([name, payload]) =>
    `${name} ${JSON.stringify(payload)}`
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => names.get(id) ?? 'id')
      .replaceAll(/"\d{4}-\d\d-\d\dT[^"]*"/g, '"instant"')
      .replaceAll(/"name":"[^"]*"/g, '"name":"facility"')
      .replaceAll(/"(deliveredMs|leftMs)":\d+/g, '"$1":0')
      .replaceAll(/"isRunning":(true|false)/g, '"isRunning":"?"')
      .replaceAll(/"(connection|held)":(null|"[^"]*")/g, '"$1":"?"')
      .replaceAll(/"(ssrc|cname|mid)":("[^"]*"|\d+)/g, '"$1":"?"'),
  )
  const isMedia = (line: string): boolean => line.startsWith('consumer:')
  const isOfLines = (line: string): boolean => line.startsWith('visit:lines')
  const isFirst = (line: string, index: number): boolean => lines.indexOf(line) === index
  return {
    told: lines.filter(
      (line, index) =>
        !isMedia(line) &&
        !isOfLines(line) &&
        (!line.startsWith('visit:ticked') || isFirst(line, index)),
    ),
    // How good the lines were is the machine's doing, and so is when it was told.
    lines: [...new Set(lines.filter(isOfLines))],
    media: lines.filter(isMedia).toSorted(),
  }
}
