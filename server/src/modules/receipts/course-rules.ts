import type { Party } from '@visavis/contract/media-graph'
import type { TimelineKind } from '@visavis/contract/timeline'
import { PauseReasonShape } from '@visavis/contract/visit'
import type { PauseReason } from '@visavis/contract/visit'

/** An entry of a visit's timeline, as far as its course goes; `code` is the pause's reason. */
export type CourseNote = {
  readonly atMs: number
  readonly kind: TimelineKind
  readonly seatId: string | null
  readonly code: string | null
}

/** How a visit stood at an instant. */
export type CourseState = {
  readonly hasStarted: boolean
  readonly pause: PauseReason | null
  /** Whether anybody of that side was there. */
  readonly isHere: Readonly<Record<Party, boolean>>
  /** Whether that side, all of it, had gone by its own will. */
  readonly hasLeft: Readonly<Record<Party, boolean>>
}

type SeatPresence = 'NEVER' | 'HERE' | 'LOST' | 'LEFT'

/** What an entry makes of the seat it is about. */
const PRESENCE: Readonly<Partial<Record<TimelineKind, SeatPresence>>> = {
  ARRIVED: 'HERE',
  CAME_BACK: 'HERE',
  DROPPED: 'LOST',
  LEFT: 'LEFT',
}

/** The visit's state at an instant, by what was noted up to and at it; `notes` in order of time. */
export function stateAt(
  notes: readonly CourseNote[],
  ms: number,
  seats: readonly { readonly seatId: string; readonly party: Party }[],
): CourseState {
  const past = notes.filter(({ atMs }) => atMs <= ms)
  const presence = new Map(
    past.flatMap(({ seatId, kind }) => {
      const is = PRESENCE[kind]
      return seatId && is ? [[seatId, is] as const] : []
    }),
  )
  const of = (party: Party): readonly SeatPresence[] =>
    seats
      .filter((seat) => seat.party === party)
      .map(({ seatId }) => presence.get(seatId) ?? 'NEVER')
  return {
    hasStarted: past.some(({ kind }) => kind === 'STARTED'),
    pause: pauseOf(past),
    isHere: { VISITOR: of('VISITOR').includes('HERE'), INMATE: of('INMATE').includes('HERE') },
    hasLeft: { VISITOR: hasLeft(of('VISITOR')), INMATE: hasLeft(of('INMATE')) },
  }
}

function pauseOf(past: readonly CourseNote[]): PauseReason | null {
  const last = past.findLast(({ kind }) => kind === 'PAUSED' || kind === 'RESUMED')
  if (last?.kind !== 'PAUSED') return null
  return PauseReasonShape.catch('RESTRICTION').parse(last.code)
}

/** Somebody who only lost the connection has not left. */
function hasLeft(presences: readonly SeatPresence[]): boolean {
  const isGone = presences.every((presence) => presence === 'LEFT' || presence === 'NEVER')
  return isGone && presences.includes('LEFT')
}
