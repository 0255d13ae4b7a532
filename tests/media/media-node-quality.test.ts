import { describe, expect, it } from 'vitest'
import type { SeatQuality } from '@visavis/contract/quality'
import { receives, told, useMediaNode } from '../support/media-node-fixture.ts'
import type { TestRoom } from '../support/media-node-host.ts'
import { RtcClient } from '../support/rtc-client.ts'
import { until } from '../support/until.ts'

const { control, later, openRoom } = useMediaNode()

/** Packets of each layer every 40 ms: 160 and 800 kbit/s; then 470 kbit/s even of the smallest. */
const ORDINARY = [4, 8]
const HEAVY = [12, 12]

/** The visitor anew, with the SFU fitting pictures to what the line may carry. */
async function onAManagedLine({ router, seats, visitId }: TestRoom): Promise<RtcClient> {
  const who = { peerId: seats.visitor, visitId, isManaged: true }
  const managed = await RtcClient.open(control(), router, who)
  later(() => managed.close())
  await managed.publish()
  return managed
}

const saver = (isDataSaver: boolean) => ({ wishes: { isDataSaver, keepsPicture: false } })

const layersNow = (client: RtcClient, from: RtcClient): Promise<number[]> => {
  client.forget()
  return receives(client, { from, kind: 'video', count: 10 }).then((marks) =>
    marks.map(({ layer }) => layer),
  )
}

/** Waits until only that layer comes any more. */
async function comesTo(layer: number, client: RtcClient, from: RtcClient): Promise<void> {
  await until(async () => {
    const layers = await layersNow(client, from)
    return layers.every((each) => each === layer) ? true : null
  }, `nothing but layer ${layer}`)
}

/** What the node tells of a seat, once it is as meant. */
async function qualityOf(
  { visitId }: TestRoom,
  seatId: string,
  isMeant: (quality: SeatQuality) => boolean,
): Promise<SeatQuality> {
  const found = (seats: readonly SeatQuality[]) =>
    seats.find((seat) => seat.seatId === seatId && isMeant(seat))
  const event = await told(
    control(),
    'room:quality',
    (room) => room.visitId === visitId && found(room.seats) !== undefined,
  )
  return found(event.seats) as SeatQuality
}

describe('a seat that may get little', () => {
  it('[LV-9] loses the layers first, then the picture, and never the voice', async () => {
    const room = await openRoom()
    const { inmate, seats, router } = room
    const key = { routerId: router.routerId, peerId: seats.visitor }
    const managed = await onAManagedLine(room)
    await inmate.publish(ORDINARY)
    await comesTo(1, managed, inmate)
    await control().call('preferQuality', { ...key, ...saver(true) })
    await comesTo(0, managed, inmate)
    inmate.silence()
    await inmate.publish(HEAVY)
    const poor = await qualityOf(room, seats.visitor, ({ receive }) => seats.inmate in receive.held)
    expect(poor.receive).toMatchObject({ held: { [seats.inmate]: 'PICTURE' }, layers: 0 })
    managed.forget()
    await receives(managed, { from: inmate, kind: 'audio', count: 50 })
    expect(managed.arrivals(inmate.tag, 'video')).toEqual([])
    // The other side loses nothing.
    await receives(inmate, { from: managed, kind: 'video' })
  })

  it('[LV-9] gets all layers again when the data saver is switched off', async () => {
    const room = await openRoom()
    const { inmate, visitor, seats, router } = room
    const key = { routerId: router.routerId, peerId: seats.visitor }
    await control().call('preferQuality', { ...key, ...saver(true) })
    await comesTo(0, visitor, inmate)
    await control().call('preferQuality', { ...key, ...saver(false) })
    await comesTo(1, visitor, inmate)
  })
})

describe('figures of connections', () => {
  it('[OV-9] are told of every class, privileged visits too', async () => {
    const policy = { monitor: 'NONE', isRecorded: false } as const
    const room = await openRoom({ visitClass: 'privileged', policy })
    await receives(room.visitor, { from: room.inmate, kind: 'video' })
    const quality = await qualityOf(room, room.seats.visitor, ({ send }) => send.bps > 0)
    expect(quality).toMatchObject({ level: 'GOOD', send: { layers: 2 }, receive: { held: {} } })
  })
})
