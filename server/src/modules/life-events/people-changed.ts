import type { Tx } from '../../platform/transact.ts'
import { lifeEventsRepo } from './life-events.repo.ts'
import type { BookedVisit, ChangedPeople } from './life-events.repo.ts'
import { dueBefore } from './life-events-parts.ts'
import type { LifeEventsDeps } from './life-events-parts.ts'

/** Why people may no longer meet. */
export type ChangeCause =
  | 'RESTRICTION'
  | 'BAN'
  | 'SUSPENSION_OF_RELATIONSHIP'
  | 'RELATIONSHIP_ENDED'
  | 'NON_ASSOCIATION'
  | 'IDENTITY_CHANGED'
  | 'CONSENT_CHANGED'

/** People for whom something changed, and who changed it. */
export type PeopleChange = ChangedPeople & {
  readonly cause: ChangeCause
}

/** What became of their bookings. */
export type ChangeEffect = {
  /** Bookings that are no longer allowed: cancelled by a ban, else with a task each. */
  readonly affectedVisits: string[]
}

/**
 * EL-4, BK-13. Looks at every live booking of these people again. What is no longer allowed is cancelled
 * by a ban, gets a task otherwise; a visit that runs is told to the servers, which pause its media as
 * soon as the transaction commits. Call it after the change itself, in its transaction, before the
 * audit entry.
 */
export async function peopleChanged(
  tx: Tx,
  change: PeopleChange,
  deps: LifeEventsDeps,
): Promise<ChangeEffect> {
  const people = [change.visitorId, change.inmateId].flatMap((one) => one ?? [])
  // A booking of theirs that is being made right now is waited for, and then seen here.
  await deps.booking.lockPeople(tx, people, 'exclusive')
  const bookings = await lifeEventsRepo.bookingsOf(tx, change, deps.clock.now())
  const hit: BookedVisit[] = []
  for (const booking of bookings) {
    if (!(await isStillAllowed(tx, booking, deps))) hit.push(booking)
  }
  for (const booking of hit) await openTask(tx, booking, { change, deps })
  for (const { visitId } of hit.filter(({ isRunning }) => isRunning)) {
    await lifeEventsRepo.tellRunning(tx, visitId)
  }
  if (change.cause === 'BAN') await cancelBanned(tx, hit, deps)
  return { affectedVisits: hit.map(({ visitId }) => visitId) }
}

async function isStillAllowed(
  tx: Tx,
  booking: BookedVisit,
  { eligibility }: LifeEventsDeps,
): Promise<boolean> {
  const { visitId, inmateId, visitorIds, visitClass, place } = booking
  const ask = { visitId, inmateId, visitorIds, visitClass, place, at: 'RECHECK' as const }
  return (await eligibility.assess(tx, ask)).firstRefusal === null
}

async function openTask(
  tx: Tx,
  booking: BookedVisit,
  { change, deps }: { change: PeopleChange; deps: LifeEventsDeps },
): Promise<void> {
  // A ban cancels by itself; only what runs needs a person then.
  if (change.cause === 'BAN' && !booking.isRunning) return
  await deps.tasks.open(tx, {
    facilityId: booking.facilityId,
    kind: 'RESTRICTION_HITS_VISIT',
    visitId: booking.visitId,
    inmateId: booking.inmateId,
    visitorId: change.visitorId ?? booking.visitorIds[0] ?? null,
    suggestion: 'CANCEL',
    dueAt: dueBefore(booking.startsAt, deps.clock.now()),
  })
}

async function cancelBanned(
  tx: Tx,
  hit: readonly BookedVisit[],
  deps: LifeEventsDeps,
): Promise<void> {
  const visitIds = hit.filter(({ isRunning }) => !isRunning).map(({ visitId }) => visitId)
  if (visitIds.length === 0) return
  await deps.booking.cancelAll(tx, { visitIds, reason: 'BANNED', by: null })
}
