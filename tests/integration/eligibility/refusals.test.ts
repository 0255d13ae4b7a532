import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SIGNED_IN, routes } from '@visavis/contract/http'
import {
  insertProfessional,
  insertRestriction,
  insertSlot,
  insertVisit,
} from '@visavis/prisma/seed'
import type { EligibilityAsk } from '../../../server/src/modules/eligibility/index.ts'
import { BEFORE, HOUR_MS, NOW, anEligibilityWorld, daysAhead } from './eligibility-world.ts'
import type { EligibilityWorld } from './eligibility-world.ts'
import { scenarios } from './scenarios.ts'

let world: EligibilityWorld
beforeAll(async () => {
  world = await anEligibilityWorld()
})
afterAll(() => world.drop())

describe('[EL-8] every refusal of eligibility is produced by a scenario', () => {
  it('lets book who may', async () => {
    const { ask } = await world.aCase()
    for (const at of ['EXPLAIN', 'HOLD', 'CONFIRM', 'RECHECK', 'JOIN'] as const) {
      const { report, firstRefusal, needsApproval } = await world.eligibility.assess(world.db, {
        ...ask,
        at,
      })
      expect(report, at).toMatchObject({ verdict: 'MAY', liftsAt: null })
      expect([firstRefusal, needsApproval]).toEqual([null, false])
    }
  })

  it.each(scenarios)('$code: $when', async ({ code, check, nextStep, make, liftsAt }) => {
    const given = await world.aCase()
    const ask = { ...given.ask, ...(await make(given)) }
    const { report } = await world.eligibility.assess(world.db, ask)
    const refused = report.checks.filter((line) => line.verdict === 'REFUSED')
    expect(refused).toMatchObject([{ check, code, nextStep }])
    expect(report).toMatchObject({ verdict: 'MAY_NOT', liftsAt: liftsAt?.toISOString() ?? null })
    expect(JSON.stringify(report)).not.toContain('because')
    const byStaff = await world.eligibility.assess(world.db, { ...ask, bookedByStaff: true })
    for (const line of byStaff.staffReport.checks.filter(({ verdict }) => verdict === 'REFUSED')) {
      expect(line.because).toEqual(expect.any(String))
    }
    await expect(world.eligibility.require(world.db, ask)).rejects.toMatchObject({
      name: 'Refusal',
      code,
      context: { report },
    })
  })

  it('has a scenario for each code that the rules can give', () => {
    const others = [...SIGNED_IN, 'IDEMPOTENCY_KEY_REQUIRED', 'IDEMPOTENCY_KEY_REUSED']
    const promised = routes.holdVisit.refusals.filter((code) => !others.includes(code))
    expect(new Set(scenarios.map(({ code }) => code))).toEqual(new Set(promised))
  })
})

describe('[EL-4] what binds at each look', () => {
  it('lets a hold that was in time be confirmed, and a visit stay in a slot that was closed', async () => {
    const { ask, db, facilityId } = await world.aCase()
    const soon = await insertSlot(db, {
      facilityId,
      startsAt: new Date(NOW.getTime() + HOUR_MS),
      closedAt: BEFORE,
    })
    const at = (point: EligibilityAsk['at']) =>
      world.eligibility.assess(db, { ...ask, slotId: soon.slotId, at: point })
    expect((await at('HOLD')).firstRefusal).toMatchObject({ code: 'SLOT_CLOSED' })
    expect((await at('CONFIRM')).firstRefusal).toBeNull()
  })

  it('refuses a restricted visitor at every one of them', async () => {
    const { ask, db, facilityId, visitorId } = await world.aCase()
    await insertRestriction(db, { facilityId, visitorId, startsAt: BEFORE })
    for (const at of ['EXPLAIN', 'HOLD', 'CONFIRM', 'RECHECK', 'JOIN'] as const) {
      const { firstRefusal } = await world.eligibility.assess(db, { ...ask, at })
      expect(firstRefusal, at).toMatchObject({ code: 'RESTRICTED' })
    }
  })

  it('does not count a visit against itself', async () => {
    const { ask, db, facilityId, inmateId, visitorId, terminalId, slot } = await world.aCase()
    const { startsAt, endsAt, slotId } = slot
    const row = { facilityId, inmateId, terminalId, visitorIds: [visitorId], startsAt, endsAt }
    const booked = await insertVisit(db, { ...row, slotId, slotPlace: 1 })
    const again = { ...ask, at: 'EXPLAIN' as const }
    const another = await world.eligibility.assess(db, again)
    expect(another.firstRefusal).toMatchObject({ code: 'INMATE_BUSY' })
    const { visitId } = booked.visit
    expect((await world.eligibility.assess(db, { ...again, visitId })).report.verdict).toBe('MAY')
    const byVisit = { ...ask, slotId: undefined, visitId, at: 'JOIN' as const }
    expect((await world.eligibility.assess(db, byVisit)).report.verdict).toBe('MAY')
  })

  it('[BK-8] takes lawyers from the next free slot, and staff inside the notice', async () => {
    const { ask, db, facilityId, visitorId, setRelationship } = await world.aCase()
    const startsAt = new Date(NOW.getTime() + HOUR_MS)
    const social = await insertSlot(db, { facilityId, startsAt })
    const lawyers = await insertSlot(db, { facilityId, startsAt, visitClass: 'privileged' })
    const byStaff = { ...ask, slotId: social.slotId, bookedByStaff: true }
    expect((await world.eligibility.assess(db, byStaff)).firstRefusal).toBeNull()
    await setRelationship({ kind: 'LAWYER' })
    await insertProfessional(db, { visitorId, validUntil: daysAhead(1) })
    const byLawyer = { ...ask, slotId: lawyers.slotId }
    expect((await world.eligibility.assess(db, byLawyer)).firstRefusal).toBeNull()
  })
})
