import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { EventPayload } from '@visavis/contract/command'
import type { mediaEvents } from '@visavis/contract/media-control'
import type { MediaKind } from '@visavis/contract/rtc'
import type { MediaNode } from '@visavis/media-node/node'
import { aRoom, connectToNode, startMediaNode } from './media-node-host.ts'
import type { FactChanges, RoomPlace, TestRoom } from './media-node-host.ts'
import { RtcClient } from './rtc-client.ts'
import type { MediaControl } from './rtc-client.ts'
import type { Mark } from './synthetic-rtp.ts'
import { until } from './until.ts'

type EventName = Parameters<MediaControl['on']>[0]

/** Packets that show beyond doubt that something flows. */
const A_FEW = 5

/** A media node for a file of tests, with clients that are closed after each. */
export type MediaNodeFixture = {
  readonly control: () => MediaControl
  /** Closed after the test, last opened first. */
  readonly later: (close: () => unknown) => void
  readonly openRoom: (changes?: FactChanges, place?: RoomPlace) => Promise<TestRoom>
  /** An officer's client on the room's router; the room's facts must name it before it gets anything. */
  readonly anObserver: (room: Pick<TestRoom, 'router'>) => Promise<RtcClient>
}

export function useMediaNode(...surroundings: Parameters<typeof startMediaNode>): MediaNodeFixture {
  let node: MediaNode
  let control: MediaControl
  const closers: (() => unknown)[] = []
  const later = (close: () => unknown) => void closers.push(close)

  beforeAll(async () => {
    node = await startMediaNode(...surroundings)
    control = await connectToNode(node)
  })
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })
  afterAll(async () => {
    control.close()
    await node.close()
  })

  return {
    control: () => control,
    later,
    openRoom: async (changes, place) => {
      const room = await aRoom(control, changes, place)
      later(() => control.call('closeRoom', { visitId: room.visitId }).catch(() => undefined))
      later(() => room.visitor.close())
      later(() => room.inmate.close())
      return room
    },
    anObserver: async ({ router }) => {
      const who = { peerId: randomUUID(), visitId: null }
      const observer = await RtcClient.open(control, router, who)
      const { routerId, peerId } = observer
      later(() => control.call('closePeer', { routerId, peerId }))
      later(() => observer.close())
      return observer
    },
  }
}

/** The next event of that name for which `isMeant` holds. */
export function told<Name extends EventName>(
  control: MediaControl,
  name: Name,
  isMeant: (payload: EventPayload<typeof mediaEvents, Name>) => boolean = () => true,
): Promise<EventPayload<typeof mediaEvents, Name>> {
  return new Promise((resolve) => {
    control.on(name, (payload) => {
      if (isMeant(payload)) resolve(payload)
    })
  })
}

/** Waits until that many packets of that kind have come from that sender, and gives them. */
export function receives(
  client: RtcClient,
  { from, kind, count = A_FEW }: { from: RtcClient; kind: MediaKind; count?: number },
): Promise<Mark[]> {
  return until(() => {
    const marks = client.arrivals(from.tag, kind)
    return marks.length >= count ? marks : null
  }, `${kind} of the other client`)
}

/**
 * How much a client got of what a sender sent from now on, while a witness, who gets the sender's
 * pictures, certainly got some.
 */
export async function gotMeanwhile(
  client: RtcClient,
  { from, witness }: { from: RtcClient; witness: RtcClient },
): Promise<{ audio: number; video: number }> {
  const startedAtMs = performance.now()
  witness.forget()
  await receives(witness, { from, kind: 'video', count: 2 * A_FEW })
  const countOf = (kind: MediaKind) =>
    client.arrivals(from.tag, kind).filter(({ sentAtMs }) => sentAtMs > startedAtMs).length
  return { audio: countOf('audio'), video: countOf('video') }
}
