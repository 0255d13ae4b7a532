import { type Database, newId, type Prisma } from '@visavis/prisma'
import {
  aNonAssociation,
  aRestriction,
  aRestrictionOverride,
  insertNonAssociation,
  insertRestriction,
  insertRestrictionOverride,
  insertSmallWorld,
} from '@visavis/prisma/seed'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo } from './refused.ts'

const DAY_MS = 86_400_000
const inADay = () => new Date(Date.now() + DAY_MS)

describe('what the database holds true of restrictions', () => {
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

  it('[EL-4] a restriction is on the people of its kind', async () => {
    const both = { visitorId, inmateId }
    const people = {
      NO_CONTACT: both,
      BAN: { visitorId },
      CHILD_PROTECTION: { inmateId },
      CLOSED_ONLY: { inmateId },
    }
    for (const kind of ['NO_CONTACT', 'BAN', 'CHILD_PROTECTION', 'CLOSED_ONLY'] as const) {
      for (const given of [{}, { visitorId }, { inmateId }, both]) {
        const row = aRestriction({ facilityId, kind, ...given })
        const answer = await answerTo(db.restriction.create({ data: row }))
        const isRight = JSON.stringify(given) === JSON.stringify(people[kind])
        expect([kind, given, answer.includes('restriction_people_of_kind')]).toEqual([
          kind,
          given,
          !isRight,
        ])
      }
    }
  })

  it('[EL-4] a restriction ends after it starts, and is lifted by somebody', async () => {
    const store = (data: Partial<Prisma.RestrictionUncheckedCreateInput>) =>
      answerTo(db.restriction.create({ data: aRestriction({ facilityId, inmateId, ...data }) }))
    const now = new Date()
    const backwards = await store({ startsAt: now, endsAt: now })
    expect(backwards).toContain('restriction_ends_after_start')
    expect(await store({ liftedAt: now })).toContain('restriction_lifted_by_somebody')
    expect(await store({ liftedBy: newId() })).toContain('restriction_lifted_by_somebody')
    expect(await store({ liftedAt: now, liftedBy: newId(), endsAt: inADay() })).toBe('stored')
  })

  const overrideOf = (
    restrictionId: string,
    data: Partial<Prisma.RestrictionOverrideUncheckedCreateInput> = {},
  ) => {
    const row = aRestrictionOverride({ restrictionId, visitorId, inmateId, ...data })
    return answerTo(db.restrictionOverride.create({ data: row }))
  }

  it('[EL-5] a court’s restriction is never overridden, nor is an overridden one made a court’s', async () => {
    const court = await insertRestriction(db, { facilityId, inmateId, source: 'COURT' })
    expect(await overrideOf(court.restrictionId)).toContain('court_order_is_not_overridden')
    const own = await insertRestriction(db, { facilityId, inmateId })
    const { restrictionId } = own
    const { overrideId } = await insertRestrictionOverride(db, {
      restrictionId,
      visitorId,
      inmateId,
    })
    const ofCourt = { restrictionId: court.restrictionId }
    const moved = db.restrictionOverride.update({ where: { overrideId }, data: ofCourt })
    expect(await answerTo(moved)).toContain('court_order_is_not_overridden')
    const change = (data: Prisma.RestrictionUncheckedUpdateInput) =>
      answerTo(db.restriction.update({ where: { restrictionId }, data }))
    expect(await change({ source: 'COURT' })).toContain('restriction_is_final')
    expect(await change({ liftedAt: new Date(), liftedBy: newId() })).toBe('stored')
  })

  it('[EL-5] an override has a reason and two people, and is for those whom the restriction is on', async () => {
    const { restrictionId } = await insertRestriction(db, { facilityId, inmateId, visitorId })
    const requestedBy = newId()
    const granted = (grantedBy: string) => ({ requestedBy, grantedBy, grantedAt: new Date() })
    const override = (data: Parameters<typeof overrideOf>[1]) => overrideOf(restrictionId, data)
    expect(await override(granted(requestedBy))).toContain('restriction_override_by_two')
    expect(await override({ reason: ' ' })).toContain('restriction_override_has_reason')
    const byNobody = await override({ grantedAt: new Date() })
    expect(byNobody).toContain('restriction_override_granted_by_somebody')
    const over = await override({ expiresAt: new Date(0) })
    expect(over).toContain('restriction_override_ends_after_request')
    for (const stranger of [{ visitorId: newId() }, { inmateId: newId() }]) {
      expect(await override(stranger)).toContain('restriction_override_of_its_people')
    }
    expect(await override(granted(newId()))).toBe('stored')
  })

  it('[EL-7] two people who may not meet are kept once, in one order, while it holds', async () => {
    const people = [
      { kind: 'VISITOR', personId: visitorId },
      { kind: 'INMATE', personId: inmateId },
    ] as const
    const pair = { facilityId, people }
    const row = aNonAssociation(pair)
    const turned = { ...row, oneId: row.otherId, otherId: row.oneId }
    expect(await answerTo(db.nonAssociation.create({ data: turned }))).toContain('is_ordered')
    const { nonAssociationId } = await insertNonAssociation(db, pair)
    const again = { facilityId, people: [people[1], people[0]] } as const
    expect(await answerTo(insertNonAssociation(db, again))).toContain('Unique constraint')
    const lifted = { data: { liftedAt: new Date() }, where: { nonAssociationId } }
    await db.nonAssociation.update(lifted)
    expect(await answerTo(insertNonAssociation(db, again))).toBe('stored')
  })
})
