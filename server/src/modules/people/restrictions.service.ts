import { Refusal } from '@visavis/contract/errors'
import type { RouteBody, RouteReply, routes } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import { liftedNow, obstacleEntered, obstacleLifted, requireReach } from './obstacles.ts'
import type { Obstacle } from './obstacles.ts'
import { facilityIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { peopleOf, restrictionFaults } from './restriction-rules.ts'
import { restrictionsRepo } from './restrictions.repo.ts'
import type { RestrictionRow } from './restrictions.repo.ts'
import { restrictionView } from './staff-view.ts'

type Given = RouteBody<typeof routes.addRestriction>
type Added = RouteReply<typeof routes.addRestriction>
type Lifted = RouteReply<typeof routes.liftRestriction>
type Lifting = Act & { readonly restrictionId: string; readonly reason: string }

/** Use cases of orders, bans and conditions (EL-4). */
export type RestrictionsService = ReturnType<typeof createRestrictionsService>

export function createRestrictionsService(kit: PeopleKit) {
  return {
    add: (tx: Tx, act: Act, given: Given) => add(tx, kit, { ...act, given }),
    lift: (tx: Tx, lifting: Lifting) => lift(tx, kit, lifting),
  }
}

async function add(
  tx: Tx,
  kit: PeopleKit,
  { given, ...act }: Act & { given: Given },
): Promise<Added> {
  const fields = restrictionFaults(given)
  if (fields.length > 0) throw new Refusal('BAD_REQUEST', { fields })
  // A court binds everywhere: any facility that holds one of the people may enter what it ordered.
  await requireReach(tx, act, { keptBy: null, people: peopleOf(given) })
  const { kind, source, reason } = given
  const row = await restrictionsRepo.add(tx, {
    restrictionId: newId(),
    facilityId: facilityIdOf(act.actor),
    ...{ kind, source, reason },
    visitorId: given.visitorId ?? null,
    inmateId: given.inmateId ?? null,
    startsAt: new Date(given.startsAt),
    endsAt: given.endsAt === null ? null : new Date(given.endsAt),
    createdBy: act.actor.accountId,
    createdAt: kit.clock.now(),
  })
  const entered = obstacleOf(row, { kind, source })
  const cause = kind === 'BAN' ? 'BAN' : 'RESTRICTION'
  const affectedVisits = await obstacleEntered(tx, kit, { act, obstacle: { ...entered, cause } })
  return { restriction: restrictionView(row), affectedVisits }
}

async function lift(
  tx: Tx,
  kit: PeopleKit,
  { restrictionId, reason, ...act }: Lifting,
): Promise<Lifted> {
  const row = await restrictionsRepo.lock(tx, restrictionId)
  if (row === null) throw new Refusal('NOT_FOUND')
  // A ban is the facility's own; what goes with an inmate is lifted where the inmate is, too.
  const people = row.kind === 'BAN' ? [] : peopleOf({ inmateId: row.inmateId })
  await requireReach(tx, act, { keptBy: row.facilityId, people })
  if (row.liftedAt !== null) throw new Refusal('ALREADY_DECIDED')
  const after = await restrictionsRepo.lift(tx, restrictionId, liftedNow(kit, act, reason))
  await obstacleLifted(tx, kit, { act, obstacle: obstacleOf(row, {}) })
  return restrictionView(after)
}

function obstacleOf(row: RestrictionRow, detail: Obstacle['detail']): Obstacle {
  const { restrictionId, visitorId, inmateId } = row
  const ids = {
    ...(visitorId === null ? {} : { visitorId }),
    ...(inmateId === null ? {} : { inmateId }),
  }
  return {
    ...{ type: 'restriction', obstacleId: restrictionId, cause: 'RESTRICTION' },
    people: peopleOf(row),
    detail: { ...detail, ...ids },
  }
}
