/** The parts of an RTP packet (RFC 3550 §5.1) that are needed here. */
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
const SHORTEST_BYTES = 8
const VERSION = 2
/** RTCP packet types on a shared port (RFC 5761 §4). */
const RTCP_FIRST = 192
const RTCP_LAST = 223

/** What a datagram on a port shared by RTP and RTCP is; null for neither. */
export function datagramKind(bytes: Uint8Array): 'rtp' | 'rtcp' | null {
  const first = bytes[0] ?? 0
  const type = bytes[1] ?? 0
  if (bytes.length < SHORTEST_BYTES || first >> 6 !== VERSION) return null
  if (type >= RTCP_FIRST && type <= RTCP_LAST) return 'rtcp'
  return bytes.length >= FIXED_HEADER_BYTES ? 'rtp' : null
}

/** Reads a packet, or null when its lengths do not fit. */
export function parseRtp(bytes: Uint8Array): RtpPacket | null {
  if (datagramKind(bytes) !== 'rtp') return null
  const first = bytes[0] ?? 0
  const second = bytes[1] ?? 0
  const payloadAt = headerBytes(bytes, first)
  if (payloadAt === null) return null
  const hasPadding = (first & 0x20) !== 0
  const padding = hasPadding ? (bytes.at(-1) ?? 0) : 0
  const payloadBytes = bytes.length - payloadAt - padding
  if (payloadBytes < 0) return null
  return {
    payloadType: second & 0x7f,
    isMarker: (second & 0x80) !== 0,
    sequence: uint16At(bytes, 2),
    timestamp: uint16At(bytes, 4) * 2 ** 16 + uint16At(bytes, 6),
    ssrc: uint16At(bytes, 8) * 2 ** 16 + uint16At(bytes, 10),
    payloadAt,
    payloadBytes,
  }
}

/** Big-endian; the caller knows that it is there. Views and iterators would cost more than all the rest. */
function uint16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}

function headerBytes(bytes: Uint8Array, first: number): number | null {
  const withSources = FIXED_HEADER_BYTES + (first & 0x0f) * 4
  const hasExtension = (first & 0x10) !== 0
  if (!hasExtension) return withSources <= bytes.length ? withSources : null
  if (withSources + 4 > bytes.length) return null
  const whole = withSources + 4 + uint16At(bytes, withSources + 2) * 4
  return whole <= bytes.length ? whole : null
}
