import { z } from 'zod'
import {
  DocumentId,
  FacilityId,
  InmateId,
  Instant,
  LanguageTag,
  NonAssociationId,
  OverrideId,
  RelationshipId,
  RelationshipRequestId,
  RestrictionId,
  VisitId,
  VisitorId,
  ZoneName,
} from '../ids.ts'
import { DESK, EMPTY, LocalDate, PageQuery, SIGNED_IN, Version, pageOf, route } from './route.ts'

export const RELATIONSHIP_KINDS = [
  'PARTNER',
  'PARENT',
  'CHILD',
  'SIBLING',
  'GRANDPARENT',
  'GRANDCHILD',
  'OTHER_RELATIVE',
  'FRIEND',
  'LAWYER',
  'OFFICIAL',
] as const
export const RelationshipKind = z.enum(RELATIONSHIP_KINDS)
export const RELATIONSHIP_STATES = [
  'REQUESTED',
  'APPROVED',
  'REJECTED',
  'SUSPENDED',
  'BANNED',
  'ENDED',
] as const
export const RelationshipState = z.enum(RELATIONSHIP_STATES)
export const VERIFICATION_STATES = ['MISSING', 'SUBMITTED', 'VERIFIED', 'REJECTED'] as const
export const VerificationState = z.enum(VERIFICATION_STATES)
export const DOCUMENT_KINDS = ['ID_FRONT', 'ID_BACK', 'PHOTO', 'ADDRESS_PROOF'] as const
export const DocumentKind = z.enum(DOCUMENT_KINDS)

/** Why a person or request was rejected; the clients say what was wrong and how to mend it. */
export const REJECTION_REASONS = [
  'PICTURE_BLURRED',
  'PICTURE_CUT_OFF',
  'DOCUMENT_EXPIRED',
  'DOCUMENT_NOT_ACCEPTED',
  'FACE_NOT_VISIBLE',
  'NAME_DIFFERS',
  'BIRTH_DATE_DIFFERS',
  'NOT_CONFIRMED',
  'RELATIONSHIP_NOT_PROVEN',
  'NOT_ON_REGISTER',
  'INMATE_DECLINED',
  'FACILITY_DECISION',
] as const
export const RejectionReason = z.enum(REJECTION_REASONS)
/** What a rejection is about, so that only this must be sent again. */
export const REJECTED_FIELDS = [
  ...DOCUMENT_KINDS,
  'NAME',
  'BIRTH_DATE',
  'INMATE',
  'KIND',
  'REGISTER',
] as const
export const RejectedField = z.enum(REJECTED_FIELDS)

export const RESTRICTION_KINDS = ['NO_CONTACT', 'BAN', 'CHILD_PROTECTION', 'CLOSED_ONLY'] as const
export const RestrictionKind = z.enum(RESTRICTION_KINDS)
export const RestrictionSource = z.enum(['COURT', 'FACILITY'])

const Name = z.string().trim().min(1, 'Give the name as it is in the document.').max(100)
const KEYED = ['IDEMPOTENCY_KEY_REQUIRED', 'IDEMPOTENCY_KEY_REUSED'] as const
const NoteText = z.string().trim().min(3, 'Say why, in a few words.').max(1000)

export const DocumentView = z.object({
  documentId: DocumentId,
  kind: DocumentKind,
  mimeType: z.string(),
  sizeBytes: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  uploadedAt: Instant,
})

/** Facts about a visitor's own registration. */
export const ProfileView = z.object({
  visitorId: VisitorId,
  version: Version,
  givenName: z.string(),
  familyName: z.string(),
  birthDate: LocalDate,
  email: z.string(),
  phone: z.string().nullable(),
  language: LanguageTag,
  timeZone: ZoneName,
  verification: VerificationState,
  rejection: z.object({ reason: RejectionReason, field: RejectedField.nullable() }).nullable(),
  documents: z.array(DocumentView),
  /** Document kinds still wanted before it can be submitted. */
  missing: z.array(DocumentKind),
  professional: z
    .object({
      kind: z.enum(['LAWYER', 'OFFICIAL']),
      registerName: z.string(),
      registerNumber: z.string(),
      state: VerificationState,
      rejectedReason: RejectionReason.nullable(),
    })
    .nullable(),
})
export type ProfileView = z.output<typeof ProfileView>

/**
 * One relationship as its visitor sees it: what they typed themself until the inmate has agreed. Whether
 * such a person is inside cannot be told from it (EL-2).
 */
export const RelationshipOfMine = z.object({
  requestId: RelationshipRequestId.nullable(),
  relationshipId: RelationshipId.nullable(),
  displayName: z.string(),
  facilityName: z.string(),
  kind: RelationshipKind,
  state: z.enum([...RELATIONSHIP_STATES, 'WITHDRAWN']),
  /** While REQUESTED: whose answer is awaited. FACILITY until the facility has said yes. */
  waitsFor: z.enum(['FACILITY', 'INMATE']).nullable(),
  /** When an answer is due at the latest (the facility's service level). */
  dueAt: Instant.nullable(),
  until: Instant.nullable(),
  rejection: z.object({ reason: RejectionReason, field: RejectedField.nullable() }).nullable(),
  createdAt: Instant,
})

/** A visitor in the staff's search. */
export const VisitorRow = z.object({
  visitorId: VisitorId,
  givenName: z.string(),
  familyName: z.string(),
  birthDate: LocalDate,
  verification: VerificationState,
})
export const InmateRow = z.object({
  inmateId: InmateId,
  inmateNumber: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  birthDate: LocalDate,
  wing: z.string(),
  custody: z.enum(['IN_CUSTODY', 'RELEASED', 'DECEASED']),
})
export const RestrictionView = z.object({
  restrictionId: RestrictionId,
  kind: RestrictionKind,
  source: RestrictionSource,
  visitorId: VisitorId.nullable(),
  inmateId: InmateId.nullable(),
  startsAt: Instant,
  endsAt: Instant.nullable(),
  reason: z.string(),
  liftedAt: Instant.nullable(),
  overrides: z.array(
    z.object({
      overrideId: OverrideId,
      visitorId: VisitorId,
      inmateId: InmateId,
      reason: z.string(),
      isGranted: z.boolean(),
      expiresAt: Instant,
    }),
  ),
})
const StaffRelationship = z.object({
  relationshipId: RelationshipId,
  version: Version,
  visitor: VisitorRow,
  inmate: InmateRow,
  kind: RelationshipKind,
  state: RelationshipState,
  until: Instant.nullable(),
  isFacilityAgreed: z.boolean(),
  isInmateAgreed: z.boolean(),
})

/** Registration, documents, relationships, restrictions, and the staff's side of each. */
export const peopleRoutes = {
  register: route({
    method: 'POST',
    path: '/api/registrations',
    summary:
      'Asks for an account. The answer is the same whether or not the address is known; the mail says how to go on.',
    access: { kind: 'public' },
    body: z.strictObject({
      givenName: Name,
      familyName: Name,
      birthDate: LocalDate,
      email: z.email().max(200),
      phone: z
        .string()
        .trim()
        .regex(/^\+[0-9 ()-]{6,24}$/, 'Begin with + and the country code.')
        .optional(),
      language: LanguageTag,
      timeZone: ZoneName,
      password: z.string().min(12, 'Use at least 12 characters; a sentence is good.').max(200),
    }),
    reply: EMPTY,
    refusals: ['TOO_MANY_REQUESTS'],
  }),
  confirmRegistration: route({
    method: 'POST',
    path: '/api/registrations/confirmation',
    summary: 'Makes the account from the link in the mail; the link works once, for 24 hours.',
    access: { kind: 'public' },
    body: z.strictObject({ token: z.string().min(20).max(200) }),
    reply: EMPTY,
    refusals: ['REGISTRATION_TOKEN_REFUSED', 'TOO_MANY_REQUESTS'],
  }),
  facilities: route({
    method: 'GET',
    path: '/api/facilities',
    summary: 'Facilities that take part, by name.',
    access: { kind: 'account', roles: ['visitor', 'host', ...DESK, 'operatorAdmin'] },
    reply: z.object({
      facilities: z.array(
        z.object({ facilityId: FacilityId, name: z.string(), timeZone: ZoneName }),
      ),
    }),
    refusals: SIGNED_IN,
  }),
  profile: route({
    method: 'GET',
    path: '/api/my/profile',
    summary: 'The signed-in visitor’s registration.',
    access: { kind: 'account', roles: ['visitor'] },
    reply: ProfileView,
    refusals: SIGNED_IN,
  }),
  changeProfile: route({
    method: 'PUT',
    path: '/api/my/profile',
    summary:
      'Changes how we reach the visitor. A verified name or birth date is changed by staff only.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    body: z.strictObject({
      version: Version,
      phone: z
        .string()
        .trim()
        .regex(/^\+[0-9 ()-]{6,24}$/, 'Begin with + and the country code.')
        .nullable(),
      language: LanguageTag,
      timeZone: ZoneName,
    }),
    reply: ProfileView,
    refusals: [...SIGNED_IN, ...KEYED, 'VERSION_CHANGED'],
  }),
  uploadDocument: route({
    method: 'PUT',
    path: '/api/my/documents/:kind',
    summary:
      'Stores a picture, encrypted; type, size and dimensions are read from the picture itself.',
    access: { kind: 'account', roles: ['visitor'] },
    isUpload: true,
    params: z.object({ kind: DocumentKind }),
    reply: ProfileView,
    refusals: [...SIGNED_IN, 'DOCUMENT_REFUSED', 'MESSAGE_TOO_LARGE', 'ALREADY_DECIDED'],
  }),
  submitDocuments: route({
    method: 'POST',
    path: '/api/my/documents/submission',
    summary: 'Hands the documents to the staff for verification.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    reply: ProfileView,
    refusals: [...SIGNED_IN, ...KEYED, 'DOCUMENTS_MISSING', 'ALREADY_DECIDED'],
  }),
  registerProfessional: route({
    method: 'PUT',
    path: '/api/my/professional',
    summary: 'Says that the visitor is a lawyer or official, and where that is registered.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    body: z.strictObject({
      kind: z.enum(['LAWYER', 'OFFICIAL']),
      registerName: z.string().trim().min(2).max(200),
      registerNumber: z.string().trim().min(1).max(100),
    }),
    reply: ProfileView,
    refusals: [...SIGNED_IN, ...KEYED, 'ALREADY_DECIDED'],
  }),
  myRelationships: route({
    method: 'GET',
    path: '/api/my/relationships',
    summary: 'Whom the visitor asked to meet, and how far each request is.',
    access: { kind: 'account', roles: ['visitor'] },
    reply: z.object({ relationships: z.array(RelationshipOfMine) }),
    refusals: SIGNED_IN,
  }),
  requestRelationship: route({
    method: 'POST',
    path: '/api/my/relationships',
    summary: 'Asks to meet somebody. The answer never tells whether that person is inside (EL-2).',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    body: z.strictObject({
      facilityId: FacilityId,
      inmateNumber: z.string().trim().min(1).max(40),
      givenName: Name,
      familyName: Name,
      birthDate: LocalDate,
      kind: RelationshipKind,
    }),
    reply: RelationshipOfMine,
    refusals: [
      ...SIGNED_IN,
      ...KEYED,
      'NOT_FOUND',
      'RELATIONSHIP_EXISTS',
      'TOO_MANY_OPEN_REQUESTS',
      'TOO_MANY_REQUESTS',
    ],
  }),
  withdrawRelationship: route({
    method: 'POST',
    path: '/api/my/relationships/:requestId/withdrawal',
    summary: 'Takes an open request back.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    params: z.object({ requestId: RelationshipRequestId }),
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
  searchVisitors: route({
    method: 'GET',
    path: '/api/visitors',
    summary: 'Visitors who have, or ask for, somebody at the facility; by name, or all.',
    access: { kind: 'account', roles: DESK },
    query: z.object({ ...PageQuery, query: z.string().trim().max(100).default('') }),
    reply: pageOf(VisitorRow),
    refusals: SIGNED_IN,
  }),
  visitor: route({
    method: 'GET',
    path: '/api/visitors/:visitorId',
    summary: 'A visitor with documents, relationships and restrictions.',
    access: { kind: 'account', roles: DESK },
    params: z.object({ visitorId: VisitorId }),
    reply: z.object({
      visitor: ProfileView,
      relationships: z.array(StaffRelationship),
      restrictions: z.array(RestrictionView),
    }),
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  documentPicture: route({
    method: 'GET',
    path: '/api/visitors/:visitorId/documents/:documentId',
    summary: 'The picture of a document; entered in the audit log before the first byte.',
    access: { kind: 'account', roles: DESK },
    params: z.object({ visitorId: VisitorId, documentId: DocumentId }),
    reply: null,
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  decideVisitor: route({
    method: 'POST',
    path: '/api/visitors/:visitorId/verification',
    summary:
      'Verifies a visitor, or rejects with reason, field and so how to mend it; rejected pictures are destroyed.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ visitorId: VisitorId }),
    body: z.discriminatedUnion('decision', [
      z.strictObject({ decision: z.literal('VERIFY'), version: Version }),
      z.strictObject({
        decision: z.literal('REJECT'),
        version: Version,
        reason: RejectionReason,
        field: RejectedField.nullable(),
      }),
    ]),
    reply: ProfileView,
    refusals: [
      ...SIGNED_IN,
      ...KEYED,
      'NOT_FOUND',
      'VERSION_CHANGED',
      'ALREADY_DECIDED',
      'DOCUMENTS_MISSING',
    ],
  }),
  decideProfessional: route({
    method: 'POST',
    path: '/api/visitors/:visitorId/professional/verification',
    summary: 'Confirms or rejects a lawyer or official after a look at the public register.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ visitorId: VisitorId }),
    body: z.discriminatedUnion('decision', [
      z.strictObject({ decision: z.literal('VERIFY'), validUntil: Instant }),
      z.strictObject({ decision: z.literal('REJECT'), reason: RejectionReason }),
    ]),
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
  relationshipRequest: route({
    method: 'GET',
    path: '/api/relationship-requests/:requestId',
    summary: 'A request with what was typed, beside the people it may mean (EL-3).',
    access: { kind: 'account', roles: DESK },
    params: z.object({ requestId: RelationshipRequestId }),
    reply: z.object({
      requestId: RelationshipRequestId,
      version: Version,
      state: z.enum(['REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN']),
      match: z.enum(['EXACT', 'NEAR', 'NONE']),
      kind: RelationshipKind,
      visitor: VisitorRow,
      typed: z.object({
        inmateNumber: z.string(),
        givenName: z.string(),
        familyName: z.string(),
        birthDate: LocalDate,
      }),
      candidates: z.array(
        z.object({
          inmate: InmateRow,
          /** 0 … 1: how alike the names are (Jaro-Winkler). */
          likeness: z.number(),
          differs: z.array(z.enum(['INMATE_NUMBER', 'GIVEN_NAME', 'FAMILY_NAME', 'BIRTH_DATE'])),
        }),
      ),
      dueAt: Instant,
    }),
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  decideRelationshipRequest: route({
    method: 'POST',
    path: '/api/relationship-requests/:requestId/decision',
    summary: 'The facility’s yes, naming the inmate it is for, or no with reason and field.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ requestId: RelationshipRequestId }),
    body: z.discriminatedUnion('decision', [
      z.strictObject({ decision: z.literal('APPROVE'), version: Version, inmateId: InmateId }),
      z.strictObject({
        decision: z.literal('REJECT'),
        version: Version,
        reason: RejectionReason,
        field: RejectedField.nullable(),
      }),
    ]),
    reply: EMPTY,
    refusals: [
      ...SIGNED_IN,
      ...KEYED,
      'NOT_FOUND',
      'VERSION_CHANGED',
      'ALREADY_DECIDED',
      'RELATIONSHIP_EXISTS',
      'PROFESSIONAL_REQUIRED',
    ],
  }),
  moveRelationship: route({
    method: 'POST',
    path: '/api/relationships/:relationshipId/moves',
    summary:
      'Suspends until a date, bans, restores or ends a relationship; visits that it touches get a task or, with a ban, are cancelled.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ relationshipId: RelationshipId }),
    body: z.discriminatedUnion('move', [
      z.strictObject({
        move: z.literal('SUSPEND'),
        version: Version,
        until: Instant,
        reason: NoteText,
      }),
      z.strictObject({
        move: z.literal('BAN'),
        version: Version,
        until: Instant.nullable(),
        reason: NoteText,
      }),
      z.strictObject({ move: z.literal('RESTORE'), version: Version, reason: NoteText }),
      z.strictObject({ move: z.literal('END'), version: Version, reason: NoteText }),
    ]),
    reply: StaffRelationship,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'VERSION_CHANGED', 'ALREADY_DECIDED'],
  }),
  searchInmates: route({
    method: 'GET',
    path: '/api/inmates',
    summary: 'Inmates of the facility by number or name.',
    access: { kind: 'account', roles: DESK },
    query: z.object({ ...PageQuery, query: z.string().trim().max(100).default('') }),
    reply: pageOf(InmateRow),
    refusals: SIGNED_IN,
  }),
  inmate: route({
    method: 'GET',
    path: '/api/inmates/:inmateId',
    summary: 'An inmate with relationships, restrictions and non-associations.',
    access: { kind: 'account', roles: DESK },
    params: z.object({ inmateId: InmateId }),
    reply: z.object({
      inmate: InmateRow,
      version: Version,
      relationships: z.array(StaffRelationship),
      restrictions: z.array(RestrictionView),
      nonAssociations: z.array(
        z.object({
          nonAssociationId: NonAssociationId,
          otherKind: z.enum(['VISITOR', 'INMATE']),
          otherId: z.uuid(),
          otherName: z.string(),
          reason: z.string(),
        }),
      ),
    }),
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  addRestriction: route({
    method: 'POST',
    path: '/api/restrictions',
    summary:
      'Enters an order, ban or condition; it counts at once, also for visits that run (EL-4).',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    body: z.strictObject({
      kind: RestrictionKind,
      source: RestrictionSource,
      visitorId: VisitorId.optional(),
      inmateId: InmateId.optional(),
      startsAt: Instant,
      endsAt: Instant.nullable(),
      reason: NoteText,
    }),
    reply: z.object({ restriction: RestrictionView, affectedVisits: z.array(VisitId) }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND'],
  }),
  liftRestriction: route({
    method: 'POST',
    path: '/api/restrictions/:restrictionId/lifting',
    summary: 'Lifts a restriction; a court’s needs its decision as the reason.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ restrictionId: RestrictionId }),
    body: z.strictObject({ reason: NoteText }),
    reply: RestrictionView,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
  askOverride: route({
    method: 'POST',
    path: '/api/restrictions/:restrictionId/overrides',
    summary: 'Asks a second person for an exception; never from a court order (EL-5).',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ restrictionId: RestrictionId }),
    body: z.strictObject({
      visitorId: VisitorId,
      inmateId: InmateId,
      reason: NoteText,
      expiresAt: Instant,
    }),
    reply: z.object({ overrideId: OverrideId }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'COURT_ORDER_BINDS'],
  }),
  grantOverride: route({
    method: 'POST',
    path: '/api/overrides/:overrideId/grant',
    summary: 'The second person’s yes.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ overrideId: OverrideId }),
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'SECOND_PERSON_REQUIRED', 'ALREADY_DECIDED'],
  }),
  addNonAssociation: route({
    method: 'POST',
    path: '/api/non-associations',
    summary: 'Enters that two people may not be in one visit (EL-7).',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    body: z.strictObject({
      one: z.strictObject({ kind: z.enum(['VISITOR', 'INMATE']), personId: z.uuid() }),
      other: z.strictObject({ kind: z.enum(['VISITOR', 'INMATE']), personId: z.uuid() }),
      reason: NoteText,
    }),
    reply: z.object({ nonAssociationId: NonAssociationId, affectedVisits: z.array(VisitId) }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
  liftNonAssociation: route({
    method: 'POST',
    path: '/api/non-associations/:nonAssociationId/lifting',
    summary: 'Lifts it.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ nonAssociationId: NonAssociationId }),
    body: z.strictObject({ reason: NoteText }),
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
  deskSignIn: route({
    method: 'POST',
    path: '/api/terminal/desk-sign-in',
    summary:
      'Signs an inmate in for requests and notices, by number and PIN, while no visit needs the terminal; never for media (TR-5).',
    access: { kind: 'terminal' },
    body: z.strictObject({
      inmateNumber: z.string().trim().min(1).max(40),
      pin: z.string().regex(/^\d{4,8}$/, 'A PIN has four to eight digits.'),
    }),
    reply: z.object({ displayName: z.string(), language: LanguageTag }),
    refusals: [
      'TERMINAL_NOT_ENROLLED',
      'TERMINAL_DISABLED',
      'TERMINAL_IN_USE',
      'PIN_REFUSED',
      'PIN_LOCKED',
      'TOO_MANY_REQUESTS',
    ],
  }),
  terminalRequests: route({
    method: 'GET',
    path: '/api/terminal/requests',
    summary: 'Who asks to meet the signed-in inmate, and whom the inmate may ring.',
    access: { kind: 'inmate' },
    reply: z.object({
      requests: z.array(
        z.object({
          relationshipId: RelationshipId,
          displayName: z.string(),
          kind: RelationshipKind,
          createdAt: Instant,
        }),
      ),
      contacts: z.array(
        z.object({
          visitorId: VisitorId,
          displayName: z.string(),
          kind: RelationshipKind,
          mayRing: z.boolean(),
        }),
      ),
    }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED'],
  }),
  answerRequest: route({
    method: 'POST',
    path: '/api/terminal/requests/:relationshipId/answer',
    summary: 'The inmate’s yes or no; the visitor learns only that it was not possible.',
    access: { kind: 'inmate' },
    isKeyed: true,
    params: z.object({ relationshipId: RelationshipId }),
    body: z.strictObject({ isAccepted: z.boolean() }),
    reply: EMPTY,
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
} as const
