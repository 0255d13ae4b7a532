import { randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { types } from 'mediasoup'
import { afterAll, describe, expect, it } from 'vitest'
import { SEALED_WAYS } from '@visavis/media-node/media-router'
import { LibraryCensus } from '../../support/library-census.ts'
import { receives, told, useMediaNode } from '../../support/media-node-fixture.ts'
import { aGrant } from '../../support/media-node-host.ts'
import type { TestRoom } from '../../support/media-node-host.ts'

/** Each of these makes something on a router that leads its media, or what it says, elsewhere. */
const BEHIND: readonly [string, (router: types.Router) => Promise<unknown>][] = [
  ['plain transport', (router) => router.createPlainTransport({ listenInfo: LOOPBACK })],
  ['pipe transport', (router) => router.createPipeTransport({ listenInfo: LOOPBACK })],
  ['direct transport', (router) => router.createDirectTransport()],
  ['level observer', (router) => router.createAudioLevelObserver()],
  ['speaker observer', (router) => router.createActiveSpeakerObserver()],
]
const LOOPBACK = { protocol: 'udp', ip: '127.0.0.1' } as const
/** Rounds of a race; each is another order of the same few messages. */
const ROUNDS = 4

const census = new LibraryCensus()
const { control, later, openRoom, anObserver } = useMediaNode()
afterAll(() => census.close())

const aPrivilegedRoom = (monitor: 'NONE' | 'SIGHT_ONLY' = 'NONE') =>
  openRoom({ visitClass: 'privileged', policy: { monitor, isRecorded: false } })
const seatsOf = ({ seats }: TestRoom) => Object.values(seats)

/** A socket in a recorder's place, and what came to it. */
async function aRecorder() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const packets: Buffer[] = []
  socket.on('message', (packet) => packets.push(packet))
  later(() => socket.close())
  return { packets, port: socket.address().port }
}

const tap = (visitId: string, grant: string, port: number) =>
  control().call('openTap', { visitId, epoch: 1, grant, address: '127.0.0.1', port })

/** Media flows between the parties, and from now on somebody may try to get at it. */
async function flowing(room: TestRoom): Promise<void> {
  await receives(room.visitor, { from: room.inmate, kind: 'audio' })
  await receives(room.inmate, { from: room.visitor, kind: 'video' })
}

/** 0 bytes: nobody but the parties ever had a consumer there, and nothing left by anybody else's transport. */
async function expectNothingLeft(room: TestRoom): Promise<void> {
  const { routerId } = room.router
  expect(census.foreignConsumers(routerId, seatsOf(room))).toBe(0)
  expect(await census.foreignBytes(routerId, seatsOf(room))).toBe(0)
}

describe('a privileged visit’s router', () => {
  it('[OV-1] has no way out, and none can be put back', async () => {
    const room = await aPrivilegedRoom()
    const router = census.router(room.router.routerId)
    for (const way of SEALED_WAYS) {
      expect(() => (router[way] as () => unknown)(), way).toThrow(way)
      expect(Reflect.deleteProperty(router, way), way).toBe(false)
      expect(
        Reflect.set(router, way, () => undefined),
        way,
      ).toBe(false)
      expect(Reflect.defineProperty(router, way, { value: () => undefined }), way).toBe(false)
    }
    await flowing(room)
    await expectNothingLeft(room)
  })

  it('[OV-1] sends nothing to a shared router, and takes nothing from one', async () => {
    const secret = await aPrivilegedRoom()
    const open = await openRoom()
    const inside = census.router(secret.router.routerId)
    const outside = census.router(open.router.routerId)
    const producerId = [...census.consumers].find(({ routerId }) => routerId === inside.id)
      ?.consumer.producerId
    const pipe = (from: types.Router, to: types.Router) =>
      (Object.getPrototypeOf(from) as types.Router).pipeToRouter.call(from, {
        ...(producerId ? { producerId } : {}),
        router: to,
      })
    await expect(pipe(inside, outside)).rejects.toThrow()
    await expect(pipe(outside, inside)).rejects.toThrow()
    await expectNothingLeft(secret)
  })

  it.each(BEHIND)(
    '[OV-8] closes with its room when somebody makes a %s by the library',
    async (_, make) => {
      const room = await aPrivilegedRoom()
      await flowing(room)
      const router = census.router(room.router.routerId)
      let wasClosed = false
      const alarm = told(control(), 'room:violated', ({ visitId }) => {
        wasClosed ||= router.closed
        return visitId === room.visitId
      })
      // The prototype still has what was taken from the router itself.
      const behind = Object.create(Object.getPrototypeOf(router) as object) as types.Router
      const bound = new Proxy(behind, {
        get: (from, way) => {
          const found: unknown = Reflect.get(from, way, router)
          return typeof found === 'function' ? (found.bind(router) as unknown) : found
        },
      })
      await make(bound).catch(() => undefined)
      await alarm
      expect(wasClosed).toBe(true)
      await expectNothingLeft(room)
    },
  )
})

describe('a grant', () => {
  it('[RC-1] of any kind records nothing of a privileged visit', async () => {
    const room = await aPrivilegedRoom('SIGHT_ONLY')
    const other = await openRoom({ hasRecordingGrant: true })
    const recorder = await aRecorder()
    const grants = await Promise.all([
      aGrant(room.visitId),
      aGrant(room.visitId, { visitClass: 'official' }),
      aGrant(room.visitId, { visitClass: 'social' }, 'f'.repeat(32)),
      aGrant(other.visitId),
    ])
    for (const grant of grants) {
      await expect(tap(room.visitId, grant, recorder.port)).rejects.toMatchObject({
        code: 'MEDIA_POLICY_FORBIDS',
      })
    }
    await flowing(room)
    expect(recorder.packets).toEqual([])
    await expectNothingLeft(room)
  })

  it('[RC-1] that was signed for another visit or epoch is not good for this one', async () => {
    const room = await openRoom({ hasRecordingGrant: true })
    const other = await openRoom({ hasRecordingGrant: true })
    const recorder = await aRecorder()
    const replayed = [await aGrant(other.visitId), await aGrant(room.visitId, { epoch: 2 })]
    for (const grant of replayed) {
      await expect(tap(room.visitId, grant, recorder.port)).rejects.toMatchObject({
        code: 'GRANT_REFUSED',
      })
    }
    await flowing(room)
    expect(recorder.packets).toEqual([])
  })
})

describe('facts that lie about a privileged visit', () => {
  it('[OV-1] close its room, whatever comes at the same moment', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const room = await aPrivilegedRoom()
      const { visitId } = room
      const observer = await anObserver(room)
      const recorder = await aRecorder()
      await flowing(room)
      const closed = told(control(), 'room:violated', (event) => event.visitId === visitId)
      const observers = [{ observerId: observer.peerId, hasFocus: true }]
      const watched = { observers, hasRecordingGrant: true }
      const policy = { monitor: 'AV', isRecorded: true } as const
      const grant = await aGrant(visitId)
      const attempts = [
        // True about the class: the observer and the record are denied by it alone.
        () => room.say({ ...watched, visitClass: 'privileged', policy }),
        () => room.say({ ...watched, visitClass: 'social', policy }),
        () => tap(visitId, grant, recorder.port),
        () => tap(visitId, grant, recorder.port),
      ]
      const turned = [...attempts.slice(round), ...attempts.slice(0, round)]
      await Promise.allSettled(turned.map((attempt) => attempt()))
      expect(await closed).toMatchObject({ what: 'the class of a standing room was changed' })
      expect(recorder.packets).toEqual([])
      expect(observer.consumers.size).toBe(0)
      expect(observer.arrivals(room.visitor.tag, 'video')).toEqual([])
      await expectNothingLeft(room)
    }
  })

  it('[OV-2] an observer under a seat’s id gets nothing', async () => {
    const room = await openRoom({ policy: { monitor: 'NONE', isRecorded: false } })
    const { routerId, routerRtpCapabilities: rtpCapabilities } = room.router
    const peerId = room.seats.visitor
    for (const kind of ['audio', 'video'] as const) {
      await receives(room.visitor, { from: room.inmate, kind })
    }
    const before = census.made.length
    // It takes the place of the seat's own peer.
    await control().call('openPeer', { routerId, peerId, visitId: null, rtpCapabilities })
    await room.say({ policy: { monitor: 'NONE', isRecorded: false } })
    await room.say({})
    expect(census.made.slice(before).filter((one) => one.peerId === peerId)).toEqual([])
    await control().call('closePeer', { routerId, peerId })
  })

  it('[OV-2] SIGHT_ONLY shows an officer the picture and never makes a consumer of sound', async () => {
    const room = await aPrivilegedRoom('SIGHT_ONLY')
    const observer = await anObserver(room)
    const observers = [{ observerId: observer.peerId, hasFocus: true }]
    await room.say({
      visitClass: 'privileged',
      policy: { monitor: 'SIGHT_ONLY', isRecorded: false },
      observers,
    })
    await receives(observer, { from: room.visitor, kind: 'video' })
    const kinds = [...census.consumers]
      .filter(({ transport }) => transport.appData['peerId'] === observer.peerId)
      .map(({ consumer }) => consumer.kind)
    expect(new Set(kinds)).toEqual(new Set(['video']))
    expect(observer.arrivals(room.visitor.tag, 'audio')).toEqual([])
  })
})

describe('what no visit knows', () => {
  it('[OV-1] a visit without a room gives no observer a place', async () => {
    const unknown = randomUUID()
    await expect(tap(unknown, await aGrant(unknown), 9)).rejects.toMatchObject({
      code: 'ROOM_NOT_FOUND',
    })
  })
})
