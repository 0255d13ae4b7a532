import { vp8PacketOf } from './vp8-packet.ts'
import type { Vp8Packet } from './vp8-packet.ts'

/** A whole VP8 key frame: it can be decoded by itself. */
export type KeyFrame = {
  readonly bytes: Uint8Array
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** Frame tag, start code, width and height (RFC 6386, 9.1). */
const HEADER_BYTES = 10
const START_CODE = [0x9d, 0x01, 0x2a]
/** Many times what the smallest layer of a picture takes. */
const MOST_PACKETS = 200
const SEQUENCES = 0x1_0000

/**
 * Puts the packets of a key frame together, in whatever order they come: one that was lost comes again after
 * others. A picture that stays with a hole in it gives nothing; the next key frame begins anew.
 */
export class KeyFrameCollector {
  readonly #pieces = new Map<number, Vp8Packet>()
  #timestamp: number | null = null
  /** Whether these pieces are known to be of a key frame; then no other picture takes their place. */
  #isOfKey = false

  /** The key frame that this packet completes, or null. */
  take(packet: Uint8Array): KeyFrame | null {
    const part = vp8PacketOf(packet)
    if (!part) return null
    const beginsKey = part.isFirst && isKey(part.piece)
    if (part.timestamp !== this.#timestamp) {
      const isLate = this.#timestamp !== null && !isNewer(part.timestamp, this.#timestamp)
      if (isLate || (this.#isOfKey && !beginsKey)) return null
      this.#begin(part.timestamp)
    }
    this.#isOfKey ||= beginsKey
    if (this.#pieces.size < MOST_PACKETS) this.#pieces.set(part.sequence, part)
    return wholeOf(this.#pieces)
  }

  #begin(timestamp: number): void {
    this.#pieces.clear()
    this.#timestamp = timestamp
    this.#isOfKey = false
  }
}

function wholeOf(pieces: ReadonlyMap<number, Vp8Packet>): KeyFrame | null {
  const first = [...pieces.values()].find(({ isFirst, piece }) => isFirst && isKey(piece))
  if (!first) return null
  const parts: Uint8Array[] = []
  for (let at = first.sequence; ; at = (at + 1) % SEQUENCES) {
    const next = pieces.get(at)
    if (!next) return null
    parts.push(next.piece)
    if (next.isLast) return keyFrameOf(Buffer.concat(parts))
  }
}

/** The inverse of the frame tag's lowest bit says so. */
function isKey([tag = 1]: Uint8Array): boolean {
  return (tag & 1) === 0
}

/** Null for what is no key frame that can be shown, as far as its header tells. */
export function keyFrameOf(bytes: Uint8Array): KeyFrame | null {
  if (bytes.length < HEADER_BYTES || !isKey(bytes)) return null
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES)
  const isShown = (header.getUint8(0) & 0x10) !== 0
  const isStarted = START_CODE.every((code, at) => header.getUint8(3 + at) === code)
  const firstPartition = (header.getUint8(0) >> 5) | (header.getUint16(1, true) << 3)
  const isWhole = firstPartition > 0 && HEADER_BYTES + firstPartition <= bytes.length
  // The upper two bits say how to enlarge it, which nobody does.
  const [width, height] = [header.getUint16(6, true) & 0x3fff, header.getUint16(8, true) & 0x3fff]
  if (!isShown || !isStarted || !isWhole || width * height === 0) return null
  return { bytes, width, height }
}

/** Both counters run in a circle. */
function isNewer(timestamp: number, than: number): boolean {
  const ahead = (timestamp - than) >>> 0
  return ahead > 0 && ahead < 0x8000_0000
}
