import type { Tx } from '../../platform/transact.ts'
import { meetingChanged } from './meeting-changes.ts'
import type { MeetingChange } from './meeting-changes.ts'
import { enter, facilityIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { requireOneOf } from './reach.ts'
import type { Person } from './reach.ts'

/** What keeps people from meeting: a restriction (EL-4), or that two are kept apart (EL-7). */
export type Obstacle = Omit<MeetingChange, 'act'> & {
  readonly type: 'restriction' | 'nonAssociation'
  readonly obstacleId: string
  /** Ids and codes for the log. */
  readonly detail: Readonly<Record<string, string>>
}

/** How an obstacle ended, as its row keeps it. */
export type Lifted = {
  readonly liftedAt: Date
  readonly liftedBy: string
  readonly liftedReason: string
}

/**
 * An obstacle was entered: it counts at once, also for visits that run. Answers the visits that are not
 * allowed any more. The last act of its transaction.
 */
export async function obstacleEntered(
  tx: Tx,
  kit: PeopleKit,
  { act, obstacle }: { act: Act; obstacle: Obstacle },
): Promise<string[]> {
  const affectedVisits = await meetingChanged(tx, kit, { act, ...obstacle })
  await log(tx, kit, { act, obstacle, event: 'add', detail: { affectedVisits } })
  return affectedVisits
}

/** An obstacle was lifted. The last act of its transaction. */
export async function obstacleLifted(
  tx: Tx,
  kit: PeopleKit,
  { act, obstacle }: { act: Act; obstacle: Obstacle },
): Promise<void> {
  await meetingChanged(tx, kit, { act, ...obstacle })
  await log(tx, kit, { act, obstacle, event: 'lift', detail: {} })
}

/** Who lifts it now, and why. */
export function liftedNow({ clock }: PeopleKit, { actor }: Act, liftedReason: string): Lifted {
  return { liftedAt: clock.now(), liftedBy: actor.accountId, liftedReason }
}

/** Refuses with `NOT_FOUND` a facility that neither keeps the obstacle nor knows one of its people. */
export async function requireReach(
  tx: Tx,
  act: Act,
  { keptBy, people }: { keptBy: string | null; people: readonly Person[] },
): Promise<void> {
  const facilityId = facilityIdOf(act.actor)
  if (keptBy !== facilityId) await requireOneOf(tx, facilityId, people)
}

type Logged = {
  readonly act: Act
  readonly obstacle: Obstacle
  readonly event: 'add' | 'lift'
  readonly detail: Readonly<Record<string, string[]>>
}

function log(tx: Tx, kit: PeopleKit, { act, obstacle, event, detail }: Logged): Promise<void> {
  const { type, obstacleId } = obstacle
  return enter(tx, kit, {
    ...act,
    action: `${type}.${event}`,
    object: { type, objectId: obstacleId },
    detail: { ...obstacle.detail, ...detail },
  })
}
