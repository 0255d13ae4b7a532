import type { Prisma } from '../../generated/client/client.ts'
import type { Tx } from '../../src/database.ts'
import { newId } from '../../src/ids.ts'
import { tokenHash } from '../../src/secret-hash.ts'
import { type Given, tailOf } from './given.ts'

const AN_ADULTS_BIRTH_DATE = '1985-04-12'
const DAY_MS = 86_400_000

/** An identity document's row: a photo whose bytes are nowhere. */
export function anIdentityDocument(
  given: Given<Prisma.IdentityDocumentUncheckedCreateInput, 'visitorId'>,
) {
  const documentId = given.documentId ?? newId()
  return {
    kind: 'PHOTO' as const,
    mimeType: 'image/jpeg',
    sizeBytes: 120_000,
    width: 900,
    height: 1200,
    sha256: tokenHash(documentId),
    uploadedAt: new Date(),
    ...given,
    documentId,
  }
}

/** The row of a request to meet somebody: open, and matching nobody unless told whom. */
export function aRelationshipRequest(
  given: Given<Prisma.RelationshipRequestUncheckedCreateInput, 'visitorId' | 'facilityId'>,
) {
  const requestId = given.requestId ?? newId()
  return {
    inmateNumber: `N-${tailOf(requestId)}`,
    givenName: 'Ivan',
    familyName: `Inmate ${tailOf(requestId)}`,
    birthDate: AN_ADULTS_BIRTH_DATE,
    kind: 'SIBLING' as const,
    match: given.matchedInmateId ? ('EXACT' as const) : ('NONE' as const),
    ...given,
    requestId,
  }
}

/** A lawyer's row: verified by somebody, today. */
export function aProfessional(given: Given<Prisma.ProfessionalUncheckedCreateInput, 'visitorId'>) {
  return {
    kind: 'LAWYER' as const,
    registerName: 'Example register',
    registerNumber: `L-${tailOf(newId())}`,
    state: 'VERIFIED' as const,
    verifiedBy: newId(),
    verifiedAt: new Date(),
    ...given,
  }
}

/**
 * A restriction's row, since yesterday and until lifted, by the facility. Without a kind it is what its
 * people make it: NO_CONTACT of two, a BAN of a visitor, CHILD_PROTECTION of an inmate.
 */
export function aRestriction(given: Given<Prisma.RestrictionUncheckedCreateInput, 'facilityId'>) {
  const { visitorId, inmateId } = given
  const ofOne = visitorId ? ('BAN' as const) : ('CHILD_PROTECTION' as const)
  return {
    restrictionId: newId(),
    kind: visitorId && inmateId ? ('NO_CONTACT' as const) : ofOne,
    source: 'FACILITY' as const,
    startsAt: new Date(Date.now() - DAY_MS),
    reason: 'for the example',
    createdBy: newId(),
    ...given,
  }
}

/** The row of an exception from a restriction, for a day: asked for and not granted yet. */
export function aRestrictionOverride(
  given: Given<
    Prisma.RestrictionOverrideUncheckedCreateInput,
    'restrictionId' | 'visitorId' | 'inmateId'
  >,
) {
  return {
    overrideId: newId(),
    reason: 'for the example',
    requestedBy: newId(),
    requestedAt: new Date(),
    expiresAt: new Date(Date.now() + DAY_MS),
    ...given,
  }
}

type Person = { readonly kind: 'VISITOR' | 'INMATE'; readonly personId: string }

type GivenPair = {
  readonly facilityId: string
  /** In any order. */
  readonly people: readonly [Person, Person]
  readonly liftedAt?: Date
}

/** The row of two people who may not be in one visit. */
export function aNonAssociation({ facilityId, people, ...given }: GivenPair) {
  const [a, b] = people
  const [one, other] = a.personId < b.personId ? [a, b] : [b, a]
  return {
    nonAssociationId: newId(),
    facilityId,
    oneKind: one.kind,
    oneId: one.personId,
    otherKind: other.kind,
    otherId: other.personId,
    reason: 'for the example',
    createdBy: newId(),
    ...given,
  }
}

/** Stores {@link anIdentityDocument}. */
export function insertIdentityDocument(db: Tx, given: Parameters<typeof anIdentityDocument>[0]) {
  return db.identityDocument.create({ data: anIdentityDocument(given) })
}

/** Stores {@link aRelationshipRequest}. */
export function insertRelationshipRequest(
  db: Tx,
  given: Parameters<typeof aRelationshipRequest>[0],
) {
  return db.relationshipRequest.create({ data: aRelationshipRequest(given) })
}

/** Stores {@link aProfessional}. */
export function insertProfessional(db: Tx, given: Parameters<typeof aProfessional>[0]) {
  return db.professional.create({ data: aProfessional(given) })
}

/** Stores {@link aRestriction}. */
export function insertRestriction(db: Tx, given: Parameters<typeof aRestriction>[0]) {
  return db.restriction.create({ data: aRestriction(given) })
}

/** Stores {@link aRestrictionOverride}. */
export function insertRestrictionOverride(
  db: Tx,
  given: Parameters<typeof aRestrictionOverride>[0],
) {
  return db.restrictionOverride.create({ data: aRestrictionOverride(given) })
}

/** Stores {@link aNonAssociation}. */
export function insertNonAssociation(db: Tx, given: GivenPair) {
  return db.nonAssociation.create({ data: aNonAssociation(given) })
}
