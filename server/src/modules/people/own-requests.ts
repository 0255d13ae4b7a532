import type { z } from 'zod'
import type { RelationshipOfMine } from '@visavis/contract/http'
import type { Tx } from '../../platform/transact.ts'
import type { FacilityRules } from '../policy/index.ts'
import type { PeopleKit } from './people-kit.ts'
import { fullNameOf } from '@visavis/contract/person-names'
import { NOT_CONFIRMED, publicRejection, visibleState } from './request-rules.ts'
import type { Rejection } from './request-rules.ts'
import { requestsRepo } from './requests.repo.ts'
import type { OwnRelationship, OwnRequest } from './requests.repo.ts'

type Mine = z.input<typeof RelationshipOfMine>
type Rules = Pick<FacilityRules, 'name' | 'policy'>

/** Everything a visitor asked for, and everybody they may know of without having asked; newest first. */
export async function ownRequests(
  tx: Tx,
  visitorId: string,
): Promise<{ requests: OwnRequest[]; others: OwnRelationship[] }> {
  const rows = await requestsRepo.requestsOf(tx, visitorId)
  const relationships = await requestsRepo.relationshipsOf(tx, visitorId)
  const byId = new Map(relationships.map((row) => [row.relationshipId, row]))
  const requests = rows.map((request) => ({
    request,
    relationship: byId.get(request.relationshipId ?? '') ?? null,
  }))
  const asked = new Set(rows.map(({ relationshipId }) => relationshipId))
  // Without a request, nobody is shown who has not agreed to it (EL-2).
  const others = relationships.filter(
    ({ relationshipId, inmateApprovedAt }) =>
      !asked.has(relationshipId) && inmateApprovedAt !== null,
  )
  return { requests, others }
}

/** The visitor's list as the wire has it. */
export async function ownList(tx: Tx, kit: PeopleKit, visitorId: string): Promise<Mine[]> {
  const { requests, others } = await ownRequests(tx, visitorId)
  const ids = [
    ...requests.map((own) => facilityIdOfOwn(own)),
    ...others.map(({ inmate }) => inmate.facilityId),
  ]
  const rules = new Map<string, Rules>()
  for (const facilityId of new Set(ids)) {
    rules.set(facilityId, await kit.policy.ofFacility(tx, facilityId))
  }
  const now = kit.clock.now()
  const rulesOf = (facilityId: string) => rules.get(facilityId) as Rules
  return [
    ...requests.map((own) => requestView(own, rulesOf(facilityIdOfOwn(own)), now)),
    ...others.map((row) => relationshipView(row, rulesOf(row.inmate.facilityId), now)),
  ].toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))
}

// Where an inmate is now may be told when the inmate has agreed; until then, where the request went.
function facilityIdOfOwn({ request, relationship }: OwnRequest): string {
  const isAgreed = relationship?.inmateApprovedAt != null
  return isAgreed ? relationship.inmate.facilityId : request.facilityId
}

/** One request: what was typed, until the inmate has agreed (EL-2). */
export function requestView(own: OwnRequest, rules: Rules, now: Date): Mine {
  const { request, relationship } = own
  const agreed = relationship?.inmateApprovedAt == null ? null : relationship
  if (agreed !== null && request.state === 'APPROVED') {
    return { ...relationshipView(agreed, rules, now), ...requestPart(own) }
  }
  const state = visibleState(request.state, relationship, now)
  const isOpen = state === 'REQUESTED'
  return {
    ...requestPart(own),
    relationshipId: null,
    displayName: fullNameOf(request),
    facilityName: rules.name,
    kind: request.kind,
    state,
    // Also while the inmate is asked: INMATE would say that there is one.
    waitsFor: isOpen ? 'FACILITY' : null,
    dueAt: isOpen ? dueAt(request.createdAt, rules) : null,
    until: null,
    rejection: state === 'REJECTED' ? rejectionOfRequest(own) : null,
  }
}

function requestPart({ request }: OwnRequest): Pick<Mine, 'requestId' | 'createdAt'> {
  return { requestId: request.requestId, createdAt: request.createdAt.toISOString() }
}

function dueAt(createdAt: Date, { policy }: Rules): string {
  return new Date(createdAt.getTime() + policy.approvalMs).toISOString()
}

function rejectionOfRequest({ request }: OwnRequest): Mine['rejection'] {
  const { rejectedReason, rejectedField } = request
  const said: Rejection =
    rejectedReason === null
      ? NOT_CONFIRMED
      : publicRejection({ reason: rejectedReason, field: rejectedField })
  return said as Mine['rejection']
}

function relationshipView(row: OwnRelationship, rules: Rules, now: Date): Mine {
  const state = visibleState('APPROVED', row, now)
  const isLimited = state === 'SUSPENDED' || state === 'BANNED'
  return {
    requestId: null,
    relationshipId: row.relationshipId,
    displayName: fullNameOf(row.inmate),
    facilityName: rules.name,
    kind: row.kind,
    state,
    waitsFor: null,
    dueAt: null,
    until: isLimited ? (row.until?.toISOString() ?? null) : null,
    rejection: null,
    createdAt: row.createdAt.toISOString(),
  }
}
