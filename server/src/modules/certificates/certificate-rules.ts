import { CENSUS_COUNTS, CENSUS_GAP_MS, EXPECTED_COUNTS } from '@visavis/contract/census'
import type { CensusCounts, CensusLine } from '@visavis/contract/census'

/** Why nothing is known of a stretch of time. */
export const GAP_REASONS = [
  'NO_CENSUS',
  'SERVER_AWAY',
  'NODE_RESTARTED',
  'EPOCH_MISSING',
  'CUT_OFF',
  'UNKNOWN',
] as const
export type GapReason = (typeof GAP_REASONS)[number]

/** A stretch that no line covers; instants are ISO 8601. */
export type CensusGap = {
  readonly from: string
  readonly to: string
  readonly ms: number
  readonly reason: GapReason
}

/** What all lines together come to. */
export type CensusTotals = {
  readonly lines: number
  readonly epochs: number
  /** The most of each thing that there ever was at once. */
  readonly most: CensusCounts
}

/** In one word: nobody could; nobody could as far as is known; something was there. */
export const FINDINGS = ['CLEAN', 'GAPS', 'VIOLATED'] as const
export type Finding = (typeof FINDINGS)[number]

/** When media flowed, as the media node measured it, and when the visit ended; null where there is none. */
export type VisitTimes = {
  readonly mediaFrom: Date | null
  readonly mediaTo: Date | null
  readonly endedAt: Date
}

const ms = (at: string): number => new Date(at).getTime()

/** The totals of lines in the order of epochs and numbers. */
export function totalsOf(lines: readonly CensusLine[]): CensusTotals {
  const most = CENSUS_COUNTS.map((name) => [name, Math.max(0, ...lines.map((l) => l.counts[name]))])
  return {
    lines: lines.length,
    epochs: new Set(lines.map(({ epoch }) => epoch)).size,
    most: Object.fromEntries(most) as CensusCounts,
  }
}

/**
 * Stretches longer than ten seconds of which nothing is known, in order. Between the end of one epoch and the
 * beginning of the next there was no room, so nothing could flow, and nothing is missing.
 */
export function gapsOf(lines: readonly CensusLine[], times: VisitTimes): CensusGap[] {
  const first = lines[0]
  const last = lines.at(-1)
  if (!first || !last) return noCensus(times)
  const inside = lines.flatMap((line, index) => gapBetween(lines[index - 1], line) ?? [])
  return [...beforeFirst(first, times), ...inside, ...afterLast(last, times)]
}

function noCensus({ mediaFrom, endedAt }: VisitTimes): CensusGap[] {
  return mediaFrom ? longOnly(mediaFrom.toISOString(), endedAt.toISOString(), 'NO_CENSUS') : []
}

function beforeFirst({ at }: CensusLine, { mediaFrom }: VisitTimes): CensusGap[] {
  return mediaFrom && mediaFrom.getTime() < ms(at)
    ? longOnly(mediaFrom.toISOString(), at, 'NO_CENSUS')
    : []
}

function afterLast({ kind, at }: CensusLine, { endedAt }: VisitTimes): CensusGap[] {
  return kind === 'END' ? [] : longOnly(at, endedAt.toISOString(), 'CUT_OFF')
}

function gapBetween(before: CensusLine | undefined, line: CensusLine): CensusGap | null {
  if (!before) return null
  const isNext = line.epoch === before.epoch + 1 && line.seq === 1
  if (isNext && before.kind === 'END') return null
  return longOnly(before.at, line.at, reasonBetween(before, line))[0] ?? null
}

function reasonBetween(before: CensusLine, line: CensusLine): GapReason {
  if (line.epoch === before.epoch) return line.unwritten ? 'SERVER_AWAY' : 'UNKNOWN'
  if (line.epoch > before.epoch + 1) return 'EPOCH_MISSING'
  return line.bootId === before.bootId ? 'UNKNOWN' : 'NODE_RESTARTED'
}

function longOnly(from: string, to: string, reason: GapReason): CensusGap[] {
  const length = ms(to) - ms(from)
  return length > CENSUS_GAP_MS ? [{ from, to, ms: length, reason }] : []
}

/** What was found in rooms, as their last lines say. */
export function violationsOf(
  lines: readonly CensusLine[],
): { epoch: number; at: string; what: string }[] {
  return lines.flatMap(({ epoch, at, end, violation }) =>
    end === 'VIOLATED' ? [{ epoch, at, what: violation ?? '' }] : [],
  )
}

type Evidence = {
  readonly totals: CensusTotals
  readonly gaps: readonly CensusGap[]
  readonly violations: readonly unknown[]
  /** Rows that may not be there: recordings, observations, alarms. */
  readonly rows: Readonly<Record<string, number>>
  readonly participants: number
}

/** The finding. A thing that was never expected weighs as much as one that closed a room. */
export function findingOf({ totals, gaps, violations, rows, participants }: Evidence): Finding {
  const unexpected = CENSUS_COUNTS.some(
    (name) => !EXPECTED_COUNTS.includes(name) && totals.most[name] > 0,
  )
  const hasRows = Object.values(rows).some((count) => count > 0)
  const isCrowded = totals.most.seats > participants
  if (unexpected || hasRows || isCrowded || violations.length > 0) return 'VIOLATED'
  return gaps.length > 0 ? 'GAPS' : 'CLEAN'
}

/** What a certificate proves, and what nobody should read into it; codes with words in every language. */
export const PROVES = [
  'NO_OTHER_RECEIVER',
  'NO_RECORDER',
  'NO_WAY_OUT',
  'LIBRARY_COUNTED',
  'UNCHANGED_SINCE',
] as const
export const PROVES_NOT = [
  'CAMERA_BESIDE',
  'CHANGED_DEVICE',
  'EXCHANGED_SOFTWARE',
  'READABLE_IN_SERVER',
  'OTHER_CHANNELS',
] as const

/** A violated visit proves nothing but that it was noticed. */
export function provesOf(finding: Finding): readonly string[] {
  return finding === 'VIOLATED' ? ['CLOSED_WHEN_FOUND', 'UNCHANGED_SINCE'] : PROVES
}

/** With gaps, one thing more is not proven. */
export function provesNotOf(finding: Finding): readonly string[] {
  return finding === 'GAPS' ? ['GAPS_NOT_COVERED', ...PROVES_NOT] : PROVES_NOT
}
