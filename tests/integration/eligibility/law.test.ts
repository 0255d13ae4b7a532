import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { JURISDICTIONS, LIMIT_SHAPES } from '@visavis/contract/limits'
import type { LimitCode, Limits } from '@visavis/contract/limits'
import { newId } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import { insertSlot, insertVisit } from '@visavis/prisma/seed'
import { anEligibilityWorld, daysAhead } from './eligibility-world.ts'
import type { Case, EligibilityWorld } from './eligibility-world.ts'

let world: EligibilityWorld
beforeAll(async () => {
  world = await anEligibilityWorld()
})
afterAll(() => world.drop())

async function limitsOf(jurisdiction: string, day: string): Promise<Limits> {
  const { db, facilityId, setFacility } = await world.aCase()
  await setFacility({ jurisdiction })
  return (await world.policy.ofFacility(db, facilityId)).limitsAt(new Date(`${day}T05:00:00Z`))
}

/** A booked visit of the case's inmate, at a terminal that is free then. */
function aVisitOn({ db, facilityId, inmateId, terminalId }: Case, days: number) {
  const startsAt = daysAhead(days)
  return insertVisit(db, { facilityId, inmateId, terminalId, visitorIds: [], startsAt })
}

async function codeOf({ db, ask }: Case, change: Partial<Case['ask']> = {}) {
  const { firstRefusal } = await world.eligibility.assess(db, { ...ask, ...change })
  return firstRefusal?.code ?? null
}

describe('the table of jurisdiction rules', () => {
  it('has each jurisdiction, and of each rule a known code, a value of its shape and a source', async () => {
    const rows = await world.db.jurisdictionRule.findMany()
    expect(new Set(rows.map(({ jurisdiction }) => jurisdiction))).toEqual(new Set(JURISDICTIONS))
    for (const { jurisdiction, code, value, source } of rows) {
      const shape = LIMIT_SHAPES[code as LimitCode]
      expect(shape.safeParse(value).success, `${jurisdiction} ${code}`).toBe(true)
      expect(source.length, `${jurisdiction} ${code}`).toBeGreaterThan(20)
    }
  })

  it('knows the FCC’s prices before and after 6 April 2026', async () => {
    const priceOf = async (day: string) =>
      (await limitsOf('US', day)).maxPricePerMinute?.caps.map(({ cents }) => cents)
    expect(await priceOf('2026-04-05')).toEqual([16, 11, 12, 14, 25])
    expect(await priceOf('2026-04-06')).toEqual([25, 19, 19, 21, 25, 44])
  })

  it('lets New Zealand record nothing and show nobody before the check of identity', async () => {
    const limits = { isRecordingAllowed: false, mustIdentifyBeforePicture: true }
    expect(await limitsOf('NZ', '2027-01-01')).toMatchObject(limits)
  })

  it('changes in the night of the facility’s own zone', async () => {
    const { db, facilityId, setFacility } = await world.aCase()
    await setFacility({ jurisdiction: 'RU' })
    const { limitsAt } = await world.policy.ofFacility(db, facilityId)
    // 20 March 2024 begins in Krasnoyarsk at 17:00 UTC of the day before.
    const guaranteed = ['2024-03-19T16:59:59Z', '2024-03-19T17:00:00Z'].map(
      (instant) => limitsAt(new Date(instant)).guaranteedVisitsPerYear,
    )
    expect(guaranteed).toEqual([6, 12])
  })
})

describe('limits of the law', () => {
  it('count by the month of the visit, and by its minutes', async () => {
    const given = await world.aCase()
    await given.setFacility({ jurisdiction: 'GB-EAW' })
    await aVisitOn(given, 5)
    expect(await codeOf(given)).toBeNull()
    const { slotId } = await insertSlot(given.db, {
      facilityId: given.facilityId,
      startsAt: daysAhead(3),
      endsAt: new Date(daysAhead(3).getTime() + 45 * 60_000),
    })
    // 30 and 45 minutes are more than the month's 60, though two visits are allowed.
    expect(await codeOf(given, { slotId })).toBe('LEGAL_LIMIT')
    await aVisitOn(given, 6)
    expect(await codeOf(given)).toBe('LEGAL_LIMIT')
    const inApril = await insertSlot(given.db, {
      facilityId: given.facilityId,
      startsAt: daysAhead(24),
    })
    expect(await codeOf(given, { slotId: inApril.slotId })).toBeNull()
  })

  it('are not used up by a visit that the facility failed to give', async () => {
    const given = await world.aCase()
    await given.setFacility({ jurisdiction: 'GB-SCT' })
    const { visit } = await aVisitOn(given, 5)
    expect(await codeOf(given)).toBe('LEGAL_LIMIT')
    const { visitId } = visit
    await given.db.visit.update({ where: { visitId }, data: { bookingState: 'FULFILLED' } })
    await given.db.visitSession.update({
      where: { visitId },
      data: { state: 'ENDED', outcome: 'FAILED_TECH_FACILITY', endedAt: daysAhead(5) },
    })
    expect(await codeOf(given)).toBeNull()
  })

  it('bind how long a visit is, and never a lawyer’s', async () => {
    const given = await world.aCase()
    await given.setFacility({ jurisdiction: 'RU' })
    expect(await codeOf(given)).toBe('LEGAL_LIMIT')
    const startsAt = daysAhead(3)
    const endsAt = new Date(startsAt.getTime() + 15 * 60_000)
    const { slotId } = await insertSlot(given.db, {
      facilityId: given.facilityId,
      startsAt,
      endsAt,
    })
    expect(await codeOf(given, { slotId })).toBeNull()
    const lawyers = await insertSlot(given.db, {
      facilityId: given.facilityId,
      startsAt,
      visitClass: 'privileged',
    })
    expect(await codeOf(given, { slotId: lawyers.slotId })).toBe('PROFESSIONAL_REQUIRED')
  })
})

/** The database, with a count of the raw queries asked of it. */
function counting(db: Database) {
  const count = { roundTrips: 0 }
  const counted = new Proxy(db, {
    get: (target, name) => {
      if (name === '$queryRaw') count.roundTrips += 1
      return Reflect.get(target, name) as unknown
    },
  })
  return { counted, count }
}

describe('the cost of an answer', () => {
  it('is one round trip, rules and quota included, however many come', async () => {
    const given = await world.aCase()
    const visitorIds = [given.visitorId, await given.aCompanion(), await given.aCompanion()]
    const { counted, count } = counting(given.db)
    const { report } = await world.eligibility.assess(counted, { ...given.ask, visitorIds })
    expect([report.verdict, count.roundTrips]).toEqual(['MAY', 1])
  })

  it('[EL-2] is the same for a stranger whether the inmate is there or not', async () => {
    const [there, stranger] = [await world.aCase(), await world.aCase()]
    const costOf = async (inmateId: string) => {
      const { counted, count } = counting(there.db)
      const ask = { ...stranger.ask, inmateId, at: 'EXPLAIN' as const, slotId: undefined }
      const { report } = await world.eligibility.assess(counted, ask)
      return { report, ...count }
    }
    const cost = await costOf(there.inmateId)
    expect(cost).toEqual(await costOf(newId()))
    expect(cost.roundTrips).toBe(1)
  })
})
