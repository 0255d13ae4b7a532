import type { TrackPacket, TrackReport, TrackStream } from './track-stream.ts'

/**
 * One clock for all tracks of a recording: milliseconds since its journal was opened. The media node
 * stamps the sender reports of every track with its own one NTP clock and the instant of capture, so
 * tracks agree exactly with each other; arrival only tells how that clock lies on the journal's.
 */

/** Gives the instant of an unwrapped RTP timestamp. */
export type TrackClock = (timestamp: number) => number

type Anchor = { readonly timestamp: number; readonly offsetMs: number }

/** An odd number of neighbours: up to two wrong reports in a row (the first of a stream are rough) are outvoted. */
const MEDIAN_REPORTS = 5

/** What to add to NTP milliseconds to get the recording's clock; null without any report. */
export function ntpOffsetMs(streams: readonly TrackStream[]): number | null {
  // The quickest report of all was held up least on its way here.
  let offset: number | null = null
  for (const { reports } of streams) {
    for (const { atMs, ntpMs } of reports) offset = Math.min(offset ?? Infinity, atMs - ntpMs)
  }
  return offset
}

/** The clock of one track, from its sender reports; from its quickest packet where it has none. */
export function createTrackClock(stream: TrackStream, ntpOffset: number | null): TrackClock {
  const ticksPerMs = stream.track.clockRate / 1000
  const anchors =
    ntpOffset === null || stream.reports.length === 0
      ? [arrivalAnchor(stream.packets, ticksPerMs)]
      : reportAnchors(stream.reports, { ntpOffset, ticksPerMs })
  return (timestamp) => timestamp / ticksPerMs + offsetAt(anchors, timestamp)
}

function arrivalAnchor(packets: readonly TrackPacket[], ticksPerMs: number): Anchor {
  let offsetMs = Infinity
  for (const { atMs, timestamp } of packets) {
    offsetMs = Math.min(offsetMs, atMs - timestamp / ticksPerMs)
  }
  return { timestamp: 0, offsetMs: Number.isFinite(offsetMs) ? offsetMs : 0 }
}

function reportAnchors(
  reports: readonly TrackReport[],
  { ntpOffset, ticksPerMs }: { ntpOffset: number; ticksPerMs: number },
): Anchor[] {
  const raw = reports
    .map(({ timestamp, ntpMs }) => ({
      timestamp,
      offsetMs: ntpMs + ntpOffset - timestamp / ticksPerMs,
    }))
    .sort((one, other) => one.timestamp - other.timestamp)
  return raw.map(({ timestamp }, at) => ({ timestamp, offsetMs: medianOffset(raw, at) }))
}

function medianOffset(anchors: readonly Anchor[], at: number): number {
  const count = Math.min(MEDIAN_REPORTS, anchors.length)
  const first = Math.min(Math.max(0, at - (count >> 1)), anchors.length - count)
  const offsets = anchors.slice(first, first + count).map(({ offsetMs }) => offsetMs)
  offsets.sort((one, other) => one - other)
  return offsets[count >> 1] ?? 0
}

/** Between two anchors the drift is spread evenly; outside them the nearest one holds. */
function offsetAt(anchors: readonly Anchor[], timestamp: number): number {
  const after = firstAfter(anchors, timestamp)
  const before = anchors[after - 1]
  const next = anchors[after]
  if (!before || !next) return (before ?? next)?.offsetMs ?? 0
  const share = (timestamp - before.timestamp) / (next.timestamp - before.timestamp)
  return before.offsetMs + share * (next.offsetMs - before.offsetMs)
}

function firstAfter(anchors: readonly Anchor[], timestamp: number): number {
  let low = 0
  let high = anchors.length
  while (low < high) {
    const middle = (low + high) >> 1
    const isAfter = (anchors[middle]?.timestamp ?? Infinity) > timestamp
    if (isAfter) high = middle
    else low = middle + 1
  }
  return low
}
