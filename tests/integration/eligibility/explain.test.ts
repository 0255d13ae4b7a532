import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EligibilityReport } from '@visavis/contract/eligibility'
import { ERROR_STATUS } from '@visavis/contract/errors'
import { newId } from '@visavis/prisma'
import { insertRelationship, insertRestriction, insertVisitor } from '@visavis/prisma/seed'
import { DAY_MS, aFamily, aPrison, aSlotAt, bookFor, callerOf } from '../booking/booking-world.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

let world: RestWorld
let place: Place
let other: Place

beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  other = await aPlace(world)
  const { visitorId, inmateId } = place
  await insertRelationship(world.db, { visitorId, inmateId })
})
afterAll(() => world.close())

type Body = { readonly inmateId: string; readonly visitorIds: readonly string[] }

function explain(accountId: string, body: Body) {
  return post(accountId, { place: 'HOME', ...body })
}
async function post(accountId: string, payload: object) {
  const cookie = await accountCookie(world, accountId)
  return world.app.inject({ method: 'POST', url: '/api/eligibility', headers: { cookie }, payload })
}
const reportOf = (answer: { json: () => unknown }) => answer.json() as EligibilityReport
const lineOf = (report: EligibilityReport, check: string) =>
  report.checks.find((line) => line.check === check)

describe('POST /api/eligibility', () => {
  it('tells a visitor that the visit may be', async () => {
    const { visitorId, inmateId } = place
    const answer = await explain(place.accounts.visitor, { inmateId, visitorIds: [visitorId] })
    expect(answer.statusCode).toBe(200)
    expect(reportOf(answer)).toMatchObject({ verdict: 'MAY', liftsAt: null })
    expect(reportOf(answer).checks).toHaveLength(20)
  })

  it('[EL-2] gives a stranger one answer, byte for byte, whether the inmate is there or not', async () => {
    const { visitorId } = other
    const ask = (inmateId: string) =>
      explain(other.accounts.visitor, { inmateId, visitorIds: [visitorId] })
    const [there, nobody] = [await ask(place.inmateId), await ask(newId())]
    expect(there.body).toBe(nobody.body)
    expect([there.statusCode, nobody.statusCode]).toEqual([200, 200])
    const report = reportOf(there)
    expect(lineOf(report, 'RELATIONSHIP')).toMatchObject({ code: 'RELATIONSHIP_MISSING' })
    expect(report.checks.filter(({ verdict }) => verdict !== 'NOT_CHECKED')).toHaveLength(1)
  })

  it('[EL-2] nor does the answer change for one whose relationship was rejected or has ended', async () => {
    const { visitorId } = other
    const people = { visitorId, inmateId: place.inmateId }
    const nobody = await explain(other.accounts.visitor, {
      inmateId: newId(),
      visitorIds: [visitorId],
    })
    for (const state of ['REJECTED', 'ENDED'] as const) {
      await insertRelationship(world.db, { ...people, state, reason: 'x' })
      const answer = await explain(other.accounts.visitor, {
        inmateId: place.inmateId,
        visitorIds: [visitorId],
      })
      expect(answer.body).toBe(nobody.body)
    }
  })

  it('[EL-8] tells of a companion that nobody knows only that they may not come', async () => {
    const { visitorId, inmateId } = place
    const stranger = await insertVisitor(world.db, { verification: 'MISSING' })
    const ask = (companion: string) =>
      explain(place.accounts.visitor, { inmateId, visitorIds: [visitorId, companion] })
    const known = await ask(stranger.visitorId)
    const nobody = newId()
    expect(known.body.replaceAll(stranger.visitorId, nobody)).toBe((await ask(nobody)).body)
    expect(reportOf(known).checks.filter(({ verdict }) => verdict === 'REFUSED')).toMatchObject([
      {
        check: 'RELATIONSHIP',
        code: 'RELATIONSHIP_MISSING',
        visitorId: stranger.visitorId,
        nextStep: 'CHOOSE_FEWER_PEOPLE',
      },
    ])
  })

  it('[TR-3] answers nobody who is not among the visitors', async () => {
    const { visitorId, inmateId } = place
    const answer = await explain(other.accounts.visitor, { inmateId, visitorIds: [visitorId] })
    expect(answer.json()).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('shows staff of the facility the row that says so, and no one else', async () => {
    const { visitorId, inmateId, facilityId } = place
    const restriction = await insertRestriction(world.db, { facilityId, visitorId })
    const body = { inmateId, visitorIds: [visitorId] }
    const staff = reportOf(await explain(place.accounts.scheduler, body))
    expect(lineOf(staff, 'RESTRICTION')).toMatchObject({
      code: 'RESTRICTED',
      visitorId,
      because: `restriction/${restriction.restrictionId}`,
    })
    const visitor = await explain(place.accounts.visitor, body)
    expect(visitor.body).not.toContain(restriction.restrictionId)
    expect(visitor.body).not.toContain('because')
    expect(lineOf(reportOf(visitor), 'RESTRICTION')).toMatchObject({ code: 'RESTRICTED' })
  })

  it('[TR-3] answers staff of another facility as about nobody', async () => {
    const { visitorId, inmateId } = place
    const ask = (id: string) =>
      explain(other.accounts.scheduler, { inmateId: id, visitorIds: [visitorId] })
    expect((await ask(inmateId)).json()).toMatchObject({ code: 'NOT_FOUND' })
    expect((await ask(newId())).json()).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('uses codes of the one table only', async () => {
    const { visitorId, inmateId } = place
    const answer = await explain(place.accounts.scheduler, { inmateId, visitorIds: [visitorId] })
    const codes = reportOf(answer).checks.flatMap(({ code }) => code ?? [])
    expect(codes.filter((code) => !(code in ERROR_STATUS))).toEqual([])
  })
})

describe('of a booking', () => {
  const booked = async () => {
    const quota = { visits: 1, period: 'MONTH' } as const
    const prison = await aPrison(world, { terminals: 1, policy: { quota } })
    const family = await aFamily(world, prison)
    // Tomorrow: only staff book so late.
    const startsAt = new Date(world.clock.now().getTime() + DAY_MS)
    const slot = await aSlotAt(world, prison, { capacity: 1, startsAt })
    const staff = await callerOf(world, prison.schedulerId)
    const { body, status } = await bookFor(staff, family, slot.slotId)
    expect(status, JSON.stringify(body)).toBe(200)
    return { prison, family, slot, staff, visitId: body.visitId, version: body.version }
  }
  const verdictOf = (report: EligibilityReport, check: string) => lineOf(report, check)?.verdict

  it('judges its own slot, and counts neither its place nor what it was paid with', async () => {
    const { family, prison, slot, visitId } = await booked()
    const { accountId, inmateId, visitorId } = family
    const wish = { inmateId, visitorIds: [visitorId], slotId: slot.slotId }
    const asWish = reportOf(await explain(accountId, wish))
    for (const check of ['BOOKING_WINDOW', 'QUOTA', 'INMATE_FREE', 'VISITORS_FREE', 'CAPACITY']) {
      expect(verdictOf(asWish, check), check).toBe('REFUSED')
    }
    for (const asker of [accountId, prison.schedulerId]) {
      const report = reportOf(await post(asker, { visitId }))
      expect(report.verdict, JSON.stringify(report)).toBe('MAY')
      for (const check of ['SLOT_OPEN', 'INMATE_FREE', 'VISITORS_FREE', 'CAPACITY']) {
        expect(verdictOf(report, check), check).toBe('PASSED')
      }
    }
    await world.db.slot.update({ where: { slotId: slot.slotId }, data: { wings: ['Z'] } })
    const moved = reportOf(await post(prison.schedulerId, { visitId }))
    expect(lineOf(moved, 'SLOT_GROUP')).toMatchObject({ code: 'SLOT_NOT_FOR_INMATE' })
  })

  it('that has ended is a wish like any other', async () => {
    const { family, staff, visitId, version } = await booked()
    const url = `/api/bookings/${visitId}/cancellation`
    await staff.post(url, { reason: 'FACILITY_STAFFING', version })
    const report = reportOf(await post(family.accountId, { visitId }))
    expect(verdictOf(report, 'QUOTA')).toBe('PASSED')
    expect(lineOf(report, 'BOOKING_WINDOW')).toMatchObject({ code: 'TOO_SOON' })
  })

  it('[EL-2] [TR-3] is told to its people and its facility’s staff', async () => {
    const { visitId } = await booked()
    const { accounts } = other
    for (const asker of [accounts.visitor, accounts.scheduler]) {
      expect((await post(asker, { visitId })).json()).toMatchObject({ code: 'NOT_FOUND' })
      const unknown = await post(asker, { visitId: newId() })
      expect(unknown.json()).toMatchObject({ code: 'NOT_FOUND' })
    }
    const both = { visitId, inmateId: newId(), visitorIds: [newId()], place: 'HOME' }
    expect((await post(accounts.visitor, both)).json()).toMatchObject({ code: 'BAD_REQUEST' })
  })
})
