import { EventEmitter } from 'node:events'
import type { types } from 'mediasoup'
import { Refusal } from '@visavis/contract/errors'
import type { Source } from '@visavis/contract/media-graph'
import type { QualityWishes } from '@visavis/contract/quality'
import type { MediaKind } from '@visavis/contract/rtc'
import { ClientConnect, messageOf } from './client-connect.ts'
import { isConnected } from './connection-state.ts'
import type { ClientTransport, MediaRouter } from './media-router.ts'
import type { ConsumerOwner, ProducerOwner, TransportOwner } from './ownership.ts'

/**
 * Browsers take no notice of a request for a key frame within 300 ms of the one before, and the worker
 * then waits a whole second before it asks again: whoever comes second (the recorder, mostly) would miss
 * the first second of the picture. The worker holds requests back for this long instead.
 */
const KEYFRAME_PAUSE_MS = 350

/** Names a peer on this node. */
export type PeerKey = { readonly routerId: string; readonly peerId: string }

/** A consumer with its owner in it. */
export type OwnedConsumer = types.Consumer<ConsumerOwner>

/** What shall be consumed, for which visit, and in which layer at first (null: the best). */
export type ConsumeRequest = {
  readonly producerId: string
  readonly owner: ConsumerOwner
  readonly spatialLayer: number | null
}

/** Something that media can go to: a peer, or the recorder's tap. */
export type Sink = { readonly consume: (request: ConsumeRequest) => Promise<OwnedConsumer> }

type PeerEvents = {
  connectionChanged: [boolean]
  /** A producer came or went. */
  sourcesChanged: []
  wishesChanged: []
  closed: []
}

type PeerParts = {
  readonly router: MediaRouter
  readonly peerId: string
  /** The seat's room; null for an observer, who only receives. */
  readonly visitId: string | null
  readonly rtpCapabilities: types.RtpCapabilities
  readonly wishes: QualityWishes
  readonly send: ClientTransport | null
  readonly receive: ClientTransport
}

/** A seat's or observer's end at the SFU: its transports and what it sends. */
export class Peer extends EventEmitter<PeerEvents> implements Sink {
  readonly router: MediaRouter
  readonly peerId: string
  readonly visitId: string | null
  readonly send: ClientTransport | null
  readonly receive: ClientTransport
  readonly #rtpCapabilities: types.RtpCapabilities
  readonly #producers = new Map<MediaKind, types.Producer<ProducerOwner>>()
  readonly #connects = new ClientConnect()
  #wishes: QualityWishes
  #isConnected = false
  #isClosed = false

  constructor(parts: PeerParts) {
    super()
    const { router, peerId, visitId, rtpCapabilities, send, receive } = parts
    this.router = router
    this.peerId = peerId
    this.visitId = visitId
    this.#rtpCapabilities = rtpCapabilities
    this.#wishes = parts.wishes
    this.send = send
    this.receive = receive
    for (const transport of this.#transports()) this.#follow(transport)
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Whether all its transports stand. */
  get isConnected(): boolean {
    return this.#isConnected && !this.#isClosed
  }

  /** What the person there wishes of the quality. */
  get wishes(): QualityWishes {
    return this.#wishes
  }

  set wishes(wishes: QualityWishes) {
    this.#wishes = wishes
    this.emit('wishesChanged')
  }

  /** What this peer sends, as the library has it. */
  producers(): types.Producer<ProducerOwner>[] {
    return [...this.#producers.values()]
  }

  /** What this peer sends, as the media graph knows it. */
  sources(): Source[] {
    return [...this.#producers.values()].map(({ id, kind }) => ({
      producerId: id,
      seatId: this.peerId,
      kind,
    }))
  }

  /** Takes the client's DTLS parameters; a repeated call has the first one's result. */
  connect(transportId: string, dtlsParameters: types.DtlsParameters): Promise<void> {
    return this.#connects.connect(this.#transports(), transportId, dtlsParameters)
  }

  /** New ICE credentials for the transport in which the client sends or receives. */
  restartIce(direction: 'send' | 'receive'): Promise<types.IceParameters> {
    const transport = direction === 'send' ? this.send : this.receive
    if (!transport) throw new Refusal('TRANSPORT_NOT_FOUND')
    return transport.restartIce()
  }

  /** Publishes a track in the place of one of its kind. */
  async produce(kind: MediaKind, rtpParameters: types.RtpParameters): Promise<string> {
    const { visitId, send } = this
    if (!visitId || !send)
      throw new Refusal('PRODUCER_REFUSED', { why: 'an observer only receives' })
    try {
      this.router.checkProducible(kind, rtpParameters)
      // One that was there may use the same SSRCs, so it goes first; what is refused above changes nothing.
      this.#producers.get(kind)?.close()
      return this.#keep(
        await send.produce({
          kind,
          rtpParameters,
          appData: { visitId, seatId: this.peerId },
          ...(kind === 'video' ? { keyFrameRequestDelay: KEYFRAME_PAUSE_MS } : {}),
        }),
      )
    } catch (error) {
      throw new Refusal('PRODUCER_REFUSED', { why: messageOf(error) })
    }
  }

  /** Makes a paused consumer. Rejects when the client cannot decode it or is gone. */
  consume({ producerId, owner, spatialLayer }: ConsumeRequest): Promise<OwnedConsumer> {
    return this.receive.consume({
      producerId,
      rtpCapabilities: this.#rtpCapabilities,
      paused: true,
      enableRtx: true,
      ...(spatialLayer === null ? {} : { preferredLayers: { spatialLayer } }),
      appData: owner,
    })
  }

  /** Idempotent; closes all that stands on the peer's transports. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const transport of this.#transports()) transport.close()
    this.emit('closed')
  }

  #keep(producer: types.Producer<ProducerOwner>): string {
    const { kind } = producer
    // Two commands at once: the one that was carried out last stands.
    this.#producers.get(kind)?.close()
    this.#producers.set(kind, producer)
    producer.observer.once('close', () => {
      if (this.#producers.get(kind) === producer) this.#producers.delete(kind)
      this.emit('sourcesChanged')
    })
    this.emit('sourcesChanged')
    return producer.id
  }

  #transports(): ClientTransport[] {
    return this.send ? [this.send, this.receive] : [this.receive]
  }

  #follow(transport: ClientTransport): void {
    const look = () => this.#noticeConnection()
    transport.on('icestatechange', look)
    transport.on('dtlsstatechange', look)
    // Its router or worker went away.
    transport.observer.once('close', () => this.close())
  }

  #noticeConnection(): void {
    const states = this.#transports().map(({ iceState, dtlsState }) => ({
      ice: iceState,
      dtls: dtlsState,
    }))
    const isNow = isConnected(states)
    if (this.#isClosed || isNow === this.#isConnected) return
    this.#isConnected = isNow
    this.emit('connectionChanged', isNow)
  }
}

/** Opens the transports of a peer: two for a seat, one for an observer. */
export async function openPeer(
  router: MediaRouter,
  who: Pick<PeerParts, 'peerId' | 'visitId' | 'rtpCapabilities' | 'wishes'>,
): Promise<Peer> {
  const { peerId, visitId } = who
  const owner: TransportOwner = visitId
    ? { role: 'seat', visitId, peerId }
    : { role: 'observer', peerId }
  const [receive, send] = await Promise.all([
    router.openClientTransport(owner),
    visitId ? router.openClientTransport(owner) : null,
  ])
  return new Peer({ ...who, router, send, receive })
}
