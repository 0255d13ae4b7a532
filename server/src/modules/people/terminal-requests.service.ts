import { Refusal } from '@visavis/contract/errors'
import type { RouteReply, routes } from '@visavis/contract/http'
import { nextState } from '@visavis/contract/machine'
import { RELATIONSHIP_MOVES, relationshipStateAt } from '@visavis/contract/relationship-lifecycle'
import type { Tx } from '../../platform/transact.ts'
import type { InmateActor } from '../identity/index.ts'
import { enter } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { fullNameOf } from '@visavis/contract/person-names'
import { relationshipsRepo } from './relationships.repo.ts'
import type { RelationshipRow } from './relationships.repo.ts'
import { NOT_CONFIRMED } from './request-rules.ts'

type Answering = Act<InmateActor> & {
  readonly relationshipId: string
  readonly isAccepted: boolean
}
type Listed = RouteReply<typeof routes.terminalRequests>

/** Use cases of an inmate at a terminal: who wants to meet me, whom may I meet. */
export type TerminalRequestsService = ReturnType<typeof createTerminalRequestsService>

export function createTerminalRequestsService(kit: PeopleKit) {
  return {
    list: (actor: InmateActor) => kit.transact((tx) => listFor(tx, kit, actor)),
    answer: (tx: Tx, answering: Answering) => answer(tx, kit, answering),
  }
}

async function listFor(tx: Tx, kit: PeopleKit, actor: InmateActor): Promise<Listed> {
  const rows = await relationshipsRepo.ofInmate(tx, actor.inmateId)
  const { policy } = await kit.policy.ofFacility(tx, actor.facilityId)
  const now = kit.clock.now()
  return {
    requests: rows.filter(isAsked).map((row) => ({
      relationshipId: row.relationshipId,
      displayName: fullNameOf(row.visitor),
      kind: row.kind,
      createdAt: row.createdAt.toISOString(),
    })),
    contacts: rows
      .filter((row) => relationshipStateAt(row, now) === 'APPROVED')
      .map((row) => ({
        visitorId: row.visitorId,
        relationshipId: row.relationshipId,
        displayName: fullNameOf(row.visitor),
        kind: row.kind,
        // Whether it may ring now is asked anew at the ring, of everything there is.
        mayRing: policy.isOnDemandAllowed && row.visitor.verification === 'VERIFIED',
      })),
  }
}

function isAsked({ state, facilityApprovedAt }: RelationshipRow): boolean {
  return state === 'REQUESTED' && facilityApprovedAt !== null
}

/** The inmate's half of EL-1. A no is told as if there were no such person (EL-2). */
async function answer(
  tx: Tx,
  kit: PeopleKit,
  { relationshipId, isAccepted, ...act }: Answering,
): Promise<Record<string, never>> {
  const row = await relationshipsRepo.relationship(tx, relationshipId)
  if (row === null || row.inmateId !== act.actor.inmateId || row.facilityApprovedAt === null) {
    throw new Refusal('NOT_FOUND')
  }
  const event = isAccepted ? 'accept' : 'decline'
  const state = nextState(RELATIONSHIP_MOVES, row.state, event)
  if (state === null) throw new Refusal('ALREADY_DECIDED')
  const given = isAccepted
    ? { state, inmateApprovedAt: kit.clock.now() }
    : { state, reason: 'INMATE_DECLINED' }
  if (!(await relationshipsRepo.move(tx, row, given))) throw new Refusal('ALREADY_DECIDED')
  await kit.notices.queue(tx, {
    kind: isAccepted ? 'RELATIONSHIP_APPROVED' : 'RELATIONSHIP_REJECTED',
    to: { visitorId: row.visitorId },
    details: isAccepted ? {} : { ...NOT_CONFIRMED },
    dedupeKey: `relationship:${relationshipId}:${event}`,
  })
  const object = { type: 'relationship', objectId: relationshipId }
  await enter(tx, kit, { ...act, action: `relationship.${event}`, object })
  return {}
}
