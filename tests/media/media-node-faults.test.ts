import { randomUUID } from 'node:crypto'
import { observer as mediasoup } from 'mediasoup'
import type { types } from 'mediasoup'
import { setImmediate as aTurn } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { receives, told, useMediaNode } from '../support/media-node-fixture.ts'
import type { TestRoom } from '../support/media-node-host.ts'
import { openLoopMedia } from '../support/loop-media.ts'
import type { LoopCommands } from '../support/loop-media.ts'
import { RtcClient } from '../support/rtc-client.ts'
import { until } from '../support/until.ts'

/** The architecture promises a dead worker's replacement within this. */
const REPLACED_WITHIN_MS = 5_000

/** Enough for each number of turns to come up many times. */
const ROUNDS = 240
/** Turns of the event loop until an answer of the worker is certainly back. */
const TURNS = 24

const routers: types.Router[] = []
const transports: types.Transport[] = []

/** Gets at the library's things as somebody would who goes around the rooms. */
function collect(worker: types.Worker): void {
  worker.observer.on('newrouter', (router) => {
    routers.push(router)
    router.observer.on('newtransport', (transport) => transports.push(transport))
  })
}

mediasoup.on('newworker', collect)
afterAll(() => mediasoup.off('newworker', collect))
const { control, openRoom, anObserver, later } = useMediaNode()

const hears = ({ inmate, visitor }: TestRoom) => receives(inmate, { from: visitor, kind: 'audio' })

const isGone = async ({ visitId }: TestRoom) => {
  const { rooms } = await control().call('describe', {})
  return rooms.every((room) => room.visitId !== visitId)
}

const consumersOf = async ({ visitId }: TestRoom) => {
  const { rooms } = await control().call('describe', {})
  const peers = rooms.find((room) => room.visitId === visitId)?.peers ?? []
  return peers.flatMap(({ consumers }) => consumers)
}

const transportOf = (peerId: string) =>
  transports.find(({ closed, appData }) => !closed && appData['peerId'] === peerId)!

describe('a worker that dies', () => {
  it.each(['social', 'privileged'] as const)(
    'under a %s visit: the room is lost and told, and stands anew with the next epoch within 5 s',
    async (visitClass) => {
      const first = await openRoom({ visitClass })
      await hears(first)
      const lost = told(control(), 'room:lost')
      const removed = told(control(), 'router:removed')
      const killedAt = performance.now()
      process.kill(first.router.workerPid, 'SIGKILL')
      expect(await lost).toEqual({ visitId: first.visitId, epoch: 1 })
      expect(await removed).toEqual({ routerId: first.router.routerId })
      // Asked for while the worker is being replaced: waits instead of failing.
      const second = await openRoom({ visitClass }, { visitId: first.visitId, epoch: 2 })
      await hears(second)
      expect(performance.now() - killedAt).toBeLessThan(REPLACED_WITHIN_MS)
      expect(second.router.workerPid).not.toBe(first.router.workerPid)
      const { routers: standing } = await control().call('describe', {})
      expect(standing.map(({ routerId }) => routerId)).toContain(second.router.routerId)
      expect(standing.map(({ routerId }) => routerId)).not.toContain(first.router.routerId)
    },
  )
})

describe('[OV-8] [LV-10] somebody’s test of the way to us and back', () => {
  async function aLoop(): Promise<{ loopId: string; client: RtcClient; audioId: string }> {
    const loopId = randomUUID()
    const { routerRtpCapabilities } = await control().call('openLoop', { loopId })
    const commands: LoopCommands = {
      link: (given: object) => control().call('linkLoop', { loopId, ...given } as never),
      connect: (given: object) => control().call('connectLoop', { loopId, ...given } as never),
      produce: (given: object) => control().call('produceLoop', { loopId, ...given } as never),
      resume: (given: object) => control().call('resumeLoop', { loopId, ...given } as never),
    }
    const client = await openLoopMedia(commands, { loopId, routerRtpCapabilities })
    later(() => control().call('closeLoop', { loopId }))
    later(() => client.close())
    const { audio: audioId } = await client.publish()
    return { loopId, client, audioId }
  }

  const loopTransport = (loopId: string) =>
    transports.findLast(({ appData, closed }) => !closed && appData['loopId'] === loopId)!

  it('comes back to the one who sends it, and is counted', async () => {
    const { loopId, client } = await aLoop()
    await receives(client, { from: client, kind: 'audio' })
    await receives(client, { from: client, kind: 'video' })
    const { tracks } = await control().call('closeLoop', { loopId })
    expect(tracks.map(({ kind }) => kind).toSorted()).toEqual(['audio', 'video'])
    expect(tracks.every(({ packets, lost }) => packets > 0 && lost === 0)).toBe(true)
    const again = control().call('resumeLoop', { loopId, consumerId: randomUUID() })
    await expect(again).rejects.toMatchObject({ code: 'TRANSPORT_NOT_FOUND' })
  })

  it('is closed when anybody else consumes it, and the thief with it', async () => {
    const room = await openRoom()
    const stranger = await anObserver(room)
    const { loopId, audioId } = await aLoop()
    const consumer = await transportOf(stranger.peerId).consume({
      producerId: audioId,
      rtpCapabilities: room.router.routerRtpCapabilities as types.RtpCapabilities,
      paused: true,
      appData: { loopId },
    })
    await until(() => (consumer.closed ? true : null), 'the consumer to be closed')
    const { tracks } = await control().call('closeLoop', { loopId })
    expect(tracks).toEqual([])
  })

  it('takes nothing of a visit: the room is closed before it is told', async () => {
    const room = await openRoom()
    await hears(room)
    const { loopId } = await aLoop()
    const violated = told(control(), 'room:violated', ({ visitId }) => visitId === room.visitId)
    const producerId = [...room.inmate.consumers.values()][0]!.producerId
    const consumer = await loopTransport(loopId).consume({
      producerId,
      rtpCapabilities: room.router.routerRtpCapabilities as types.RtpCapabilities,
      paused: true,
      appData: { loopId },
    })
    expect(await violated).toMatchObject({ visitId: room.visitId })
    expect(consumer.closed).toBe(true)
  })

  it('is opened so many times and no more', async () => {
    const loopIds = Array.from({ length: 20 }, () => randomUUID())
    const opened = await Promise.allSettled(
      loopIds.map((loopId) => control().call('openLoop', { loopId })),
    )
    const refused = opened.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBe(14)
    expect(refused[0]).toMatchObject({ reason: { code: 'TOO_MANY_REQUESTS' } })
    await Promise.all(loopIds.map((loopId) => control().call('closeLoop', { loopId })))
  })
})

describe('[OV-8] what goes around the rooms', () => {
  const audioOf = (room: TestRoom) =>
    [...room.inmate.consumers.values()].find(({ kind }) => kind === 'audio')!.producerId

  it.each([false, true])(
    'a consumer made behind a privileged room’s back closes it before it is told (paused: %s)',
    async (paused) => {
      const room = await openRoom({ visitClass: 'privileged' })
      await hears(room)
      const stranger = await anObserver(room)
      const violated = told(control(), 'room:violated').then(async (event) => ({
        ...event,
        gone: await isGone(room),
      }))
      const consumer = await transportOf(stranger.peerId).consume({
        producerId: audioOf(room),
        rtpCapabilities: room.router.routerRtpCapabilities as types.RtpCapabilities,
        paused,
      })
      expect(await violated).toMatchObject({ visitId: room.visitId, epoch: 1, gone: true })
      expect(consumer.closed).toBe(true)
      // Unpaused, a packet can pass in the millisecond until the library tells of the consumer.
      if (paused) expect(stranger.arrivals(room.visitor.tag, 'audio')).toEqual([])
    },
  )

  it('a consumer that claims a room’s name but is not in its graph closes it too', async () => {
    const room = await openRoom({ policy: { monitor: 'NONE', isRecorded: false } })
    await hears(room)
    const stranger = await anObserver(room)
    await room.say({
      policy: { monitor: 'NONE', isRecorded: false },
      observers: [{ observerId: stranger.peerId, hasFocus: true }],
    })
    const violated = told(control(), 'room:violated')
    await transportOf(stranger.peerId).consume({
      producerId: audioOf(room),
      rtpCapabilities: room.router.routerRtpCapabilities as types.RtpCapabilities,
      appData: { visitId: room.visitId, sink: stranger.peerId },
    })
    expect(await violated).toMatchObject({
      what: 'a consumer of audio that the media graph forbids',
    })
  })

  it.each(['plain', 'pipe', 'direct'] as const)(
    'a %s transport on a privileged visit’s router closes the room',
    async (type) => {
      const room = await openRoom({ visitClass: 'privileged' })
      const router = routers.find(({ id }) => id === room.router.routerId)!
      const violated = told(control(), 'room:violated')
      const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const
      // The router's own ways are sealed: whoever goes around the rooms takes the library's class.
      const library = Object.getPrototypeOf(router) as types.Router
      const makers = {
        plain: () => library.createPlainTransport.call(router, { listenInfo }),
        pipe: () => library.createPipeTransport.call(router, { listenInfo }),
        direct: () => library.createDirectTransport.call(router),
      }
      const transport = await makers[type]()
      expect(await violated).toMatchObject({ visitId: room.visitId })
      expect(transport.closed).toBe(true)
      expect(await isGone(room)).toBe(true)
    },
  )

  it('facts that change while the worker makes consumers leave none behind, and raise no false alarm', async () => {
    const room = await openRoom({ state: 'PAUSED' })
    const alarms: unknown[] = []
    control().on('room:violated', (event) => alarms.push(event))
    for (let round = 0; round < ROUNDS; round += 1) {
      const isLive = room.say({ state: 'LIVE' })
      // Each round lets the node and its worker come a little further before the facts change again.
      for (let turn = 0; turn < round % TURNS; turn += 1) await aTurn()
      await Promise.all([isLive, room.say({ state: 'PAUSED' })])
      expect(await consumersOf(room)).toEqual([])
    }
    await room.say({ state: 'LIVE' })
    await hears(room)
    expect(alarms).toEqual([])
  })
})

it('a privileged visit’s router ends with its room', async () => {
  const room = await openRoom({ visitClass: 'privileged' })
  const router = routers.find(({ id }) => id === room.router.routerId)!
  await control().call('closeRoom', { visitId: room.visitId })
  expect(router.closed).toBe(true)
})

it('tells when a peer’s transports come up, and when its browser is gone', async () => {
  const room = await openRoom({ state: 'LOBBY' })
  const changes: boolean[] = []
  const peerId = randomUUID()
  control().on('peer:connectionChanged', (event) => {
    if (event.peerId === peerId) changes.push(event.isConnected)
  })
  const officer = await RtcClient.open(control(), room.router, { peerId, visitId: null })
  await until(() => changes[0] ?? null, 'the observer to be connected')
  officer.close()
  await until(() => (changes.length === 2 ? true : null), 'the observer to be gone')
  expect(changes).toEqual([true, false])
})
