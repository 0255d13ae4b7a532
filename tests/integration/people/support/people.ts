import { newId } from '@visavis/prisma'
import {
  insertAccount,
  insertIdentityDocument,
  insertRelationship,
  insertVisitor,
} from '@visavis/prisma/seed'
import { createDocumentStore } from '../../../../server/src/modules/people/document-store.ts'
import { accountCookie } from '../../rest/support/callers.ts'
import type { RestWorld } from '../../rest/support/rest-world.ts'
import { aPhoto } from './pictures.ts'

/** A fresh visitor who may meet the inmate; the id. */
export async function aVisitorOf({ db }: RestWorld, inmateId: string): Promise<string> {
  const { visitorId } = await insertVisitor(db)
  await insertRelationship(db, { visitorId, inmateId })
  return visitorId
}

/** A fresh visitor whom the facility has let through and the inmate has not answered. */
export async function anAskingVisitor({ db, clock }: RestWorld, inmateId: string) {
  const { visitorId } = await insertVisitor(db)
  const asking = { state: 'REQUESTED' as const, inmateApprovedAt: null }
  const parties = { visitorId, inmateId, facilityApprovedAt: clock.now() }
  const { relationshipId } = await insertRelationship(db, { ...parties, ...asking })
  return { visitorId, relationshipId }
}

/** A document with a row and sealed bytes. */
export async function storedDocument(
  { db, config }: RestWorld,
  visitorId: string,
  kind: 'PHOTO' | 'ID_FRONT' | 'ID_BACK' = 'PHOTO',
) {
  const { documentId } = await insertIdentityDocument(db, { visitorId, kind })
  const store = createDocumentStore(config.documentsDir, config.documentKey)
  await store.put({ documentId, visitorId }, await aPhoto())
  return { documentId }
}

/** A visitor of the inmate who has handed in both pictures. */
export async function aSubmittedVisitor(world: RestWorld, inmateId: string) {
  const visitorId = await aVisitorOf(world, inmateId)
  const data = { verification: 'SUBMITTED' as const, verifiedAt: null }
  const { version } = await world.db.visitor.update({ where: { visitorId }, data })
  const front = await storedDocument(world, visitorId, 'ID_FRONT')
  const photo = await storedDocument(world, visitorId, 'PHOTO')
  return { visitorId, version, front: front.documentId, photo: photo.documentId }
}

/** A verified visitor of the inmate who wants another family name, and has shown a document. */
export async function aCorrectedVisitor(world: RestWorld, inmateId: string) {
  const { db, clock } = world
  const visitorId = await aVisitorOf(world, inmateId)
  const { documentId } = await storedDocument(world, visitorId, 'ID_FRONT')
  const { givenName, familyName, birthDate, version } = await db.visitor.findUniqueOrThrow({
    where: { visitorId },
  })
  const was = { wasGivenName: givenName, wasFamilyName: familyName, wasBirthDate: birthDate }
  const asked = { givenName, familyName: `Married ${familyName}`, birthDate }
  await db.identityCorrection.create({
    data: { correctionId: newId(), visitorId, ...asked, ...was, createdAt: clock.now() },
  })
  return { visitorId, version, documentId, asked }
}

/** A child under the visitor’s account, without documents, whose guardian has agreed to its visits. */
export async function aChildOf({ db, clock }: RestWorld, guardianId: string) {
  const { email } = await db.visitor.findUniqueOrThrow({ where: { visitorId: guardianId } })
  const birthDate = '2018-05-17'
  const consent = { guardianId, consentAt: clock.now() }
  const child = { givenName: 'Misha', birthDate, email, ...consent }
  return insertVisitor(db, { ...child, verification: 'MISSING' })
}

/** A visitor with an account, who has sent nothing yet, and the `Cookie` header. */
export async function aNewVisitor(world: RestWorld) {
  const { visitorId } = await insertVisitor(world.db, { verification: 'MISSING' })
  const { accountId } = await insertAccount(world.db, { role: 'visitor', visitorId })
  return { visitorId, accountId, cookie: await accountCookie(world, accountId) }
}

let addresses = 0

/** `of`: the part of the path before the documents, for a child's. */
type UploadOptions = { readonly type?: string; readonly of?: string }

/** Requests of one caller, each write with a fresh key and each from its own address. */
export function caller(world: RestWorld, cookie = '') {
  const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) => {
    addresses += 1
    return world.app.inject({
      ...{ method, url },
      headers: { cookie, 'idempotency-key': newId() },
      remoteAddress: `10.2.${addresses >> 8}.${addresses & 255}`,
      ...(payload === undefined ? {} : { payload }),
    })
  }
  return {
    get: (url: string) => send('GET', url),
    post: (url: string, payload?: object) => send('POST', url, payload),
    put: (url: string, payload?: object) => send('PUT', url, payload),
    delete: (url: string) => send('DELETE', url),
    upload: (kind: string, payload: Buffer, { type = 'image/jpeg', of = '' }: UploadOptions = {}) =>
      world.app.inject({
        method: 'PUT',
        url: `/api/my/${of}documents/${kind}`,
        headers: { cookie, 'content-type': type },
        payload,
      }),
  }
}
