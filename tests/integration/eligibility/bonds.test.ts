import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  insertNonAssociation,
  insertRestriction,
  insertRestrictionOverride,
  insertTerminal,
  insertVisit,
} from '@visavis/prisma/seed'
import { BEFORE, HOUR_MS, NOW, anEligibilityWorld, daysAhead } from './eligibility-world.ts'
import type { Case, EligibilityWorld } from './eligibility-world.ts'

let world: EligibilityWorld
beforeAll(async () => {
  world = await anEligibilityWorld()
})
afterAll(() => world.drop())

async function codeOf({ db, ask }: Case, change: Partial<Case['ask']> = {}) {
  const { firstRefusal } = await world.eligibility.assess(db, { ...ask, ...change })
  return firstRefusal?.code ?? null
}

describe('restrictions', () => {
  it('[EL-4] forbid contact of two wherever either is, and a banned visitor at that facility only', async () => {
    const elsewhere = await world.aCase()
    const { db } = elsewhere
    const contact = await world.aCase()
    const { visitorId, inmateId } = contact
    const { facilityId } = elsewhere
    await insertRestriction(db, { facilityId, visitorId, inmateId, startsAt: BEFORE })
    expect(await codeOf(contact)).toBe('RESTRICTED')
    const banned = await world.aCase()
    await insertRestriction(db, { facilityId, visitorId: banned.visitorId, startsAt: BEFORE })
    expect(await codeOf(banned)).toBeNull()
  })

  it('[EL-4] keep children from an inmate under child protection, not grown-ups', async () => {
    const given = await world.aCase()
    const { db, facilityId, inmateId, visitorId } = given
    const child = await given.aCompanion({ birthDate: '2018-05-01' })
    await insertRestriction(db, { facilityId, inmateId, startsAt: BEFORE, endsAt: daysAhead(20) })
    expect(await codeOf(given)).toBeNull()
    const together = { ...given.ask, visitorIds: [visitorId, child] }
    const { report, staffReport } = await world.eligibility.assess(db, together)
    const refused = { check: 'RESTRICTION', code: 'RESTRICTED' }
    const line = ({ checks }: typeof report) => checks.find(({ check }) => check === 'RESTRICTION')
    // The family learns neither who is meant nor until when: the order is on the inmate.
    expect(line(report)).toEqual({
      ...refused,
      verdict: 'REFUSED',
      visitorId: null,
      liftsAt: null,
      nextStep: 'ASK_FACILITY',
    })
    const liftsAt = daysAhead(20).toISOString()
    expect(line(staffReport)).toMatchObject({ ...refused, visitorId: child, liftsAt })
  })

  it('[EL-4] that begin before the visit ends bind it; one that is over or lifted does not', async () => {
    const later = await world.aCase()
    const { db, slot } = later
    const of = ({ facilityId, visitorId }: Case) => ({ facilityId, visitorId })
    await insertRestriction(db, {
      ...of(later),
      startsAt: new Date(slot.startsAt.getTime() + 60_000),
    })
    expect(await codeOf(later)).toBe('RESTRICTED')
    const over = await world.aCase()
    await insertRestriction(db, { ...of(over), startsAt: daysAhead(-9), endsAt: BEFORE })
    const lifted = { startsAt: daysAhead(-9), liftedAt: BEFORE, liftedBy: over.visitorId }
    await insertRestriction(db, { ...of(over), ...lifted })
    expect(await codeOf(over)).toBeNull()
  })

  it('[EL-9] that allow closed visits only leave it to a person', async () => {
    const { db, ask, facilityId, inmateId } = await world.aCase()
    const kind = 'CLOSED_ONLY' as const
    await insertRestriction(db, { facilityId, inmateId, kind, startsAt: BEFORE })
    const { report, needsApproval } = await world.eligibility.assess(db, ask)
    expect([report.verdict, needsApproval]).toEqual(['ASK', true])
  })
})

describe('overrides', () => {
  const granted = { grantedBy: '00000000-0000-4000-8000-00000000000a', grantedAt: BEFORE }

  async function overridden(given: Case, override: object) {
    const { db, facilityId, visitorId, inmateId } = given
    const { restrictionId } = await insertRestriction(db, {
      facilityId,
      visitorId,
      inmateId,
      startsAt: BEFORE,
    })
    await insertRestrictionOverride(db, {
      ...{ restrictionId, visitorId, inmateId, requestedAt: BEFORE, expiresAt: daysAhead(9) },
      ...override,
    })
    return codeOf(given)
  }

  it('[EL-5] lift the facility’s restriction once a second person has granted them', async () => {
    expect(await overridden(await world.aCase(), {})).toBe('RESTRICTED')
    expect(await overridden(await world.aCase(), granted)).toBeNull()
  })

  it('[EL-5] that expire before the visit ends lift nothing', async () => {
    const expiresAt = daysAhead(2)
    expect(await overridden(await world.aCase(), { ...granted, expiresAt })).toBe('RESTRICTED')
  })
})

describe('non-associations', () => {
  const between = (one: string, other: string) =>
    [
      { kind: 'VISITOR', personId: one },
      { kind: 'INMATE', personId: other },
    ] as const

  it('[EL-7] hold in both directions, between visitor and inmate too', async () => {
    for (const isTurned of [false, true]) {
      const given = await world.aCase()
      const { db, facilityId, visitorId, inmateId } = given
      const [visitor, inmate] = between(visitorId, inmateId)
      const people = isTurned ? ([inmate, visitor] as const) : ([visitor, inmate] as const)
      await insertNonAssociation(db, { facilityId, people })
      expect(await codeOf(given)).toBe('NOT_TOGETHER')
    }
  })

  it('[EL-7] once lifted hold no more', async () => {
    const given = await world.aCase()
    const { db, facilityId, visitorId, inmateId } = given
    const people = between(visitorId, inmateId)
    await insertNonAssociation(db, { facilityId, people, liftedAt: BEFORE })
    expect(await codeOf(given)).toBeNull()
  })

  it('[EL-7] keep an inmate from the wing while the other one has a visit there', async () => {
    const given = await world.aCase()
    const { db, facilityId, inmateId, slot } = given
    const other = await given.anotherInmate()
    const people = [
      { kind: 'INMATE', personId: inmateId },
      { kind: 'INMATE', personId: other.inmateId },
    ] as const
    await insertNonAssociation(db, { facilityId, people })
    const visitAt = async (startsAt: Date, wing: string) => {
      const { terminalId } = await insertTerminal(db, { facilityId, wing })
      const row = { facilityId, terminalId, inmateId: other.inmateId, visitorIds: [] }
      await insertVisit(db, { ...row, startsAt })
    }
    await visitAt(new Date(slot.startsAt.getTime() + 2 * HOUR_MS), 'A')
    expect(await codeOf(given)).toBeNull()
    await visitAt(new Date(slot.startsAt.getTime() - 600_000), 'A')
    expect(await codeOf(given)).toBe('NOT_TOGETHER')
  })
})

describe('the custody register', () => {
  it('[EL-9] unheard of for too long makes a booking a request, and a joining an officer’s to decide', async () => {
    const { db, ask, setFacility, setPolicy } = await world.aCase()
    await setPolicy({ registerMaxAgeMs: HOUR_MS })
    await setFacility({ registerSeenAt: new Date(NOW.getTime() - 2 * HOUR_MS) })
    for (const at of ['HOLD', 'JOIN'] as const) {
      const { report, firstRefusal, needsApproval } = await world.eligibility.assess(db, {
        ...ask,
        at,
      })
      expect([report.verdict, firstRefusal, needsApproval]).toEqual(['ASK', null, true])
    }
    await setFacility({ registerSeenAt: NOW })
    expect((await world.eligibility.assess(db, ask)).report.verdict).toBe('MAY')
  })
})

describe('the party', () => {
  it('[EL-6] counts as grown-up who is of age on the day of the visit, at the facility', async () => {
    const given = await world.aCase()
    const { db, visitorId } = given
    const bornOn = (day: string) =>
      db.visitor.update({ where: { visitorId }, data: { birthDate: day } })
    // The slot is on 13 March 2027, local.
    await bornOn('2009-03-13')
    expect(await codeOf(given)).toBeNull()
    await bornOn('2009-03-14')
    expect(await codeOf(given)).toBe('ADULT_REQUIRED')
  })

  it('[EL-6] is no bigger than the law allows, whatever the facility wishes', async () => {
    const given = await world.aCase()
    await given.setPolicy({ maxVisitors: 8 })
    await given.setFacility({ jurisdiction: 'GB-EAW' })
    const four = [await given.aCompanion(), await given.aCompanion(), await given.aCompanion()]
    expect(await codeOf(given, { visitorIds: [given.visitorId, ...four] })).toBeNull()
    const five = [given.visitorId, ...four, await given.aCompanion()]
    expect(await codeOf(given, { visitorIds: five })).toBe('TOO_MANY_VISITORS')
  })
})
