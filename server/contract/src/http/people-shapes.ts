import { z } from 'zod'
import {
  DocumentId,
  InmateId,
  Instant,
  LanguageTag,
  OverrideId,
  RelationshipId,
  RelationshipRequestId,
  RestrictionId,
  VisitorId,
  ZoneName,
} from '../ids.ts'
import { LocalDate, Version } from './route.ts'

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

export const PersonNameText = z
  .string()
  .trim()
  .min(1, 'Give the name as it is in the document.')
  .max(100)
/** Who somebody is, as their document says. */
export const IdentityFields = {
  givenName: PersonNameText,
  familyName: PersonNameText,
  birthDate: LocalDate,
}
export const NoteText = z.string().trim().min(3, 'Say why, in a few words.').max(1000)

export const DocumentView = z.object({
  documentId: DocumentId,
  kind: DocumentKind,
  mimeType: z.string(),
  sizeBytes: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  uploadedAt: Instant,
})

/** Facts about a registration, as the visitor, a child's guardian and the desk see it. */
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
  /** Another name or birth date that waits for the staff's decision. */
  correction: z
    .object({ givenName: z.string(), familyName: z.string(), birthDate: LocalDate })
    .nullable(),
  /** Of a child: whose account speaks for it, and since when no longer. */
  guardian: z
    .object({
      visitorId: VisitorId,
      displayName: z.string(),
      consentEndedAt: Instant.nullable(),
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
  /** For whom it was asked: a child of the visitor's; null: the visitor. */
  child: z.object({ visitorId: VisitorId, displayName: z.string() }).nullable(),
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
      isRefused: z.boolean(),
      expiresAt: Instant,
    }),
  ),
})
/** A relationship as staff see it. */
export const StaffRelationship = z.object({
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
