import type { z } from 'zod'
import type { RelationshipOfMine } from '@visavis/contract/http'
import type { Tx } from '../../platform/transact.ts'
import type { FacilityRules } from '../policy/index.ts'
import { visitorIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { fullNameOf } from '@visavis/contract/person-names'
import { NOT_CONFIRMED, publicRejection, visibleState } from './request-rules.ts'
import type { Rejection } from './request-rules.ts'
import { requestsRepo } from './requests.repo.ts'
import type { OfChild, OwnRelationship, OwnRequest } from './requests.repo.ts'

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

/** The list of the visitor, and of the children whose guardian the visitor is, as the wire has it. */
export async function ownList(tx: Tx, kit: PeopleKit, visitorId: string): Promise<Mine[]> {
  const lists = [await listOf(tx, kit, { visitorId, child: null })]
  for (const child of await requestsRepo.childrenOf(tx, visitorId)) {
    lists.push(await listOf(tx, kit, { visitorId: child.visitorId, child }))
  }
  return lists.flat().toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))
}

/** The child that the request is for; null: it is for the account's own visitor. */
export async function childOf(tx: Tx, { actor }: Act, visitorId: string): Promise<OfChild | null> {
  const ownId = visitorIdOf(actor)
  if (visitorId === ownId) return null
  const children = await requestsRepo.childrenOf(tx, ownId)
  return children.find((child) => child.visitorId === visitorId) ?? null
}

async function listOf(
  tx: Tx,
  kit: PeopleKit,
  { visitorId, child }: { visitorId: string; child: OfChild | null },
): Promise<Mine[]> {
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
    ...requests.map((own) => requestView({ ...own, child }, rulesOf(facilityIdOfOwn(own)), now)),
    ...others.map((row) => ({
      ...relationshipView(row, rulesOf(row.inmate.facilityId), now),
      child: childView(child),
    })),
  ]
}

// Where an inmate is now may be told when the inmate has agreed; until then, where the request went.
function facilityIdOfOwn({ request, relationship }: OwnRequest): string {
  const isAgreed = relationship?.inmateApprovedAt != null
  return isAgreed ? relationship.inmate.facilityId : request.facilityId
}

/** One request: what was typed, until the inmate has agreed (EL-2). */
export function requestView(
  own: OwnRequest & { readonly child: OfChild | null },
  rules: Rules,
  now: Date,
): Mine {
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

type Part = Pick<Mine, 'requestId' | 'createdAt' | 'child'>

function requestPart({ request, child }: OwnRequest & { child: OfChild | null }): Part {
  const createdAt = request.createdAt.toISOString()
  return { requestId: request.requestId, createdAt, child: childView(child) }
}

function childView(child: OfChild | null): Mine['child'] {
  return child && { visitorId: child.visitorId, displayName: fullNameOf(child) }
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
    child: null,
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
