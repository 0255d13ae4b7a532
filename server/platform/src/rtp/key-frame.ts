import { isShowableKey, isVp8Key, vp8KeyFrameSize, vp8PacketOf } from './vp8.ts'
import type { Vp8Packet } from './vp8.ts'

/** A whole VP8 key frame: it can be decoded by itself. */
export type KeyFrame = {
  readonly bytes: Uint8Array
  /** Pixels. */
  readonly width: number
  readonly height: number
}

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
    const beginsKey = part.isFirst && isVp8Key(part.piece)
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
  const first = [...pieces.values()].find(({ isFirst, piece }) => isFirst && isVp8Key(piece))
  if (!first) return null
  const parts: Uint8Array[] = []
  for (let at = first.sequence; ; at = (at + 1) % SEQUENCES) {
    const next = pieces.get(at)
    if (!next) return null
    parts.push(next.piece)
    if (next.isLast) return keyFrameOf(Buffer.concat(parts))
  }
}

/** Null for what is no key frame that can be shown, as far as its header tells. */
export function keyFrameOf(bytes: Uint8Array): KeyFrame | null {
  const size = isShowableKey(bytes) ? vp8KeyFrameSize(bytes) : null
  return size && { bytes, ...size }
}

/** Both counters run in a circle. */
function isNewer(timestamp: number, than: number): boolean {
  const ahead = (timestamp - than) >>> 0
  return ahead > 0 && ahead < 0x8000_0000
}
