import type { MediaKind } from '@visavis/contract/rtc'

/** Real RTP with made-up pictures and sound: enough for an SFU, which never decodes. */

/** One stream that a test client sends. */
export type SyntheticStream = {
  readonly kind: MediaKind
  readonly ssrc: number
  readonly payloadType: number
  /** Simulcast layer, 0 the smallest; 0 for sound. */
  readonly layer: number
  /** Tells whose stream it is, at the other end. */
  readonly tag: number
}

/** What a packet says of itself. */
export type Mark = {
  readonly kind: MediaKind
  readonly layer: number
  readonly tag: number
  /** `performance.now()` of the sender's process when it was sent. */
  readonly sentAtMs: number
}

const RTP_HEADER_BYTES = 12
const MARK_BYTES = 20
const MAGIC = 0x76697361
const SOUND_BYTES = 80
const PICTURE_BYTES = [150, 450, 900] as const
const CLOCK_RATE = { audio: 48_000, video: 90_000 } as const
/** Seconds from 1900, where NTP begins, to 1970. */
const NTP_OFFSET_S = 2_208_988_800
/** Payload descriptor with a 15-bit picture id: extended, first partition, then `I`. */
const VP8_DESCRIPTOR = [0x90, 0x80, 0x80, 0x00]
/** A key frame's tag and start code; width and height follow. */
const VP8_KEY_FRAME = [0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a]
/** The frame tag alone. */
const VP8_DELTA_FRAME = Buffer.of(0x11, 0x02, 0x00)

/** How loud synthetic sound says that it is (RFC 6464), in dBov; a number of the extension's name. */
export const SYNTHETIC_LEVEL = -20
export const LEVEL_EXTENSION = {
  uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  id: 10,
} as const

/** One extension of one byte, and padding to a whole word (RFC 8285). */
function extensionOf(kind: MediaKind): Buffer {
  if (kind !== 'audio') return Buffer.alloc(0)
  return Buffer.of(0xbe, 0xde, 0, 1, LEVEL_EXTENSION.id << 4, 0x80 | -SYNTHETIC_LEVEL, 0, 0)
}

/** Packets of one stream, each a key frame or a sound of its own. */
export class SyntheticTrack {
  readonly stream: SyntheticStream
  #sequence = 1_000
  #packets = 0
  #octets = 0

  constructor(stream: SyntheticStream) {
    this.stream = stream
  }

  /** The next RTP packet, as sent now; a picture of its own unless it shall need those before it. */
  next(nowMs: number, isKeyFrame = true): Buffer {
    const { kind, ssrc, payloadType } = this.stream
    this.#sequence = (this.#sequence + 1) & 0xffff
    this.#packets += 1
    const payload = kind === 'audio' ? this.#sound(nowMs) : this.#picture(nowMs, isKeyFrame)
    this.#octets += payload.length
    const header = Buffer.concat([Buffer.alloc(RTP_HEADER_BYTES), extensionOf(kind)])
    header.writeUInt8(kind === 'audio' ? 0x90 : 0x80, 0)
    header.writeUInt8(0x80 | payloadType, 1)
    header.writeUInt16BE(this.#sequence, 2)
    header.writeUInt32BE(this.#rtpTime(nowMs), 4)
    header.writeUInt32BE(ssrc, 8)
    return Buffer.concat([header, payload])
  }

  /** The RTCP sender report that ties this stream's clock to the wall clock. */
  report(nowMs: number): Buffer {
    const report = Buffer.alloc(28)
    const wallMs = performance.timeOrigin + nowMs
    report.writeUInt8(0x80, 0)
    report.writeUInt8(200, 1)
    report.writeUInt16BE(6, 2)
    report.writeUInt32BE(this.stream.ssrc, 4)
    report.writeUInt32BE(Math.floor(wallMs / 1_000) + NTP_OFFSET_S, 8)
    report.writeUInt32BE(Math.floor(((wallMs % 1_000) / 1_000) * 0x1_0000_0000), 12)
    report.writeUInt32BE(this.#rtpTime(nowMs), 16)
    report.writeUInt32BE(this.#packets, 20)
    report.writeUInt32BE(this.#octets, 24)
    return report
  }

  #rtpTime(nowMs: number): number {
    return Math.floor((nowMs * CLOCK_RATE[this.stream.kind]) / 1_000) >>> 0
  }

  #sound(nowMs: number): Buffer {
    return Buffer.concat([Buffer.alloc(SOUND_BYTES, 0x5a), this.#mark(nowMs)])
  }

  #picture(nowMs: number, isKeyFrame: boolean): Buffer {
    const descriptor = Buffer.from(VP8_DESCRIPTOR)
    descriptor.writeUInt16BE(0x8000 | (this.#packets & 0x7fff), 2)
    const size = PICTURE_BYTES[this.stream.layer] ?? PICTURE_BYTES[0]
    return Buffer.concat([
      descriptor,
      isKeyFrame ? Buffer.from([...VP8_KEY_FRAME, 0x80, 0x02, 0x68, 0x01]) : VP8_DELTA_FRAME,
      Buffer.alloc(size),
      this.#mark(nowMs),
    ])
  }

  #mark(nowMs: number): Buffer {
    const mark = Buffer.alloc(MARK_BYTES)
    mark.writeUInt32BE(MAGIC, 0)
    mark.writeUInt8(this.stream.kind === 'audio' ? 0 : 1, 4)
    mark.writeUInt8(this.stream.layer, 5)
    mark.writeUInt32BE(this.stream.tag, 8)
    mark.writeDoubleBE(nowMs, 12)
    return mark
  }
}

/** What a received packet says of itself; null for RTCP, probes and other people's packets. */
export function markOf(packet: Buffer): Mark | null {
  const start = packet.length - MARK_BYTES
  if (start < RTP_HEADER_BYTES || packet.readUInt32BE(start) !== MAGIC) return null
  return {
    kind: packet.readUInt8(start + 4) === 0 ? 'audio' : 'video',
    layer: packet.readUInt8(start + 5),
    tag: packet.readUInt32BE(start + 8),
    sentAtMs: packet.readDoubleBE(start + 12),
  }
}
