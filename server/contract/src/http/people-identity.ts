import { z } from 'zod'
import { DocumentId, Instant, VisitId, VisitorId } from '../ids.ts'
import {
  IdentityFields,
  ProfileView,
  RejectedField,
  RejectionReason,
  VisitorRow,
} from './people-shapes.ts'
import { DESK, KEYED, SIGNED_IN, Version, route } from './route.ts'

/** Who somebody is: putting a name or birth date right, and taking a verification back. */
export const identityRoutes = {
  correctIdentity: route({
    method: 'PUT',
    path: '/api/my/identity',
    summary:
      'Puts name and birth date right, at once while nobody is verified; of a verified person staff decide.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    body: z.strictObject({
      version: Version,
      ...IdentityFields,
      /** A child whose guardian the visitor is; absent: the visitor. */
      childId: VisitorId.optional(),
    }),
    reply: ProfileView,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'VERSION_CHANGED'],
  }),
  correction: route({
    method: 'GET',
    path: '/api/visitors/:visitorId/correction',
    summary: 'What a verified visitor wants put right, beside visitors who are like it (EL-3).',
    access: { kind: 'account', roles: DESK },
    params: z.object({ visitorId: VisitorId }),
    reply: z.object({
      visitor: ProfileView,
      asked: z.object(IdentityFields),
      differs: z.array(z.enum(['GIVEN_NAME', 'FAMILY_NAME', 'BIRTH_DATE'])),
      createdAt: Instant,
      /** Known here, and alike once this is put right: perhaps the same person, registered twice. */
      alike: z.array(z.object({ visitor: VisitorRow, likeness: z.number() })),
    }),
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  decideCorrection: route({
    method: 'POST',
    path: '/api/visitors/:visitorId/correction/decision',
    summary: 'The yes on sight of a document, which is named, or the no with its reason.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ visitorId: VisitorId }),
    body: z.discriminatedUnion('decision', [
      z.strictObject({
        decision: z.literal('APPROVE'),
        version: Version,
        documentId: DocumentId,
      }),
      z.strictObject({
        decision: z.literal('REJECT'),
        version: Version,
        reason: RejectionReason,
      }),
    ]),
    reply: z.object({ visitor: ProfileView, affectedVisits: z.array(VisitId) }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'VERSION_CHANGED', 'DOCUMENTS_MISSING'],
  }),
  revokeVerification: route({
    method: 'POST',
    path: '/api/visitors/:visitorId/verification/revocation',
    summary:
      'Takes a verification back, for example when a document was found false; visits to come get a task each.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ visitorId: VisitorId }),
    body: z.strictObject({
      version: Version,
      reason: RejectionReason,
      field: RejectedField.nullable(),
    }),
    reply: z.object({ visitor: ProfileView, affectedVisits: z.array(VisitId) }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'VERSION_CHANGED', 'ALREADY_DECIDED'],
  }),
} as const
