import { describe, expect, it } from 'vitest'
import { gotMeanwhile, receives, useMediaNode } from '../support/media-node-fixture.ts'
import { RtcClient } from '../support/rtc-client.ts'
import { until } from '../support/until.ts'

const { control, later, openRoom, anObserver } = useMediaNode()

describe('who receives whom, with real RTP', () => {
  it('[LV-3] before a visitor is IN only the officer gets their media; admission lets both ways through', async () => {
    const room = await openRoom({ state: 'ID_CHECK', visitorState: 'CHECKING' })
    const { visitor, inmate } = room
    const officer = await anObserver(room)
    const observers = [{ observerId: officer.peerId, hasFocus: false }]
    await room.say({ state: 'ID_CHECK', visitorState: 'CHECKING', observers })
    await receives(officer, { from: visitor, kind: 'video' })
    expect(await gotMeanwhile(inmate, { from: visitor, witness: officer })).toEqual({
      audio: 0,
      video: 0,
    })
    expect(inmate.consumers.size).toBe(0)
    await room.say({ observers })
    await Promise.all([
      receives(inmate, { from: visitor, kind: 'audio' }),
      receives(inmate, { from: visitor, kind: 'video' }),
      receives(visitor, { from: inmate, kind: 'audio' }),
      receives(visitor, { from: inmate, kind: 'video' }),
    ])
    await room.say({ state: 'PAUSED', observers })
    expect(await gotMeanwhile(inmate, { from: visitor, witness: officer })).toEqual({
      audio: 0,
      video: 0,
    })
  })

  it('[OV-4] an observer without focus gets the smallest picture and no sound; focus brings both', async () => {
    const room = await openRoom()
    const officer = await anObserver(room)
    const watch = (hasFocus: boolean) =>
      room.say({ observers: [{ observerId: officer.peerId, hasFocus }] })
    await watch(false)
    const small = await receives(officer, { from: room.visitor, kind: 'video', count: 10 })
    expect(new Set(small.map(({ layer }) => layer))).toEqual(new Set([0]))
    expect(officer.arrivals(room.visitor.tag, 'audio')).toEqual([])
    await watch(true)
    await receives(officer, { from: room.visitor, kind: 'audio' })
    await until(
      () => officer.arrivals(room.visitor.tag, 'video').find(({ layer }) => layer === 1) ?? null,
      'the better layer',
    )
    await watch(false)
    await until(() => (officer.consumers.size === 2 ? true : null), 'the sound to be closed')
    expect((await gotMeanwhile(officer, { from: room.visitor, witness: officer })).audio).toBe(0)
  })

  it('[OV-2] under SIGHT_ONLY no observer ever has an audio consumer', async () => {
    const policy = { monitor: 'SIGHT_ONLY', isRecorded: false } as const
    const room = await openRoom({ visitClass: 'official', policy })
    const officer = await anObserver(room)
    const observers = [{ observerId: officer.peerId, hasFocus: true }]
    await room.say({ visitClass: 'official', policy, observers })
    await receives(officer, { from: room.visitor, kind: 'video' })
    expect([...officer.consumers.values()].map(({ kind }) => kind)).toEqual(['video', 'video'])
    expect(officer.arrivals(room.visitor.tag, 'audio')).toEqual([])
  })

  it('[LV-4] a seat that opens anew takes its place over, and is received again', async () => {
    const room = await openRoom()
    await receives(room.visitor, { from: room.inmate, kind: 'video' })
    const { visitId, router, seats } = room
    const again = await RtcClient.open(control(), router, { peerId: seats.inmate, visitId })
    later(() => again.close())
    await again.publish()
    await receives(room.visitor, { from: again, kind: 'audio' })
    await receives(again, { from: room.visitor, kind: 'audio' })
    expect(room.visitor.consumers.size).toBe(2)
  })
})

describe('a picture that stands still at its receiver', () => {
  it('[LV-8] can get another consumer, but only its own seat can have it renewed', async () => {
    const { visitor, inmate, router } = await openRoom()
    await receives(visitor, { from: inmate, kind: 'video' })
    const [consumerId = '', ...others] = [...visitor.consumers.values()]
      .filter(({ kind }) => kind === 'video')
      .map((info) => info.consumerId)
    expect(others).toEqual([])
    const key = { routerId: router.routerId, peerId: visitor.peerId, consumerId }
    const stranger = { ...key, peerId: inmate.peerId }
    for (const command of ['renewConsumer', 'askKeyFrame'] as const) {
      await expect(control().call(command, stranger)).rejects.toMatchObject({
        code: 'CONSUMER_NOT_FOUND',
      })
    }
    await control().call('renewConsumer', key)
    await expect(control().call('renewConsumer', key)).rejects.toMatchObject({
      code: 'CONSUMER_NOT_FOUND',
    })
    visitor.forget()
    await receives(visitor, { from: inmate, kind: 'video' })
    expect(visitor.consumers.has(consumerId)).toBe(false)
    expect(visitor.consumers.size).toBe(2)
  })

  it('[LV-8] has its sender asked for a key frame', async () => {
    // Nobody may watch this one, so no beat asks for key frames of its own.
    const policy = { monitor: 'NONE', isRecorded: false } as const
    const { visitor, inmate, router } = await openRoom({ visitClass: 'privileged', policy })
    await receives(visitor, { from: inmate, kind: 'video' })
    const picture = [...visitor.consumers.values()].find(({ kind }) => kind === 'video')
    // Those of the beginning are over when a second of pictures has come without one.
    const before = await until(async () => {
      const requests = inmate.keyFrameRequests
      visitor.forget()
      await receives(visitor, { from: inmate, kind: 'video', count: 25 })
      return inmate.keyFrameRequests === requests ? requests : null
    }, 'no more requests')
    await control().call('askKeyFrame', {
      ...{ routerId: router.routerId, peerId: visitor.peerId },
      consumerId: picture?.consumerId ?? '',
    })
    await until(() => (inmate.keyFrameRequests > before ? true : null), 'the request')
  })
})

describe('the clock of a room', () => {
  it('[LV-5] counts only milliseconds in which media flowed both ways', async () => {
    const room = await openRoom()
    await receives(room.visitor, { from: room.inmate, kind: 'video' })
    await receives(room.inmate, { from: room.visitor, kind: 'video' })
    const measured = (isFlowing: boolean) =>
      new Promise<number>((resolve) => {
        control().on('room:measured', (event) => {
          if (event.visitId === room.visitId && event.isFlowing === isFlowing)
            resolve(event.bothWayMs)
        })
      })
    expect(await measured(true)).toBeGreaterThan(0)
    room.inmate.silence()
    const stoppedAt = await measured(false)
    const { bothWayMs } = await control().call('closeRoom', { visitId: room.visitId })
    expect(bothWayMs).toBe(stoppedAt)
    expect(bothWayMs).toBeLessThan(10_000)
  })
})
