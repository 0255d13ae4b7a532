import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROTOCOL_VERSION } from '@visavis/contract/command'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { WALL_NAMESPACE, wallCommands } from '@visavis/contract/wall-socket'
import { insertVisit } from '@visavis/prisma/seed'
import { until } from '../../support/until.ts'
import { accountCookie, deviceCookie, inmateCookie } from '../rest/support/callers.ts'
import { aVisitWithPeople } from './support/live-people.ts'
import type { VisitPeople } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { connect, connectSeat, connectWall } from './support/socket-client.ts'

const HOUR_MS = 3_600_000

let world: LiveWorld
let people: VisitPeople
/** The visit's row, and another visit of the same two people an hour later. */
let visit: { visitId: string; inmateId: string; terminalId: string; facilityId: string }
let later: string
let visitorId: string
let device: string

beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(() => world.close())

async function aVisit(): Promise<void> {
  const { db, clock } = world
  people = await aVisitWithPeople(world)
  const where = { visitId: people.visitId }
  visit = await db.visit.findUniqueOrThrow({ where })
  const seat = await db.seat.findUniqueOrThrow({ where: { seatId: people.visitorSeatId } })
  visitorId = seat.visitorId ?? ''
  const { facilityId, inmateId, terminalId } = visit
  const booked = await insertVisit(db, {
    ...{ facilityId, inmateId, terminalId, visitorIds: [visitorId] },
    startsAt: new Date(clock.now().getTime() + HOUR_MS),
  })
  later = booked.visit.visitId
  device = await deviceCookie(db, terminalId)
}

const inmateFor = async (visitId: string | null) => {
  const { inmateId, terminalId } = visit
  return inmateCookie(world as never, { device, inmateId, terminalId, visitId })
}
const roomDeviceFor = async (visitId: string) => {
  const where = { visitorId }
  const { accountId } = await world.db.account.findFirstOrThrow({ where })
  return accountCookie(world as never, accountId, visitId)
}
const join = (visitId: string) => ({ visitId, holdingEpoch: null })
const stateOf = async (visitId: string) =>
  (await world.db.visitSession.findUniqueOrThrow({ where: { visitId } })).state

describe('[TR-5] an inmate who is signed in', () => {
  beforeAll(aVisit)

  it('at the desk does not even get to the namespace of visits', async () => {
    const cookie = await inmateFor(null)
    await expect(connectSeat(world, cookie)).rejects.toMatchObject({
      message: 'OUTSIDE_VISIT_WINDOW',
      data: { code: 'OUTSIDE_VISIT_WINDOW' },
    })
    expect(await stateOf(visit.visitId)).toBe('SCHEDULED')
  })

  it('for another visit takes no seat here, and reaches no media', async () => {
    const inmate = await connectSeat(world, await inmateFor(later))
    expect(await inmate.ask('join', join(visit.visitId))).toMatchObject({
      ok: false,
      code: 'OUTSIDE_VISIT_WINDOW',
    })
    const rtpCapabilities = { codecs: [], headerExtensions: [] }
    const media = await inmate.ask('openMedia', { epoch: 1, rtpCapabilities })
    expect(media).toMatchObject({ code: 'NOT_JOINED' })
    expect(await inmate.ask('end', {})).toMatchObject({ code: 'NOT_JOINED' })
    expect(await stateOf(visit.visitId)).toBe('SCHEDULED')
    inmate.close()
  })

  it('[EL-2] learns nothing of other people’s visits', async () => {
    const strangers = await aVisitWithPeople(world)
    const inmate = await connectSeat(world, await inmateFor(visit.visitId))
    expect(await inmate.ask('join', join(strangers.visitId))).toMatchObject({
      code: 'VISIT_NOT_FOUND',
    })
    inmate.close()
  })

  it('for this visit, by the PIN in its window, takes the seat', async () => {
    const inmate = await connectSeat(world, await inmateFor(visit.visitId))
    const { snapshot } = await inmate.call('join', join(visit.visitId))
    expect(snapshot.you).toMatchObject({ seatId: people.inmateSeatId, state: 'ADMITTED' })
    inmate.close()
  })
})

describe('[TR-3] a link centre’s room device', () => {
  beforeAll(aVisit)

  it('takes its account’s seat in its visit, is checked and let in like anybody', async () => {
    const room = await connectSeat(world, await roomDeviceFor(visit.visitId))
    const { snapshot } = await room.call('join', join(visit.visitId))
    expect(snapshot.you).toMatchObject({ seatId: people.visitorSeatId, state: 'WAITING' })
    const wall = await connectWall(world, people.cookies.officer)
    await wall.call('open', { facilityId: visit.facilityId })
    const seat = { visitId: visit.visitId, seatId: people.visitorSeatId }
    await wall.call('checkSeat', seat)
    await wall.call('admitSeat', seat)
    await room.heard<VisitSnapshot>('visit:changed', ({ you }) => you.state === 'ADMITTED')
    wall.close()
    room.close()
  })

  it('opens no wall', async () => {
    const cookie = await roomDeviceFor(visit.visitId)
    const auth = { protocolVersion: PROTOCOL_VERSION }
    const wall = { namespace: WALL_NAMESPACE, commands: wallCommands, auth, cookie }
    await expect(connect(world, wall)).rejects.toMatchObject({ message: 'FORBIDDEN' })
  })

  it('is closed when it is signed out', async () => {
    const room = await connectSeat(world, await roomDeviceFor(visit.visitId))
    await room.call('join', join(visit.visitId))
    await world.db.authSession.updateMany({
      where: { visitId: visit.visitId, accountId: { not: null } },
      data: { endedAt: world.clock.now() },
    })
    await until(() => (room.socket.disconnected ? true : null), 'the socket to be closed')
  })

  // The last one: the clock passes the visit's own end meanwhile.
  it('takes no seat in another visit of the same account', async () => {
    const room = await connectSeat(world, await roomDeviceFor(visit.visitId))
    world.clock.advance(HOUR_MS - 5 * 60_000)
    const refusal = { ok: false, code: 'VISIT_NOT_FOUND' }
    expect(await room.ask('join', join(later))).toMatchObject(refusal)
    world.clock.advance(5 * 60_000 - HOUR_MS)
    expect(await stateOf(later)).toBe('SCHEDULED')
    room.close()
  })
})
