import { type Database, newId, type Prisma } from '@visavis/prisma'
import {
  BUILT_SECRET_HASH,
  aProfessional,
  aRelationshipRequest,
  anIdentityDocument,
  insertIdentityDocument,
  insertSmallWorld,
} from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo } from './refused.ts'

const DAY_MS = 86_400_000
const inADay = () => new Date(Date.now() + DAY_MS)

describe('what the database holds true of permission', () => {
  let test: TestDatabase
  let db: Database
  let facilityId: string
  let inmateId: string
  let visitorId: string
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
    const world = await insertSmallWorld(db)
    facilityId = world.facility.facilityId
    inmateId = world.inmate.inmateId
    visitorId = world.visitor.visitorId
  })
  afterAll(() => test.drop())

  it('a picture has a size and a hash, and there is one of each kind at a time', async () => {
    const store = (data: Partial<Prisma.IdentityDocumentUncheckedCreateInput>) =>
      answerTo(db.identityDocument.create({ data: anIdentityDocument({ visitorId, ...data }) }))
    for (const field of ['sizeBytes', 'width', 'height']) {
      expect(await store({ [field]: 0 })).toContain('identity_document_sizes_are_positive')
    }
    expect(await store({ sha256: 'ABC' })).toContain('identity_document_is_hashed')
    const { documentId } = await insertIdentityDocument(db, { visitorId })
    expect(await store({})).toContain('Unique constraint')
    expect(await store({ kind: 'ID_FRONT' })).toBe('stored')
    const data = { removedAt: new Date() }
    await db.identityDocument.update({ where: { documentId }, data })
    expect(await store({})).toBe('stored')
  })

  it('a registration that waits keeps its secrets as hashes, and knows its time zone', async () => {
    const row = {
      email: 'somebody@example.org',
      tokenHash: 'a'.repeat(64),
      passwordHash: BUILT_SECRET_HASH,
      givenName: 'Vera',
      familyName: 'Visitor',
      birthDate: '1985-04-12',
      language: 'en',
      timeZone: 'Europe/Moscow',
      expiresAt: inADay(),
    }
    const store = (data: Partial<typeof row>) =>
      answerTo(
        db.pendingRegistration.create({ data: { registrationId: newId(), ...row, ...data } }),
      )
    expect(await store({ tokenHash: 'open' })).toContain('pending_registration_token_is_hashed')
    const plain = await store({ passwordHash: 'open' })
    expect(plain).toContain('pending_registration_password_is_hashed')
    expect(await store({ timeZone: 'MSK' })).toContain('time_zone_is_known')
    expect(await store({})).toBe('stored')
  })

  it('[EL-1] [EL-2] a request that is rejected has a reason, and an exact match is somebody', async () => {
    const store = (data: Partial<Prisma.RelationshipRequestUncheckedCreateInput>) => {
      const request = aRelationshipRequest({ visitorId, facilityId, ...data })
      return answerTo(db.relationshipRequest.create({ data: request }))
    }
    const rejected = { state: 'REJECTED' } as const
    expect(await store(rejected)).toContain('relationship_request_rejection_has_reason')
    expect(await store({ ...rejected, rejectedReason: 'NOT_CONFIRMED' })).toBe('stored')
    expect(await store({ match: 'EXACT' })).toContain('relationship_request_exact_is_somebody')
    expect(await store({ match: 'EXACT', matchedInmateId: inmateId })).toBe('stored')
    expect(await store({})).toBe('stored')
  })

  it('a professional is a lawyer or official, and was verified by somebody', async () => {
    const store = (data: Partial<Prisma.ProfessionalUncheckedCreateInput>) =>
      answerTo(db.professional.create({ data: aProfessional({ visitorId, ...data }) }))
    expect(await store({ kind: 'FRIEND' })).toContain('professional_has_profession')
    for (const missing of ['verifiedBy', 'verifiedAt']) {
      const answer = await store({ [missing]: null })
      expect(answer).toContain('professional_was_verified_by_somebody')
    }
    expect(await store({})).toBe('stored')
  })

  it('an inmate who is no longer in custody left it at some time', async () => {
    const change = (data: Prisma.InmateUpdateInput) =>
      answerTo(db.inmate.update({ where: { inmateId }, data }))
    for (const custody of ['RELEASED', 'DECEASED'] as const) {
      expect(await change({ custody })).toContain('inmate_custody_has_time')
      expect(await change({ custody, custodyAt: new Date() })).toBe('stored')
      await change({ custody: 'IN_CUSTODY', custodyAt: null })
    }
  })
})
