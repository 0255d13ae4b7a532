import { type AccountRole, type Database, newId, newToken, tokenHash } from '@visavis/prisma'
import {
  anAccount,
  aRelationship,
  insertFacility,
  insertSmallWorld,
  insertVisit,
} from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo } from './refused.ts'

const IN_AN_HOUR_MS = 3_600_000

describe('what the database holds true of people and sign-ins', () => {
  let test: TestDatabase
  let db: Database
  let world: Awaited<ReturnType<typeof insertSmallWorld>>
  beforeAll(async () => {
    test = await createTestDatabase()
    db = test.db
    world = await insertSmallWorld(db)
  })
  afterAll(() => test.drop())

  it('[EL-1] a relationship is approved only when facility and inmate both said yes', async () => {
    const { visitor, inmate, relationship } = world
    const { relationshipId } = relationship
    for (const missing of ['facilityApprovedAt', 'inmateApprovedAt'] as const) {
      const update = db.relationship.update({
        where: { relationshipId },
        data: { [missing]: null },
      })
      expect(await answerTo(update)).toContain('relationship_approved_by_both')
    }
    const again = aRelationship({ visitorId: visitor.visitorId, inmateId: inmate.inmateId })
    expect(await answerTo(db.relationship.create({ data: again }))).toContain('Unique constraint')
    await db.relationship.update({ where: { relationshipId }, data: { state: 'ENDED' } })
    expect(await answerTo(db.relationship.create({ data: again }))).toBe('stored')
  })

  it('[EL-1] a rejection has its reason and a suspension its end', async () => {
    const { relationshipId } = world.relationship
    const change = (data: { state: 'REJECTED' | 'SUSPENDED' }) =>
      answerTo(db.relationship.update({ where: { relationshipId }, data }))
    expect(await change({ state: 'REJECTED' })).toContain('relationship_rejection_has_reason')
    expect(await change({ state: 'SUSPENDED' })).toContain('relationship_suspension_has_end')
  })

  it.each<[AccountRole, string]>([
    ['visitor', 'account_visitor_scope'],
    ['host', 'account_host_scope'],
    ['officer', 'account_'],
    ['scheduler', 'account_facility_scope'],
    ['facilityAdmin', 'account_facility_scope'],
    ['operatorAdmin', 'account_operator_scope'],
    ['investigator', 'account_facility_scope'],
    ['auditor', 'account_facility_scope'],
  ])('[TR-3] an account of role %s without a scope: %s', async (role, answer) => {
    expect(await answerTo(db.account.create({ data: anAccount({ role }) }))).toContain(answer)
  })

  it('[TR-3] an account has no scope beside its role’s own', async () => {
    const { visitorId } = world.visitor
    const { facilityId } = world.facility
    const account = anAccount({ role: 'visitor', visitorId, facilityId })
    expect(await answerTo(db.account.create({ data: account }))).toContain('account_facility_scope')
  })

  it('[TR-3] an auditor is of one facility or of the estate, and nobody else is of an estate', async () => {
    const { facilityId, estateId } = world.facility
    const store = (data: Omit<Parameters<typeof anAccount>[0], 'accountId'>) =>
      answerTo(db.account.create({ data: anAccount(data) }))
    for (const role of ['auditor', 'investigator'] as const) {
      expect(await store({ role, facilityId })).toBe('stored')
      expect(await store({ role, estateId })).toBe('stored')
      expect(await store({ role, facilityId, estateId })).toContain('account_facility_scope')
    }
    const scheduler = { role: 'scheduler', facilityId, estateId } as const
    expect(await store(scheduler)).toContain('account_facility_scope')
  })

  it('secrets are kept as hashes only', async () => {
    const { accountId } = world.visitorAccount
    const where = { accountId }
    const plain = db.account.update({ where, data: { passwordHash: 'visit-demo-visitor-1' } })
    expect(await answerTo(plain)).toContain('account_password_is_hashed')
    const session = signIn({ accountId, tokenHash: newToken() })
    expect(await answerTo(session)).toContain('auth_session_token_is_hashed')
  })

  it('[TR-5] a sign-in is an account’s, a room device’s for a visit, or an inmate’s on a terminal', async () => {
    const { facility, inmate, terminal, visitor } = world
    const [{ inmateId }, { terminalId }] = [inmate, terminal]
    const { visit } = await insertVisit(db, {
      facilityId: facility.facilityId,
      inmateId,
      terminalId,
      visitorIds: [visitor.visitorId],
    })
    const { visitId } = visit
    const { accountId } = world.visitorAccount
    expect(await answerTo(signIn({ accountId }))).toBe('stored')
    expect(await answerTo(signIn({ accountId, visitId }))).toBe('stored')
    expect(await answerTo(signIn({ inmateId, terminalId }))).toBe('stored')
    expect(await answerTo(signIn({ inmateId, terminalId, visitId }))).toBe('stored')
    const visitOfNobody = signIn({ accountId, visitId: newId() })
    expect(await answerTo(visitOfNobody)).toContain('auth_session_visit_exists')
    for (const bad of [
      {},
      { visitId },
      { inmateId, visitId },
      { terminalId, visitId },
      { accountId, inmateId, terminalId, visitId },
    ]) {
      expect(await answerTo(signIn(bad))).toContain('auth_session_one_subject')
    }
  })

  it.each(['Moscow Time', 'MSK', '+03', 'Europe/Atlantis'])(
    '[BK-6] a facility cannot be in %s',
    async (timeZone) => {
      const { estateId, operatorId } = world.facility
      const facility = insertFacility(db, { estateId, operatorId, timeZone })
      expect(await answerTo(facility)).toContain('time_zone_is_known')
    },
  )

  const signIn = (subject: Partial<Parameters<Database['authSession']['create']>[0]['data']>) =>
    db.authSession.create({
      data: {
        authSessionId: newId(),
        tokenHash: tokenHash(newToken()),
        expiresAt: new Date(Date.now() + IN_AN_HOUR_MS),
        lastSeenAt: new Date(),
        ...subject,
      } as never,
    })
})
