/** The parts of an RTP packet (RFC 3550 §5.1) that recording needs. */
export type RtpPacket = {
  readonly payloadType: number
  readonly isMarker: boolean
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
  /** Where the payload begins in the packet, after CSRCs and header extensions. */
  readonly payloadAt: number
  /** Without padding; 0 for a packet that only probes the network. */
  readonly payloadBytes: number
}

const FIXED_HEADER_BYTES = 12
const VERSION = 2
/** RTCP packet types on a shared port (RFC 5761 §4). */
const RTCP_FIRST = 192
const RTCP_LAST = 223

/** What a datagram on a port shared by RTP and RTCP is; null for neither. */
export function datagramKind(bytes: Buffer): 'rtp' | 'rtcp' | null {
  if (bytes.length < 8 || bytes.readUInt8(0) >> 6 !== VERSION) return null
  const type = bytes.readUInt8(1)
  if (type >= RTCP_FIRST && type <= RTCP_LAST) return 'rtcp'
  return bytes.length >= FIXED_HEADER_BYTES ? 'rtp' : null
}

/** Reads a packet, or null when its lengths do not fit. */
export function parseRtp(bytes: Buffer): RtpPacket | null {
  if (datagramKind(bytes) !== 'rtp') return null
  const first = bytes.readUInt8(0)
  const second = bytes.readUInt8(1)
  const payloadAt = headerBytes(bytes, first)
  if (payloadAt === null) return null
  const hasPadding = (first & 0x20) !== 0
  const padding = hasPadding ? bytes.readUInt8(bytes.length - 1) : 0
  const payloadBytes = bytes.length - payloadAt - padding
  if (payloadBytes < 0) return null
  return {
    payloadType: second & 0x7f,
    isMarker: (second & 0x80) !== 0,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payloadAt,
    payloadBytes,
  }
}

function headerBytes(bytes: Buffer, first: number): number | null {
  const withSources = FIXED_HEADER_BYTES + (first & 0x0f) * 4
  const hasExtension = (first & 0x10) !== 0
  if (!hasExtension) return withSources <= bytes.length ? withSources : null
  if (withSources + 4 > bytes.length) return null
  const whole = withSources + 4 + bytes.readUInt16BE(withSources + 2) * 4
  return whole <= bytes.length ? whole : null
}
