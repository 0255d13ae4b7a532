import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertRelationship, insertRelationshipRequest, insertVisit } from '@visavis/prisma/seed'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aCorrectedVisitor, aNewVisitor, aVisitorOf, caller } from './support/people.ts'
import { aPhoto } from './support/pictures.ts'

const DAY_MS = 86_400_000
type Profile = {
  version: number
  visitorId: string
  familyName: string
  birthDate: string
  verification: string
  correction: object | null
  documents: { documentId: string; kind: string }[]
}
type Decided = { visitor: Profile; affectedVisits: string[] }

let world: RestWorld
let place: Place
beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
})
afterAll(() => world.close())

const desk = async (at = place) => caller(world, await accountCookie(world, at.accounts.scheduler))
const aBookedVisit = async (visitorIds: string[]) => {
  const { facilityId, terminalId, inmateId } = place
  const startsAt = new Date(world.clock.now().getTime() + DAY_MS)
  const given = { facilityId, terminalId, inmateId, visitorIds, startsAt }
  return (await insertVisit(world.db, given)).visit.visitId
}
const tasksOf = (visitId: string) => world.db.task.findMany({ where: { visitId } })
const inLog = async () => JSON.stringify(await entriesOf(world.db, place.facilityId))

describe('[EL-3] a name or birth date', () => {
  const correct = async (own: ReturnType<typeof caller>, changes: object) => {
    const { version, ...profile } = (await own.get('/api/my/profile')).json<Profile>()
    const { givenName, familyName, birthDate } = { givenName: 'Vera', ...profile, ...changes }
    return own.put('/api/my/identity', { version, givenName, familyName, birthDate })
  }

  it('is put right at once while nobody was verified, and open requests are read anew', async () => {
    const { visitorId, cookie } = await aNewVisitor(world)
    const { facilityId } = place
    const { requestId } = await insertRelationshipRequest(world.db, { facilityId, visitorId })
    const own = caller(world, cookie)
    const answer = await correct(own, { familyName: 'Самойлова', birthDate: '1991-02-03' })
    expect(answer.json()).toMatchObject({
      ...{ familyName: 'Самойлова', birthDate: '1991-02-03', correction: null },
    })
    const stale = { decision: 'REJECT', version: 0, reason: 'NOT_CONFIRMED', field: null }
    const decided = await (
      await desk()
    ).post(`/api/relationship-requests/${requestId}/decision`, stale)
    expect(decided.json()).toMatchObject({ code: 'VERSION_CHANGED' })
    const entries = await entriesOf(world.db, null)
    expect(entries.at(-1)).toMatchObject({
      action: 'visitor.correct',
      object: { objectId: visitorId },
      detail: { differs: ['FAMILY_NAME', 'BIRTH_DATE'] },
    })
    expect(JSON.stringify(entries)).not.toMatch(/Самойлова|1991-02-03/)
    const same = await correct(own, {})
    expect(same.json()).toMatchObject({ code: 'BAD_REQUEST' })
    const unborn = await correct(own, { birthDate: '2999-01-01' })
    expect(unborn.json()).toMatchObject({ fields: [{ field: 'birthDate' }] })
  })

  it('of a verified person waits for staff, who must name the document they saw', async () => {
    const own = caller(world, await accountCookie(world, place.accounts.visitor))
    await insertRelationship(world.db, { visitorId: place.visitorId, inmateId: place.inmateId })
    const before = (await own.get('/api/my/profile')).json<Profile>()
    const asked = (await correct(own, { familyName: 'Married' })).json<Profile>()
    expect(asked.familyName).toBe(before.familyName)
    expect(asked.correction).toMatchObject({ familyName: 'Married' })
    const subject = { subjectId: place.visitorId, kind: 'VERIFY_VISITOR' as const }
    expect(await world.db.task.findMany({ where: subject })).toMatchObject([{ state: 'OPEN' }])
    const uploaded = await own.upload('ID_FRONT', await aPhoto())
    const { version, documents } = uploaded.json<Profile>()
    const url = `/api/visitors/${place.visitorId}/correction/decision`
    const approval = { decision: 'APPROVE', version, documentId: crypto.randomUUID() }
    const unseen = await (await desk()).post(url, approval)
    expect(unseen.json()).toMatchObject({ code: 'DOCUMENTS_MISSING' })
    const documentId = documents[0]?.documentId ?? ''
    const done = await (await desk()).post(url, { ...approval, documentId })
    expect(done.json<Decided>().visitor).toMatchObject({
      ...{ familyName: 'Married', verification: 'VERIFIED', correction: null },
    })
    expect(await world.db.task.findMany({ where: subject })).toMatchObject([
      { state: 'DONE', resolution: 'CORRECTED' },
    ])
    expect(await world.db.identityCorrection.findMany()).toContainEqual(
      expect.objectContaining({ visitorId: place.visitorId, evidenceId: documentId }),
    )
    const where = { visitorId: place.visitorId, kind: 'IDENTITY_CORRECTED' }
    expect(await world.db.notice.count({ where })).toBe(1)
    expect(await inLog()).toContain(documentId)
    expect(await inLog()).not.toContain('Married')
  })

  it('is shown to staff beside visitors who are like it', async () => {
    const { visitorId, asked } = await aCorrectedVisitor(world, place.inmateId)
    const twin = await aVisitorOf(world, place.inmateId)
    await world.db.visitor.update({ where: { visitorId: twin }, data: asked })
    const stranger = await aVisitorOf(world, (await aPlace(world)).inmateId)
    await world.db.visitor.update({ where: { visitorId: stranger }, data: asked })
    const shown = (await (await desk()).get(`/api/visitors/${visitorId}/correction`)).json<{
      differs: string[]
      alike: { visitor: { visitorId: string }; likeness: number }[]
    }>()
    expect(shown.differs).toEqual(['FAMILY_NAME'])
    expect(shown.alike[0]).toMatchObject({ visitor: { visitorId: twin }, likeness: 1 })
    const ids = shown.alike.map(({ visitor }) => visitor.visitorId)
    expect(ids).not.toContain(visitorId)
    expect(ids).not.toContain(stranger)
    const elsewhere = await desk(await aPlace(world))
    const foreign = await elsewhere.get(`/api/visitors/${visitorId}/correction`)
    expect(foreign.json()).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('stays as it was after a no, and is decided once, on what was seen last', async () => {
    const { visitorId, version, documentId } = await aCorrectedVisitor(world, place.inmateId)
    const url = `/api/visitors/${visitorId}/correction/decision`
    const no = { decision: 'REJECT', version, reason: 'NAME_DIFFERS' }
    const old = await (await desk()).post(url, { ...no, version: version + 1 })
    expect(old.json()).toMatchObject({ code: 'VERSION_CHANGED' })
    const done = (await (await desk()).post(url, no)).json<Decided>()
    expect(done.visitor.familyName).not.toMatch(/^Married/)
    const yes = { decision: 'APPROVE', version: version + 1, documentId }
    expect((await (await desk()).post(url, yes)).json()).toMatchObject({ code: 'NOT_FOUND' })
    const where = { visitorId, kind: 'CORRECTION_REJECTED' }
    expect(await world.db.notice.count({ where })).toBe(1)
  })

  it('[EL-6] that makes a child of the only adult gives the visits a task', async () => {
    const { visitorId, version, documentId } = await aCorrectedVisitor(world, place.inmateId)
    const visitId = await aBookedVisit([visitorId])
    const birthDate = '2015-01-01'
    await world.db.identityCorrection.updateMany({ where: { visitorId }, data: { birthDate } })
    const approval = { decision: 'APPROVE', version, documentId }
    const url = `/api/visitors/${visitorId}/correction/decision`
    const answer = await (await desk()).post(url, approval)
    expect(answer.json<Decided>().affectedVisits).toEqual([visitId])
    expect(await tasksOf(visitId)).toMatchObject([{ kind: 'RESTRICTION_HITS_VISIT' }])
  })
})

describe('a verification', () => {
  it('is taken back when a document was false: pictures go, visits to come get a task', async () => {
    const visitorId = await aVisitorOf(world, place.inmateId)
    const visitId = await aBookedVisit([visitorId])
    const url = `/api/visitors/${visitorId}/verification/revocation`
    const revocation = { version: 0, reason: 'DOCUMENT_NOT_ACCEPTED', field: 'ID_FRONT' }
    const foreign = await (await desk(await aPlace(world))).post(url, revocation)
    expect(foreign.json()).toMatchObject({ code: 'NOT_FOUND' })
    const stale = await (await desk()).post(url, { ...revocation, version: 7 })
    expect(stale.json()).toMatchObject({ code: 'VERSION_CHANGED' })
    const answer = (await (await desk()).post(url, revocation)).json<Decided>()
    expect(answer).toMatchObject({
      visitor: { verification: 'REJECTED', documents: [], missing: ['ID_FRONT', 'PHOTO'] },
      affectedVisits: [visitId],
    })
    expect(await tasksOf(visitId)).toMatchObject([
      { kind: 'RESTRICTION_HITS_VISIT', suggestion: 'CANCEL', state: 'OPEN' },
    ])
    expect(await world.db.notice.count({ where: { visitorId, kind: 'VISITOR_REJECTED' } })).toBe(1)
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries.at(-1)).toMatchObject({
      action: 'visitor.revoke',
      detail: { reason: 'DOCUMENT_NOT_ACCEPTED', affectedVisits: [visitId] },
    })
    const again = await (await desk()).post(url, { ...revocation, version: 1 })
    expect(again.json()).toMatchObject({ code: 'ALREADY_DECIDED' })
  })
})

describe('[EL-6] a child under its guardian’s account', () => {
  const MISHA = { givenName: 'Misha', familyName: 'Sample', birthDate: '2018-05-17' }
  const guardian = async () => caller(world, await accountCookie(world, place.accounts.visitor))
  const register = async (changes: object = {}) =>
    (await guardian()).post('/api/my/children', { ...MISHA, hasConsent: true, ...changes })
  const aVerifiedChild = async () => {
    const { visitorId } = (await register()).json<Profile>()
    const data = { verification: 'VERIFIED' as const, verifiedAt: world.clock.now() }
    await world.db.visitor.update({ where: { visitorId }, data })
    await insertRelationship(world.db, { visitorId, inmateId: place.inmateId })
    return visitorId
  }

  it('is registered with consent, verified like everybody, and asks under that account', async () => {
    const child = (await register()).json<Profile>()
    const own = await guardian()
    const of = `children/${child.visitorId}/`
    await own.upload('ID_FRONT', await aPhoto(), { of })
    await own.upload('PHOTO', await aPhoto(), { of })
    const sent = await own.post(`/api/my/${of}documents/submission`)
    expect(sent.json()).toMatchObject({ verification: 'SUBMITTED' })
    const asked = await own.post('/api/my/relationships', {
      ...{ facilityId: place.facilityId, inmateNumber: 'N-1', ...MISHA, kind: 'PARENT' },
      childId: child.visitorId,
    })
    const forChild = { visitorId: child.visitorId, displayName: 'Misha Sample' }
    expect(asked.json()).toMatchObject({ child: forChild, state: 'REQUESTED' })
    const { requestId } = asked.json<{ requestId: string }>()
    const mine = (await own.get('/api/my/relationships')).json<{ relationships: object[] }>()
    expect(mine.relationships).toContainEqual(
      expect.objectContaining({ requestId, child: forChild }),
    )
    const kinds = await world.db.task.findMany({ where: { visitorId: child.visitorId } })
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual([
      ...['DECIDE_RELATIONSHIP', 'VERIFY_VISITOR'],
    ])
    const back = await own.post(`/api/my/relationships/${requestId}/withdrawal`)
    expect(back.statusCode).toBe(200)
    const { children } = (await own.get('/api/my/children')).json<{ children: object[] }>()
    expect(children).toMatchObject([
      { ...MISHA, guardian: { visitorId: place.visitorId, consentEndedAt: null } },
    ])
  })

  it('is under age, its guardian is not, and consent is said', async () => {
    const grown = await register({ birthDate: '1999-01-01' })
    expect(grown.json()).toMatchObject({ fields: [{ field: 'birthDate' }] })
    expect((await register({ hasConsent: false })).json()).toMatchObject({ code: 'BAD_REQUEST' })
    const where = { visitorId: place.visitorId }
    await world.db.visitor.update({ where, data: { birthDate: '2012-01-01' } })
    expect((await register()).json()).toMatchObject({ code: 'ADULT_REQUIRED' })
  })

  it('[TR-3] is nobody to another account, nor to its guardian’s once it is of age', async () => {
    const { visitorId } = (await register()).json<Profile>()
    const url = `/api/my/children/${visitorId}/documents/submission`
    const stranger = caller(world, (await aNewVisitor(world)).cookie)
    expect((await stranger.post(url)).json()).toMatchObject({ code: 'NOT_FOUND' })
    const birthDate = '2004-01-01'
    await world.db.visitor.update({ where: { visitorId }, data: { birthDate } })
    expect((await (await guardian()).post(url)).json()).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('may come along with its guardian until consent is taken back, and again when it is given', async () => {
    const { visitorId, inmateId } = place
    await insertRelationship(world.db, { visitorId, inmateId })
    const childId = await aVerifiedChild()
    const own = await guardian()
    const companions = async () => {
      const answer = await own.get('/api/my/inmates')
      const { inmates } = answer.json<{ inmates: { companions: object[] }[] }>()
      return inmates[0]?.companions
    }
    expect(await companions()).toMatchObject([{ visitorId: childId, isAdult: false }])
    const visitId = await aBookedVisit([visitorId, childId])
    const setConsent = async (hasConsent: boolean): Promise<unknown> =>
      (await own.put(`/api/my/children/${childId}/consent`, { hasConsent })).json()
    expect(await setConsent(false)).toEqual({ affectedVisits: [visitId] })
    expect(await setConsent(false)).toEqual({ affectedVisits: [] })
    expect(await tasksOf(visitId)).toMatchObject([{ kind: 'RESTRICTION_HITS_VISIT' }])
    expect(await companions()).toEqual([])
    const url = `/api/my/children/${childId}/documents/submission`
    expect((await own.post(url)).json()).toMatchObject({ code: 'NOT_FOUND' })
    expect(await setConsent(true)).toEqual({ affectedVisits: [] })
    expect(await companions()).toHaveLength(1)
  })
})
