import { WATCHED_FOR_MS } from '@visavis/contract/coverage'
import type { Watching } from './observer-rules.ts'

/** What a wall has on screen, and when its page was last heard of. */
export type HeardWall = { readonly watching: Watching; readonly heardAt: Date }

/** Whether a wall has a visit on its screen, live, as a still, or with sound. */
export function isOnScreen(
  { visitIds, stillVisitIds, focusVisitId }: Watching,
  visitId: string,
): boolean {
  return visitIds.has(visitId) || stillVisitIds.has(visitId) || focusVisitId === visitId
}

/** Whether somebody was before this wall a moment ago (OV-7). */
export function isHeard({ heardAt }: Pick<HeardWall, 'heardAt'>, now: Date): boolean {
  return now.getTime() - heardAt.getTime() < WATCHED_FOR_MS
}

/** Whether somebody watches a visit: it is on the screen of a wall that was heard a moment ago (OV-7). */
export function isWatchedBy(walls: readonly HeardWall[], visitId: string, now: Date): boolean {
  return walls.some((wall) => isOnScreen(wall.watching, visitId) && isHeard(wall, now))
}
