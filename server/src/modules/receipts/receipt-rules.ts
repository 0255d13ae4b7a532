import type { Party } from '@visavis/contract/media-graph'
import type { FlowStretch, GapCause } from '@visavis/contract/receipt'
import type { Outcome, PauseReason } from '@visavis/contract/visit'
import { stateAt } from './course-rules.ts'
import type { CourseNote, CourseState } from './course-rules.ts'

/** All that a receipt follows from. Instants in milliseconds since 1970. */
export type VisitCourse = {
  readonly startsMs: number
  /** The booked end with what staff added; not reached by a visit that ended before. */
  readonly endsMs: number
  readonly endedMs: number
  readonly outcome: Outcome
  readonly seats: readonly { readonly seatId: string; readonly party: Party }[]
  /** What the SFU saw, of all epochs; where two overlap, the one that flowed counts. */
  readonly flow: readonly FlowStretch[]
  readonly notes: readonly CourseNote[]
}

/** A stretch of the booked time: delivered (`cause` null), or not and why. */
export type Tile = { readonly fromMs: number; readonly ms: number; readonly cause: GapCause | null }

/** What a visit came to, to the millisecond: delivered and gaps add up to the booked time. */
export type ReceiptSum = { readonly deliveredMs: number; readonly gaps: readonly Tile[] }

/** LV-6. The statement of a visit that has ended; pure and total over whatever was noted. */
export function receiptOf(course: VisitCourse): ReceiptSum {
  const tiles = tilesOf(course)
  const deliveredMs = tiles
    .filter(({ cause }) => cause === null)
    .reduce((sum, { ms }) => sum + ms, 0)
  return { deliveredMs, gaps: tiles.filter(({ cause }) => cause !== null) }
}

/** The booked time cut where something changed; neighbours of one cause are one tile. */
export function tilesOf(course: VisitCourse): readonly Tile[] {
  const cuts = cutsOf(course)
  const tiles: Tile[] = []
  cuts.slice(0, -1).forEach((fromMs, index) => {
    const ms = (cuts[index + 1] ?? fromMs) - fromMs
    const cause = causeAt(course, fromMs)
    const last = tiles.at(-1)
    if (last?.cause === cause) tiles[tiles.length - 1] = { ...last, ms: last.ms + ms }
    else tiles.push({ fromMs, ms, cause })
  })
  return tiles
}

function cutsOf({ startsMs, endsMs, endedMs, flow, notes }: VisitCourse): readonly number[] {
  if (endsMs <= startsMs) return []
  const all = [
    startsMs,
    endsMs,
    endedMs,
    ...flow.flatMap(({ fromMs, ms }) => [fromMs, fromMs + ms]),
    ...notes.map(({ atMs }) => atMs),
  ]
  const inside = all.filter((ms) => ms >= startsMs && ms <= endsMs)
  return [...new Set(inside)].sort((a, b) => a - b)
}

/** Why nothing flowed both ways at an instant; null where it did. */
function causeAt(course: VisitCourse, ms: number): GapCause | null {
  const stretches = course.flow.filter(
    ({ fromMs, ms: length }) => fromMs <= ms && ms < fromMs + length,
  )
  if (ms < course.endedMs && stretches.some(({ isFlowing }) => isFlowing)) return null
  if (ms >= course.endedMs) return AFTER_THE_END[course.outcome]
  const state = stateAt(course.notes, ms, course.seats)
  if (!state.hasStarted) return causeBefore(state)
  if (state.pause !== null) return PAUSES[state.pause]
  return causeOf(state, sidesAt(course, stretches.at(-1)))
}

/** What the rest of the booked time is put down to, once the visit has ended. */
const AFTER_THE_END: Readonly<Record<Outcome, GapCause>> = {
  // A good-bye in the last minute: nobody's failing, and it is theirs to say.
  COMPLETED: 'VISITOR_ENDED',
  VISITOR_EARLY: 'VISITOR_ENDED',
  INMATE_EARLY: 'INMATE_ENDED',
  STAFF_TERMINATED: 'STAFF_ENDED',
  NO_SHOW_VISITOR: 'VISITOR_ABSENT',
  NO_SHOW_INMATE: 'INMATE_ABSENT',
  INMATE_REFUSED: 'INMATE_ABSENT',
  VISITOR_DENIED: 'VISITOR_DENIED',
  FAILED_TECH_VISITOR: 'VISITOR_NETWORK',
  FAILED_TECH_FACILITY: 'FACILITY_NETWORK',
  FAILED_TECH_PLATFORM: 'PLATFORM',
  FACILITY_CANCELLED: 'STAFF_ENDED',
}

const PAUSES: Readonly<Record<PauseReason, GapCause>> = {
  RESTRICTION: 'STAFF_PAUSE',
  ADMISSION: 'STAFF_PAUSE',
  OFFICER: 'STAFF_PAUSE',
  NO_MONITOR: 'MONITOR_ABSENT',
  // Theirs to keep running: it is owed like a wait for somebody to watch.
  NO_RECORDER: 'STAFF_PAUSE',
  ADULT_MISSING: 'ADULT_MISSING',
}

/** The facility brings the inmate: while nobody is there, it is not the family that is late. */
function causeBefore({ isHere }: CourseState): GapCause {
  if (!isHere.INMATE) return 'INMATE_ABSENT'
  return isHere.VISITOR ? 'WAITING_FOR_CHECK' : 'VISITOR_ABSENT'
}

type Side = { readonly isWell: boolean; readonly hasTransport: boolean }

function sidesAt(
  { seats }: VisitCourse,
  stretch: FlowStretch | undefined,
): Readonly<Record<Party, Side>> | null {
  if (!stretch) return null
  const side = (party: Party): Side => {
    const seen = seats
      .filter((seat) => seat.party === party)
      .map(({ seatId }) => stretch.seats[seatId] ?? 'NO_TRANSPORT')
    return {
      isWell: seen.includes('OK'),
      hasTransport: seen.some((flow) => flow !== 'NO_TRANSPORT'),
    }
  }
  return { VISITOR: side('VISITOR'), INMATE: side('INMATE') }
}

/** One side in trouble is that side's; both at once, or nothing seen at all, is ours. */
function causeOf({ hasLeft }: CourseState, sides: ReturnType<typeof sidesAt>): GapCause {
  if (hasLeft.VISITOR) return 'VISITOR_ABSENT'
  if (hasLeft.INMATE) return 'INMATE_ABSENT'
  if (!sides || sides.VISITOR.isWell === sides.INMATE.isWell) return 'PLATFORM'
  if (!sides.VISITOR.isWell) return 'VISITOR_NETWORK'
  return sides.INMATE.hasTransport ? 'FACILITY_NETWORK' : 'TERMINAL'
}
