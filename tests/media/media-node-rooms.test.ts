import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { receives, told, useMediaNode } from '../support/media-node-fixture.ts'
import { aRoom, connectToNode, factsOf, startMediaNode } from '../support/media-node-host.ts'
import { RtcClient } from '../support/rtc-client.ts'

const { control, later, openRoom } = useMediaNode()

describe('rooms and their servers', () => {
  it('opening twice is an update, a lower epoch is refused, a higher one replaces the room', async () => {
    const room = await openRoom({}, { epoch: 2 })
    const { visitId, seats, router } = room
    const open = (epoch: number) =>
      control().call('openRoom', { visitId, epoch, facts: factsOf(seats) as never })
    expect(await open(2)).toMatchObject({ routerId: router.routerId })
    await expect(open(1)).rejects.toMatchObject({ code: 'MEDIA_EPOCH_CHANGED' })
    await open(3)
    await expect(room.say({})).rejects.toMatchObject({ code: 'MEDIA_EPOCH_CHANGED' })
    const { rooms } = await control().call('describe', {})
    const peers = rooms.find((one) => one.visitId === visitId)?.peers
    expect(peers?.map(({ hasTransports }) => hasTransports)).toEqual([false, false])
  })

  it('[OV-1] a change of class closes the room', async () => {
    const room = await openRoom()
    const violated = told(control(), 'room:violated', ({ visitId }) => visitId === room.visitId)
    await expect(room.say({ visitClass: 'privileged' })).rejects.toMatchObject({
      code: 'MEDIA_POLICY_FORBIDS',
    })
    expect(await violated).toMatchObject({ epoch: 1 })
  })

  it('refuses strangers and unknown rooms, and changes nothing', async () => {
    const { visitId, router, visitor } = await openRoom()
    const stranger = RtcClient.open(control(), router, { peerId: randomUUID(), visitId })
    await expect(stranger).rejects.toMatchObject({ code: 'SEAT_NOT_FOUND' })
    const unknown = control().call('closeRoom', { visitId: randomUUID() })
    await expect(unknown).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
    const consumer = { routerId: router.routerId, peerId: visitor.peerId, consumerId: randomUUID() }
    await expect(control().call('resumeConsumer', consumer)).rejects.toMatchObject({
      code: 'CONSUMER_NOT_FOUND',
    })
  })

  it('[OV-2] refuses a track of a foreign codec or of another kind than it says; what was sent goes on', async () => {
    const { visitor, inmate } = await openRoom()
    const h264 = { mimeType: 'video/H264', payloadType: 97, clockRate: 90_000 }
    const opus = { mimeType: 'audio/opus', payloadType: 98, clockRate: 48_000, channels: 2 }
    for (const codec of [h264, opus]) {
      const refused = visitor.produce('video', { codecs: [codec], encodings: [{ ssrc: 7 }] })
      await expect(refused).rejects.toMatchObject({ code: 'PRODUCER_REFUSED' })
    }
    inmate.forget()
    await receives(inmate, { from: visitor, kind: 'video' })
  })

  it('keeps rooms and media while no server is there, and describes them to one that comes back', async () => {
    const lonely = await startMediaNode()
    const first = await connectToNode(lonely)
    const room = await aRoom(first)
    later(() => lonely.close())
    later(() => room.visitor.close())
    later(() => room.inmate.close())
    await receives(room.inmate, { from: room.visitor, kind: 'audio' })
    const { bootId } = await first.call('describe', {})
    first.close()
    room.inmate.forget()
    await receives(room.inmate, { from: room.visitor, kind: 'audio', count: 100 })
    const second = await connectToNode(lonely)
    later(() => second.close())
    const described = await second.call('describe', {})
    expect(described.bootId).toBe(bootId)
    expect(described.rooms).toMatchObject([
      {
        visitId: room.visitId,
        epoch: 1,
        peers: [
          { peerId: room.seats.visitor, hasTransports: true },
          { peerId: room.seats.inmate, hasTransports: true },
        ],
      },
    ])
    expect(described.rooms[0]!.peers.map(({ consumers }) => consumers.length)).toEqual([2, 2])
    expect(described.rooms[0]!.bothWayMs).toBeGreaterThan(0)
  })
})
