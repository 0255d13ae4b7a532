import { Refusal } from '@visavis/contract/errors'
import { nextState } from '@visavis/contract/machine'
import { RELATIONSHIP_MOVES, relationshipStateAt } from '@visavis/contract/relationship-lifecycle'
import type { Tx } from '../../platform/transact.ts'
import type { Actor, InmateActor } from '../identity/index.ts'
import { meetingChanged } from './meeting-changes.ts'
import { isOwnVisitor } from './own-people.ts'
import { enter, visitorIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { relationshipsRepo } from './relationships.repo.ts'
import type { RelationshipRow } from './relationships.repo.ts'
import { peopleOf } from './restriction-rules.ts'

type About = { readonly relationshipId: string }

/** Use cases of two who once agreed to meet, when one of them does not want to any more (EL-1). */
export type ConsentsService = ReturnType<typeof createConsentsService>

export function createConsentsService(kit: PeopleKit) {
  return {
    /** Of the visitor, or of a guardian for a child. */
    endAsVisitor: (tx: Tx, ending: Act & About) => endAsVisitor(tx, kit, ending),
    /** Of the inmate, at a terminal; the visitor is told that visits are over, and no more. */
    endAsInmate: (tx: Tx, ending: Act<InmateActor> & About) => endAsInmate(tx, kit, ending),
  }
}

async function endAsVisitor(
  tx: Tx,
  kit: PeopleKit,
  { relationshipId, ...act }: Act & About,
): Promise<{ affectedVisits: string[] }> {
  const row = await relationshipsRepo.relationship(tx, relationshipId)
  const isOwn = row !== null && (await isOwnVisitor(tx, visitorIdOf(act.actor), row.visitorId))
  // Without the inmate's yes, there is nothing the visitor knows of (EL-2).
  if (!isOwn || row.inmateApprovedAt === null) throw new Refusal('NOT_FOUND')
  const affectedVisits = await takeBack(tx, kit, { row, act, reason: 'VISITOR_TOOK_BACK' })
  await enterEnd(tx, kit, { row, act, affectedVisits })
  return { affectedVisits }
}

async function endAsInmate(
  tx: Tx,
  kit: PeopleKit,
  { relationshipId, ...act }: Act<InmateActor> & About,
): Promise<Record<string, never>> {
  const row = await relationshipsRepo.relationship(tx, relationshipId)
  if (row?.inmateId !== act.actor.inmateId) throw new Refusal('NOT_FOUND')
  const affectedVisits = await takeBack(tx, kit, { row, act, reason: 'INMATE_TOOK_BACK' })
  await kit.notices.queue(tx, {
    kind: 'RELATIONSHIP_CHANGED',
    to: { visitorId: row.visitorId },
    details: { move: 'END' },
    dedupeKey: `relationship:${relationshipId}:${row.version + 1}`,
  })
  await enterEnd(tx, kit, { row, act, affectedVisits })
  return {}
}

type Taking = {
  readonly row: RelationshipRow
  readonly act: Act<Actor>
  readonly reason: 'VISITOR_TOOK_BACK' | 'INMATE_TOOK_BACK'
}

async function takeBack(tx: Tx, kit: PeopleKit, { row, act, reason }: Taking): Promise<string[]> {
  const now = relationshipStateAt(row, kit.clock.now())
  const state = nextState(RELATIONSHIP_MOVES, now, 'takeBack')
  if (state === null) throw new Refusal('ALREADY_DECIDED')
  if (!(await relationshipsRepo.move(tx, row, { state, until: null, reason }))) {
    throw new Refusal('ALREADY_DECIDED')
  }
  return meetingChanged(tx, kit, { act, people: peopleOf(row), cause: 'RELATIONSHIP_ENDED' })
}

function enterEnd(
  tx: Tx,
  kit: PeopleKit,
  { row, act, affectedVisits }: Omit<Taking, 'reason'> & { affectedVisits: string[] },
): Promise<void> {
  const { relationshipId, inmate } = row
  const object = { type: 'relationship', objectId: relationshipId }
  const fact = { action: 'relationship.takeBack', object, detail: { affectedVisits } }
  return enter(tx, kit, { ...act, facilityId: inmate.facilityId, ...fact })
}
