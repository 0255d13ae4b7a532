import type { TapTrack } from '@visavis/contract/media-control'
import type { JournalSegment } from '@visavis/contract/recording-result'
import { parseRtp } from '@visavis/platform/rtp/rtp-packet'
import { readEvent } from '../journal/journal-format.ts'
import type { JournalEvent, JournalHeader, JournalRecord } from '../journal/journal-format.ts'
import type { OpenJournal } from '../journal/journal-reader.ts'
import { senderReports } from '../rtp/rtcp.ts'
import type { SenderReport } from '../rtp/rtcp.ts'

/** A packet as it stands in the journal: its numbers, not its bytes, for a visit's bytes do not fit in memory. */
export type IndexedPacket = {
  readonly payloadType: number
  readonly isMarker: boolean
  readonly sequence: number
  readonly timestamp: number
  /** Arrival, on the recording's clock. */
  readonly atMs: number
  readonly payloadAt: number
  readonly payloadBytes: number
}

/** A sender report and when it arrived, on the recording's clock. */
export type ArrivedReport = SenderReport & {
  readonly atMs: number
  /** Its place in the plain journal, to read it in step with the packets. */
  readonly offset: number
}

/** A track as it was described, and when, on the recording's clock. */
export type DescribedTrack = TapTrack & { readonly describedMs: number }

export type JournalIndex = {
  readonly header: JournalHeader
  /** By trackId, in order of their description. */
  readonly tracks: ReadonlyMap<string, DescribedTrack>
  readonly packetsOf: ReadonlyMap<number, readonly IndexedPacket[]>
  readonly reports: readonly ArrivedReport[]
  /** Wall clock against the recording's. */
  readonly anchors: readonly { readonly monoMs: number; readonly wall: string }[]
  readonly segments: readonly JournalSegment[]
}

const NS_PER_MS = 1e6

/** Reads a journal once. Throws `DamagedBytes`. */
export function indexJournal(journal: OpenJournal): JournalIndex {
  const { header } = journal
  const index = createIndex(BigInt(header.monoStart))
  const segments: JournalSegment[] = []
  for (const { segment, records } of journal.segments()) {
    segments.push(segment)
    records.forEach(index.add)
  }
  return { header, segments, ...index.result() }
}

function createIndex(monoStartNs: bigint) {
  const tracks = new Map<string, DescribedTrack>()
  const packetsOf = new Map<number, IndexedPacket[]>()
  const reports: ArrivedReport[] = []
  const anchors: { monoMs: number; wall: string }[] = []

  const addRtp = ({ bytes, offset }: JournalRecord, atMs: number): void => {
    const packet = parseRtp(bytes)
    if (!packet) return
    const { payloadType, isMarker, sequence, timestamp, payloadBytes } = packet
    const payloadAt = offset + packet.payloadAt
    const entry = { payloadType, isMarker, sequence, timestamp, atMs, payloadAt, payloadBytes }
    const packets = packetsOf.get(packet.ssrc)
    if (packets) packets.push(entry)
    else packetsOf.set(packet.ssrc, [entry])
  }
  const addReports = ({ bytes, offset }: JournalRecord, atMs: number): void => {
    for (const report of senderReports(bytes)) reports.push({ ...report, atMs, offset })
  }
  const addEvent = (event: JournalEvent | null, atMs: number): void => {
    if (event?.event === 'anchor') anchors.push({ monoMs: Math.round(atMs), wall: event.wall })
    if (event?.event !== 'trackDescribed' || tracks.has(event.track.trackId)) return
    tracks.set(event.track.trackId, { ...event.track, describedMs: atMs })
  }
  return {
    add: (record: JournalRecord): void => {
      const atMs = Number(record.monoNs - monoStartNs) / NS_PER_MS
      if (record.kind === 'rtp') addRtp(record, atMs)
      else if (record.kind === 'rtcp') addReports(record, atMs)
      else addEvent(readEvent(record.bytes), atMs)
    },
    result: () => ({ tracks, packetsOf, reports, anchors }),
  }
}
