import { EventEmitter } from 'node:events'
import type { types } from 'mediasoup'
import type { z } from 'zod'
import { Refusal } from '@visavis/contract/errors'
import type { LoopTrackFigures } from '@visavis/contract/loop-control'
import { allowedLoopFlows } from '@visavis/contract/media-graph'
import type { LoopConsumer, LoopPath } from '@visavis/contract/preflight-socket'
import type { MediaKind } from '@visavis/contract/rtc'
import { ClientConnect, messageOf } from './client-connect.ts'
import type { ClientTransport, OpenRouter } from './media-router.ts'
import type { LoopOwner } from './ownership.ts'
import { rtpForWire } from './rtc-values.ts'
import { SerialQueue } from './serial.ts'

/** Both ends of one way, and what flows there and back. */
type Link = {
  readonly send: ClientTransport
  readonly receive: ClientTransport
  readonly rtpCapabilities: types.RtpCapabilities
  readonly tracks: Map<MediaKind, LoopTrack>
}
type LoopTrack = {
  readonly producer: types.Producer<LoopOwner>
  readonly consumer: types.Consumer<LoopOwner>
}

/** One person's test of the way to us and back (LV-10): what it sends comes back to it, and to nobody else. */
export class Loop extends EventEmitter<{ closed: [] }> {
  readonly loopId: string
  readonly router: OpenRouter
  readonly #queue = new SerialQueue()
  readonly #connects = new ClientConnect()
  #link: Link | null = null
  #isClosed = false

  constructor(loopId: string, router: OpenRouter) {
    super()
    this.loopId = loopId
    this.router = router
  }

  /** Opens both transports by that way, closing the last ones. */
  link(request: {
    path: LoopPath
    rtpCapabilities: types.RtpCapabilities
  }): Promise<{ send: ClientTransport; receive: ClientTransport }> {
    return this.#queue.run(async () => {
      this.#unlink()
      const owner = { role: 'loop', loopId: this.loopId } as const
      const open = () => this.router.openClientTransport(owner, request.path)
      const [send, receive] = await Promise.all([open(), open()])
      this.#link = { send, receive, rtpCapabilities: request.rtpCapabilities, tracks: new Map() }
      if (this.#isClosed) this.#unlink()
      return { send, receive }
    })
  }

  /** Takes the client's DTLS parameters for one of its transports. */
  async connect(transportId: string, dtlsParameters: types.DtlsParameters): Promise<void> {
    const { send, receive } = this.#linked()
    await this.#connects.connect([send, receive], transportId, dtlsParameters)
  }

  /** Publishes a track in the place of one of its kind; what comes back of it is paused. */
  produce(
    kind: MediaKind,
    rtpParameters: types.RtpParameters,
  ): Promise<z.input<typeof LoopConsumer>> {
    return this.#queue.run(async () => {
      const link = this.#linked()
      const track = await this.#makeTrack(link, kind, rtpParameters).catch((error: unknown) => {
        throw new Refusal('PRODUCER_REFUSED', { why: messageOf(error) })
      })
      link.tracks.set(kind, track)
      const { id: consumerId, producerId, rtpParameters: back } = track.consumer
      return { consumerId, producerId, kind, rtpParameters: rtpForWire(back) }
    })
  }

  /** Lets a track come back. */
  async resume(consumerId: string): Promise<void> {
    const tracks = [...this.#linked().tracks.values()]
    const track = tracks.find(({ consumer }) => consumer.id === consumerId)
    if (!track) throw new Refusal('CONSUMER_NOT_FOUND')
    await track.consumer.resume()
  }

  /** What came in on each track of the standing link, as the worker counted it. */
  async measure(): Promise<z.input<typeof LoopTrackFigures>[]> {
    const tracks = [...(this.#link?.tracks ?? [])]
    return Promise.all(tracks.map(([kind, track]) => figuresOf(kind, track)))
  }

  /** Idempotent. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#unlink()
    this.emit('closed')
  }

  async #makeTrack(
    { send, receive, rtpCapabilities, tracks }: Link,
    kind: MediaKind,
    rtpParameters: types.RtpParameters,
  ): Promise<LoopTrack> {
    const { loopId } = this
    this.router.checkProducible(kind, rtpParameters)
    tracks.get(kind)?.producer.close()
    const appData: LoopOwner = { loopId }
    const producer = await send.produce({ kind, rtpParameters, appData })
    const { id: producerId } = producer
    const [flow] = allowedLoopFlows(loopId, [{ producerId, loopId, kind }])
    if (flow?.sink !== loopId) throw new Refusal('MEDIA_POLICY_FORBIDS')
    const consumer = await receive.consume({
      producerId,
      rtpCapabilities,
      paused: true,
      enableRtx: true,
      appData,
    })
    return { producer, consumer }
  }

  #linked(): Link {
    if (!this.#link) throw new Refusal('TRANSPORT_NOT_FOUND')
    return this.#link
  }

  #unlink(): void {
    this.#link?.send.close()
    this.#link?.receive.close()
    this.#link = null
  }
}

async function figuresOf(
  kind: MediaKind,
  { producer }: LoopTrack,
): Promise<z.input<typeof LoopTrackFigures>> {
  const streams = await producer.getStats().catch(() => [])
  const trips = streams.flatMap(({ roundTripTime }) => roundTripTime ?? [])
  return {
    kind,
    packets: streams.reduce((sum, { packetCount }) => sum + packetCount, 0),
    // A repeated packet that came after all counts against what was lost: never below nothing.
    lost: Math.max(
      0,
      streams.reduce((sum, { packetsLost }) => sum + packetsLost, 0),
    ),
    roundTripMs: trips.length > 0 ? Math.max(...trips) : null,
  }
}
