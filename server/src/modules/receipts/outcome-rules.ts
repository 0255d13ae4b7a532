import type { GapCause } from '@visavis/contract/receipt'
import type { Outcome } from '@visavis/contract/visit'
import type { Tile } from './receipt-rules.ts'

/** A visit that lost no more than this was had. */
const SHORTEST_LOSS_MS = 60_000

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
  // The facility brings the inmate, checks the visitors and watches.
  INMATE_ABSENT: 'FAILED_TECH_FACILITY',
  WAITING_FOR_CHECK: 'FAILED_TECH_FACILITY',
  STAFF_PAUSE: 'FAILED_TECH_FACILITY',
  MONITOR_ABSENT: 'FAILED_TECH_FACILITY',
  VISITOR_NETWORK: 'FAILED_TECH_VISITOR',
  VISITOR_ABSENT: 'COMPLETED',
  ADULT_MISSING: 'COMPLETED',
  VISITOR_DENIED: 'COMPLETED',
  VISITOR_ENDED: 'COMPLETED',
  INMATE_ENDED: 'COMPLETED',
  STAFF_ENDED: 'COMPLETED',
}

/**
 * LV-7. The outcome of a visit that began and whose time is over, by where most of what was not delivered
 * was lost. `byTime`: what it is without evidence; a side that had left by then stays the one that left.
 */
export function outcomeByEvidence(byTime: Outcome, tiles: readonly Tile[]): Outcome {
  if (!isOpen(byTime)) return byTime
  const gaps = tiles.filter((tile): tile is Gap => tile.cause !== null)
  if (msOf(gaps) <= SHORTEST_LOSS_MS) return 'COMPLETED'
  const lostTo = (answer: ByEvidence) =>
    msOf(gaps.filter(({ cause }) => ANSWERS_FOR[cause] === answer))
  return BY_EVIDENCE.reduce((most, answer) => (lostTo(answer) > lostTo(most) ? answer : most))
}

type Gap = Tile & { readonly cause: GapCause }

function isOpen(outcome: Outcome): boolean {
  return BY_EVIDENCE.some((one) => one === outcome)
}

function msOf(tiles: readonly Tile[]): number {
  return tiles.reduce((sum, { ms }) => sum + ms, 0)
}
