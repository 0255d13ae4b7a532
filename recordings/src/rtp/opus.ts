/** WebRTC's Opus always runs at this rate, whatever is inside (RFC 7587 §4.1). */
export const OPUS_CLOCK_RATE = 48_000

/** Frame length by configuration number (RFC 6716 table 2): four SILK-only triples of bandwidths first. */
const SILK_MS = [10, 20, 40, 60] as const
const HYBRID_MS = [10, 20] as const
const CELT_MS = [2.5, 5, 10, 20] as const
const FIRST_HYBRID = 12
const FIRST_CELT = 16

/** How long an Opus packet plays, in milliseconds, from its first bytes; 0 for an empty or damaged one. */
export function opusDurationMs(packet: Uint8Array): number {
  const [toc, frameCount] = packet
  if (toc === undefined) return 0
  return frameMs(toc >> 3) * framesIn(toc & 0x03, frameCount)
}

function frameMs(configuration: number): number {
  if (configuration < FIRST_HYBRID) return SILK_MS[configuration % 4] ?? 0
  if (configuration < FIRST_CELT) return HYBRID_MS[configuration % 2] ?? 0
  return CELT_MS[configuration % 4] ?? 0
}

function framesIn(code: number, frameCount: number | undefined): number {
  if (code === 0) return 1
  if (code < 3) return 2
  return (frameCount ?? 0) & 0x3f
}

/**
 * The identification header that containers want (RFC 7845 §5.1). No pre-skip: the stream is joined
 * midway, and every sample that arrived is kept.
 */
export function opusHead(channels: number): Uint8Array {
  const head = Buffer.alloc(19)
  head.write('OpusHead', 0, 'latin1')
  head.writeUInt8(1, 8)
  head.writeUInt8(channels, 9)
  head.writeUInt32LE(OPUS_CLOCK_RATE, 12)
  return head
}
