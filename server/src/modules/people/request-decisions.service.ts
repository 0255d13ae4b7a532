import { Refusal } from '@visavis/contract/errors'
import type { RouteBody, RouteReply, routes } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import { matchOf } from './match-rules.ts'
import { decisionsRepo } from './request-decisions.repo.ts'
import { enter, facilityIdOf, requireVersion } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { profileRepo } from './profile.repo.ts'
import { relationshipsRepo } from './relationships.repo.ts'
import { publicRejection } from './request-rules.ts'
import { requestsRepo } from './requests.repo.ts'
import type { RequestRow } from './requests.repo.ts'
import { inmateRowView, visitorRowView } from './staff-view.ts'

type Decision = RouteBody<typeof routes.decideRelationshipRequest>
type Approval = Extract<Decision, { decision: 'APPROVE' }>
type Rejecting = Extract<Decision, { decision: 'REJECT' }>
type RequestView = RouteReply<typeof routes.relationshipRequest>

/** Use cases of the desk that decides who may ask whom. */
export type RequestDecisionsService = ReturnType<typeof createRequestDecisionsService>

export function createRequestDecisionsService(kit: PeopleKit) {
  return {
    view: (act: Act, requestId: string) =>
      kit.transact((tx) => viewRequest(tx, kit, { ...act, about: requestId })),
    decide: (tx: Tx, act: Act, given: { requestId: string; decision: Decision }) =>
      decide(tx, kit, { ...act, about: given.requestId, decision: given.decision }),
  }
}

type About = Act & { readonly about: string }

async function ownRequest(tx: Tx, { actor, about }: About): Promise<RequestRow> {
  const request = await requestsRepo.request(tx, about)
  if (request?.facilityId !== facilityIdOf(actor)) throw new Refusal('NOT_FOUND')
  return request
}

// The comparison is made anew: who is inside, and how they are spelt, may have changed since.
async function viewRequest(tx: Tx, kit: PeopleKit, asked: About): Promise<RequestView> {
  const request = await ownRequest(tx, asked)
  const { requestId, facilityId, inmateNumber, givenName, familyName } = request
  const typed = { inmateNumber, givenName, familyName, birthDate: request.birthDate }
  const people = await decisionsRepo.inmatesOf(tx, facilityId)
  const { match, candidates } = matchOf(
    typed,
    people.map((row) => ({ ...row, row })),
  )
  const { policy } = await kit.policy.ofFacility(tx, facilityId)
  const visitor = await decisionsRepo.visitor(tx, request.visitorId)
  const object = { type: 'relationshipRequest', objectId: requestId }
  const { actor, requestId: callId } = asked
  const action = 'relationshipRequest.view'
  await enter(tx, kit, { actor, requestId: callId, action, object })
  return {
    requestId,
    version: request.version,
    state: request.state,
    match,
    kind: request.kind,
    visitor: visitorRowView(visitor),
    typed,
    candidates: candidates.map(({ person, likeness, differs }) => ({
      inmate: inmateRowView(person.row),
      likeness,
      differs: [...differs],
    })),
    dueAt: new Date(request.createdAt.getTime() + policy.approvalMs).toISOString(),
  }
}

type Deciding = About & { readonly decision: Decision }

async function decide(tx: Tx, kit: PeopleKit, deciding: Deciding): Promise<Record<string, never>> {
  const found = await ownRequest(tx, deciding)
  await profileRepo.lock(tx, found.visitorId)
  const request = await ownRequest(tx, deciding)
  if (request.state !== 'REQUESTED') throw new Refusal('ALREADY_DECIDED')
  const { decision, actor, requestId } = deciding
  requireVersion(request.version, decision.version)
  const doneBy = actor.accountId
  const resolution = decision.decision === 'APPROVE' ? 'APPROVED' : 'REJECTED'
  const closed = { subjectId: request.requestId, doneBy, resolution }
  await kit.tasks.close(tx, { kind: 'DECIDE_RELATIONSHIP', ...closed })
  const detail =
    decision.decision === 'APPROVE'
      ? await approve(tx, kit, { request, decision })
      : await reject(tx, kit, { request, decision })
  const action =
    decision.decision === 'APPROVE' ? 'relationshipRequest.approve' : 'relationshipRequest.reject'
  const object = { type: 'relationshipRequest', objectId: request.requestId }
  await enter(tx, kit, { actor, requestId, action, object, detail })
  return {}
}

/** The facility's half of EL-1: nothing is told to the visitor, the inmate is asked at the terminal. */
async function approve(
  tx: Tx,
  { clock }: PeopleKit,
  { request, decision }: { request: RequestRow; decision: Approval },
): Promise<Record<string, string>> {
  const { visitorId, facilityId, kind } = request
  const { inmateId } = decision
  const inmate = await decisionsRepo.inmate(tx, inmateId)
  const isHere = inmate?.facilityId === facilityId && inmate.custody === 'IN_CUSTODY'
  if (!isHere) throw new Refusal('NOT_FOUND')
  const now = clock.now()
  await requireProfession(tx, request, now)
  if (await relationshipsRepo.hasLive(tx, visitorId, inmateId)) {
    throw new Refusal('RELATIONSHIP_EXISTS')
  }
  const relationshipId = newId()
  const parties = { relationshipId, visitorId, inmateId, kind }
  await relationshipsRepo.add(tx, {
    ...parties,
    state: 'REQUESTED',
    facilityApprovedAt: now,
    createdAt: now,
  })
  await change(tx, request, {
    ...{ state: 'APPROVED', decidedAt: now },
    ...{ relationshipId, matchedInmateId: inmateId },
  })
  return { relationshipId, inmateId }
}

async function requireProfession(tx: Tx, request: RequestRow, now: Date): Promise<void> {
  const { kind, visitorId } = request
  if (kind !== 'LAWYER' && kind !== 'OFFICIAL') return
  const professional = await profileRepo.professional(tx, visitorId)
  const isVerified = professional?.kind === kind && professional.state === 'VERIFIED'
  const isValid = professional?.validUntil == null || professional.validUntil > now
  if (!isVerified || !isValid) throw new Refusal('PROFESSIONAL_REQUIRED')
}

async function reject(
  tx: Tx,
  { clock, notices }: PeopleKit,
  { request, decision }: { request: RequestRow; decision: Rejecting },
): Promise<Record<string, string>> {
  const { reason, field } = decision
  const rejected = { state: 'REJECTED', rejectedReason: reason, rejectedField: field } as const
  await change(tx, request, { ...rejected, decidedAt: clock.now() })
  const told = publicRejection({ reason, field })
  await notices.queue(tx, {
    kind: 'RELATIONSHIP_REJECTED',
    to: { visitorId: request.visitorId },
    details: { reason: told.reason, ...(told.field === null ? {} : { field: told.field }) },
    dedupeKey: `request:${request.requestId}:rejected`,
  })
  return { reason, ...(field === null ? {} : { field }) }
}

async function change(
  tx: Tx,
  request: RequestRow,
  data: Parameters<typeof requestsRepo.change>[2],
): Promise<void> {
  if (!(await requestsRepo.change(tx, request, data))) throw new Refusal('VERSION_CHANGED')
}
