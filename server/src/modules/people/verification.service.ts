import { Refusal } from '@visavis/contract/errors'
import { DOCUMENT_KINDS } from '@visavis/contract/http'
import type { RouteBody, routes } from '@visavis/contract/http'
import type { Tx } from '../../platform/transact.ts'
import { documentsRepo } from './documents.repo.ts'
import { badField, enter, facilityIdOf, requireVersion } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { profileView } from './profile-view.ts'
import { profileRepo } from './profile.repo.ts'
import type { ProfileRow } from './profile.repo.ts'
import { lockedProfile, requireDocuments } from './profile.service.ts'
import { requireVisitorOf } from './reach.ts'

type VisitorDecision = RouteBody<typeof routes.decideVisitor>
type ProfessionalDecision = RouteBody<typeof routes.decideProfessional>
type Deciding<Decision> = Act & { readonly visitorId: string; readonly decision: Decision }

/** Use cases of the desk that looks at documents and registers. */
export type VerificationService = ReturnType<typeof createVerificationService>

export function createVerificationService(kit: PeopleKit) {
  return {
    /** What is rejected is marked as removed; its files are destroyed after the commit. */
    decideVisitor: (tx: Tx, deciding: Deciding<VisitorDecision>) =>
      decideVisitor(tx, kit, deciding),
    decideProfessional: (tx: Tx, deciding: Deciding<ProfessionalDecision>) =>
      decideProfessional(tx, kit, deciding),
  }
}

async function decideVisitor(tx: Tx, kit: PeopleKit, deciding: Deciding<VisitorDecision>) {
  const { visitorId, decision, actor, requestId } = deciding
  await requireVisitorOf(tx, facilityIdOf(actor), visitorId)
  const profile = await lockedProfile(tx, visitorId)
  requireSubmitted(profile)
  requireVersion(profile.version, decision.version)
  const decided = await verifyOrReject(tx, kit, { profile, decision })
  const isVerified = decision.decision === 'VERIFY'
  const resolution = isVerified ? 'VERIFIED' : 'REJECTED'
  await closeTask(tx, kit, { kind: 'VERIFY_VISITOR', resolution, deciding })
  await kit.notices.queue(tx, {
    kind: isVerified ? 'VISITOR_VERIFIED' : 'VISITOR_REJECTED',
    to: { visitorId },
    details: isVerified ? {} : rejectionDetails(decision),
    dedupeKey: `visitor:${visitorId}:${decided.version}`,
  })
  const object = { type: 'visitor', objectId: visitorId }
  const detail = decision.decision === 'REJECT' ? rejectionDetails(decision) : {}
  const action = isVerified ? 'visitor.verify' : 'visitor.reject'
  await enter(tx, kit, { actor, requestId, action, object, detail })
  return profileView(decided)
}

// A picture that was never handed in is not the desk's to judge.
function requireSubmitted(profile: ProfileRow): void {
  if (profile.verification === 'MISSING') requireDocuments(profile)
  if (profile.verification !== 'SUBMITTED') throw new Refusal('ALREADY_DECIDED')
}

async function verifyOrReject(
  tx: Tx,
  { clock }: PeopleKit,
  { profile, decision }: { profile: ProfileRow; decision: VisitorDecision },
): Promise<ProfileRow> {
  const { visitorId } = profile
  if (decision.decision === 'VERIFY') {
    requireDocuments(profile)
    return profileRepo.change(tx, visitorId, {
      ...{ verification: 'VERIFIED', verifiedAt: clock.now() },
      ...{ rejectedReason: null, rejectedField: null },
    })
  }
  // Where the fault is in one picture, only that one must be sent again.
  const kind = DOCUMENT_KINDS.find((known) => known === decision.field)
  const which = { visitorId, ...(kind === undefined ? {} : { kind }) }
  await documentsRepo.markRemoved(tx, which, clock.now())
  return profileRepo.change(tx, visitorId, {
    verification: 'REJECTED',
    rejectedReason: decision.reason,
    rejectedField: decision.field,
  })
}

function rejectionDetails(decision: VisitorDecision): { reason?: string; field?: string } {
  if (decision.decision !== 'REJECT') return {}
  return { reason: decision.reason, ...(decision.field === null ? {} : { field: decision.field }) }
}

async function decideProfessional(
  tx: Tx,
  kit: PeopleKit,
  deciding: Deciding<ProfessionalDecision>,
): Promise<Record<string, never>> {
  const { visitorId, decision, actor, requestId } = deciding
  await requireVisitorOf(tx, facilityIdOf(actor), visitorId)
  await profileRepo.lock(tx, visitorId)
  const professional = await profileRepo.professional(tx, visitorId)
  if (professional === null) throw new Refusal('NOT_FOUND')
  if (professional.state !== 'SUBMITTED') throw new Refusal('ALREADY_DECIDED')
  await profileRepo.decideProfessional(tx, visitorId, professionalData(kit, deciding))
  const isVerified = decision.decision === 'VERIFY'
  const resolution = isVerified ? 'VERIFIED' : 'REJECTED'
  await closeTask(tx, kit, { kind: 'VERIFY_PROFESSIONAL', resolution, deciding })
  const detail = decision.decision === 'REJECT' ? { reason: decision.reason } : {}
  await kit.notices.queue(tx, {
    kind: isVerified ? 'PROFESSIONAL_VERIFIED' : 'PROFESSIONAL_REJECTED',
    to: { visitorId },
    details: detail,
    dedupeKey: `professional:${visitorId}:${professional.version + 1}`,
  })
  const object = { type: 'visitor', objectId: visitorId }
  const action = isVerified ? 'professional.verify' : 'professional.reject'
  await enter(tx, kit, { actor, requestId, action, object, detail })
  return {}
}

function professionalData(
  { clock }: PeopleKit,
  { decision, actor }: Deciding<ProfessionalDecision>,
) {
  const now = clock.now()
  if (decision.decision === 'REJECT') {
    return { state: 'REJECTED' as const, rejectedReason: decision.reason }
  }
  const validUntil = new Date(decision.validUntil)
  if (validUntil <= now) throw badField('validUntil', 'Give a date to come.')
  const verified = { state: 'VERIFIED' as const, rejectedReason: null, validUntil }
  return { ...verified, verifiedBy: actor.accountId, verifiedAt: now }
}

type ClosedTask = {
  readonly kind: 'VERIFY_VISITOR' | 'VERIFY_PROFESSIONAL'
  readonly resolution: string
  readonly deciding: Act & { readonly visitorId: string }
}

function closeTask(tx: Tx, { tasks }: PeopleKit, closed: ClosedTask): Promise<void> {
  const { kind, resolution, deciding } = closed
  const doneBy = deciding.actor.accountId
  return tasks.close(tx, { kind, subjectId: deciding.visitorId, doneBy, resolution })
}
