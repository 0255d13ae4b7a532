import type { Tx } from '../../platform/transact.ts'
import type { ChangeCause } from '../life-events/index.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import type { Actor } from '../identity/index.ts'
import type { Person } from './reach.ts'

/** For whom something changed that decides whether they may meet, and why. */
export type MeetingChange = {
  readonly act: Act<Actor>
  /** One person: with everybody. A visitor and an inmate: with each other. */
  readonly people: readonly Person[]
  readonly cause: ChangeCause
}

/** EL-4. Has the bookings of these people looked at again; the ids of those that are not allowed now. */
export async function meetingChanged(
  tx: Tx,
  { lifeEvents }: Pick<PeopleKit, 'lifeEvents'>,
  { act, people, cause }: MeetingChange,
): Promise<string[]> {
  // A visit that has both of two visitors is among those of either, so the first is enough to find it.
  const visitorId = people.find(({ kind }) => kind === 'VISITOR')?.personId
  const inmateId = people.find(({ kind }) => kind === 'INMATE')?.personId
  const { affectedVisits } = await lifeEvents.peopleChanged(tx, {
    ...(visitorId === undefined ? {} : { visitorId }),
    ...(inmateId === undefined ? {} : { inmateId }),
    ...{ cause, by: act.actor, requestId: act.requestId },
  })
  return [...affectedVisits]
}
