import { Refusal } from '@visavis/contract/errors'
import type { RouteBody, RouteReply, routes } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import type { ChangeCause } from '../life-events/index.ts'
import { enter, facilityIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { requireOneOf } from './reach.ts'
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
  const facilityId = facilityIdOf(act.actor)
  // A court binds everywhere: any facility that holds one of the people may enter what it ordered.
  await requireOneOf(tx, facilityId, peopleOf(given))
  const { kind, source, reason } = given
  const row = await restrictionsRepo.add(tx, {
    restrictionId: newId(),
    facilityId,
    ...{ kind, source, reason },
    visitorId: given.visitorId ?? null,
    inmateId: given.inmateId ?? null,
    startsAt: new Date(given.startsAt),
    endsAt: given.endsAt === null ? null : new Date(given.endsAt),
    createdBy: act.actor.accountId,
    createdAt: kit.clock.now(),
  })
  const cause = kind === 'BAN' ? 'BAN' : 'RESTRICTION'
  const affectedVisits = await tellLifeEvents(tx, kit, { row, cause, act })
  const object = { type: 'restriction', objectId: row.restrictionId }
  const detail = { kind, source, ...idsOf(row), affectedVisits: [...affectedVisits] }
  await enter(tx, kit, { ...act, action: 'restriction.add', object, detail })
  return { restriction: restrictionView(row), affectedVisits: [...affectedVisits] }
}

async function lift(
  tx: Tx,
  kit: PeopleKit,
  { restrictionId, reason, ...act }: Lifting,
): Promise<Lifted> {
  const row = await restrictionsRepo.lock(tx, restrictionId)
  if (row === null) throw new Refusal('NOT_FOUND')
  await requireLifter(tx, row, facilityIdOf(act.actor))
  if (row.liftedAt !== null) throw new Refusal('ALREADY_DECIDED')
  const { accountId } = act.actor
  const lifted = { liftedAt: kit.clock.now(), liftedBy: accountId, liftedReason: reason }
  const after = await restrictionsRepo.lift(tx, restrictionId, lifted)
  await tellLifeEvents(tx, kit, { row, cause: 'RESTRICTION', act })
  const object = { type: 'restriction', objectId: restrictionId }
  await enter(tx, kit, { ...act, action: 'restriction.lift', object, detail: idsOf(row) })
  return restrictionView(after)
}

// A ban is the facility's own; what goes with an inmate is lifted where the inmate is, too.
async function requireLifter(tx: Tx, row: RestrictionRow, facilityId: string): Promise<void> {
  if (row.facilityId === facilityId) return
  if (row.kind === 'BAN') throw new Refusal('NOT_FOUND')
  await requireOneOf(tx, facilityId, peopleOf({ inmateId: row.inmateId }))
}

function idsOf({ visitorId, inmateId }: RestrictionRow) {
  return {
    ...(visitorId === null ? {} : { visitorId }),
    ...(inmateId === null ? {} : { inmateId }),
  }
}

type Told = {
  readonly row: RestrictionRow
  readonly cause: ChangeCause
  readonly act: Act
}

async function tellLifeEvents(
  tx: Tx,
  { lifeEvents }: PeopleKit,
  { row, cause, act }: Told,
): Promise<readonly string[]> {
  const { actor, requestId } = act
  const change = { ...idsOf(row), cause, by: actor, requestId }
  const { affectedVisits } = await lifeEvents.peopleChanged(tx, change)
  return affectedVisits
}
