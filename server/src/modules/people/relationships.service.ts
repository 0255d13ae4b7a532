import { Refusal } from '@visavis/contract/errors'
import type { RouteBody, RouteReply, routes } from '@visavis/contract/http'
import { nextState } from '@visavis/contract/machine'
import { RELATIONSHIP_MOVES, relationshipStateAt } from '@visavis/contract/relationship-lifecycle'
import type { RelationshipState } from '@visavis/contract/relationship-lifecycle'
import type { Tx } from '../../platform/transact.ts'
import type { ChangeCause } from '../life-events/index.ts'
import { meetingChanged } from './meeting-changes.ts'
import { badField, enter, facilityIdOf, requireVersion } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { relationshipsRepo } from './relationships.repo.ts'
import type { RelationshipRow } from './relationships.repo.ts'
import { peopleOf } from './restriction-rules.ts'
import { relationshipView } from './staff-view.ts'

type Move = RouteBody<typeof routes.moveRelationship>
type Moving = Act & { readonly relationshipId: string; readonly move: Move }

const EVENT_OF = { SUSPEND: 'suspend', BAN: 'ban', RESTORE: 'restore', END: 'end' } as const
/** What a move means for visits that are booked; giving somebody back means nothing. */
const CAUSE_OF = {
  SUSPEND: 'SUSPENSION_OF_RELATIONSHIP',
  BAN: 'BAN',
  RESTORE: null,
  END: 'RELATIONSHIP_ENDED',
} as const satisfies Record<Move['move'], ChangeCause | null>

/** Use cases of the desk about relationships that both sides have agreed to. */
export type RelationshipsService = ReturnType<typeof createRelationshipsService>

export function createRelationshipsService(kit: PeopleKit) {
  return {
    move: (tx: Tx, moving: Moving) => moveRelationship(tx, kit, moving),
  }
}

async function moveRelationship(
  tx: Tx,
  kit: PeopleKit,
  moving: Moving,
): Promise<RouteReply<typeof routes.moveRelationship>> {
  const { relationshipId, move, actor, requestId } = moving
  const facilityId = facilityIdOf(actor)
  const row = await relationshipsRepo.relationship(tx, relationshipId)
  if (row?.inmate.facilityId !== facilityId) throw new Refusal('NOT_FOUND')
  requireVersion(row.version, move.version)
  const state = stateAfter(row, move, kit.clock.now())
  const until = untilOf(move, kit.clock.now())
  if (!(await relationshipsRepo.move(tx, row, { state, until, reason: move.reason }))) {
    throw new Refusal('VERSION_CHANGED')
  }
  const affectedVisits = await tellOthers(tx, kit, { row, moving, until })
  const object = { type: 'relationship', objectId: relationshipId }
  const action = `relationship.${EVENT_OF[move.move]}`
  const ends = until === null ? {} : { until: until.toISOString() }
  const detail = { ...ends, affectedVisits }
  await enter(tx, kit, { actor, requestId, action, object, detail })
  return relationshipView({ ...row, state, until, version: row.version + 1 }, kit.clock.now())
}

// From what counts now: a suspension that has lapsed is none, so it can be set anew but not lifted.
function stateAfter(row: RelationshipRow, { move }: Move, now: Date): RelationshipState {
  const state = nextState(RELATIONSHIP_MOVES, relationshipStateAt(row, now), EVENT_OF[move])
  if (state === null) throw new Refusal('ALREADY_DECIDED')
  return state
}

function untilOf(move: Move, now: Date): Date | null {
  if (move.move !== 'SUSPEND' && move.move !== 'BAN') return null
  if (move.until === null) return null
  const until = new Date(move.until)
  if (until <= now) throw badField('until', 'Give a date to come.')
  return until
}

async function tellOthers(
  tx: Tx,
  kit: PeopleKit,
  { row, moving, until }: { row: RelationshipRow; moving: Moving; until: Date | null },
): Promise<string[]> {
  const { move, actor, requestId } = moving
  await kit.notices.queue(tx, {
    kind: 'RELATIONSHIP_CHANGED',
    to: { visitorId: row.visitorId },
    details: { move: move.move, ...(until === null ? {} : { until: until.toISOString() }) },
    dedupeKey: `relationship:${row.relationshipId}:${row.version + 1}`,
  })
  const cause = CAUSE_OF[move.move]
  if (cause === null) return []
  const act = { actor, requestId }
  return meetingChanged(tx, kit, { act, people: peopleOf(row), cause })
}
