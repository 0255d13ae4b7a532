import type { GapCause } from '@visavis/contract/receipt'
import type { Outcome } from '@visavis/contract/visit'
import type { Tile } from './receipt-rules.ts'

/** A visit that lost no more than this was had. */
const SHORTEST_LOSS_MS = 60_000

const HALF = 0.5

/** What a visit came to whose time is over; ties go to the first, which costs the family least. */
const BY_EVIDENCE = [
  'FAILED_TECH_PLATFORM',
  'FAILED_TECH_FACILITY',
  'FAILED_TECH_VISITOR',
  'COMPLETED',
] as const
type ByEvidence = (typeof BY_EVIDENCE)[number]

/** Whose failing a gap is. Who comes late keeps the remainder (LV-5): that is no failing. */
const ANSWERS_FOR: Readonly<Record<GapCause, ByEvidence>> = {
  PLATFORM: 'FAILED_TECH_PLATFORM',
  FACILITY_NETWORK: 'FAILED_TECH_FACILITY',
  TERMINAL: 'FAILED_TECH_FACILITY',
  // Minutes of the facility's, which it owes (LV-5): no failing of the technique.
  INMATE_ABSENT: 'COMPLETED',
  WAITING_FOR_CHECK: 'COMPLETED',
  STAFF_PAUSE: 'COMPLETED',
  MONITOR_ABSENT: 'COMPLETED',
  VISITOR_NETWORK: 'FAILED_TECH_VISITOR',
  VISITOR_ABSENT: 'COMPLETED',
  ADULT_MISSING: 'COMPLETED',
  VISITOR_DENIED: 'COMPLETED',
  VISITOR_ENDED: 'COMPLETED',
  INMATE_ENDED: 'COMPLETED',
  STAFF_ENDED: 'COMPLETED',
}

/** What a visit came to, cut by cause (`tilesOf`), when it began, and the time added for a late beginning. */
export type Course = {
  readonly tiles: readonly Tile[]
  readonly startedMs: number
  readonly madeUpMs: number
}

/** Taken by the facility: before the beginning, because it brings the inmate and checks the visitors. */
const OWED_BEFORE: readonly GapCause[] = ['INMATE_ABSENT', 'WAITING_FOR_CHECK']
const OWED: readonly GapCause[] = ['STAFF_PAUSE', 'MONITOR_ABSENT']

/** LV-5. The milliseconds by which the facility let a visit begin late. */
export function lateMsOf({ tiles, startedMs }: Pick<Course, 'tiles' | 'startedMs'>): number {
  return msOf(
    tiles.filter(({ cause, fromMs }) => isOneOf(OWED_BEFORE, cause) && fromMs < startedMs),
  )
}

/** LV-5. The milliseconds that the facility took of a visit and did not add at its end. */
export function owedMsOf({ madeUpMs, ...course }: Course): number {
  const pausedMs = msOf(course.tiles.filter(({ cause }) => isOneOf(OWED, cause)))
  return Math.max(0, lateMsOf(course) + pausedMs - madeUpMs)
}

/**
 * LV-7. The outcome of a visit that began and whose time is over, by where most of what was not delivered
 * was lost; one of which the facility owes the greater part was not had. `byTime`: what it is without
 * evidence; a side that had left by then stays the one that left.
 */
export function outcomeByEvidence(byTime: Outcome, course: Course): Outcome {
  if (!isOpen(byTime)) return byTime
  const { tiles, madeUpMs } = course
  const gaps = tiles.filter((tile): tile is Gap => tile.cause !== null)
  if (msOf(gaps) - madeUpMs <= SHORTEST_LOSS_MS) return 'COMPLETED'
  if (owedMsOf(course) > (msOf(tiles) - madeUpMs) * HALF) return 'FAILED_TECH_FACILITY'
  const lostTo = (answer: ByEvidence) =>
    msOf(gaps.filter(({ cause }) => ANSWERS_FOR[cause] === answer))
  return BY_EVIDENCE.reduce((most, answer) => (lostTo(answer) > lostTo(most) ? answer : most))
}

type Gap = Tile & { readonly cause: GapCause }

function isOneOf(causes: readonly GapCause[], cause: GapCause | null): boolean {
  return cause !== null && causes.includes(cause)
}

function isOpen(outcome: Outcome): boolean {
  return BY_EVIDENCE.some((one) => one === outcome)
}

function msOf(tiles: readonly Tile[]): number {
  return tiles.reduce((sum, { ms }) => sum + ms, 0)
}
