import { randomInt } from 'node:crypto'
import type { RtpParameters, TransportInfo } from '@visavis/contract/rtc'
import { openRtcEnd } from './rtc-end.ts'
import type { RtcEnd } from './rtc-end.ts'

/** What a seat can say to the server about its media; the socket of a seat in any form. */
export type SenderControl = {
  readonly open: () => Promise<TransportInfo>
  readonly connect: (transportId: string, end: RtcEnd) => Promise<unknown>
  readonly produce: (kind: 'audio' | 'video', rtpParameters: RtpParameters) => Promise<unknown>
}

export type Clip = { readonly frames: readonly Buffer[]; readonly framesPerSecond: number }
export type ClipSenderOptions = {
  readonly name: string
  /** A loop for each simulcast layer, the smallest first. */
  readonly layers: readonly Clip[]
  /** Whether it sends (silent) sound, with a level as of somebody who speaks. */
  readonly hasSound: boolean
}

const OPUS = { payloadType: 111, mimeType: 'audio/opus', clockRate: 48_000, channels: 2 } as const
const VP8 = {
  ...{ payloadType: 96, mimeType: 'video/VP8', clockRate: 90_000 },
  rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
}
const LEVEL = { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 10 }
/** Twenty milliseconds of silence, as Opus writes them. */
const SILENCE = Buffer.of(0xf8, 0xff, 0xfe)
const MAX_PAYLOAD_BYTES = 1_100
const TICK_MS = 20
const REPORT_EVERY_TICKS = 50
const NTP_OFFSET_S = 2_208_988_800

/**
 * A seat that sends pictures which a browser can decode, in layers, and a key frame when it is asked for
 * one: as a browser does, at the cost of sending alone.
 */
export async function openClipSender(
  control: SenderControl,
  { name, layers, hasSound }: ClipSenderOptions,
): Promise<{ close: () => void }> {
  const info = await control.open()
  const end = openRtcEnd(name, info, 'send')
  await control.connect(info.transportId, end)
  await end.opened
  const pictures = layers.map((clip) => new ClipTrack(clip))
  const sound = hasSound ? new Stream(OPUS) : null
  if (sound) await control.produce('audio', parametersOf(OPUS, [sound], [LEVEL]))
  await control.produce(
    'video',
    parametersOf(
      VP8,
      pictures.map(({ stream }) => stream),
      [],
    ),
  )
  end.onPacket((packet) => {
    for (const ssrc of keyFramesAskedIn(packet)) {
      pictures.find(({ stream }) => stream.ssrc === ssrc)?.restart()
    }
  })
  const stop = everyTick((tick) => {
    for (const picture of pictures) picture.packetsAt(tick).forEach(end.send)
    if (sound) end.send(sound.sound(SILENCE, levelExtension(tick)))
    if (tick % REPORT_EVERY_TICKS !== 0) return
    for (const { stream } of pictures) end.send(stream.report())
    if (sound) end.send(sound.report())
  })
  return {
    close() {
      stop()
      end.close()
    },
  }
}

const ticking = new Set<(tick: number) => void>()
let timer: NodeJS.Timeout | null = null
let ticks = 0

/** One clock for all senders of the process; each begins at a tick of its own. */
function everyTick(act: (tick: number) => void): () => void {
  const shift = randomInt(1_000)
  const shifted = (tick: number): void => act(tick + shift)
  ticking.add(shifted)
  timer ??= setInterval(() => {
    ticks += 1
    for (const each of ticking) each(ticks)
  }, TICK_MS)
  return () => {
    ticking.delete(shifted)
    if (ticking.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

type PacketFacts = {
  readonly extension: Buffer | null
  readonly isMarker: boolean
  readonly rtpTime: number
}

/** One RTP stream. */
class Stream {
  readonly ssrc = randomInt(1, 0xffff_ffff)
  readonly #payloadType: number
  readonly #clockRate: number
  #sequence = randomInt(1_000)
  #packets = 0
  #octets = 0

  constructor({ payloadType, clockRate }: { payloadType: number; clockRate: number }) {
    this.#payloadType = payloadType
    this.#clockRate = clockRate
  }

  /** The packets of one frame have one time. */
  frame(pieces: readonly Buffer[]): Buffer[] {
    const rtpTime = this.#rtpTime()
    return pieces.map((piece, at) =>
      this.#packet(piece, { extension: null, isMarker: at === pieces.length - 1, rtpTime }),
    )
  }

  sound(payload: Buffer, extension: Buffer): Buffer {
    return this.#packet(payload, { extension, isMarker: true, rtpTime: this.#rtpTime() })
  }

  #packet(payload: Buffer, { extension, isMarker, rtpTime }: PacketFacts): Buffer {
    this.#sequence = (this.#sequence + 1) & 0xffff
    this.#packets += 1
    this.#octets += payload.length
    const header = Buffer.alloc(12)
    header.writeUInt8(extension ? 0x90 : 0x80, 0)
    header.writeUInt8((isMarker ? 0x80 : 0) | this.#payloadType, 1)
    header.writeUInt16BE(this.#sequence, 2)
    header.writeUInt32BE(rtpTime, 4)
    header.writeUInt32BE(this.ssrc, 8)
    return Buffer.concat(extension ? [header, extension, payload] : [header, payload])
  }

  /** Ties this stream's clock to the wall clock. */
  report(): Buffer {
    const report = Buffer.alloc(28)
    const wallMs = Date.now()
    report.writeUInt8(0x80, 0)
    report.writeUInt8(200, 1)
    report.writeUInt16BE(6, 2)
    report.writeUInt32BE(this.ssrc, 4)
    report.writeUInt32BE(Math.floor(wallMs / 1_000) + NTP_OFFSET_S, 8)
    report.writeUInt32BE(Math.floor(((wallMs % 1_000) / 1_000) * 0x1_0000_0000), 12)
    report.writeUInt32BE(this.#rtpTime(), 16)
    report.writeUInt32BE(this.#packets, 20)
    report.writeUInt32BE(this.#octets, 24)
    return report
  }

  #rtpTime(): number {
    return Math.floor((performance.now() * this.#clockRate) / 1_000) >>> 0
  }
}

/** A clip, over and over; from its key frame when one is asked for. */
class ClipTrack {
  readonly stream = new Stream(VP8)
  readonly #clip: Clip
  readonly #everyTicks: number
  #next = 0

  constructor(clip: Clip) {
    this.#clip = clip
    this.#everyTicks = Math.max(1, Math.round(1_000 / clip.framesPerSecond / TICK_MS))
  }

  restart(): void {
    this.#next = 0
  }

  packetsAt(tick: number): Buffer[] {
    const { frames } = this.#clip
    if (tick % this.#everyTicks !== 0) return []
    const frame = frames[this.#next % frames.length] ?? Buffer.alloc(0)
    this.#next += 1
    const pieces: Buffer[] = []
    for (let at = 0; at < frame.length; at += MAX_PAYLOAD_BYTES) {
      const descriptor = Buffer.of(at === 0 ? 0x10 : 0x00)
      pieces.push(Buffer.concat([descriptor, frame.subarray(at, at + MAX_PAYLOAD_BYTES)]))
    }
    return this.stream.frame(pieces)
  }
}

/** A voice that comes and goes, from loud to nearly nothing. */
function levelExtension(tick: number): Buffer {
  const dBov = 25 + Math.round(20 * Math.abs(Math.sin(tick / 40)))
  return Buffer.of(0xbe, 0xde, 0, 1, LEVEL.id << 4, 0x80 | dBov, 0, 0)
}

const RTCP_PAYLOAD_SPECIFIC = 206

/** The streams of which a compound RTCP packet asks a key frame, by PLI (RFC 4585). */
function keyFramesAskedIn(packet: Buffer): number[] {
  const asked: number[] = []
  for (let at = 0; at + 12 <= packet.length; at += 4 * (packet.readUInt16BE(at + 2) + 1)) {
    const isLoss = ((packet[at] ?? 0) & 0x1f) === 1
    if (packet[at + 1] === RTCP_PAYLOAD_SPECIFIC && isLoss) asked.push(packet.readUInt32BE(at + 8))
  }
  return asked
}

function parametersOf(
  codec: RtpParameters['codecs'][number],
  streams: readonly Stream[],
  headerExtensions: NonNullable<RtpParameters['headerExtensions']>,
): RtpParameters {
  return {
    codecs: [codec],
    headerExtensions,
    encodings: streams.map(({ ssrc }) => ({ ssrc })),
    rtcp: { cname: 'clip' },
  }
}
