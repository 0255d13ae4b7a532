import type { TapTrack } from '@visavis/contract/media-control'
import type { ByteSource } from '../journal/byte-source.ts'
import { RTX_HEADER_BYTES, rtxOriginal } from '../rtp/rtx.ts'
import { createUnwrapper } from '../rtp/unwrap.ts'
import type { ArrivedReport, IndexedPacket, JournalIndex } from './journal-index.ts'

/** A packet of one track, its counters unwrapped, a retransmission turned back into what it repeats. */
export type TrackPacket = {
  readonly sequence: number
  readonly timestamp: number
  readonly isMarker: boolean
  readonly atMs: number
  readonly payloadAt: number
  readonly payloadBytes: number
}

/** A sender report with its RTP time on the same unwrapped scale as the packets. */
export type TrackReport = {
  readonly timestamp: number
  readonly ntpMs: number
  readonly atMs: number
}

export type TrackStream = {
  readonly track: TapTrack
  /** In sending order, each once. */
  readonly packets: readonly TrackPacket[]
  readonly reports: readonly TrackReport[]
  readonly lostPackets: number
}

/** One track's packets in sending order: duplicates dropped, retransmissions put in their places. */
export function trackStream(index: JournalIndex, track: TapTrack, source: ByteSource): TrackStream {
  const arrived = [...originals(index, track), ...repeated(index, track, source)].sort(
    (one, other) => one.payloadAt - other.payloadAt,
  )
  const reported = index.reports.filter(({ ssrc }) => ssrc === track.ssrc)
  const { packets, reports } = unwrapAll(arrived, reported)
  return { track, packets, reports, lostPackets: countLost(packets) }
}

function originals(index: JournalIndex, track: TapTrack): IndexedPacket[] {
  const packets = index.packetsOf.get(track.ssrc) ?? []
  return packets.filter(({ payloadType }) => payloadType === track.payloadType)
}

function repeated(index: JournalIndex, track: TapTrack, source: ByteSource): IndexedPacket[] {
  if (track.rtxSsrc === undefined) return []
  const packets = index.packetsOf.get(track.rtxSsrc) ?? []
  return packets
    .filter(({ payloadType }) => payloadType === track.rtxPayloadType)
    .filter(({ payloadBytes }) => payloadBytes >= RTX_HEADER_BYTES)
    .map((packet) => ({
      ...packet,
      sequence: rtxOriginal(source.read(packet.payloadAt, RTX_HEADER_BYTES)),
      payloadAt: packet.payloadAt + RTX_HEADER_BYTES,
      payloadBytes: packet.payloadBytes - RTX_HEADER_BYTES,
    }))
}

/** Packets and reports share one timestamp scale, so they are unwrapped together, as they arrived. */
function unwrapAll(arrived: readonly IndexedPacket[], reported: readonly ArrivedReport[]) {
  const unwrapSequence = createUnwrapper(16)
  const unwrapTimestamp = createUnwrapper(32)
  const bySequence = new Map<number, TrackPacket>()
  const reports: TrackReport[] = []
  const placeReportsBefore = (offset: number): void => {
    for (let next = reported[reports.length]; next; next = reported[reports.length]) {
      if (next.offset > offset) return
      const timestamp = unwrapTimestamp(next.rtpTimestamp)
      reports.push({ timestamp, ntpMs: next.ntpMs, atMs: next.atMs })
    }
  }
  for (const { isMarker, atMs, payloadAt, payloadBytes, ...counters } of arrived) {
    placeReportsBefore(payloadAt)
    const sequence = unwrapSequence(counters.sequence)
    const timestamp = unwrapTimestamp(counters.timestamp)
    if (bySequence.has(sequence)) continue
    bySequence.set(sequence, { sequence, timestamp, isMarker, atMs, payloadAt, payloadBytes })
  }
  placeReportsBefore(Infinity)
  const packets = [...bySequence.values()].sort((one, other) => one.sequence - other.sequence)
  return { packets, reports }
}

function countLost(packets: readonly TrackPacket[]): number {
  const first = packets.at(0)
  const last = packets.at(-1)
  return first && last ? last.sequence - first.sequence + 1 - packets.length : 0
}
