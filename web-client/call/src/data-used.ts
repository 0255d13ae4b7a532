import type { StatsSample, TransportFigures } from './stats-sampler.ts'

/** IP and UDP go on the person's bill, but not into the browser's count. */
const PACKET_OVERHEAD_BYTES = 28

/** Bytes that a call took so far, both directions, and what was counted last. */
export type DataUsed = {
  readonly bytes: number
  readonly counted: readonly [number, number] | null
  readonly generation: number | null
}

export const NOTHING_USED: DataUsed = { bytes: 0, counted: null, generation: null }

/** What was used by then. A count that began anew (other transports, another way) adds from zero. */
export function usedAfter(
  used: DataUsed,
  { generation, send, receive }: Pick<StatsSample, 'generation' | 'send' | 'receive'>,
): DataUsed {
  const counted = [onWire(send.transport), onWire(receive.transport)] as const
  const before = used.generation === generation ? used.counted : null
  const added = counted.map((now, index) => grown(now, before?.[index] ?? 0))
  const bytes = added.reduce((sum, each) => sum + each, used.bytes)
  return { bytes, counted, generation }
}

function grown(now: number, before: number): number {
  return now >= before ? now - before : now
}

function onWire(transport: TransportFigures | null): number {
  if (!transport) return 0
  const { bytesSent, bytesReceived, packets } = transport
  return bytesSent + bytesReceived + packets * PACKET_OVERHEAD_BYTES
}
