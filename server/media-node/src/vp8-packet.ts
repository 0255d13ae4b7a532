/** One RTP packet with a piece of a VP8 picture (RFC 7741). */
export type Vp8Packet = {
  readonly sequence: number
  /** Equal for all pieces of a picture. */
  readonly timestamp: number
  /** The picture begins with this piece, or ends with it. */
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly piece: Uint8Array
}

const RTP_HEADER_BYTES = 12
const RTP_VERSION = 2

/** Takes a packet apart; null for what is no RTP with a piece of VP8 in it, or is cut short. */
export function vp8PacketOf(packet: Uint8Array): Vp8Packet | null {
  const payload = payloadOf(packet)
  const start = payload && descriptorLength(payload)
  if (!payload || start === null || start >= payload.length) return null
  const view = viewOf(packet)
  const [descriptor = 0] = payload
  return {
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    // The beginning of the first partition.
    isFirst: (descriptor & 0x10) !== 0 && (descriptor & 0x07) === 0,
    isLast: (view.getUint8(1) & 0x80) !== 0,
    piece: payload.subarray(start),
  }
}

/** Without header, extensions and padding (RFC 3550, 5.1). */
function payloadOf(packet: Uint8Array): Uint8Array | null {
  const [first = 0] = packet
  if (packet.length < RTP_HEADER_BYTES || first >> 6 !== RTP_VERSION) return null
  const afterSources = RTP_HEADER_BYTES + 4 * (first & 0x0f)
  const start = afterSources + ((first & 0x10) === 0 ? 0 : extensionLength(packet, afterSources))
  const padding = (first & 0x20) === 0 ? 0 : (packet.at(-1) ?? 0)
  const end = packet.length - padding
  return start < end ? packet.subarray(start, end) : null
}

function extensionLength(packet: Uint8Array, at: number): number {
  return at + 4 > packet.length ? packet.length : 4 + 4 * viewOf(packet).getUint16(at + 2)
}

/** Length of the payload descriptor; null if it is cut short. */
function descriptorLength(payload: Uint8Array): number | null {
  const [required = 0, extension = 0, pictureId = 0] = payload
  if ((required & 0x80) === 0) return 1
  if (payload.length < 2) return null
  let length = 2
  // The picture id is of one byte or of two, as its first bit says.
  if ((extension & 0x80) !== 0) length += (pictureId & 0x80) === 0 ? 1 : 2
  if ((extension & 0x40) !== 0) length += 1
  if ((extension & 0x30) !== 0) length += 1
  return length
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}
