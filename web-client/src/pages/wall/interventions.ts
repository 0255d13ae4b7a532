import type { PauseCause } from '@visavis/call'
import type { InterventionKind } from '@visavis/contract/interventions'
import { UNDER_WAY_STATES } from '@visavis/contract/session-lifecycle'
import type { WallVisit } from '@visavis/contract/visit'

/** A rung of the ladder, and whether it can be used now; `why` has words. */
export type Rung = {
  readonly kind: InterventionKind
  readonly why: 'NOT_UNDER_WAY' | 'NOT_WATCHED' | 'SOMEBODY_SPEAKS' | 'RESTRICTED' | null
}

/** What reaches into what the people say needs a visit that may be watched (OV-1). */
const NEEDS_WATCH: readonly InterventionKind[] = ['MUTE', 'SPEAK']
/** Gentlest first, in the order of their keys. */
const LADDER: readonly InterventionKind[] = ['WARN', 'MUTE', 'PAUSE', 'SPEAK', 'TERMINATE']

/** What an officer may do in a visit now, by the same rules as the server (OV-5). Pure. */
export function rungsOf(visit: WallVisit, ownSpeakerId: string | null): readonly Rung[] {
  return LADDER.map((kind) => ({ kind, why: whyNot(kind, visit, ownSpeakerId) }))
}

function whyNot(
  kind: InterventionKind,
  { state, policy, pauseReason, interventions }: WallVisit,
  ownSpeakerId: string | null,
): Rung['why'] {
  if (kind === 'TERMINATE') return null
  if (!UNDER_WAY_STATES.includes(state)) return 'NOT_UNDER_WAY'
  if (NEEDS_WATCH.includes(kind) && policy.monitor === 'NONE') return 'NOT_WATCHED'
  if (kind === 'PAUSE' && pauseReason === 'RESTRICTION') return 'RESTRICTED'
  const { speakerId } = interventions
  const isOthers = speakerId !== null && speakerId !== ownSpeakerId
  return kind === 'SPEAK' && isOthers ? 'SOMEBODY_SPEAKS' : null
}

/** The contract's reasons in the order of their keys; an object, so that the compiler misses none. */
const CAUSES: Readonly<Record<PauseCause, true>> = {
  CONDUCT: true,
  SECURITY: true,
  EMERGENCY: true,
  TECHNICAL: true,
  OTHER: true,
}
export const PAUSE_CAUSE_LIST = Object.keys(CAUSES) as readonly PauseCause[]

/** Keys choose among no more than nine. */
const KEYS = 9
/** The key of the option at that place; null: it has none. */
export function keyAt(index: number): string | null {
  return index < KEYS ? String(index + 1) : null
}
