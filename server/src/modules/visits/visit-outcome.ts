import type { Party } from '@visavis/contract/media-graph'
import type { Outcome } from '@visavis/contract/visit'
import type { SeatLinks } from './seat-link.ts'
import { isReachable, linkOf } from './seat-link.ts'
import { bookedMsOf, isUnderWay, personsOf } from './visit-record.ts'
import type { SeatRecord, VisitRecord } from './visit-record.ts'

/** A good-bye in the last minute is no early end. */
const LAST_MINUTE_MS = 60_000

/** What an outcome follows from (LV-7). */
export type EndSituation = {
  readonly visit: VisitRecord
  readonly links: SeatLinks
  readonly deliveredMs: number
  readonly now: Date
  /** Since when people could come; a server that was away kept them out. Absent: always. */
  readonly doorOpenSince?: Date
}

/** The outcome of a visit that one of its parties ends. */
export function outcomeByParty(party: Party, situation: EndSituation): Outcome {
  if (isInLastMinute(situation)) return 'COMPLETED'
  return party === 'VISITOR' ? 'VISITOR_EARLY' : 'INMATE_EARLY'
}

/** The outcome of a visit whose time is over. */
export function outcomeByTime(situation: EndSituation): Outcome {
  return isUnderWay(situation.visit.session.state)
    ? outcomeOfBegun(situation)
    : outcomeOfUnbegun(situation.visit)
}

function outcomeOfBegun(situation: EndSituation): Outcome {
  const { visit, deliveredMs } = situation
  if (deliveredMs >= bookedMsOf(visit) - LAST_MINUTE_MS) return 'COMPLETED'
  const visitor = absenceOf('VISITOR', situation)
  const inmate = absenceOf('INMATE', situation)
  if (visitor === 'LEFT') return 'VISITOR_EARLY'
  if (inmate === 'LEFT') return 'INMATE_EARLY'
  if (visitor === 'LOST' && inmate === 'LOST') return 'FAILED_TECH_PLATFORM'
  if (visitor === 'LOST') return 'FAILED_TECH_VISITOR'
  if (inmate === 'LOST') return 'FAILED_TECH_FACILITY'
  return deliveredMs > 0 ? 'COMPLETED' : 'FAILED_TECH_PLATFORM'
}

/** Whether a side is missing at the end, and whether it went by itself. */
function absenceOf(party: Party, { visit, links }: EndSituation): 'LEFT' | 'LOST' | null {
  const own = personsOf(visit, party).map((seat) => linkOf(links, seat.seatId))
  if (own.some(isReachable)) return null
  return own.some((link) => link.kind === 'GONE' && link.hasLeft) ? 'LEFT' : 'LOST'
}

/**
 * A visit that never began. Nobody there at all counts as the inmate's absence: the facility brings the
 * inmate, and that outcome costs the family nothing. Both there and never let in is the facility's doing.
 */
function outcomeOfUnbegun(visit: VisitRecord): Outcome {
  const visitors = personsOf(visit, 'VISITOR')
  const hasVisitor = visitors.some(hasCome)
  const hasInmate = personsOf(visit, 'INMATE').some(hasCome)
  if (!hasInmate) return 'NO_SHOW_INMATE'
  if (!hasVisitor) return 'NO_SHOW_VISITOR'
  if (visitors.filter(hasCome).every((seat) => seat.state === 'REFUSED')) return 'VISITOR_DENIED'
  const wasAdmitted = visitors.some((seat) => seat.admittedAt !== null)
  return wasAdmitted ? 'FAILED_TECH_PLATFORM' : 'FACILITY_CANCELLED'
}

/** Whose no-show it is that one side came and the other did not; null before it counts as one. */
export function noShowOf({ visit, now, doorOpenSince }: EndSituation): Outcome | null {
  const hasVisitor = personsOf(visit, 'VISITOR').some(hasCome)
  const hasInmate = personsOf(visit, 'INMATE').some(hasCome)
  if (hasVisitor === hasInmate) return null
  const sinceMs = Math.max(visit.startsAt.getTime(), doorOpenSince?.getTime() ?? 0)
  if (now.getTime() < sinceMs + visit.noShowMs) return null
  return hasInmate ? 'NO_SHOW_VISITOR' : 'NO_SHOW_INMATE'
}

function hasCome(seat: SeatRecord): boolean {
  return seat.arrivedAt !== null
}

function isInLastMinute({ visit, deliveredMs, now }: EndSituation): boolean {
  const isNearlyDelivered = deliveredMs >= bookedMsOf(visit) - LAST_MINUTE_MS
  return isNearlyDelivered || now.getTime() >= visit.endsAt.getTime() - LAST_MINUTE_MS
}
