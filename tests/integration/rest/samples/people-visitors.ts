import { hashSecret, newId, newToken, tokenHash } from '@visavis/prisma'
import {
  insertIdentityDocument,
  insertInmate,
  insertRelationship,
  insertRelationshipRequest,
  insertVisitor,
} from '@visavis/prisma/seed'
import type { peopleRoutes } from '@visavis/contract/http'
import { aPhoto } from '../../people/support/pictures.ts'
import { aChildOf, anAskingVisitor } from '../../people/support/people.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'

type VisitorRoute = Extract<
  keyof typeof peopleRoutes,
  | 'register'
  | 'confirmRegistration'
  | 'facilities'
  | 'profile'
  | 'changeProfile'
  | 'uploadDocument'
  | 'submitDocuments'
  | 'registerProfessional'
  | 'myRelationships'
  | 'requestRelationship'
  | 'withdrawRelationship'
  | 'correctIdentity'
  | 'myChildren'
  | 'registerChild'
  | 'uploadChildDocument'
  | 'submitChildDocuments'
  | 'setConsent'
  | 'endRelationship'
  | 'endContact'
  | 'terminalRequests'
  | 'answerRequest'
>

const DAY_MS = 86_400_000
const A_PERSON = { givenName: 'Nina', familyName: 'Petrova', birthDate: '1990-05-17' }
const READER = { language: 'en', timeZone: 'Europe/Berlin' }

/** Samples of what visitors do about themselves, and inmates about them. */
export function visitorSamples(given: SampleWorld): Record<VisitorRoute, SampleMaker> {
  return {
    ...registrationSamples(given),
    ...profileSamples(given),
    ...childSamples(given),
    ...requestSamples(given),
  }
}

function registrationSamples({ world }: SampleWorld) {
  return {
    register: async () => ({
      payload: {
        ...{ ...A_PERSON, ...READER },
        email: `${newId()}@example.org`,
        password: 'a sentence is good',
      },
    }),
    confirmRegistration: async () => {
      const token = newToken()
      await world().db.pendingRegistration.create({
        data: {
          ...{ ...A_PERSON, ...READER },
          birthDate: A_PERSON.birthDate,
          registrationId: newId(),
          email: `${newId()}@example.org`,
          passwordHash: await hashSecret('a sentence is good'),
          tokenHash: tokenHash(token),
          expiresAt: new Date(world().clock.now().getTime() + DAY_MS),
        },
      })
      return { payload: { token } }
    },
    facilities: async () => ({}),
  }
}

function profileSamples({ world, place }: SampleWorld) {
  const setVerification = async (verification: 'MISSING' | 'VERIFIED') => {
    const { db, clock } = world()
    const { visitorId } = place()
    const verifiedAt = verification === 'VERIFIED' ? clock.now() : null
    await db.visitor.update({ where: { visitorId }, data: { verification, verifiedAt } })
    const data = { removedAt: clock.now() }
    await db.identityDocument.updateMany({ where: { visitorId, removedAt: null }, data })
    return { db, visitorId }
  }
  return {
    profile: async () => ({}),
    changeProfile: async () => {
      const { visitorId } = place()
      const { version } = await world().db.visitor.findUniqueOrThrow({ where: { visitorId } })
      return { payload: { version, phone: '+49 30 1234567', ...READER } }
    },
    correctIdentity: async () => {
      const { visitorId } = place()
      const { version } = await world().db.visitor.findUniqueOrThrow({ where: { visitorId } })
      return { payload: { version, ...A_PERSON, familyName: `Petrova ${newId()}` } }
    },
    uploadDocument: async () => {
      await setVerification('MISSING')
      const headers = { 'content-type': 'image/jpeg' }
      return { params: { kind: 'PHOTO' }, headers, payload: await aPhoto() }
    },
    submitDocuments: async () => {
      const { db, visitorId } = await setVerification('MISSING')
      await insertIdentityDocument(db, { visitorId, kind: 'PHOTO' })
      await insertIdentityDocument(db, { visitorId, kind: 'ID_FRONT' })
      return {}
    },
    registerProfessional: async () => {
      // As it was before the two above.
      await setVerification('VERIFIED')
      return { payload: { kind: 'LAWYER', registerName: 'Bar', registerNumber: newId() } }
    },
  }
}

function childSamples({ world, place }: SampleWorld) {
  const aChild = () => aChildOf(world(), place().visitorId)
  return {
    myChildren: async () => ({}),
    registerChild: async () => {
      const { visitorId } = place()
      // Other callers' samples are children of the same visitor, of whom there may be twenty.
      const data = { guardianId: null, consentAt: null, consentEndedAt: null }
      await world().db.visitor.updateMany({ where: { guardianId: visitorId }, data })
      return { payload: { ...A_PERSON, birthDate: '2018-05-17', hasConsent: true } }
    },
    uploadChildDocument: async () => {
      const { visitorId: childId } = await aChild()
      const headers = { 'content-type': 'image/jpeg' }
      return { params: { childId, kind: 'PHOTO' }, headers, payload: await aPhoto() }
    },
    submitChildDocuments: async () => {
      const { visitorId } = await aChild()
      await insertIdentityDocument(world().db, { visitorId, kind: 'PHOTO' })
      await insertIdentityDocument(world().db, { visitorId, kind: 'ID_FRONT' })
      return { params: { childId: visitorId } }
    },
    setConsent: async () => {
      const { visitorId: childId } = await aChild()
      return { params: { childId }, payload: { hasConsent: false } }
    },
  }
}

function requestSamples({ world, place }: SampleWorld) {
  return {
    myRelationships: async () => ({}),
    requestRelationship: async () => {
      const { facilityId, visitorId } = place()
      const where = { visitorId, state: 'REQUESTED' as const }
      await world().db.relationshipRequest.updateMany({ where, data: { state: 'WITHDRAWN' } })
      const typed = { ...A_PERSON, inmateNumber: newId(), kind: 'FRIEND' }
      return { payload: { facilityId, ...typed } }
    },
    withdrawRelationship: async () => {
      const { facilityId, visitorId } = place()
      const request = await insertRelationshipRequest(world().db, { facilityId, visitorId })
      return { params: { requestId: request.requestId } }
    },
    endRelationship: async () => {
      const { visitorId } = place()
      const { inmateId } = await insertInmate(world().db, { facilityId: place().facilityId })
      const { relationshipId } = await insertRelationship(world().db, { visitorId, inmateId })
      return { params: { relationshipId } }
    },
    endContact: async () => {
      const { inmateId } = place()
      const { visitorId } = await insertVisitor(world().db)
      const { relationshipId } = await insertRelationship(world().db, { visitorId, inmateId })
      return { params: { relationshipId } }
    },
    terminalRequests: async () => ({}),
    answerRequest: async () => {
      const { relationshipId } = await anAskingVisitor(world(), place().inmateId)
      return { params: { relationshipId }, payload: { isAccepted: true } }
    },
  }
}
