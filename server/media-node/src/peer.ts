import { EventEmitter } from 'node:events'
import type { types } from 'mediasoup'
import { Refusal } from '@visavis/contract/errors'
import type { Source } from '@visavis/contract/media-graph'
import { demandPermit } from '@visavis/contract/media-permits'
import type { WatchPermit } from '@visavis/contract/media-permits'
import type { QualityWishes } from '@visavis/contract/quality'
import type { MediaKind } from '@visavis/contract/rtc'
import { ClientConnect } from './client-connect.ts'
import { deafToFarLoss, observerCapabilities } from './codecs.ts'
import { consumeDeaf } from './deaf-consumer.ts'
import { isConnected } from './connection-state.ts'
import type { ClientTransport, MediaRouter } from './media-router.ts'
import type { ConsumerOwner, ProducerOwner, TransportOwner } from './ownership.ts'
import { SentTracks } from './sent-tracks.ts'

/** Names a peer on this node. */
export type PeerKey = { readonly routerId: string; readonly peerId: string }

/** A consumer with its owner in it. */
export type OwnedConsumer = types.Consumer<ConsumerOwner>

/** What shall be consumed, for which visit, and in which layer at first (null: the best). */
export type ConsumeRequest = {
  readonly producerId: string
  readonly kind: MediaKind
  /** What an observer needs (OV-1); seats see each other without. */
  readonly permit: WatchPermit | null
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
  /** Whether officers may come to the room: then nothing that a seat sends may follow from who receives it. */
  readonly mayBeWatched?: boolean
  readonly send: ClientTransport | null
  readonly receive: ClientTransport
}

/**
 * Browsers take no notice of a request for a key frame within 300 ms of the one before, and the worker then
 * waits a second before it asks again. Where no beat makes up for it, it holds requests back for so long.
 */
const KEY_FRAME_PAUSE_MS = 350

/** A seat's or observer's end at the SFU: its transports and what it sends. */
export class Peer extends EventEmitter<PeerEvents> implements Sink {
  readonly router: MediaRouter
  readonly peerId: string
  readonly visitId: string | null
  readonly send: ClientTransport | null
  readonly receive: ClientTransport
  readonly #rtpCapabilities: types.RtpCapabilities
  readonly #sent: SentTracks<ProducerOwner>
  readonly #connects = new ClientConnect()
  readonly #mayBeWatched: boolean
  #wishes: QualityWishes
  #isConnected = false
  #isClosed = false

  constructor(parts: PeerParts) {
    super()
    const { router, peerId, visitId, rtpCapabilities, send, receive } = parts
    this.router = router
    this.#sent = new SentTracks(router, () => this.emit('sourcesChanged'))
    this.peerId = peerId
    this.visitId = visitId
    this.#rtpCapabilities = visitId ? rtpCapabilities : observerCapabilities(rtpCapabilities)
    this.#wishes = parts.wishes
    this.#mayBeWatched = parts.mayBeWatched ?? false
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
    return this.#sent.all()
  }

  /** What this peer sends, as the media graph knows it. */
  sources(): Source[] {
    return this.#sent.all().map(({ id, kind }) => ({
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
    return this.#sent.publish(send, {
      kind,
      rtpParameters: this.#mayBeWatched ? deafToFarLoss(rtpParameters) : rtpParameters,
      appData: { visitId, seatId: this.peerId },
      // The beat comes by itself, and needs what it asks for not to be held back (OV-3).
      ...(kind === 'video' && !this.#mayBeWatched
        ? { keyFrameRequestDelay: KEY_FRAME_PAUSE_MS }
        : {}),
    })
  }

  /** Makes a paused consumer; an observer's takes a permit. Rejects when the client cannot decode it or is gone. */
  async consume(request: ConsumeRequest): Promise<OwnedConsumer> {
    const { producerId, kind, owner, spatialLayer, permit } = request
    if (this.visitId === null) this.#demand(permit, kind)
    const options = {
      producerId,
      rtpCapabilities: this.#rtpCapabilities,
      paused: true,
      enableRtx: true,
      ...(spatialLayer === null ? {} : { preferredLayers: { spatialLayer } }),
      appData: owner,
    }
    const consumer = await (this.visitId === null
      ? consumeDeaf(this.receive, options)
      : this.receive.consume(options))
    if (consumer.kind === kind) return consumer
    // The permit was for something else; nothing has passed, for it is paused.
    consumer.close()
    throw new Refusal('MEDIA_POLICY_FORBIDS', { why: 'another kind' })
  }

  /** Idempotent; closes all that stands on the peer's transports. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const transport of this.#transports()) transport.close()
    this.emit('closed')
  }

  #demand(permit: unknown, kind: MediaKind): void {
    const isPrivileged = this.router.pool === 'private'
    demandPermit(permit, { use: kind === 'audio' ? 'SOUND' : 'LIVE', isPrivileged })
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
  who: Pick<PeerParts, 'peerId' | 'visitId' | 'rtpCapabilities' | 'wishes' | 'mayBeWatched'>,
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
