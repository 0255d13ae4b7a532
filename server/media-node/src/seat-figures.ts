import type { Peer } from './peer.ts'
import type { PairFlows } from './seat-flows.ts'
import type { TransportStat, TransportStats } from './transport-stats.ts'

/** One direction of a seat's line; bit/s, and a share of packets, 0 to 1. */
type Direction = { readonly bps: number; readonly lossShare: number | null }

/** What the worker counts of a seat's transports. */
export type SeatFigures = {
  readonly send: Direction
  readonly receive: Direction & { readonly availableBps: number | null }
  readonly roundTripMs: number | null
  readonly worstLossShare: number | null
  /** Bytes of any sort that came from the seat so far, reports and feedback too. */
  readonly heardBytes: number
}

export const NO_FIGURES: SeatFigures = {
  send: { bps: 0, lossShare: null },
  receive: { bps: 0, lossShare: null, availableBps: null },
  roundTripMs: null,
  worstLossShare: null,
  heardBytes: 0,
}

/** Asks the worker: one question for each transport, unless it was just asked, and one for the round trip. */
export async function figuresOf(
  { send: sending, receive: receiving }: Pick<Peer, 'send' | 'receive'>,
  flows: readonly PairFlows[],
  stats: TransportStats,
): Promise<SeatFigures> {
  const [sent, received, roundTripMs] = await Promise.all([
    sending ? stats.recent(sending) : undefined,
    stats.recent(receiving),
    roundTripOf(flows),
  ])
  const send = {
    bps: roundOf(sent?.rtpRecvBitrate) ?? 0,
    lossShare: shareOf(sent?.rtpPacketLossReceived),
  }
  const receive = {
    bps: roundOf(received?.rtpSendBitrate) ?? 0,
    lossShare: shareOf(received?.rtpPacketLossSent),
    availableBps: roundOf(received?.availableOutgoingBitrate),
  }
  const heardBytes = bytesFrom(sent) + bytesFrom(received)
  return { ...{ send, receive, roundTripMs, heardBytes }, worstLossShare: worstOf(send, receive) }
}

function worstOf(...directions: readonly Direction[]): number | null {
  const known = directions.flatMap(({ lossShare }) => lossShare ?? [])
  return known.length > 0 ? Math.max(...known) : null
}

function bytesFrom(stats: TransportStat): number {
  return stats?.bytesReceived ?? 0
}

function roundOf(bps: number | undefined): number | null {
  return bps === undefined ? null : Math.round(bps)
}

/** Whether anything came between two looks. */
export function isHeardSince(before: SeatFigures, after: SeatFigures): boolean {
  return after.heardBytes !== before.heardBytes
}

/** As the seat's reports of what it receives tell; one stream is enough. */
async function roundTripOf(flows: readonly PairFlows[]): Promise<number | null> {
  const consumer = flows
    .flatMap(({ sound, picture }) => [sound, picture])
    .find((each) => each !== null && !each.paused)
  const stats = await consumer?.getStats().catch(() => [])
  const sent = stats?.find(({ type }) => type === 'outbound-rtp')
  const roundTripMs = sent?.roundTripTime
  // Zero is the library's word for "no report yet".
  return roundTripMs ? Math.round(roundTripMs) : null
}

function shareOf(loss: number | undefined): number | null {
  return loss === undefined ? null : Math.min(1, Math.max(0, loss))
}
