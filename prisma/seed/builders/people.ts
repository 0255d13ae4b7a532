import type { Prisma } from '../../generated/client/client.ts'
import type { Tx } from '../../src/database.ts'
import { newId } from '../../src/ids.ts'
import { requireReserved } from '../reserved-addresses.ts'
import { type Given, tailOf } from './given.ts'

/** What {@link BUILT_SECRET_HASH} hides: password and PIN of everybody whose builder was told no other. */
export const BUILT_SECRET = 'visit-test-password'

/** argon2id of {@link BUILT_SECRET}, made once: hashing anew would cost each test 60 ms a person. */
export const BUILT_SECRET_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$HJDdqtHyF9px/vLoP80+7w$w9MTF10/VCAh0sg+WjkHosyKg3ladZ68lFKYdLjIFEc'

const AN_ADULTS_BIRTH_DATE = '1985-04-12'
const VERIFIED_AT = new Date('2026-01-10T09:00:00Z')

/** An inmate's row, with {@link BUILT_SECRET} as PIN. */
export function anInmate(given: Given<Prisma.InmateUncheckedCreateInput, 'facilityId'>) {
  const inmateId = given.inmateId ?? newId()
  return {
    inmateNumber: `N-${tailOf(inmateId)}`,
    givenName: 'Ivan',
    familyName: `Inmate ${tailOf(inmateId)}`,
    birthDate: AN_ADULTS_BIRTH_DATE,
    pinHash: BUILT_SECRET_HASH,
    language: 'en',
    ...given,
    inmateId,
  }
}

/** A visitor's row: staff have seen who it is. */
export function aVisitor(given: Given<Prisma.VisitorUncheckedCreateInput> = {}) {
  const visitorId = given.visitorId ?? newId()
  requireReserved(given.email)
  return {
    givenName: 'Vera',
    familyName: `Visitor ${tailOf(visitorId)}`,
    birthDate: AN_ADULTS_BIRTH_DATE,
    email: `visitor-${tailOf(visitorId)}@example.org`,
    language: 'en',
    timeZone: 'Europe/Moscow',
    verification: 'VERIFIED' as const,
    verifiedAt: given.verification && given.verification !== 'VERIFIED' ? null : VERIFIED_AT,
    ...given,
    visitorId,
  }
}

/** A relationship's row: approved by both sides. */
export function aRelationship(
  given: Given<Prisma.RelationshipUncheckedCreateInput, 'visitorId' | 'inmateId'>,
) {
  const approvedAt = new Date('2026-01-10T09:00:00Z')
  return {
    relationshipId: newId(),
    kind: 'SIBLING' as const,
    state: 'APPROVED' as const,
    facilityApprovedAt: approvedAt,
    inmateApprovedAt: approvedAt,
    ...given,
  }
}

/** An officer's row. */
export function anOfficer(given: Given<Prisma.OfficerUncheckedCreateInput> = {}) {
  const officerId = given.officerId ?? newId()
  return { givenName: 'Oleg', familyName: `Officer ${tailOf(officerId)}`, ...given, officerId }
}

/** An account's row, with {@link BUILT_SECRET} as password; the scope that its role needs is the caller's. */
export function anAccount(given: Given<Prisma.AccountUncheckedCreateInput, 'role'>) {
  const accountId = given.accountId ?? newId()
  requireReserved(given.login)
  return {
    login: `${given.role}-${tailOf(accountId)}@example.org`.toLowerCase(),
    passwordHash: BUILT_SECRET_HASH,
    language: 'en',
    ...given,
    accountId,
  }
}

/** Stores {@link anInmate}. */
export function insertInmate(db: Tx, given: Parameters<typeof anInmate>[0]) {
  return db.inmate.create({ data: anInmate(given) })
}

/** Stores {@link aVisitor}. */
export function insertVisitor(db: Tx, given?: Parameters<typeof aVisitor>[0]) {
  return db.visitor.create({ data: aVisitor(given) })
}

/** Stores {@link aRelationship}. */
export function insertRelationship(db: Tx, given: Parameters<typeof aRelationship>[0]) {
  return db.relationship.create({ data: aRelationship(given) })
}

/** Stores {@link anOfficer}. */
export function insertOfficer(db: Tx, given?: Parameters<typeof anOfficer>[0]) {
  return db.officer.create({ data: anOfficer(given) })
}

/** Stores {@link anAccount}. */
export function insertAccount(db: Tx, given: Parameters<typeof anAccount>[0]) {
  return db.account.create({ data: anAccount(given) })
}
