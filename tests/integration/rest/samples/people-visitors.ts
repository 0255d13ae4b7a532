import { hashSecret, newId, newToken, tokenHash } from '@visavis/prisma'
import { insertIdentityDocument, insertRelationshipRequest } from '@visavis/prisma/seed'
import type { peopleRoutes } from '@visavis/contract/http'
import { aPhoto } from '../../people/support/pictures.ts'
import { anAskingVisitor } from '../../people/support/people.ts'
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
  | 'terminalRequests'
  | 'answerRequest'
>

const DAY_MS = 86_400_000
const A_PERSON = { givenName: 'Nina', familyName: 'Petrova', birthDate: '1990-05-17' }
const READER = { language: 'en', timeZone: 'Europe/Berlin' }

/** Samples of what visitors do about themselves, and inmates about them. */
export function visitorSamples(given: SampleWorld): Record<VisitorRoute, SampleMaker> {
  return { ...registrationSamples(given), ...profileSamples(given), ...requestSamples(given) }
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
          birthDate: new Date(A_PERSON.birthDate),
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
    terminalRequests: async () => ({}),
    answerRequest: async () => {
      const { relationshipId } = await anAskingVisitor(world(), place().inmateId)
      return { params: { relationshipId }, payload: { isAccepted: true } }
    },
  }
}
