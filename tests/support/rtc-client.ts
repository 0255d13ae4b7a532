import { randomInt } from 'node:crypto'
import type { ControlClient } from '@visavis/platform/control-client'
import type { RouterInfo, mediaCommands, mediaEvents } from '@visavis/contract/media-control'
import type { ConsumerInfo, MediaKind, RtpCapabilities, RtpParameters } from '@visavis/contract/rtc'
import { openRtcEnd } from './rtc-end.ts'
import type { RtcEnd } from './rtc-end.ts'
import { LEVEL_EXTENSION, SyntheticTrack, markOf } from './synthetic-rtp.ts'
import type { Mark } from './synthetic-rtp.ts'

export type MediaControl = ControlClient<typeof mediaCommands, typeof mediaEvents>

const OPUS = { payloadType: 111, mimeType: 'audio/opus', clockRate: 48_000, channels: 2 } as const
/** A sender that can be asked for a key frame, as browsers can. */
const VP8 = {
  ...{ payloadType: 96, mimeType: 'video/VP8', clockRate: 90_000 },
  rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
}
/** One Opus packet; a picture goes with every second one. */
const SEND_EVERY_MS = 20
/** Sender reports let the SFU change between layers. */
const REPORT_EVERY_TICKS = 10
/** Packets that each simulcast layer of a picture takes, the smallest layer first. */
const SMALL_PICTURES: readonly number[] = [1, 1]

/** Whose client it is; `visitId` null for an observer, `isManaged` for one whose pictures the SFU fits to the line. */
type Who = {
  readonly peerId: string
  readonly visitId: string | null
  readonly isManaged?: boolean
}

/** A track, and how many packets of it go out at a time. */
type Sending = { readonly track: SyntheticTrack; packets: number }

/**
 * A seat's or observer's client without a browser: it opens its peer at a media node, sends synthetic
 * sound and pictures, resumes what it is given and counts what arrives, by kind and sender's tag.
 */
export class RtcClient {
  readonly peerId: string
  readonly routerId: string
  readonly consumers = new Map<string, ConsumerInfo>()
  /** Names this client's packets at the other ends. */
  readonly tag = randomInt(1, 0x7fff_ffff)
  readonly #control: MediaControl
  readonly #send: RtcEnd | null
  readonly #receive: RtcEnd
  readonly #arrivals: Mark[] = []
  #onArrival: (mark: Mark) => void = (mark) => this.#arrivals.push(mark)
  #onSent: (mark: Mark) => void = () => undefined
  #timer: NodeJS.Timeout | undefined
  #layers: readonly Sending[] = []
  #keyFrameRequests: number[] = []
  /** Pictures that need those before them are sent until somebody asks for another one, as browsers do. */
  #isThrifty = false
  #areKeyFramesDue = true
  #packets = 0
  #loseEvery = Number.POSITIVE_INFINITY

  private constructor(parts: {
    control: MediaControl
    key: { routerId: string; peerId: string }
    send: RtcEnd | null
    receive: RtcEnd
  }) {
    this.#control = parts.control
    this.peerId = parts.key.peerId
    this.routerId = parts.key.routerId
    this.#send = parts.send
    this.#receive = parts.receive
    this.#send?.onPacket((packet) => {
      const asked = keyFrameRequestsIn(packet)
      this.#keyFrameRequests.push(...asked)
      if (asked.length > 0) this.#areKeyFramesDue = true
    })
    this.#receive.onPacket((packet) => {
      const mark = markOf(packet)
      if (mark) this.#onArrival(mark)
    })
  }

  /** Opens the peer and connects its transports; `visitId` null for an observer. */
  static async open(
    control: MediaControl,
    router: RouterInfo,
    { peerId, visitId, isManaged = false }: Who,
  ): Promise<RtcClient> {
    const key = { routerId: router.routerId, peerId }
    const { routerRtpCapabilities } = router
    const rtpCapabilities = isManaged
      ? managedCapabilities(routerRtpCapabilities)
      : plainCapabilities(routerRtpCapabilities)
    const info = await control.call('openPeer', { ...key, visitId, rtpCapabilities })
    const send = info.send && openRtcEnd(`${peerId}>`, info.send, 'send')
    const receive = openRtcEnd(`${peerId}<`, info.receive, 'receive')
    const client = new RtcClient({ control, key, send, receive })
    client.#follow(control)
    const connect = (transportId: string, { dtlsParameters }: RtcEnd) =>
      control.call('connectTransport', { ...key, transportId, dtlsParameters })
    await Promise.all([
      info.send && send ? connect(info.send.transportId, send) : null,
      connect(info.receive.transportId, receive),
    ])
    await Promise.all([send?.opened, receive.opened])
    return client
  }

  /** Publishes sound and a picture in layers, and sends until it is closed. Gives the producers' ids. */
  async publish(
    packetsPerLayer = SMALL_PICTURES,
    { isThrifty = false } = {},
  ): Promise<{ audio: string; video: string }> {
    this.#isThrifty = isThrifty
    const sound = { track: this.#track('audio', 0), packets: 1 }
    const layers = packetsPerLayer.map((packets, layer) => ({
      track: this.#track('video', layer),
      packets,
    }))
    const audio = await this.produce('audio', parametersOf(OPUS, [sound]))
    const video = await this.produce('video', parametersOf(VP8, layers))
    this.#startSending(sound, layers)
    return { audio, video }
  }

  /** From now on each layer's picture takes so many packets, as of an encoder that was told another rate. */
  pace(packetsPerLayer: readonly number[]): void {
    for (const [index, layer] of this.#layers.entries()) {
      layer.packets = packetsPerLayer[index] ?? layer.packets
    }
  }

  /** Publishes a track of any parameters, good or bad; nothing is sent for it. */
  async produce(kind: MediaKind, rtpParameters: RtpParameters): Promise<string> {
    const { routerId, peerId } = this
    const request = { routerId, peerId, kind, rtpParameters }
    return (await this.#control.call('createProducer', request)).producerId
  }

  /** Packets that arrived so far from that sender; forget them first with {@link forget}. */
  arrivals(tag: number, kind: MediaKind): Mark[] {
    return this.#arrivals.filter((mark) => mark.tag === tag && mark.kind === kind)
  }

  /** How often the SFU asked for a picture that can be decoded by itself. */
  get keyFrameRequests(): number {
    return this.#keyFrameRequests.length
  }

  /** The same by the SSRC that was asked, which is one layer. */
  keyFrameRequestsBySsrc(): ReadonlyMap<number, number> {
    const requests = new Map<number, number>()
    for (const ssrc of this.#keyFrameRequests) requests.set(ssrc, (requests.get(ssrc) ?? 0) + 1)
    return requests
  }

  /** Asks, as a browser would that cannot show what it gets, for a key frame of each picture. */
  askForKeyFrames(): void {
    for (const { kind, rtpParameters } of this.consumers.values()) {
      const ssrc = rtpParameters.encodings?.[0]?.ssrc
      if (kind === 'video' && ssrc !== undefined) this.#receive.send(pictureLoss(ssrc))
    }
  }

  forget(): void {
    this.#arrivals.length = 0
  }

  /** Takes arrivals instead of keeping them: for benchmarks, which count and measure on the fly. */
  onArrival(listener: (mark: Mark) => void): void {
    this.#onArrival = listener
  }

  /** Is told of every packet sent: for benchmarks, which compare it with what arrives. */
  onSent(listener: (mark: Mark) => void): void {
    this.#onSent = listener
  }

  /** From now on each packet of that number is made, counted and not sent: a line that loses. */
  loseEvery(packets: number): void {
    this.#loseEvery = packets
  }

  /** Sends nothing more; its producers stay. */
  silence(): void {
    clearInterval(this.#timer)
  }

  /** Idempotent. The node learns of it by itself, as it would of a closed browser. */
  close(): void {
    this.silence()
    this.#send?.close()
    this.#receive.close()
  }

  /** Takes up events on (another) control connection, as a server that came back does. */
  #follow(control: MediaControl): void {
    control.on('consumer:created', ({ peerId, routerId, consumer }) => {
      if (peerId !== this.peerId || routerId !== this.routerId) return
      this.consumers.set(consumer.consumerId, consumer)
      const { consumerId } = consumer
      // It may have been closed again meanwhile.
      control.call('resumeConsumer', { routerId, peerId, consumerId }).catch(() => undefined)
    })
    control.on('consumer:closed', ({ consumerId }) => void this.consumers.delete(consumerId))
  }

  #track(kind: MediaKind, layer: number): SyntheticTrack {
    const { payloadType } = kind === 'audio' ? OPUS : VP8
    const ssrc = randomInt(1, 0xffff_ffff)
    return new SyntheticTrack({ kind, ssrc, payloadType, layer, tag: this.tag })
  }

  #startSending(sound: Sending, layers: readonly Sending[]): void {
    this.#layers = layers
    const all = [sound, ...layers]
    let tick = 0
    this.#timer = setInterval(() => {
      const nowMs = performance.now()
      for (const sending of tick % 2 === 0 ? all : [sound]) this.#sendPicture(sending, nowMs)
      if (tick % 2 === 0) this.#areKeyFramesDue = false
      if (tick % REPORT_EVERY_TICKS === 0) {
        for (const { track } of all) this.#send?.send(track.report(nowMs))
      }
      tick += 1
    }, SEND_EVERY_MS)
  }

  #sendPicture({ track, packets }: Sending, nowMs: number): void {
    const { kind, layer, tag } = track.stream
    for (let count = 0; count < packets; count += 1) {
      const packet = track.next(nowMs, !this.#isThrifty || this.#areKeyFramesDue)
      this.#packets += 1
      if (this.#packets % this.#loseEvery !== 0) this.#send?.send(packet)
      this.#onSent({ kind, layer, tag, sentAtMs: nowMs })
    }
  }
}

const RTCP_PAYLOAD_SPECIFIC = 206
const PICTURE_LOSS = 1

/** The SSRCs asked in a compound RTCP packet (RFC 4585): each part's length is counted in words. */
function keyFrameRequestsIn(packet: Buffer): number[] {
  const asked: number[] = []
  for (let at = 0; at + 12 <= packet.length; at += 4 * (packet.readUInt16BE(at + 2) + 1)) {
    const format = (packet[at] ?? 0) & 0x1f
    const isLoss = packet[at + 1] === RTCP_PAYLOAD_SPECIFIC && format === PICTURE_LOSS
    if (isLoss) asked.push(packet.readUInt32BE(at + 8))
  }
  return asked
}

/** The request of a receiver that says nothing else of itself. */
function pictureLoss(ssrc: number): Buffer {
  const packet = Buffer.alloc(12)
  packet.writeUInt8(0x80 | PICTURE_LOSS, 0)
  packet.writeUInt8(RTCP_PAYLOAD_SPECIFIC, 1)
  packet.writeUInt16BE(2, 2)
  packet.writeUInt32BE(1, 4)
  packet.writeUInt32BE(ssrc, 8)
  return packet
}

const TRANSPORT_FEEDBACK = 'transport-cc'
const SEND_TIME = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time'

/** The router's codecs with the older congestion control, which has the SFU mind its limits. */
function managedCapabilities({
  codecs = [],
  headerExtensions = [],
}: RtpCapabilities): RtpCapabilities {
  return {
    codecs: codecs.map((codec) => ({
      ...codec,
      rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => type !== TRANSPORT_FEEDBACK),
    })),
    headerExtensions: headerExtensions.filter(({ uri }) => uri === SEND_TIME),
  }
}

const CONGESTION = ['transport-cc', 'goog-remb']

/** The router's codecs without congestion control, whose feedback this client does not send. */
function plainCapabilities({ codecs = [] }: RtpCapabilities): RtpCapabilities {
  return {
    codecs: codecs.map((codec) => ({
      ...codec,
      rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => !CONGESTION.includes(type)),
    })),
    headerExtensions: [],
  }
}

function parametersOf(
  codec: RtpParameters['codecs'][number],
  sendings: readonly Sending[],
): RtpParameters {
  return {
    codecs: [codec],
    encodings: sendings.map(({ track }) => ({ ssrc: track.stream.ssrc })),
    headerExtensions: codec === OPUS ? [LEVEL_EXTENSION] : [],
    rtcp: { cname: 'synthetic' },
  }
}
