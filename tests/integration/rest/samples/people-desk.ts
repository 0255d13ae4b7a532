import {
  insertNonAssociation,
  insertProfessional,
  insertRelationship,
  insertRelationshipRequest,
  insertRestriction,
  insertRestrictionOverride,
  insertVisitor,
} from '@visavis/prisma/seed'
import type { peopleRoutes } from '@visavis/contract/http'
import {
  aCorrectedVisitor,
  aSubmittedVisitor,
  aVisitorOf,
  storedDocument,
} from '../../people/support/people.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'

type DeskRoute = Extract<
  keyof typeof peopleRoutes,
  | 'searchVisitors'
  | 'visitor'
  | 'documentPicture'
  | 'decideVisitor'
  | 'decideProfessional'
  | 'correction'
  | 'decideCorrection'
  | 'revokeVerification'
  | 'relationshipRequest'
  | 'decideRelationshipRequest'
  | 'moveRelationship'
  | 'searchInmates'
  | 'inmate'
  | 'addRestriction'
  | 'liftRestriction'
  | 'askOverride'
  | 'grantOverride'
  | 'refuseOverride'
  | 'addNonAssociation'
  | 'liftNonAssociation'
>

const DAY_MS = 86_400_000
const REASON = 'as the example wants'

/** Samples of what the desk decides about people. */
export function deskSamples(given: SampleWorld): Record<DeskRoute, SampleMaker> {
  return {
    ...directorySamples(given),
    ...decisionSamples(given),
    ...restrictionSamples(given),
    ...nonAssociationSamples(given),
  }
}

function directorySamples({ world, place }: SampleWorld) {
  return {
    searchVisitors: async () => ({ payload: { query: 'vera' } }),
    searchInmates: async () => ({ payload: { query: 'N-' } }),
    visitor: async () => ({ params: { visitorId: place().visitorId } }),
    inmate: async () => ({ params: { inmateId: place().inmateId } }),
    documentPicture: async () => {
      const visitorId = await aVisitorOf(world(), place().inmateId)
      const { documentId } = await storedDocument(world(), visitorId)
      return { params: { visitorId, documentId } }
    },
  }
}

function decisionSamples({ world, place }: SampleWorld) {
  return {
    decideVisitor: async () => {
      const { visitorId, version } = await aSubmittedVisitor(world(), place().inmateId)
      return { params: { visitorId }, payload: { decision: 'VERIFY', version } }
    },
    decideProfessional: async () => {
      const visitorId = await aVisitorOf(world(), place().inmateId)
      await insertProfessional(world().db, { visitorId, state: 'SUBMITTED' })
      const payload = { decision: 'REJECT', reason: 'NOT_ON_REGISTER' }
      return { params: { visitorId }, payload }
    },
    correction: async () => {
      const { visitorId } = await aCorrectedVisitor(world(), place().inmateId)
      return { params: { visitorId } }
    },
    decideCorrection: async () => {
      const { visitorId, version, documentId } = await aCorrectedVisitor(world(), place().inmateId)
      return { params: { visitorId }, payload: { decision: 'APPROVE', version, documentId } }
    },
    revokeVerification: async () => {
      const visitorId = await aVisitorOf(world(), place().inmateId)
      const payload = { version: 0, reason: 'DOCUMENT_NOT_ACCEPTED', field: 'ID_FRONT' }
      return { params: { visitorId }, payload }
    },
    relationshipRequest: async () => ({ params: { requestId: await aRequest() } }),
    decideRelationshipRequest: async () => ({
      params: { requestId: await aRequest() },
      payload: { decision: 'APPROVE', version: 0, inmateId: place().inmateId },
    }),
    moveRelationship: async () => {
      const { visitorId } = await insertVisitor(world().db)
      const pair = { visitorId, inmateId: place().inmateId }
      const { relationshipId } = await insertRelationship(world().db, pair)
      const payload = { move: 'SUSPEND', version: 0, until: inADay(), reason: REASON }
      return { params: { relationshipId }, payload }
    },
  }
  async function aRequest(): Promise<string> {
    const { visitorId } = await insertVisitor(world().db)
    const { facilityId } = place()
    return (await insertRelationshipRequest(world().db, { facilityId, visitorId })).requestId
  }
  function inADay(): string {
    return new Date(world().clock.now().getTime() + DAY_MS).toISOString()
  }
}

function restrictionSamples({ world, place }: SampleWorld) {
  const aRestrictionOf = async () => {
    const { facilityId, inmateId } = place()
    const visitorId = await aVisitorOf(world(), inmateId)
    const pair = { visitorId, inmateId }
    const { restrictionId } = await insertRestriction(world().db, { facilityId, ...pair })
    return { restrictionId, ...pair }
  }
  return {
    addRestriction: async () => {
      const visitorId = await aVisitorOf(world(), place().inmateId)
      const since = { startsAt: world().clock.now().toISOString(), endsAt: null }
      return { payload: { kind: 'BAN', source: 'FACILITY', visitorId, ...since, reason: REASON } }
    },
    liftRestriction: async () => {
      const { restrictionId } = await aRestrictionOf()
      return { params: { restrictionId }, payload: { reason: REASON } }
    },
    askOverride: async () => {
      const { restrictionId, ...pair } = await aRestrictionOf()
      const expiresAt = new Date(world().clock.now().getTime() + DAY_MS).toISOString()
      return { params: { restrictionId }, payload: { ...pair, reason: REASON, expiresAt } }
    },
    grantOverride: async () => {
      const override = await insertRestrictionOverride(world().db, await aRestrictionOf())
      return { params: { overrideId: override.overrideId } }
    },
    refuseOverride: async () => {
      const override = await insertRestrictionOverride(world().db, await aRestrictionOf())
      return { params: { overrideId: override.overrideId }, payload: { reason: REASON } }
    },
  }
}

function nonAssociationSamples({ world, place }: SampleWorld) {
  const aPair = async () => {
    const one = { kind: 'VISITOR' as const, personId: await aVisitorOf(world(), place().inmateId) }
    const { visitorId } = await insertVisitor(world().db)
    return { one, other: { kind: 'VISITOR' as const, personId: visitorId } }
  }
  return {
    addNonAssociation: async () => ({ payload: { ...(await aPair()), reason: REASON } }),
    liftNonAssociation: async () => {
      const { one, other } = await aPair()
      const { facilityId } = place()
      const row = await insertNonAssociation(world().db, { facilityId, people: [one, other] })
      return { params: { nonAssociationId: row.nonAssociationId }, payload: { reason: REASON } }
    },
  }
}
