import { Refusal } from '@visavis/contract/errors'
import type { RouteBody, RouteReply, routes } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import { nonAssociationsRepo } from './non-associations.repo.ts'
import type { NonAssociationRow } from './non-associations.repo.ts'
import { badField, enter, facilityIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { requireOneOf } from './reach.ts'
import type { Person } from './reach.ts'

type Given = RouteBody<typeof routes.addNonAssociation>
type Added = RouteReply<typeof routes.addNonAssociation>
type Lifting = Act & { readonly nonAssociationId: string; readonly reason: string }

/** Use cases of people who may not be in one visit (EL-7). */
export type NonAssociationsService = ReturnType<typeof createNonAssociationsService>

export function createNonAssociationsService(kit: PeopleKit) {
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
  const facilityId = facilityIdOf(act.actor)
  if (given.one.personId === given.other.personId) throw badField('other', 'Name two people.')
  await requireOneOf(tx, facilityId, [given.one, given.other])
  const [one, other] = inOrder(given)
  const row = {
    nonAssociationId: newId(),
    facilityId,
    ...{ oneKind: one.kind, oneId: one.personId },
    ...{ otherKind: other.kind, otherId: other.personId },
    reason: given.reason,
    createdBy: act.actor.accountId,
    createdAt: kit.clock.now(),
  }
  if (!(await nonAssociationsRepo.add(tx, row))) throw new Refusal('ALREADY_DECIDED')
  const affectedVisits = await tellLifeEvents(tx, kit, { row, act })
  const { nonAssociationId, oneId, otherId } = row
  const object = { type: 'nonAssociation', objectId: nonAssociationId }
  const detail = { oneId, otherId, affectedVisits: [...affectedVisits] }
  await enter(tx, kit, { ...act, action: 'nonAssociation.add', object, detail })
  return { nonAssociationId, affectedVisits: [...affectedVisits] }
}

// One row a pair, whoever is named first.
function inOrder({ one, other }: Given): readonly [Person, Person] {
  return one.personId < other.personId ? [one, other] : [other, one]
}

type Pair = Pick<NonAssociationRow, 'oneKind' | 'oneId' | 'otherKind' | 'otherId'>

async function tellLifeEvents(
  tx: Tx,
  { lifeEvents }: PeopleKit,
  { row, act }: { row: Pair; act: Act },
): Promise<readonly string[]> {
  const { oneKind, oneId, otherKind, otherId } = row
  // A visit that has both is among those of either, so one of two visitors is enough to find it.
  const visitorId = oneKind === 'VISITOR' ? oneId : otherKind === 'VISITOR' ? otherId : null
  const inmateId = oneKind === 'INMATE' ? oneId : otherKind === 'INMATE' ? otherId : null
  const { affectedVisits } = await lifeEvents.peopleChanged(tx, {
    ...(visitorId === null ? {} : { visitorId }),
    ...(inmateId === null ? {} : { inmateId }),
    ...{ cause: 'NON_ASSOCIATION' as const, by: act.actor, requestId: act.requestId },
  })
  return affectedVisits
}

async function lift(
  tx: Tx,
  kit: PeopleKit,
  { nonAssociationId, reason, ...act }: Lifting,
): Promise<Record<string, never>> {
  const facilityId = facilityIdOf(act.actor)
  const row = await nonAssociationsRepo.nonAssociation(tx, nonAssociationId)
  if (row === null) throw new Refusal('NOT_FOUND')
  if (row.facilityId !== facilityId) {
    await requireOneOf(tx, facilityId, [
      { kind: row.oneKind, personId: row.oneId },
      { kind: row.otherKind, personId: row.otherId },
    ])
  }
  const { accountId } = act.actor
  const lifted = { liftedAt: kit.clock.now(), liftedBy: accountId, liftedReason: reason }
  if (!(await nonAssociationsRepo.lift(tx, nonAssociationId, lifted))) {
    throw new Refusal('ALREADY_DECIDED')
  }
  await tellLifeEvents(tx, kit, { row, act })
  const object = { type: 'nonAssociation', objectId: nonAssociationId }
  const detail = { oneId: row.oneId, otherId: row.otherId }
  await enter(tx, kit, { ...act, action: 'nonAssociation.lift', object, detail })
  return {}
}
