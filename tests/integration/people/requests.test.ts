import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '@visavis/prisma'
import { insertInmate, insertProfessional } from '@visavis/prisma/seed'
import { accountCookie, inmateCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aNewVisitor, caller } from './support/people.ts'

const DAY_MS = 86_400_000
const IVAN = { givenName: 'Иван', familyName: 'Соловьёв', birthDate: '1985-04-12' }
type Mine = Record<string, unknown> & { requestId: string; relationshipId: string | null }

let world: RestWorld
let place: Place
let inmateId: string
let inmateNumber: string
beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
  inmateNumber = `S-${newId()}`
  const person = { facilityId: place.facilityId, ...IVAN, inmateNumber }
  inmateId = (await insertInmate(world.db, person)).inmateId
})
afterAll(() => world.close())

const asked = (changes: object = {}) => ({
  ...{ facilityId: place.facilityId, inmateNumber, ...IVAN, kind: 'SIBLING' },
  ...changes,
})
const aVisitor = async () => {
  const visitor = await aNewVisitor(world)
  const own = caller(world, visitor.cookie)
  return {
    ...visitor,
    ask: (changes?: object) => own.post('/api/my/relationships', asked(changes)),
    mine: async () =>
      (await own.get('/api/my/relationships')).json<{ relationships: Mine[] }>().relationships,
    withdraw: (id: string) => own.post(`/api/my/relationships/${id}/withdrawal`),
  }
}
const desk = async (at = place) => caller(world, await accountCookie(world, at.accounts.scheduler))
const decide = async (requestId: string, decision: object, version = 0) =>
  (await desk()).post(`/api/relationship-requests/${requestId}/decision`, { ...decision, version })
const approve = (requestId: string) => decide(requestId, { decision: 'APPROVE', inmateId })
const anInmateCaller = async () => {
  const { device, terminalId } = place
  const token = await inmateCookie(world, { device, terminalId, inmateId, visitId: null })
  return caller(world, token)
}
const tableOf = async (requestId: string) =>
  world.db.relationshipRequest.findUniqueOrThrow({ where: { requestId } })

describe('[EL-2] the public learns nothing about who is inside', () => {
  const ignoringIds = (body: string) => body.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')

  it('answers byte for byte alike whether the person is there, differs, or is nowhere', async () => {
    const variants = [{}, { birthDate: '1985-04-21' }, { inmateNumber: `S-${newId()}` }]
    const answers: { status: number; body: string; length: unknown; list: string }[] = []
    for (const changes of variants) {
      const visitor = await aVisitor()
      const { statusCode, body, headers } = await visitor.ask(changes)
      const list = JSON.stringify(await visitor.mine())
      const length = headers['content-length']
      answers.push({ status: statusCode, body: ignoringIds(body), length, list: ignoringIds(list) })
    }
    expect(answers[0]?.status).toBe(200)
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    const matches = await world.db.relationshipRequest.findMany({
      where: { facilityId: place.facilityId },
      orderBy: { createdAt: 'asc' },
    })
    expect(matches.map(({ match }) => match).toSorted()).toEqual(['EXACT', 'NEAR', 'NEAR'])
  })

  it('gives each a task within the facility’s service level, matched or not', async () => {
    for (const changes of [{}, { ...IVAN, inmateNumber: 'NOBODY', familyName: 'Zzz' }]) {
      const visitor = await aVisitor()
      const { requestId, dueAt } = (await visitor.ask(changes)).json<Mine>()
      const due = new Date(world.clock.now().getTime() + 3 * DAY_MS)
      expect(dueAt).toBe(due.toISOString())
      const where = { subjectId: requestId }
      expect(await world.db.task.findMany({ where })).toMatchObject([
        { kind: 'DECIDE_RELATIONSHIP', state: 'OPEN', dueAt: due },
      ])
    }
  })

  it('shows the visitor the same while the inmate is asked as before', async () => {
    const visitor = await aVisitor()
    const { requestId } = (await visitor.ask()).json<Mine>()
    const before = await visitor.mine()
    expect(before).toMatchObject([{ state: 'REQUESTED', waitsFor: 'FACILITY' }])
    expect((await approve(requestId)).statusCode).toBe(200)
    expect(await visitor.mine()).toEqual(before)
    expect(await world.db.notice.count({ where: { visitorId: visitor.visitorId } })).toBe(0)
  })

  it('tells a no of the inmate, a wrong date and an unknown number in one way', async () => {
    const told: unknown[] = []
    const declined = await aVisitor()
    const { requestId } = (await declined.ask()).json<Mine>()
    await approve(requestId)
    const { relationshipId } = await tableOf(requestId)
    const answer = { isAccepted: false }
    const url = `/api/terminal/requests/${relationshipId ?? ''}/answer`
    expect((await (await anInmateCaller()).post(url, answer)).statusCode).toBe(200)
    const rejections = [
      { reason: 'BIRTH_DATE_DIFFERS', field: 'BIRTH_DATE' },
      { reason: 'NOT_CONFIRMED', field: null },
      { reason: 'FACILITY_DECISION', field: null },
    ]
    const visitors = [declined]
    for (const rejection of rejections) {
      const visitor = await aVisitor()
      const { requestId: id } = (await visitor.ask()).json<Mine>()
      await decide(id, { decision: 'REJECT', ...rejection })
      visitors.push(visitor)
    }
    for (const visitor of visitors) {
      const [shown] = await visitor.mine()
      const mine = { ...shown, requestId: '' }
      const where = { visitorId: visitor.visitorId }
      const notices = await world.db.notice.findMany({ where })
      told.push({ mine, notices: notices.map(({ kind, details }) => ({ kind, details })) })
    }
    expect(told[0]).toMatchObject({
      mine: { state: 'REJECTED', rejection: { reason: 'NOT_CONFIRMED', field: 'INMATE' } },
      notices: [{ kind: 'RELATIONSHIP_REJECTED' }],
    })
    for (const other of told.slice(1)) expect(other).toEqual(told[0])
  })

  it('tells what the visitor can mend', async () => {
    const visitor = await aVisitor()
    const { requestId } = (await visitor.ask()).json<Mine>()
    const rejection = { reason: 'RELATIONSHIP_NOT_PROVEN', field: 'ADDRESS_PROOF' }
    await decide(requestId, { decision: 'REJECT', ...rejection })
    expect(await visitor.mine()).toMatchObject([{ state: 'REJECTED', rejection }])
  })

  it('counts and compares only what the visitor sees', async () => {
    const visitor = await aVisitor()
    const { requestId } = (await visitor.ask()).json<Mine>()
    const twice = await visitor.ask({ inmateNumber: ` ${inmateNumber.toLowerCase()} ` })
    expect(twice.json()).toMatchObject({ status: 409, code: 'RELATIONSHIP_EXISTS' })
    await approve(requestId)
    for (let time = 0; time < 4; time += 1) {
      expect((await visitor.ask({ inmateNumber: newId() })).statusCode).toBe(200)
    }
    const sixth = await visitor.ask({ inmateNumber: newId() })
    expect(sixth.json()).toMatchObject({ status: 409, code: 'TOO_MANY_OPEN_REQUESTS' })
    expect((await visitor.withdraw(requestId)).json()).toEqual({})
    expect((await visitor.ask({ inmateNumber: newId() })).statusCode).toBe(200)
  })

  it('keeps the limit against ten requests at once', async () => {
    const visitor = await aVisitor()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => visitor.ask({ inmateNumber: newId() })),
    )
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(5)
  })

  it('answers for somebody else’s request as for none, and for an unknown facility', async () => {
    const { requestId } = (await (await aVisitor()).ask()).json<Mine>()
    const other = await aVisitor()
    for (const id of [requestId, newId()]) {
      expect((await other.withdraw(id)).json()).toMatchObject({ code: 'NOT_FOUND' })
    }
    expect((await other.ask({ facilityId: newId() })).json()).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('[EL-3] a near match goes to a person', () => {
  it('shows the desk what was typed beside whom it may mean', async () => {
    const visitor = await aVisitor()
    const changes = { familyName: 'Solovyov', birthDate: '1985-04-21' }
    const { requestId } = (await visitor.ask(changes)).json<Mine>()
    const shown = await (await desk()).get(`/api/relationship-requests/${requestId}`)
    expect(shown.json()).toMatchObject({
      ...{ match: 'NEAR', state: 'REQUESTED', typed: { familyName: 'Solovyov' } },
      visitor: { visitorId: visitor.visitorId },
      candidates: [{ inmate: { inmateId }, differs: ['FAMILY_NAME', 'BIRTH_DATE'] }],
    })
    const stranger = await desk(await aPlace(world))
    const hidden = await stranger.get(`/api/relationship-requests/${requestId}`)
    expect(hidden.json()).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('never approves by itself, not even what is equal in everything', async () => {
    for (const changes of [{}, { birthDate: '1985-04-21' }]) {
      const visitor = await aVisitor()
      const { requestId } = (await visitor.ask(changes)).json<Mine>()
      expect(await tableOf(requestId)).toMatchObject({ state: 'REQUESTED', relationshipId: null })
      const where = { visitorId: visitor.visitorId }
      expect(await world.db.relationship.count({ where })).toBe(0)
    }
  })
})

describe('[EL-1] the facility’s yes and the inmate’s', () => {
  it('together make a relationship, of which the visitor is told then', async () => {
    const visitor = await aVisitor()
    const { requestId } = (await visitor.ask({ familyName: 'Solovyov' })).json<Mine>()
    await approve(requestId)
    const { relationshipId } = await tableOf(requestId)
    const at = await anInmateCaller()
    const listed = (await at.get('/api/terminal/requests')).json<{ requests: unknown[] }>()
    expect(listed).toMatchObject({ requests: [{ relationshipId, kind: 'SIBLING' }], contacts: [] })
    const url = `/api/terminal/requests/${relationshipId ?? ''}/answer`
    expect((await at.post(url, { isAccepted: true })).json()).toEqual({})
    expect((await at.post(url, { isAccepted: false })).json()).toMatchObject({
      code: 'ALREADY_DECIDED',
    })
    expect(await visitor.mine()).toMatchObject([
      {
        ...{ requestId, relationshipId, state: 'APPROVED', waitsFor: null },
        displayName: 'Иван Соловьёв',
      },
    ])
    const where = { visitorId: visitor.visitorId }
    expect(await world.db.notice.findMany({ where })).toMatchObject([
      { kind: 'RELATIONSHIP_APPROVED' },
    ])
    expect((await at.get('/api/terminal/requests')).json()).toMatchObject({
      requests: [],
      // Not verified yet: it cannot ring.
      contacts: [{ visitorId: visitor.visitorId, mayRing: false }],
    })
  })

  it('are not another inmate’s to give', async () => {
    const visitor = await aVisitor()
    const { requestId } = (await visitor.ask()).json<Mine>()
    await approve(requestId)
    const { relationshipId } = await tableOf(requestId)
    const { device, terminalId, visitId } = place
    const person = { device, terminalId, visitId, inmateId: place.inmateId }
    const other = caller(world, await inmateCookie(world, person))
    const url = `/api/terminal/requests/${relationshipId ?? ''}/answer`
    expect((await other.post(url, { isAccepted: true })).json()).toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('are not asked for any more after the visitor has taken the request back', async () => {
    const visitor = await aVisitor()
    const { requestId } = (await visitor.ask()).json<Mine>()
    await approve(requestId)
    await visitor.withdraw(requestId)
    expect(await visitor.mine()).toMatchObject([{ state: 'WITHDRAWN', relationshipId: null }])
    expect((await visitor.withdraw(requestId)).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    const listed = await (await anInmateCaller()).get('/api/terminal/requests')
    expect(listed.json()).toMatchObject({ requests: [] })
  })

  it('are decided once, on the version that was seen, for somebody of the facility', async () => {
    const visitor = await aVisitor()
    const { requestId } = (await visitor.ask()).json<Mine>()
    const approval = { decision: 'APPROVE', inmateId }
    expect((await decide(requestId, approval, 7)).json()).toMatchObject({
      code: 'VERSION_CHANGED',
    })
    const elsewhere = await aPlace(world)
    const foreign = await decide(requestId, { ...approval, inmateId: elsewhere.inmateId })
    expect(foreign.json()).toMatchObject({ code: 'NOT_FOUND' })
    const two = await Promise.all([approve(requestId), approve(requestId)])
    expect(two.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
    expect((await approve(requestId)).json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    const again = (await visitor.ask({ inmateNumber: 'another' })).json<Mine>()
    expect((await approve(again.requestId)).json()).toMatchObject({ code: 'RELATIONSHIP_EXISTS' })
  })

  it('need a verified professional for a lawyer', async () => {
    const visitor = await aVisitor()
    const { visitorId } = visitor
    const { requestId } = (await visitor.ask({ kind: 'LAWYER' })).json<Mine>()
    const refused = await approve(requestId)
    expect(refused.json()).toMatchObject({ status: 403, code: 'PROFESSIONAL_REQUIRED' })
    await insertProfessional(world.db, { visitorId, validUntil: new Date(0) })
    expect((await approve(requestId)).json()).toMatchObject({ code: 'PROFESSIONAL_REQUIRED' })
    const later = { validUntil: new Date(world.clock.now().getTime() + DAY_MS) }
    await world.db.professional.update({ where: { visitorId }, data: later })
    expect((await approve(requestId)).statusCode).toBe(200)
  })
})
