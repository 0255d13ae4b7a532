import { Refusal } from '@visavis/contract/errors'
import type { RouteBody, RouteReply, routes } from '@visavis/contract/http'
import type { Tx } from '../../platform/transact.ts'
import { correctedParts } from './correction-rules.ts'
import { correctionsRepo } from './corrections.repo.ts'
import type { CorrectionRow } from './corrections.repo.ts'
import { correct, identityOf } from './corrections.service.ts'
import { documentsRepo } from './documents.repo.ts'
import { isNamedAlike, peopleLike } from './match-rules.ts'
import { meetingChanged } from './meeting-changes.ts'
import { enter, facilityIdOf, requireVersion } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { profileView } from './profile-view.ts'
import { profileRepo } from './profile.repo.ts'
import type { ProfileRow } from './profile.repo.ts'
import { lockedProfile } from './profile.service.ts'
import { requireVisitorOf } from './reach.ts'
import { visitorRowView } from './staff-view.ts'

type View = RouteReply<typeof routes.correction>
type Decision = RouteBody<typeof routes.decideCorrection>
type Decided = RouteReply<typeof routes.decideCorrection>
type Deciding = Act & { readonly visitorId: string; readonly decision: Decision }

/** Use cases of the desk that puts a verified person's name or birth date right. */
export type CorrectionDecisionsService = ReturnType<typeof createCorrectionDecisionsService>

export function createCorrectionDecisionsService(kit: PeopleKit) {
  return {
    view: (act: Act, visitorId: string) =>
      kit.transact((tx) => viewCorrection(tx, kit, { ...act, visitorId })),
    decide: (tx: Tx, deciding: Deciding) => decide(tx, kit, deciding),
  }
}

async function viewCorrection(
  tx: Tx,
  kit: PeopleKit,
  { visitorId, ...act }: Act & { visitorId: string },
): Promise<View> {
  const facilityId = facilityIdOf(act.actor)
  await requireVisitorOf(tx, facilityId, visitorId)
  const profile = await profileRepo.profile(tx, visitorId)
  const asked = await correctionsRepo.openOf(tx, visitorId)
  if (profile === null || asked === null) throw new Refusal('NOT_FOUND')
  const others = await namedAlike(tx, { facilityId, visitorId, asked })
  const alike = peopleLike(
    identityOf(asked),
    others.map((row) => ({ ...identityOf(row), row })),
  )
  const object = { type: 'visitor', objectId: visitorId }
  await enter(tx, kit, { ...act, action: 'visitor.viewCorrection', object })
  return {
    visitor: profileView(profile),
    asked: identityOf(asked),
    differs: correctedParts(identityOf(profile), identityOf(asked)),
    createdAt: asked.createdAt.toISOString(),
    alike: alike.map(({ person, likeness }) => ({
      visitor: visitorRowView(person.row),
      likeness,
    })),
  }
}

/** Only of those whose names leave it open are birth dates opened. */
async function namedAlike(
  tx: Tx,
  at: { readonly facilityId: string; readonly visitorId: string; readonly asked: CorrectionRow },
) {
  const others = await correctionsRepo.othersAt(tx, at.facilityId, at.visitorId)
  const alike = others.filter((other) => isNamedAlike(at.asked, other))
  return correctionsRepo.visitors(
    tx,
    alike.map(({ visitorId }) => visitorId),
  )
}

async function decide(tx: Tx, kit: PeopleKit, deciding: Deciding): Promise<Decided> {
  const { visitorId, decision, ...act } = deciding
  await requireVisitorOf(tx, facilityIdOf(act.actor), visitorId)
  const profile = await lockedProfile(tx, visitorId)
  const asked = await correctionsRepo.openOf(tx, visitorId)
  if (asked === null) throw new Refusal('NOT_FOUND')
  requireVersion(profile.version, decision.version)
  const differs = correctedParts(identityOf(profile), identityOf(asked))
  const changed = await settle(tx, kit, { asked, deciding })
  await tellVisitor(tx, kit, { changed, decision })
  const isApproved = decision.decision === 'APPROVE'
  const people = [{ kind: 'VISITOR', personId: visitorId } as const]
  // Another birth date may make a child of an adult, or the other way round (EL-6).
  const affectedVisits = isApproved
    ? await meetingChanged(tx, kit, { act, people, cause: 'IDENTITY_CHANGED' })
    : []
  const seen = isApproved ? { documentId: decision.documentId } : { reason: decision.reason }
  await enter(tx, kit, {
    ...act,
    action: isApproved ? 'visitor.correct' : 'visitor.refuseCorrection',
    object: { type: 'visitor', objectId: visitorId },
    detail: { differs, ...seen, affectedVisits },
  })
  return { visitor: profileView(changed), affectedVisits }
}

async function settle(
  tx: Tx,
  kit: PeopleKit,
  { asked, deciding }: { asked: CorrectionRow; deciding: Deciding },
): Promise<ProfileRow> {
  const { visitorId, decision, actor } = deciding
  const decided = { decidedBy: actor.accountId, decidedAt: kit.clock.now() }
  const isApproved = decision.decision === 'APPROVE'
  if (isApproved) await requireDocument(tx, visitorId, decision.documentId)
  await correctionsRepo.decide(tx, asked.correctionId, {
    ...decided,
    ...(isApproved
      ? { state: 'APPROVED', evidenceId: decision.documentId }
      : { state: 'REJECTED', rejectedReason: decision.reason }),
  })
  const resolution = isApproved ? 'CORRECTED' : 'REJECTED'
  const closed = { subjectId: visitorId, doneBy: actor.accountId, resolution }
  await kit.tasks.close(tx, { kind: 'VERIFY_VISITOR', ...closed })
  // Also after a no, so that whoever still looks at the question is told.
  return isApproved
    ? correct(tx, visitorId, identityOf(asked))
    : profileRepo.change(tx, visitorId, {})
}

// What nobody has seen proves nothing: the picture is there, and is this visitor's.
async function requireDocument(tx: Tx, visitorId: string, documentId: string): Promise<void> {
  if ((await documentsRepo.live(tx, visitorId, documentId)) !== null) return
  const cure = 'Name a picture of this visitor’s document that shows it.'
  throw new Refusal('DOCUMENTS_MISSING', { fields: [{ field: 'documentId', cure }] })
}

async function tellVisitor(
  tx: Tx,
  { notices }: PeopleKit,
  { changed, decision }: { changed: ProfileRow; decision: Decision },
): Promise<void> {
  const { visitorId, version } = changed
  const isApproved = decision.decision === 'APPROVE'
  await notices.queue(tx, {
    kind: isApproved ? 'IDENTITY_CORRECTED' : 'CORRECTION_REJECTED',
    to: { visitorId },
    details: isApproved ? {} : { reason: decision.reason },
    dedupeKey: `correction:${visitorId}:${version}`,
  })
}
