import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { gotMeanwhile, receives, told, useMediaNode } from '../support/media-node-fixture.ts'
import type { TestRoom } from '../support/media-node-host.ts'
import { openSpeakerClient } from '../support/speaker-client.ts'
import { until } from '../support/until.ts'

const { control, later, openRoom, anObserver } = useMediaNode()

/** An officer speaks in the room, as its facts name them. */
async function speaks({ visitId }: TestRoom, speakerId: string) {
  const key = { visitId, speakerId }
  const { send } = await control().call('openSpeaker', key)
  const speaker = await openSpeakerClient(send, {
    connect: (transport) => control().call('connectSpeaker', { ...key, ...transport }),
    produce: (track) => control().call('produceSpeaker', { ...key, ...track }),
  })
  later(() => speaker.close())
  return speaker
}

describe('a seat that an officer has muted', () => {
  it('[OV-5] is heard by nobody, whatever its page sends, and seen as before; its sound comes back', async () => {
    const room = await openRoom()
    const { visitor, inmate, seats, say } = room
    const observer = await anObserver(room)
    const observers = [{ observerId: observer.peerId, hasFocus: true }]
    await say({ observers })
    await receives(observer, { from: visitor, kind: 'audio' })
    await say({ observers, mutedSeatIds: [seats.visitor] })
    const got = await gotMeanwhile(inmate, { from: visitor, witness: inmate })
    expect(got.audio).toBe(0)
    expect(got.video).toBeGreaterThan(0)
    expect((await gotMeanwhile(observer, { from: visitor, witness: inmate })).audio).toBe(0)
    visitor.forget()
    await receives(visitor, { from: inmate, kind: 'audio' })
    // Another microphone is another producer.
    visitor.silence()
    await visitor.publish()
    expect((await gotMeanwhile(inmate, { from: visitor, witness: inmate })).audio).toBe(0)
    await say({ observers })
    inmate.forget()
    await receives(inmate, { from: visitor, kind: 'audio' })
  })
})

describe('an officer who speaks', () => {
  it('[OV-5] is heard and seen by both sides and nobody else, in a pause too, and ends with the facts', async () => {
    const room = await openRoom()
    const { visitor, inmate, say, visitId } = room
    const observer = await anObserver(room)
    const observers = [{ observerId: observer.peerId, hasFocus: true }]
    const speakerId = randomUUID()
    await say({ observers, speakerId })
    const speaker = await speaks(room, speakerId)
    for (const party of [visitor, inmate]) {
      await receives(party, { from: speaker as never, kind: 'audio' })
      await receives(party, { from: speaker as never, kind: 'video' })
    }
    expect(observer.arrivals(speaker.tag, 'audio')).toEqual([])
    const theirs = [...inmate.consumers.values()].filter(({ seatId }) => seatId === speakerId)
    expect(theirs.map(({ kind }) => kind).toSorted()).toEqual(['audio', 'video'])
    await say({ observers, speakerId, state: 'PAUSED' })
    inmate.forget()
    await receives(inmate, { from: speaker as never, kind: 'audio' })
    const closed = told(control(), 'consumer:closed', ({ peerId }) => peerId === inmate.peerId)
    await say({ observers, state: 'LIVE' })
    await closed
    await until(() => (inmate.consumers.size === 2 ? true : null), 'the officer to be gone')
    await expect(speaks(room, speakerId)).rejects.toMatchObject({ code: 'MEDIA_POLICY_FORBIDS' })
    const { rooms } = await control().call('describe', {})
    expect(rooms.some((one) => one.visitId === visitId)).toBe(true)
  })

  it('[OV-1] [OV-5] cannot speak where nobody may watch, whatever the facts say', async () => {
    const speakerId = randomUUID()
    const room = await openRoom({
      visitClass: 'privileged',
      policy: { monitor: 'AV', isRecorded: false },
    })
    await room.say({
      visitClass: 'privileged',
      policy: { monitor: 'AV', isRecorded: false },
      speakerId,
      mutedSeatIds: [room.seats.visitor],
    })
    await expect(speaks(room, speakerId)).rejects.toMatchObject({ code: 'MEDIA_POLICY_FORBIDS' })
    // Nor is anybody muted there.
    await receives(room.inmate, { from: room.visitor, kind: 'audio' })
  })

  it('[OV-5] is nobody whom the facts do not name', async () => {
    const room = await openRoom()
    await expect(speaks(room, randomUUID())).rejects.toMatchObject({ code: 'MEDIA_POLICY_FORBIDS' })
    const unknown = { visitId: room.visitId, speakerId: randomUUID() }
    const produced = control().call('produceSpeaker', {
      ...unknown,
      kind: 'audio',
      rtpParameters: { codecs: [] },
    })
    await expect(produced).rejects.toMatchObject({ code: expect.any(String) as string })
  })
})
