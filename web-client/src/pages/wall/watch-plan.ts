import type { SessionState } from '@visavis/contract/session-lifecycle'
import type { WallVisit } from '@visavis/contract/visit'
import type { MAX_WATCHED_VISITS } from '@visavis/contract/wall-socket'
import type { Seen } from './seen-tiles.ts'

/** The contract's limit; its type keeps the two equal without importing its schemas. */
const MOST_LIVE: typeof MAX_WATCHED_VISITS = 25

const NOTHING_TO_SEE: readonly SessionState[] = ['SCHEDULED', 'ENDED']

/** What the page has in view. */
export type InView = Seen & {
  /** In the order of the wall. */
  readonly tiles: readonly WallVisit[]
  readonly focusVisitId: string | null
  /** Nobody sees the page: another tab is in front, or the window is put away. */
  readonly isHidden: boolean
}

/** What to ask the server for, as a whole. */
export type WatchPlan = {
  readonly visitIds: readonly string[]
  readonly stillVisitIds: readonly string[]
  readonly focusVisitId: string | null
  /** Whose figures are wanted, also of a visit that nobody may watch (OV-9). */
  readonly chosenVisitId: string | null
}

const NOTHING: WatchPlan = {
  ...{ visitIds: [], stillVisitIds: [] },
  ...{ focusVisitId: null, chosenVisitId: null },
}

/**
 * Which visits are to be seen, moving or still (OV-4): the chosen one and the first on screen live, the rest
 * on screen as stills; what has just left the screen stays live as long as there is room. Pure.
 */
export function planWatch(view: InView): WatchPlan {
  if (view.isHidden) return NOTHING
  const { onScreen, focusVisitId } = view
  const visible = view.tiles.filter(isWatchable).map(({ visitId }) => visitId as string)
  const seen = visible.filter((visitId) => onScreen.has(visitId))
  const focused = visible.filter((visitId) => visitId === focusVisitId)
  const lingering = view.lingering.filter((visitId) => visible.includes(visitId))
  const visitIds = [...new Set([...focused, ...seen, ...lingering])].slice(0, MOST_LIVE)
  return {
    visitIds,
    stillVisitIds: seen.filter((visitId) => !visitIds.includes(visitId)),
    // To look closely at what nobody may watch is not even asked for: the log would call it a try (OV-2).
    focusVisitId: focused[0] ?? null,
    chosenVisitId: focusVisitId,
  }
}

/** Whether a visit has pictures that an officer may see (OV-1). */
export function isWatchable({ policy, state }: WallVisit): boolean {
  return policy.monitor !== 'NONE' && !NOTHING_TO_SEE.includes(state)
}
