import { Refusal } from '@visavis/contract/errors'
import type { RouteBody, RouteReply, routes } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import { nonAssociationsRepo } from './non-associations.repo.ts'
import type { NewNonAssociation } from './non-associations.repo.ts'
import { liftedNow, obstacleEntered, obstacleLifted, requireReach } from './obstacles.ts'
import type { Obstacle } from './obstacles.ts'
import { badField, facilityIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
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
  if (given.one.personId === given.other.personId) throw badField('other', 'Name two people.')
  await requireReach(tx, act, { keptBy: null, people: [given.one, given.other] })
  const [one, other] = inOrder(given)
  const row = {
    nonAssociationId: newId(),
    facilityId: facilityIdOf(act.actor),
    ...{ oneKind: one.kind, oneId: one.personId },
    ...{ otherKind: other.kind, otherId: other.personId },
    reason: given.reason,
    createdBy: act.actor.accountId,
    createdAt: kit.clock.now(),
  }
  if (!(await nonAssociationsRepo.add(tx, row))) throw new Refusal('ALREADY_DECIDED')
  const affectedVisits = await obstacleEntered(tx, kit, { act, obstacle: obstacleOf(row) })
  return { nonAssociationId: row.nonAssociationId, affectedVisits }
}

// One row a pair, whoever is named first.
function inOrder({ one, other }: Given): readonly [Person, Person] {
  return one.personId < other.personId ? [one, other] : [other, one]
}

async function lift(
  tx: Tx,
  kit: PeopleKit,
  { nonAssociationId, reason, ...act }: Lifting,
): Promise<Record<string, never>> {
  const row = await nonAssociationsRepo.nonAssociation(tx, nonAssociationId)
  if (row === null) throw new Refusal('NOT_FOUND')
  const obstacle = obstacleOf(row)
  await requireReach(tx, act, { keptBy: row.facilityId, people: obstacle.people })
  if (!(await nonAssociationsRepo.lift(tx, nonAssociationId, liftedNow(kit, act, reason)))) {
    throw new Refusal('ALREADY_DECIDED')
  }
  await obstacleLifted(tx, kit, { act, obstacle })
  return {}
}

function obstacleOf(row: NewNonAssociation): Obstacle {
  const { nonAssociationId, oneKind, oneId, otherKind, otherId } = row
  return {
    ...{ type: 'nonAssociation', obstacleId: nonAssociationId, cause: 'NON_ASSOCIATION' },
    people: [
      { kind: oneKind, personId: oneId },
      { kind: otherKind, personId: otherId },
    ],
    detail: { oneId, otherId },
  }
}
