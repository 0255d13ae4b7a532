import type { SeatCallState } from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import type { SeatState } from '@visavis/contract/seat-lifecycle'
import { UNDER_WAY_STATES } from '@visavis/contract/session-lifecycle'
import type { VisitSnapshot } from '@visavis/contract/visit'

export type JoinedState = Extract<SeatCallState, { phase: 'joined' }>

/** Which page a call's state is. */
export type VisitView =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'lobby'; readonly snapshot: VisitSnapshot }
  | { readonly kind: 'turnedAway' }
  | { readonly kind: 'call'; readonly joined: JoinedState }
  | { readonly kind: 'ended'; readonly snapshot: VisitSnapshot }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'refused'; readonly code: ErrorCode }

const TURNED_AWAY: readonly SeatState[] = ['REFUSED', 'REMOVED']

const AT_THE_DOOR: readonly SeatState[] = ['NOT_ARRIVED', 'WAITING', 'CHECKING', 'ADMITTED']

/** The page for a call's state; pure. */
export function viewOf(state: SeatCallState): VisitView {
  switch (state.phase) {
    case 'idle':
    case 'connecting':
      return { kind: 'connecting' }
    case 'joined':
      return viewOfJoined(state)
    case 'ended':
      return { kind: 'ended', snapshot: state.snapshot }
    case 'replaced':
      return { kind: 'replaced' }
    case 'refused':
      return { kind: 'refused', code: state.code }
  }
}

function viewOfJoined(joined: JoinedState): VisitView {
  const { snapshot } = joined
  if (snapshot.state === 'ENDED') return { kind: 'ended', snapshot }
  if (TURNED_AWAY.includes(snapshot.you.state)) return { kind: 'turnedAway' }
  // Who comes late, or is looked at again, waits while the others talk.
  const isAtTheDoor = AT_THE_DOOR.includes(snapshot.you.state)
  if (UNDER_WAY_STATES.includes(snapshot.state) && !isAtTheDoor) return { kind: 'call', joined }
  return { kind: 'lobby', snapshot }
}
