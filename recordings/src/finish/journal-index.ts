import type { TapTrack } from '@visavis/contract/media-control'
import type { ByteSource } from '../journal/byte-source.ts'
import { readEvent, readHeader, readRecords } from '../journal/journal-reader.ts'
import type { JournalHeader, JournalRecord } from '../journal/journal-format.ts'
import { parseRtp } from '../rtp/rtp-packet.ts'
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
  /** Its place in the journal, to read it in step with the packets. */
  readonly offset: number
}

export type JournalIndex = {
  readonly header: JournalHeader
  readonly tracks: ReadonlyMap<string, TapTrack>
  readonly packetsOf: ReadonlyMap<number, readonly IndexedPacket[]>
  readonly reports: readonly ArrivedReport[]
  /** All RTP packets, described or not. */
  readonly packetCount: number
  /** False when the recorder died while it was open. */
  readonly isClosed: boolean
}

const NS_PER_MS = 1e6

/** Reads a journal once, up to its first tear; null when it has no whole header. */
export function indexJournal(source: ByteSource): JournalIndex | null {
  const start = readHeader(source)
  if (!start) return null
  const { header, recordsAt } = start
  const index = createIndex(BigInt(header.monoStart))
  for (const record of readRecords(source, recordsAt)) index.add(record)
  return { header, ...index.result() }
}

function createIndex(monoStartNs: bigint) {
  const tracks = new Map<string, TapTrack>()
  const packetsOf = new Map<number, IndexedPacket[]>()
  const reports: ArrivedReport[] = []
  let packetCount = 0
  let isClosed = false

  const addRtp = ({ bytes, offset }: JournalRecord, atMs: number): void => {
    const packet = parseRtp(bytes)
    if (!packet) return
    packetCount += 1
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
  const addEvent = (bytes: Buffer): void => {
    const event = readEvent(bytes)
    if (event?.event === 'trackDescribed') tracks.set(event.track.trackId, event.track)
    if (event?.event === 'closed') isClosed = true
  }
  return {
    add(record: JournalRecord) {
      const atMs = Number(record.monoNs - monoStartNs) / NS_PER_MS
      if (record.kind === 'rtp') addRtp(record, atMs)
      else if (record.kind === 'rtcp') addReports(record, atMs)
      else addEvent(record.bytes)
    },
    result: () => ({ tracks, packetsOf, reports, packetCount, isClosed }),
  }
}
