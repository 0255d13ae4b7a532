import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '@visavis/prisma'
import {
  insertAccount,
  insertOfficer,
  insertRestrictionOverride,
  insertVisit,
  insertVisitor,
} from '@visavis/prisma/seed'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aVisitorOf, caller } from './support/people.ts'

const DAY_MS = 86_400_000
const REASON = 'order 12/26 of the district court'
type Added = { restriction: { restrictionId: string }; affectedVisits: string[] }

let world: RestWorld
let place: Place
let visitorId: string
beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
  visitorId = await aVisitorOf(world, place.inmateId)
})
afterAll(() => world.close())

const inADay = () => new Date(world.clock.now().getTime() + DAY_MS)
const desk = async (at = place, role: 'scheduler' | 'facilityAdmin' = 'scheduler') =>
  caller(world, await accountCookie(world, at.accounts[role]))
const add = async (given: object, at = place) =>
  (await desk(at)).post('/api/restrictions', {
    ...{ kind: 'NO_CONTACT', source: 'FACILITY', reason: REASON },
    ...{ startsAt: world.clock.now().toISOString(), endsAt: null },
    ...given,
  })
const thePair = () => ({ visitorId, inmateId: place.inmateId })
const added = async (given: object = {}) =>
  (await add({ ...thePair(), ...given })).json<Added>().restriction.restrictionId
const lift = async (restrictionId: string, at = place) =>
  (await desk(at)).post(`/api/restrictions/${restrictionId}/lifting`, { reason: REASON })
const aBookedVisit = async (visitorIds: string[]) => {
  const { facilityId, terminalId, inmateId } = place
  const given = { facilityId, terminalId, inmateId, visitorIds, startsAt: inADay() }
  return (await insertVisit(world.db, given)).visit.visitId
}

describe('[EL-4] a restriction', () => {
  it('counts at once: visits that it hits are named and get a task', async () => {
    const visitId = await aBookedVisit([visitorId])
    const answer = (await add(thePair())).json<Added>()
    expect(answer).toMatchObject({
      restriction: { ...thePair(), kind: 'NO_CONTACT', liftedAt: null, overrides: [] },
      affectedVisits: [visitId],
    })
    expect(await world.db.task.findMany({ where: { visitId } })).toMatchObject([
      { kind: 'RESTRICTION_HITS_VISIT', state: 'OPEN' },
    ])
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries.at(-1)).toMatchObject({
      action: 'restriction.add',
      detail: { ...thePair(), affectedVisits: [visitId] },
    })
    expect(JSON.stringify(entries)).not.toContain(REASON)
  })

  it('[BK-13] that bans cancels by itself', async () => {
    const visitId = await aBookedVisit([visitorId])
    await add({ kind: 'BAN', visitorId })
    const visit = await world.db.visit.findUniqueOrThrow({ where: { visitId } })
    expect(visit.bookingState).toBe('CANCELLED')
  })

  it.each([
    ['NO_CONTACT', ['visitorId'], 'inmateId'],
    ['BAN', ['visitorId', 'inmateId'], 'inmateId'],
    ['CHILD_PROTECTION', ['visitorId', 'inmateId'], 'visitorId'],
    ['CLOSED_ONLY', [], 'inmateId'],
  ])('%s is about its own people', async (kind, given, field) => {
    const all: Record<string, string> = thePair()
    const people = Object.fromEntries(given.map((name) => [name, all[name]]))
    const answer = await add({ kind, ...people })
    expect(answer.json()).toMatchObject({ code: 'BAD_REQUEST', fields: [{ field }] })
  })

  it('ends after it starts', async () => {
    const answer = await add({ ...thePair(), endsAt: new Date(0).toISOString() })
    expect(answer.json()).toMatchObject({ code: 'BAD_REQUEST', fields: [{ field: 'endsAt' }] })
  })

  it('is entered by a facility that knows one of the people, a court’s too', async () => {
    const elsewhere = await aPlace(world)
    const stranger = await add({ ...thePair(), source: 'COURT' }, elsewhere)
    expect(stranger.json()).toMatchObject({ code: 'NOT_FOUND' })
    // The visitor has somebody there as well: what a court ordered may be entered from there.
    const both = { visitorId: elsewhere.visitorId, inmateId: place.inmateId }
    expect((await add({ ...both, source: 'COURT' }, elsewhere)).statusCode).toBe(200)
    const nobody = await add({ ...thePair(), inmateId: newId() })
    expect(nobody.json()).toMatchObject({ code: 'NOT_FOUND' })
    const shown = await (await desk()).get(`/api/inmates/${place.inmateId}`)
    expect(shown.json()).toMatchObject({ restrictions: [{ source: 'COURT' }] })
  })

  it('is lifted once, by a facility where it binds, with who and why', async () => {
    const restrictionId = await added({ source: 'COURT' })
    expect((await lift(restrictionId, await aPlace(world))).json()).toMatchObject({
      code: 'NOT_FOUND',
    })
    const lifted = await lift(restrictionId)
    expect(lifted.json()).toMatchObject({ liftedAt: world.clock.now().toISOString() })
    expect((await lift(restrictionId)).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    expect(await world.db.restriction.findUnique({ where: { restrictionId } })).toMatchObject({
      ...{ liftedBy: place.accounts.scheduler, liftedReason: REASON },
    })
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries.at(-1)).toMatchObject({ action: 'restriction.lift', detail: thePair() })
    expect(JSON.stringify(entries)).not.toContain(REASON)
  })
})

describe('[EL-5] an exception', () => {
  const ask = async (restrictionId: string, changes: object = {}) =>
    (await desk()).post(`/api/restrictions/${restrictionId}/overrides`, {
      ...thePair(),
      ...{ reason: 'last visit of a dying mother', expiresAt: inADay().toISOString() },
      ...changes,
    })
  const asked = async () => {
    const restrictionId = await added()
    return (await ask(restrictionId)).json<{ overrideId: string }>().overrideId
  }
  const grant = async (overrideId: string, role: 'scheduler' | 'facilityAdmin' = 'facilityAdmin') =>
    (await desk(place, role)).post(`/api/overrides/${overrideId}/grant`)

  it('is never from a court’s order', async () => {
    const answer = await ask(await added({ source: 'COURT' }))
    expect(answer.json()).toMatchObject({ status: 403, code: 'COURT_ORDER_BINDS' })
  })

  it('needs a second person, and opens a task until then', async () => {
    const overrideId = await asked()
    const where = { subjectId: overrideId }
    expect(await world.db.task.findMany({ where })).toMatchObject([
      { kind: 'DECIDE_OVERRIDE', state: 'OPEN' },
    ])
    const alone = await grant(overrideId, 'scheduler')
    expect(alone.json()).toMatchObject({ status: 403, code: 'SECOND_PERSON_REQUIRED' })
    expect((await grant(overrideId)).json()).toEqual({})
    expect((await grant(overrideId)).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    expect(await world.db.task.findMany({ where })).toMatchObject([{ state: 'DONE' }])
    const shown = await (await desk()).get(`/api/inmates/${place.inmateId}`)
    expect(shown.json()).toMatchObject({
      restrictions: [{ overrides: [{ overrideId, isGranted: true }] }],
    })
  })

  it('is refused with a reason, by the second person or whoever asked, and then is decided', async () => {
    const overrideId = await asked()
    const refuse = async (at = place) =>
      (await desk(at)).post(`/api/overrides/${overrideId}/refusal`, { reason: REASON })
    expect((await refuse(await aPlace(world))).json()).toMatchObject({ code: 'NOT_FOUND' })
    expect((await refuse()).json()).toEqual({})
    expect((await refuse()).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    expect((await grant(overrideId)).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    expect(await world.db.task.findMany({ where: { subjectId: overrideId } })).toMatchObject([
      { state: 'DONE', resolution: 'REFUSED' },
    ])
    const shown = await (await desk()).get(`/api/inmates/${place.inmateId}`)
    expect(shown.json()).toMatchObject({
      restrictions: [{ overrides: [{ overrideId, isGranted: false, isRefused: true }] }],
    })
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries.some(({ action }) => action === 'restrictionOverride.refuse')).toBe(true)
    expect(JSON.stringify(entries)).not.toContain(REASON)
  })

  it('is not granted by another account of the same officer', async () => {
    const { facilityId } = place
    const { officerId } = await insertOfficer(world.db, { facilityId })
    const account = { facilityId, officerId }
    const one = await insertAccount(world.db, { role: 'scheduler', ...account })
    const other = await insertAccount(world.db, { role: 'facilityAdmin', ...account })
    const restrictionId = await added()
    const { overrideId } = await insertRestrictionOverride(world.db, {
      ...{ restrictionId, ...thePair(), requestedBy: one.accountId },
    })
    const again = caller(world, await accountCookie(world, other.accountId))
    expect((await again.post(`/api/overrides/${overrideId}/grant`)).json()).toMatchObject({
      code: 'SECOND_PERSON_REQUIRED',
    })
  })

  it('is refused when it has expired, when the restriction is gone, and to others', async () => {
    const late = await asked()
    world.clock.advance(2 * DAY_MS)
    expect((await grant(late)).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    const restrictionId = await added()
    const { overrideId } = (await ask(restrictionId)).json<{ overrideId: string }>()
    const stranger = await desk(await aPlace(world), 'facilityAdmin')
    expect((await stranger.post(`/api/overrides/${overrideId}/grant`)).json()).toMatchObject({
      code: 'NOT_FOUND',
    })
    await lift(restrictionId)
    expect((await grant(overrideId)).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    expect((await ask(restrictionId)).json()).toMatchObject({ code: 'NOT_FOUND' })
    const past = await ask(await added(), { expiresAt: new Date(0).toISOString() })
    expect(past.json()).toMatchObject({ code: 'BAD_REQUEST', fields: [{ field: 'expiresAt' }] })
    const others = await ask(await added(), { visitorId: place.visitorId })
    expect(others.json()).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('[EL-7] two people apart', () => {
  const visitor = (personId: string) => ({ kind: 'VISITOR', personId })
  const apart = async (one: object, other: object, at = place) =>
    (await desk(at)).post('/api/non-associations', { one, other, reason: REASON })

  it('are found in a visit whichever is named first, and entered once', async () => {
    const second = await aVisitorOf(world, place.inmateId)
    const visitId = await aBookedVisit([visitorId, second])
    const entered = await apart(visitor(second), visitor(visitorId))
    expect(entered.json()).toMatchObject({ affectedVisits: [visitId] })
    const again = await apart(visitor(visitorId), visitor(second))
    expect(again.json()).toMatchObject({ status: 409, code: 'ALREADY_DECIDED' })
  })

  it('may be a visitor and an inmate; the inmate’s page names the other', async () => {
    const inmate = { kind: 'INMATE', personId: place.inmateId }
    expect((await apart(visitor(visitorId), inmate)).statusCode).toBe(200)
    const shown = await (await desk()).get(`/api/inmates/${place.inmateId}`)
    expect(shown.json()).toMatchObject({
      nonAssociations: [{ otherKind: 'VISITOR', otherId: visitorId, reason: REASON }],
    })
    expect(shown.body).toMatch(/"otherName":"Vera Visitor/)
  })

  it('are lifted once, by a facility that knows one of them', async () => {
    const { visitorId: other } = await insertVisitor(world.db)
    const { nonAssociationId } = (await apart(visitor(visitorId), visitor(other))).json<{
      nonAssociationId: string
    }>()
    const url = `/api/non-associations/${nonAssociationId}/lifting`
    const stranger = await desk(await aPlace(world))
    expect((await stranger.post(url, { reason: REASON })).json()).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect((await (await desk()).post(url, { reason: REASON })).json()).toEqual({})
    expect((await (await desk()).post(url, { reason: REASON })).json()).toMatchObject({
      code: 'ALREADY_DECIDED',
    })
    expect((await apart(visitor(visitorId), visitor(other))).statusCode).toBe(200)
  })

  it('are two, and one of them is known here', async () => {
    const same = await apart(visitor(visitorId), visitor(visitorId))
    expect(same.json()).toMatchObject({ code: 'BAD_REQUEST', fields: [{ field: 'other' }] })
    const elsewhere = await aPlace(world)
    const { visitorId: other } = await insertVisitor(world.db)
    const foreign = await apart(visitor(visitorId), visitor(other), elsewhere)
    expect(foreign.json()).toMatchObject({ code: 'NOT_FOUND' })
  })
})
