import type { ErrorCode } from '@visavis/contract/errors'
import type { RoomFacts } from '@visavis/contract/media-graph'
import { decide } from '../access/index.ts'
import type { VisitRecord } from '../visits/index.ts'

/** What one wall has on its screen. */
export type Watching = {
  readonly observerId: string
  readonly visitIds: ReadonlySet<string>
  /** Visits of which it gets still pictures. */
  readonly stillVisitIds: ReadonlySet<string>
  /** The one visit with sound. */
  readonly focusVisitId: string | null
}

/** A wall with nothing on its screen. */
export function watchingNothing(observerId: string): Watching {
  return { observerId, visitIds: new Set(), stillVisitIds: new Set(), focusVisitId: null }
}

/** As many as a room's facts can carry; beyond it no facts would reach the room at all. */
export const MAX_OBSERVERS = 64

/** The observers of a visit, as its room's facts name them. */
export function observersOf(walls: Iterable<Watching>, visitId: string): RoomFacts['observers'] {
  return [...walls]
    .filter((wall) => wall.visitIds.has(visitId))
    .map(({ observerId, focusVisitId }) => ({ observerId, hasFocus: focusVisitId === visitId }))
}

/** Which of a facility's officers asks changes nothing. */
const AN_OFFICER = { role: 'officer', accountId: '', officerId: null, operatorId: null } as const

/**
 * Why an officer of that facility may not watch a visit, or null (OV-1, TR-3). Of a privileged visit there
 * are no still pictures, even where it may be seen.
 */
export function whyNotWatch(
  visit: VisitRecord | null,
  { facilityId, isStill }: { facilityId: string; isStill: boolean },
): ErrorCode | null {
  if (!visit) return 'VISIT_NOT_FOUND'
  const { visitClass, policy, session } = visit
  const thing = { facilityId: visit.facilityId, visitClass, monitor: policy.monitor }
  const isOver = session.state === 'ENDED'
  const action = isStill ? 'visit.watchStills' : 'visit.watch'
  const decision = decide({ ...AN_OFFICER, facilityId }, action, { ...thing, isOver })
  if (decision.isAllowed) return null
  return decision.code === 'ABSENT' ? 'VISIT_NOT_FOUND' : decision.code
}

/** A visit that was not shown, and why. */
export type Denied = { readonly visitId: string; readonly code: ErrorCode }

/** A screen without those visits. */
export function without(
  { visitIds, stillVisitIds, focusVisitId, ...wall }: Watching,
  gone: ReadonlySet<string>,
): Watching {
  const left = (all: ReadonlySet<string>) => new Set([...all].filter((each) => !gone.has(each)))
  return {
    ...wall,
    visitIds: left(visitIds),
    stillVisitIds: left(stillVisitIds),
    focusVisitId: focusVisitId && gone.has(focusVisitId) ? null : focusVisitId,
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
