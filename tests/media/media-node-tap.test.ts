import { randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { receives, told, useMediaNode } from '../support/media-node-fixture.ts'
import { aGrant } from '../support/media-node-host.ts'
import { markOf } from '../support/synthetic-rtp.ts'
import { until } from '../support/until.ts'

const { control, later, openRoom, anObserver } = useMediaNode()

describe('the recorder’s tap', () => {
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

  it('[RC-1] with a grant it passes each track on as it is described, and ends with the grant', async () => {
    const room = await openRoom({ hasRecordingGrant: true })
    const recorder = await aRecorder()
    const { tracks } = await tap(room.visitId, await aGrant(room.visitId), recorder.port)
    expect(tracks.map(({ kind, seatId }) => `${kind} ${seatId}`).sort()).toEqual(
      Object.values(room.seats)
        .flatMap((seatId) => [`audio ${seatId}`, `video ${seatId}`])
        .sort(),
    )
    const rtpOf = (ssrc: number) =>
      recorder.packets.filter((packet) => packet.readUInt32BE(8) === ssrc)
    for (const { ssrc, kind, payloadType } of tracks) {
      const [first] = await until(() => (rtpOf(ssrc).length > 9 ? rtpOf(ssrc) : null), 'tapped RTP')
      expect(first!.readUInt8(1) & 0x7f).toBe(payloadType)
      expect(markOf(first!)).toMatchObject({ kind })
    }
    await until(
      () => recorder.packets.filter((packet) => packet.readUInt8(1) === 200)[0] ?? null,
      'a sender report',
    )
    await room.say({ hasRecordingGrant: false })
    await until(() => {
      const had = recorder.packets.splice(0).length
      return had === 0 ? true : null
    }, 'the recorder to get nothing more')
    const added = told(control(), 'tap:trackAdded', ({ visitId }) => visitId === room.visitId)
    await room.say({ hasRecordingGrant: true })
    expect(await added).toMatchObject({ track: { mimeType: expect.any(String) as string } })
  })

  it('[RC-1] refuses a forged, an expired and another visit’s grant', async () => {
    const { visitId } = await openRoom({ hasRecordingGrant: true })
    const bad = await Promise.all([
      aGrant(visitId, {}, 'f'.repeat(32)),
      aGrant(visitId, { expiresAt: new Date(0).toISOString() }),
      aGrant(randomUUID()),
      aGrant(visitId, { epoch: 2 }),
    ])
    for (const grant of bad) {
      await expect(tap(visitId, grant, 9)).rejects.toMatchObject({ code: 'GRANT_REFUSED' })
    }
    const { rooms } = await control().call('describe', {})
    expect(rooms.find((room) => room.visitId === visitId)?.tapRecordingId).toBeNull()
  })

  it('[OV-1] a privileged visit has a router of its own, on which no grant opens a tap', async () => {
    const facts = {
      visitClass: 'privileged',
      policy: { monitor: 'AV', isRecorded: true },
      hasRecordingGrant: true,
    } as const
    const room = await openRoom(facts)
    expect(room.router.pool).toBe('private')
    await receives(room.visitor, { from: room.inmate, kind: 'audio' })
    const officer = await anObserver(room)
    await room.say({ ...facts, observers: [{ observerId: officer.peerId, hasFocus: true }] })
    const recorder = await aRecorder()
    const opened = tap(room.visitId, await aGrant(room.visitId), recorder.port)
    await expect(opened).rejects.toMatchObject({ code: 'MEDIA_POLICY_FORBIDS' })
    await receives(room.inmate, { from: room.visitor, kind: 'video', count: 20 })
    expect([officer.consumers.size, recorder.packets.length]).toEqual([0, 0])
  })

  it('[RC-1] refuses a tap where the facts say that nothing is recorded', async () => {
    const { visitId } = await openRoom({ policy: { monitor: 'AV', isRecorded: false } })
    const call = { visitId, epoch: 1, grant: await aGrant(visitId), address: '127.0.0.1', port: 9 }
    await expect(control().call('openTap', call)).rejects.toMatchObject({
      code: 'MEDIA_POLICY_FORBIDS',
    })
  })
})
