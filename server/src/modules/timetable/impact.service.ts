import { createHash } from 'node:crypto'
import { Refusal } from '@visavis/contract/errors'
import type { Tx } from '../../platform/transact.ts'
import type { Tasks } from '../tasks/index.ts'
import type { ImpactInput, TouchedVisit } from './timetable-views.ts'

/** A family should know a day after the change; later than the visit itself is of no use. */
const REBOOK_WITHIN_MS = 86_400_000

/** Names the list of visits that a preview told of, in whatever order they stand. */
export function affectedDigestOf(visitIds: readonly string[]): string {
  return createHash('sha256').update(visitIds.toSorted().join(' ')).digest('hex')
}

/** Refuses with the impact as it is now, unless exactly that was read before (BK-7). */
export function requireConfirmed(impact: ImpactInput, affectedDigest: string): void {
  if (affectedDigest !== impact.affectedDigest) {
    throw new Refusal('IMPACT_NOT_CONFIRMED', { report: impact })
  }
}

/**
 * Opens a task for each booked visit that lost its place. A visit that is only held gets none: its
 * confirmation will be refused with other times, or the hold runs out.
 */
export async function openTasks(
  tx: Tx,
  tasks: Tasks,
  about: { visits: readonly TouchedVisit[]; subjectId: string; now: Date },
): Promise<void> {
  const dueAt = about.now.getTime() + REBOOK_WITHIN_MS
  for (const { facilityId, visitId, inmateId, bookingState, startsAt } of about.visits) {
    if (bookingState === 'HELD') continue
    await tasks.open(tx, {
      ...{ facilityId, visitId, inmateId, subjectId: about.subjectId },
      kind: 'REBOOK_VISIT',
      suggestion: 'REBOOK',
      dueAt: new Date(Math.min(dueAt, startsAt.getTime())),
    })
  }
}
