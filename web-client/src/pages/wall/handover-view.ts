import type { HandoverState } from '@visavis/call'
import type { WallVisit } from '@visavis/contract/visit'

/**
 * The visits as this wall shows them (OV-7): what was taken over comes forward and says so, until it is looked
 * at; what was given away is off it as long as nothing in it wants an eye. Pure; the same objects where nothing
 * is different.
 */
export function withHandovers(
  visits: readonly WallVisit[],
  { taken, given }: Pick<HandoverState, 'taken' | 'given'>,
): readonly WallVisit[] {
  if (taken.size === 0 && given.size === 0) return visits
  return visits
    .filter(({ visitId, attention }) => !given.has(visitId) || attention !== null)
    .map((visit) => (isNewHere(visit, taken) ? { ...visit, attention: 'HANDED_OVER' } : visit))
}

/** What wants an eye for a graver reason keeps it. */
const GRAVER: readonly WallVisit['attention'][] = [
  'HELP_CALLED',
  'VIOLATION',
  'RESTRICTION',
  'NO_RECORDER',
  'NO_MONITOR',
]

function isNewHere({ visitId, attention, state }: WallVisit, taken: ReadonlySet<string>): boolean {
  return taken.has(visitId) && state !== 'ENDED' && !GRAVER.includes(attention)
}
