import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '@visavis/prisma'
import { insertProfessional, insertRelationshipRequest, insertVisitor } from '@visavis/prisma/seed'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aNewVisitor, caller } from './support/people.ts'

const DAY_MS = 86_400_000

let world: RestWorld
let place: Place
beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
})
afterAll(() => world.close())

const inDays = (days: number) => new Date(world.clock.now().getTime() + days * DAY_MS)
const aLawyer = async () => {
  const visitor = await aNewVisitor(world)
  const { visitorId } = visitor
  const { facilityId } = place
  await insertRelationshipRequest(world.db, { visitorId, facilityId, kind: 'LAWYER' })
  const own = caller(world, visitor.cookie)
  const register = (registerNumber = newId()) =>
    own.put('/api/my/professional', { kind: 'LAWYER', registerName: 'Bar', registerNumber })
  return { ...visitor, own, register }
}
const decide = async (visitorId: string, decision: object, at = place) => {
  const desk = caller(world, await accountCookie(world, at.accounts.scheduler))
  return desk.post(`/api/visitors/${visitorId}/professional/verification`, decision)
}
const verify = (days: number) => ({ decision: 'VERIFY', validUntil: inDays(days).toISOString() })

describe('a lawyer or official', () => {
  it('is verified by a person, until a date, and then registers anew', async () => {
    const lawyer = await aLawyer()
    const { visitorId } = lawyer
    expect((await lawyer.register()).json()).toMatchObject({
      professional: { kind: 'LAWYER', state: 'SUBMITTED' },
    })
    const where = { subjectId: visitorId, kind: 'VERIFY_PROFESSIONAL' as const }
    expect(await world.db.task.findMany({ where })).toMatchObject([
      { facilityId: place.facilityId, state: 'OPEN' },
    ])
    const past = await decide(visitorId, verify(-1))
    expect(past.json()).toMatchObject({ code: 'BAD_REQUEST', fields: [{ field: 'validUntil' }] })
    expect((await decide(visitorId, verify(30))).json()).toEqual({})
    expect((await decide(visitorId, verify(30))).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    expect(await world.db.professional.findUniqueOrThrow({ where: { visitorId } })).toMatchObject({
      ...{ state: 'VERIFIED', verifiedBy: place.accounts.scheduler, validUntil: inDays(30) },
    })
    expect(await world.db.task.findMany({ where })).toMatchObject([{ state: 'DONE' }])
    expect(await world.db.notice.findMany({ where: { visitorId } })).toMatchObject([
      { kind: 'PROFESSIONAL_VERIFIED' },
    ])
    expect((await lawyer.register()).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    world.clock.advance(31 * DAY_MS)
    const cookie = await accountCookie(world, lawyer.accountId)
    const renewed = await caller(world, cookie).put('/api/my/professional', {
      ...{ kind: 'LAWYER', registerName: 'Bar', registerNumber: newId() },
    })
    expect(renewed.json()).toMatchObject({ professional: { state: 'SUBMITTED' } })
  })

  it('is told why not, and may register again', async () => {
    const lawyer = await aLawyer()
    await lawyer.register()
    await decide(lawyer.visitorId, { decision: 'REJECT', reason: 'NOT_ON_REGISTER' })
    const profile = await lawyer.own.get('/api/my/profile')
    expect(profile.json()).toMatchObject({
      professional: { state: 'REJECTED', rejectedReason: 'NOT_ON_REGISTER' },
    })
    expect((await lawyer.register()).json()).toMatchObject({
      professional: { state: 'SUBMITTED', rejectedReason: null },
    })
  })

  it('does not take another’s number', async () => {
    const { visitorId } = await insertVisitor(world.db)
    const number = { registerName: 'Bar', registerNumber: newId() }
    await insertProfessional(world.db, { visitorId, ...number })
    const answer = await (await aLawyer()).register(number.registerNumber)
    expect(answer.json()).toMatchObject({
      code: 'ALREADY_DECIDED',
      fields: [{ field: 'registerNumber' }],
    })
  })

  it('[TR-3] is verified where something was asked for', async () => {
    const lawyer = await aLawyer()
    await lawyer.register()
    const foreign = await decide(lawyer.visitorId, verify(30), await aPlace(world))
    expect(foreign.json()).toMatchObject({ code: 'NOT_FOUND' })
    const nobody = await decide(place.visitorId, verify(30))
    expect(nobody.json()).toMatchObject({ code: 'NOT_FOUND' })
  })
})
