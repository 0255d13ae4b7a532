import { readFile, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '@visavis/platform/log'
import { createDocumentStore } from '../../../server/src/modules/people/document-store.ts'
import { createDocumentsService } from '../../../server/src/modules/people/documents.service.ts'
import type { PeopleKit } from '../../../server/src/modules/people/people-kit.ts'
import { createTransact } from '../../../server/src/platform/transact.ts'
import { insertRelationship } from '@visavis/prisma/seed'
import { breakAuditLog, entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { aNewVisitor, aSubmittedVisitor, caller } from './support/people.ts'
import { aPhoto } from './support/pictures.ts'

type Profile = {
  version: number
  verification: string
  missing: string[]
  documents: { documentId: string; kind: string; mimeType: string }[]
}

let world: RestWorld
let place: Place
beforeAll(async () => {
  world = await aRestWorld()
})
beforeEach(async () => {
  place = await aPlace(world)
})
afterAll(() => world.close())

const files = async () =>
  (await readdir(world.config.documentsDir)).map((name) => name.slice(0, 36))
const desk = async (at = place) => caller(world, await accountCookie(world, at.accounts.scheduler))

describe('uploading a document', () => {
  it('stores it encrypted, and never a byte of the picture', async () => {
    const visitor = await aNewVisitor(world)
    const answer = await caller(world, visitor.cookie).upload('PHOTO', await aPhoto(), {
      type: 'image/png',
    })
    const { documents, missing } = answer.json<Profile>()
    expect(documents).toMatchObject([{ kind: 'PHOTO', mimeType: 'image/jpeg' }])
    expect(missing).toEqual(['ID_FRONT'])
    const documentId = documents[0]?.documentId ?? ''
    const sealed = await readFile(join(world.config.documentsDir, `${documentId}.sealed`))
    const { documentsDir, documentKey } = world.config
    const name = { documentId, visitorId: visitor.visitorId }
    const picture = await createDocumentStore(documentsDir, documentKey).get(name)
    expect(picture.subarray(0, 2).toString('hex')).toBe('ffd8')
    for (let at = 0; at + 8 <= picture.length; at += 8) {
      expect(sealed.includes(picture.subarray(at, at + 8))).toBe(false)
    }
  })

  it('destroys what it replaces', async () => {
    const visitor = await aNewVisitor(world)
    const own = caller(world, visitor.cookie)
    const first = (await own.upload('PHOTO', await aPhoto())).json<Profile>().documents[0]
    const second = (await own.upload('PHOTO', await aPhoto())).json<Profile>().documents
    expect(second).toHaveLength(1)
    expect(await files()).toContain(second[0]?.documentId)
    expect(await files()).not.toContain(first?.documentId)
    const where = { documentId: first?.documentId ?? '' }
    const row = await world.db.identityDocument.findUniqueOrThrow({ where })
    expect(row.removedAt).toEqual(world.clock.now())
  })

  it('refuses what is no picture, with field and cure, and keeps nothing', async () => {
    const visitor = await aNewVisitor(world)
    const own = caller(world, visitor.cookie)
    const before = await files()
    const pdf = await own.upload('ID_FRONT', Buffer.from('%PDF-1.7'), { type: 'image/jpeg' })
    expect(pdf.json()).toMatchObject({
      ...{ status: 422, code: 'DOCUMENT_REFUSED', fields: [{ field: 'type' }] },
    })
    const torn = await own.upload('ID_FRONT', (await aPhoto()).subarray(0, 2000))
    expect(torn.json()).toMatchObject({ code: 'DOCUMENT_REFUSED', fields: [{ field: 'content' }] })
    const huge = await own.upload('ID_FRONT', Buffer.alloc(12 * 1024 * 1024 + 1))
    expect(huge.json()).toMatchObject({ status: 413, code: 'MESSAGE_TOO_LARGE' })
    const json = await own.put('/api/my/documents/ID_FRONT', { picture: 'x' })
    expect(json.json()).toMatchObject({ code: 'DOCUMENT_REFUSED' })
    expect(await files()).toEqual(before)
  })

  it('is over once a person has been verified', async () => {
    const cookie = await accountCookie(world, place.accounts.visitor)
    const answer = await caller(world, cookie).upload('PHOTO', await aPhoto())
    expect(answer.json()).toMatchObject({ code: 'ALREADY_DECIDED' })
  })

  it('[TR-1] without an audit entry leaves no file, and shows none', async () => {
    const broken = await aRestWorld()
    try {
      const there = await aPlace(broken)
      const visitor = await aNewVisitor(broken)
      const { visitorId, photo } = await aSubmittedVisitor(broken, there.inmateId)
      await breakAuditLog(broken.db)
      const answer = await caller(broken, visitor.cookie).upload('PHOTO', await aPhoto())
      expect(answer.statusCode).toBe(500)
      expect(await readdir(broken.config.documentsDir)).toHaveLength(2)
      expect(await broken.db.identityDocument.count()).toBe(2)
      const staff = caller(broken, await accountCookie(broken, there.accounts.scheduler))
      const shown = await staff.get(`/api/visitors/${visitorId}/documents/${photo}`)
      expect([shown.statusCode, shown.headers['content-type']]).toEqual([
        500,
        'application/problem+json',
      ])
    } finally {
      await broken.close()
    }
  })
})

describe('handing in and verifying', () => {
  it('goes from MISSING over SUBMITTED to VERIFIED, with task and notice', async () => {
    const visitor = await aNewVisitor(world)
    const { visitorId } = visitor
    const own = caller(world, visitor.cookie)
    const early = await own.post('/api/my/documents/submission')
    expect(early.json()).toMatchObject({
      code: 'DOCUMENTS_MISSING',
      fields: [{ field: 'ID_FRONT' }, { field: 'PHOTO' }],
    })
    await own.upload('PHOTO', await aPhoto())
    await own.upload('ID_FRONT', await aPhoto())
    expect((await own.post('/api/my/documents/submission')).json()).toMatchObject({
      verification: 'SUBMITTED',
    })
    const again = await own.post('/api/my/documents/submission')
    expect(again.json()).toMatchObject({ code: 'ALREADY_DECIDED' })
    // Nobody knows the visitor yet; the first request puts it into that facility's inbox.
    const where = { kind: 'VERIFY_VISITOR' as const, subjectId: visitorId }
    expect(await world.db.task.count({ where })).toBe(0)
    await own.post('/api/my/relationships', {
      ...{ facilityId: place.facilityId, inmateNumber: 'N-1', kind: 'FRIEND' },
      ...{ givenName: 'A', familyName: 'B', birthDate: '1980-01-01' },
    })
    expect(await world.db.task.findMany({ where })).toMatchObject([
      { facilityId: place.facilityId, state: 'OPEN' },
    ])
    const { visitor: shown } = (await (await desk()).get(`/api/visitors/${visitorId}`)).json<{
      visitor: Profile
    }>()
    const decided = await (
      await desk()
    ).post(`/api/visitors/${visitorId}/verification`, {
      ...{ decision: 'VERIFY', version: shown.version },
    })
    expect(decided.json()).toMatchObject({ verification: 'VERIFIED', missing: [] })
    expect(await world.db.task.findMany({ where })).toMatchObject([
      { state: 'DONE', resolution: 'VERIFIED', doneBy: place.accounts.scheduler },
    ])
    expect(await world.db.notice.findMany({ where: { visitorId } })).toMatchObject([
      { kind: 'VISITOR_VERIFIED', channel: 'EMAIL' },
    ])
  })

  it('destroys the one picture that a rejection is about, and asks only for it', async () => {
    const { visitorId, version, front, photo } = await aSubmittedVisitor(world, place.inmateId)
    const reject = { decision: 'REJECT', version, reason: 'PICTURE_BLURRED', field: 'ID_FRONT' }
    const url = `/api/visitors/${visitorId}/verification`
    const answer = await (await desk()).post(url, reject)
    expect(answer.json()).toMatchObject({
      verification: 'REJECTED',
      rejection: { reason: 'PICTURE_BLURRED', field: 'ID_FRONT' },
      documents: [{ documentId: photo }],
      missing: ['ID_FRONT'],
    })
    const left = await files()
    expect([left.includes(front), left.includes(photo)]).toEqual([false, true])
    const again = await (await desk()).post(url, { ...reject, version: version + 1 })
    expect(again.json()).toMatchObject({ code: 'ALREADY_DECIDED' })
  })

  it('destroys all pictures when the rejection is about the person', async () => {
    const { visitorId, version, front, photo } = await aSubmittedVisitor(world, place.inmateId)
    const reject = { decision: 'REJECT', version, reason: 'NAME_DIFFERS', field: 'NAME' }
    await (await desk()).post(`/api/visitors/${visitorId}/verification`, reject)
    const left = await files()
    expect([left.includes(front), left.includes(photo)]).toEqual([false, false])
  })

  it('refuses to verify what was changed meanwhile, and what is not complete', async () => {
    const { visitorId, version, photo } = await aSubmittedVisitor(world, place.inmateId)
    const url = `/api/visitors/${visitorId}/verification`
    const stale = await (await desk()).post(url, { decision: 'VERIFY', version: version + 1 })
    expect(stale.json()).toMatchObject({ status: 409, code: 'VERSION_CHANGED' })
    const data = { removedAt: world.clock.now() }
    await world.db.identityDocument.update({ where: { documentId: photo }, data })
    const incomplete = await (await desk()).post(url, { decision: 'VERIFY', version })
    expect(incomplete.json()).toMatchObject({
      code: 'DOCUMENTS_MISSING',
      fields: [{ field: 'PHOTO' }],
    })
  })

  it('[TR-3] is for the facilities that the visitor has to do with', async () => {
    const { visitorId, version, photo } = await aSubmittedVisitor(world, place.inmateId)
    const stranger = await desk(await aPlace(world))
    const url = `/api/visitors/${visitorId}`
    const answers = [
      await stranger.get(url),
      await stranger.get(`${url}/documents/${photo}`),
      await stranger.post(`${url}/verification`, { decision: 'VERIFY', version }),
    ]
    for (const answer of answers) expect(answer.json()).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a visitor of two facilities', () => {
  it('is in the inbox of both, until one of them has decided', async () => {
    const other = await aPlace(world)
    const visitor = await aNewVisitor(world)
    const { visitorId } = visitor
    for (const { inmateId } of [place, other]) {
      await insertRelationship(world.db, { visitorId, inmateId })
    }
    const own = caller(world, visitor.cookie)
    await own.upload('PHOTO', await aPhoto())
    await own.upload('ID_FRONT', await aPhoto())
    const { version } = (await own.post('/api/my/documents/submission')).json<Profile>()
    const where = { kind: 'VERIFY_VISITOR' as const, subjectId: visitorId }
    const open = await world.db.task.findMany({ where: { ...where, state: 'OPEN' } })
    expect(open.map(({ facilityId }) => facilityId).toSorted()).toEqual(
      [place.facilityId, other.facilityId].toSorted(),
    )
    const url = `/api/visitors/${visitorId}/verification`
    await (await desk(other)).post(url, { decision: 'VERIFY', version })
    expect(await world.db.task.count({ where: { ...where, state: 'OPEN' } })).toBe(0)
  })
})

describe('looking at a document', () => {
  it('[TR-1] is entered before the first byte', async () => {
    const { visitorId, photo } = await aSubmittedVisitor(world, place.inmateId)
    const url = `/api/visitors/${visitorId}/documents/${photo}`
    const shown = await (await desk()).get(url)
    expect(shown.headers['content-type']).toBe('image/jpeg')
    expect(shown.headers['cache-control']).toBe('no-store')
    expect(shown.rawPayload.equals(await aPhoto())).toBe(true)
    const entries = await entriesOf(world.db, place.facilityId)
    expect(entries.at(-1)).toMatchObject({
      action: 'document.view',
      object: { type: 'document', objectId: photo },
      actor: { actorId: place.accounts.scheduler },
    })
  })

  it('shows nothing of a file that was tampered with', async () => {
    const { visitorId, photo } = await aSubmittedVisitor(world, place.inmateId)
    const path = join(world.config.documentsDir, `${photo}.sealed`)
    const sealed = await readFile(path)
    sealed.writeUInt8(sealed.readUInt8(100) ^ 1, 100)
    await writeFile(path, sealed)
    const answer = await (await desk()).get(`/api/visitors/${visitorId}/documents/${photo}`)
    expect(answer.json()).toMatchObject({ status: 503, code: 'DEPENDENCY_FAILED' })
  })
})

const documentsOf = ({ db, clock, config }: RestWorld) =>
  createDocumentsService({
    ...{ clock, transact: createTransact(db), log: createLogger('test', 'silent') },
    store: createDocumentStore(config.documentsDir, config.documentKey),
  } as unknown as PeopleKit)

describe('the sweep', () => {
  it('destroys files that no live row names, and leaves fresh and live ones alone', async () => {
    const own = await aRestWorld()
    try {
      const here = await aPlace(own)
      const { front, photo } = await aSubmittedVisitor(own, here.inmateId)
      const data = { removedAt: own.clock.now() }
      await own.db.identityDocument.update({ where: { documentId: front }, data })
      const fresh = '00000000-0000-4000-8000-000000000000'
      await writeFile(join(own.config.documentsDir, `${fresh}.sealed.part`), 'half')
      const old = new Date(Date.now() - 7_200_000)
      for (const documentId of [front, photo]) {
        await utimes(join(own.config.documentsDir, `${documentId}.sealed`), old, old)
      }
      await documentsOf(own).sweep()
      expect((await readdir(own.config.documentsDir)).toSorted()).toEqual(
        [`${fresh}.sealed.part`, `${photo}.sealed`].toSorted(),
      )
    } finally {
      await own.close()
    }
  })
})
