import { describe, expect, it } from 'vitest'
import type { SeatQuality } from '@visavis/contract/quality'
import { receives, told, useMediaNode } from '../support/media-node-fixture.ts'
import type { TestRoom } from '../support/media-node-host.ts'
import { RtcClient } from '../support/rtc-client.ts'
import { until } from '../support/until.ts'

/** For the node a second lasts half as long, so that nobody waits 15 s; more would seem a line that is down. */
const TIMES_AS_FAST = 2
const { control, later, openRoom } = useMediaNode({
  monotonicMs: () => TIMES_AS_FAST * performance.now(),
})

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

/** The smallest layer of HEAVY at a third of its rate; then at half, which the line carries as well. */
const THINNED = [4, 12]
const FULLER = [6, 12]

/** Waits until the pictures that come of a sender take so many packets each. */
async function comesInPackets(count: number, client: RtcClient, from: RtcClient): Promise<void> {
  await until(async () => {
    client.forget()
    const marks = await receives(client, { from, kind: 'video', count: 5 * count })
    const sizes = marks.map(
      ({ sentAtMs }) => marks.filter((other) => other.sentAtMs === sentAtMs).length,
    )
    return Math.max(...sizes) === count ? true : null
  }, `pictures of ${count} packets`)
}

describe('a seat that gets little in a visit in which somebody signs', () => {
  it('[LV-9] has the other one send less, hears it all the while, and then has more sent', async () => {
    const room = await openRoom()
    const { inmate, seats, router } = room
    const key = { routerId: router.routerId, peerId: seats.visitor }
    const managed = await onAManagedLine(room)
    inmate.silence()
    await inmate.publish(HEAVY)
    await comesTo(1, managed, inmate)
    const wishes = { isDataSaver: true, keepsPicture: true }
    await control().call('preferQuality', { ...key, wishes })
    const asked = await qualityOf(room, seats.inmate, ({ send }) => send.asked !== 'WHOLE')
    expect(asked.send.asked).toBe('LEAN')
    inmate.pace(THINNED)
    await comesInPackets(4, managed, inmate)
    managed.forget()
    await receives(managed, { from: inmate, kind: 'audio', count: 50 })
    await qualityOf(room, seats.inmate, ({ send }) => send.asked === 'WHOLE')
    inmate.pace(FULLER)
    await comesInPackets(6, managed, inmate)
    await receives(managed, { from: inmate, kind: 'audio', count: 50 })
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
