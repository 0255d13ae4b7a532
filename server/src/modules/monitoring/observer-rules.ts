import type { ErrorCode } from '@visavis/contract/errors'
import type { RoomFacts } from '@visavis/contract/media-graph'
import type { VisitRecord } from '../visits/index.ts'

/** What one wall has on its screen. */
export type Watching = {
  readonly observerId: string
  readonly visitIds: ReadonlySet<string>
  /** The one visit with sound. */
  readonly focusVisitId: string | null
}

/** A wall with nothing on its screen. */
export function watchingNothing(observerId: string): Watching {
  return { observerId, visitIds: new Set(), focusVisitId: null }
}

/** As many as a room's facts can carry; beyond it no facts would reach the room at all. */
export const MAX_OBSERVERS = 64

/** The observers of a visit, as its room's facts name them. */
export function observersOf(walls: Iterable<Watching>, visitId: string): RoomFacts['observers'] {
  return [...walls]
    .filter((wall) => wall.visitIds.has(visitId))
    .map(({ observerId, focusVisitId }) => ({ observerId, hasFocus: focusVisitId === visitId }))
}

/** Why an officer of that facility may not watch a visit, or null (OV-1, TR-3). */
export function whyNotWatch(visit: VisitRecord | null, facilityId: string): ErrorCode | null {
  if (!visit || visit.facilityId !== facilityId) return 'VISIT_NOT_FOUND'
  if (visit.policy.monitor === 'NONE') return 'MEDIA_POLICY_FORBIDS'
  return visit.session.state === 'ENDED' ? 'VISIT_ENDED' : null
}

/** What begins with a new screen and so is entered in the log before it happens (TR-1). */
export function beginnings(
  before: Watching,
  after: Watching,
): { watched: readonly string[]; heard: readonly string[] } {
  const { focusVisitId } = after
  return {
    watched: [...after.visitIds].filter((visitId) => !before.visitIds.has(visitId)),
    heard: focusVisitId && focusVisitId !== before.focusVisitId ? [focusVisitId] : [],
  }
}

/** The visits whose observers a new screen changes. */
export function affectedVisits(before: Watching, after: Watching): readonly string[] {
  const either = new Set([...before.visitIds, ...after.visitIds])
  return [...either].filter(
    (visitId) =>
      before.visitIds.has(visitId) !== after.visitIds.has(visitId) ||
      (before.focusVisitId === visitId) !== (after.focusVisitId === visitId),
  )
}
