import type { TrackPacket, TrackStream } from './track-stream.ts'

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
/** No drift and no rough report is as large; milliseconds. */
const JUMP_MS = 500
/** So many reports in a row may be wrong. */
const BELIEVED_REPORTS = 2

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
      : reportAnchors(stream, { ntpOffset, ticksPerMs })
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
  { reports, packets }: TrackStream,
  { ntpOffset, ticksPerMs }: { ntpOffset: number; ticksPerMs: number },
): Anchor[] {
  const raw = reports
    .map(({ timestamp, ntpMs }) => ({
      timestamp,
      offsetMs: ntpMs + ntpOffset - timestamp / ticksPerMs,
    }))
    .sort((one, other) => one.timestamp - other.timestamp)
  return steadyRuns(raw).flatMap((run, at, runs) => {
    const anchors = run.map(({ timestamp }, index) => ({
      timestamp,
      offsetMs: medianOffset(run, index),
    }))
    const next = runs[at + 1]?.at(0)
    const last = anchors.at(-1)
    if (!next || !last) return anchors
    const jumpsAt = jumpBetween(packets, {
      after: last.timestamp,
      upTo: next.timestamp,
      ticksPerMs,
    })
    const upToJump = { timestamp: jumpsAt - 1, offsetMs: last.offsetMs }
    const fromJump = { timestamp: jumpsAt, offsetMs: medianOffset(runs[at + 1] ?? [], 0) }
    return [...anchors, upToJump, fromJump]
  })
}

/**
 * Reports whose clock runs on without a jump. A sender's clock stands still while its microphone is taken away; what
 * lies between is then a step, not a drift. One or two reports alone are not believed, but at the end.
 */
function steadyRuns(raw: readonly Anchor[]): Anchor[][] {
  const runs: Anchor[][] = []
  for (const [at, anchor] of raw.entries()) {
    const before = raw[at - 1]
    const isSteady = before && Math.abs(anchor.offsetMs - before.offsetMs) <= JUMP_MS
    const run = runs.at(-1)
    if (isSteady && run) run.push(anchor)
    else runs.push([anchor])
  }
  return runs.filter(({ length }, at) => length > BELIEVED_REPORTS || at === runs.length - 1)
}

/** The timestamp of the packet at which arrival shows the jump. */
function jumpBetween(
  packets: readonly TrackPacket[],
  { after, upTo, ticksPerMs }: { after: number; upTo: number; ticksPerMs: number },
): number {
  let jumpsAt = upTo
  let largestMs = 0
  for (const [at, { timestamp, atMs }] of packets.entries()) {
    const before = packets[at - 1]
    if (!before || timestamp <= after || timestamp > upTo) continue
    const jumpMs = Math.abs(atMs - before.atMs - (timestamp - before.timestamp) / ticksPerMs)
    if (jumpMs <= largestMs) continue
    largestMs = jumpMs
    jumpsAt = timestamp
  }
  return jumpsAt
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
