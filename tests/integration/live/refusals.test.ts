import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROTOCOL_VERSION } from '@visavis/contract/command'
import { VISIT_NAMESPACE, visitCommands } from '@visavis/contract/visit-socket'
import { WALL_NAMESPACE, wallCommands } from '@visavis/contract/wall-socket'
import { until } from '../../support/until.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aVisitWithPeople } from './support/live-people.ts'
import type { VisitPeople } from './support/live-people.ts'
import { aLiveWorld } from './support/live-world.ts'
import type { LiveWorld } from './support/live-world.ts'
import { connect, connectSeat, connectWall } from './support/socket-client.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** One more than is forgiven. */
const MALFORMED = 20

let world: LiveWorld
let people: VisitPeople
let elsewhere: VisitPeople
beforeAll(async () => {
  world = await aLiveWorld()
  people = await aVisitWithPeople(world)
  elsewhere = await aVisitWithPeople(world)
})
afterAll(() => world.close())

const seatAuth = { protocolVersion: PROTOCOL_VERSION, signInAs: 'account' }
const asSeat = { namespace: VISIT_NAMESPACE, commands: visitCommands, auth: seatAuth }
const asWall = {
  namespace: WALL_NAMESPACE,
  commands: wallCommands,
  auth: { protocolVersion: PROTOCOL_VERSION },
}

describe('a handshake', () => {
  type Attempt = { name: string; given: object; cookie: () => string | undefined; code: string }
  const visitor = () => people.cookies.visitor
  it.each<Attempt>([
    { name: 'without a sign-in', given: asSeat, cookie: () => undefined, code: 'NOT_SIGNED_IN' },
    {
      name: 'with a forged token',
      given: asSeat,
      cookie: () => 'visavis=x',
      code: 'NOT_SIGNED_IN',
    },
    {
      name: 'of an officer as a seat',
      given: asSeat,
      cookie: () => people.cookies.officer,
      code: 'FORBIDDEN',
    },
    { name: 'of a visitor as a wall', given: asWall, cookie: visitor, code: 'FORBIDDEN' },
    {
      name: 'of an inmate as an account',
      given: asSeat,
      cookie: () => people.cookies.inmate,
      code: 'NOT_SIGNED_IN',
    },
    {
      name: 'of another protocol',
      given: { ...asSeat, auth: { ...seatAuth, protocolVersion: 0 } },
      cookie: visitor,
      code: 'BAD_REQUEST',
    },
    {
      name: 'with unknown fields',
      given: { ...asSeat, auth: { ...seatAuth, role: 'officer' } },
      cookie: visitor,
      code: 'BAD_REQUEST',
    },
  ])('[TR-3] $name is refused', async ({ given, cookie: cookieOf, code }) => {
    const cookie = cookieOf()
    const attempt = connect(world, { ...given, ...(cookie ? { cookie } : {}) } as never)
    await expect(attempt).rejects.toMatchObject({ message: code, data: { code } })
  })

  it('from a foreign origin is refused before anything is looked at', async () => {
    const cookie = people.cookies.visitor
    await expect(
      connect(world, { ...asSeat, cookie, origin: 'https://evil.example' }),
    ).rejects.toThrow('websocket error')
  })
})

describe('a seat', () => {
  it('[TR-3] finds no visit that is not its own', async () => {
    const visitor = await connectSeat(world, people.cookies.visitor)
    const join = (visitId: string) => visitor.ask('join', { visitId, holdingEpoch: null })
    expect(await join(randomUUID())).toMatchObject({ ok: false, code: 'VISIT_NOT_FOUND' })
    expect(await join(elsewhere.visitId)).toMatchObject({ ok: false, code: 'VISIT_NOT_FOUND' })
    expect(await visitor.ask('leave', {})).toMatchObject({ ok: false, code: 'NOT_JOINED' })
    expect(await visitor.ask('resumeConsumer', { consumerId: randomUUID() })).toMatchObject({
      code: 'NOT_JOINED',
    })
    visitor.close()
  })

  it('[LV-1] is told when the lobby opens', async () => {
    const early = await aVisitWithPeople(world, { startsInMs: HOUR_MS })
    const visitor = await connectSeat(world, early.cookies.visitor)
    const reply = await visitor.ask('join', { visitId: early.visitId, holdingEpoch: null })
    const liftsAt = new Date(world.clock.now().getTime() + 45 * MINUTE_MS).toISOString()
    expect(reply).toMatchObject({ ok: false, code: 'OUTSIDE_VISIT_WINDOW', context: { liftsAt } })
    visitor.close()
  })

  it('[LV-4] belongs to the newer connection, and the older one is told', async () => {
    const { visitId, cookies } = await aVisitWithPeople(world)
    const older = await connectSeat(world, cookies.visitor)
    await older.call('join', { visitId, holdingEpoch: null })
    const newer = await connectSeat(world, cookies.visitor)
    const { snapshot } = await newer.call('join', { visitId, holdingEpoch: null })
    expect(await older.heard('seat:replaced')).toEqual({ visitId })
    await until(
      () => (older.socket.disconnected ? true : null),
      'the older connection to be closed',
    )
    expect(snapshot.you.state).toBe('WAITING')
    expect(await newer.ask('end', {})).toMatchObject({ code: 'VISIT_WRONG_STATE' })
    newer.close()
  })

  it('is answered once for a request that is repeated, and refused for an id that is reused', async () => {
    const { visitId, cookies } = await aVisitWithPeople(world)
    const visitor = await connectSeat(world, cookies.visitor)
    const requestId = randomUUID()
    const first = await visitor.ask('join', { visitId, holdingEpoch: null }, requestId)
    expect(await visitor.ask('join', { visitId, holdingEpoch: null }, requestId)).toEqual(first)
    expect(await visitor.ask('join', { visitId, holdingEpoch: 7 }, requestId)).toMatchObject({
      code: 'REQUEST_ID_REUSED',
    })
    const stored = await world.db.auditEntry.count({ where: { visitId, action: 'seat.arrive' } })
    expect(stored).toBe(1)
    visitor.close()
  })

  it('[TR-3] is closed when its sign-in ends', async () => {
    const { visitId, cookies } = await aVisitWithPeople(world)
    const visitor = await connectSeat(world, cookies.visitor)
    await visitor.call('join', { visitId, holdingEpoch: null })
    await world.db.authSession.updateMany({
      data: { endedAt: world.clock.now() },
      where: { account: { visitorId: { not: null } } },
    })
    await until(() => (visitor.socket.disconnected ? true : null), 'the socket to be closed')
  })
})

describe('malformed messages', () => {
  const fresh = async () => connectSeat(world, (await aVisitWithPeople(world)).cookies.visitor)
  const isClosed = (client: Awaited<ReturnType<typeof fresh>>) =>
    until(() => (client.socket.disconnected ? true : null), 'the connection to be closed')

  it('name the field and its cure, and change nothing', async () => {
    const visitor = await fresh()
    const reply = await visitor.ask('join', { visitId: 'not an id', holdingEpoch: null })
    expect(reply).toMatchObject({
      ok: false,
      code: 'BAD_REQUEST',
      context: { fields: [{ field: 'visitId' }] },
    })
    visitor.close()
  })

  it.each([
    [
      'of a wrong shape',
      (client: Awaited<ReturnType<typeof fresh>>) =>
        client.socket.emit('seat:join', { nonsense: true }),
    ],
    [
      'of an unknown name',
      (client: Awaited<ReturnType<typeof fresh>>) => client.socket.emit('seat:levitate', {}),
    ],
    [
      'without an envelope',
      (client: Awaited<ReturnType<typeof fresh>>) => client.socket.emit('seat:leave'),
    ],
  ])('%s close the connection after twenty', async (_name, send) => {
    const visitor = await fresh()
    for (let count = 1; count < MALFORMED; count += 1) send(visitor)
    const still = await visitor.ask('leave', {})
    expect(still).toMatchObject({ code: 'NOT_JOINED' })
    send(visitor)
    await isClosed(visitor)
  })

  it('of more than 64 KiB close the connection at once', async () => {
    const visitor = await fresh()
    visitor.socket.emit('seat:leave', 'x'.repeat(70_000))
    await isClosed(visitor)
  })
})

describe('a wall', () => {
  it('[TR-3] opens for the officer’s own facility only and acts on its visits only', async () => {
    const wall = await connectWall(world, people.cookies.officer)
    const { facilityId, visitId, visitorSeatId: seatId } = elsewhere
    expect(await wall.ask('open', { facilityId })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await wall.ask('watch', { visitIds: [], focusVisitId: null })).toMatchObject({
      code: 'NOT_JOINED',
    })
    for (const act of ['checkSeat', 'admitSeat'] as const) {
      expect(await wall.ask(act, { visitId, seatId })).toMatchObject({ code: 'VISIT_NOT_FOUND' })
    }
    expect(await wall.ask('refuseSeat', { visitId, seatId, reason: 'CONDUCT' })).toMatchObject({
      code: 'VISIT_NOT_FOUND',
    })
    expect(await wall.ask('endVisit', { visitId, reason: 'CONDUCT' })).toMatchObject({
      code: 'VISIT_NOT_FOUND',
    })
    await wall.call('open', { facilityId: people.facilityId })
    const { refused } = await wall.call('watch', { visitIds: [visitId], focusVisitId: null })
    expect(refused).toEqual([{ visitId, code: 'VISIT_NOT_FOUND' }])
    wall.close()
  })

  it('[OV-2] may not watch a privileged visit at all', async () => {
    const { facilityId, visitId, cookies } = await aVisitWithPeople(world, {
      visitClass: 'privileged',
    })
    const wall = await connectWall(world, cookies.officer)
    await wall.call('open', { facilityId })
    const { refused } = await wall.call('watch', { visitIds: [visitId], focusVisitId: visitId })
    expect(refused).toEqual([{ visitId, code: 'MEDIA_POLICY_FORBIDS' }])
    const entries = await entriesOf(world.db, facilityId)
    expect(entries.filter(({ action }) => action.startsWith('visit.'))).toMatchObject([
      { action: 'visit.watch', outcome: 'deny', reason: 'MEDIA_POLICY_FORBIDS' },
    ])
    expect(await world.db.observation.count({ where: { visitId } })).toBe(0)
    wall.close()
  })
})
