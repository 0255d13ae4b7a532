import type { recordedOfMeRoutes, retentionRoutes } from '@visavis/contract/http'
import { newId } from '@visavis/prisma'
import { aKeptVisit } from '../support/kept-visit.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'

const REASON = { reason: 'For the sample.' }
const DAY_MS = 86_400_000

/** Samples of the routes of `contract/http/retention`; each visit is used up by one of them. */
export function retentionSamples(
  given: SampleWorld,
): Record<keyof typeof retentionRoutes | keyof typeof recordedOfMeRoutes, SampleMaker> {
  const { world, place } = given
  const visit = async () => {
    const { visitId } = await aKeptVisit(world(), place())
    return { visitId }
  }
  return {
    retentionRules: async () => ({}),
    setRetentionRules: async () => ({ payload: { social: 90, official: 90 } }),
    keptVisits: async () => ({}),
    tombstones: async () => ({}),
    placeHold: async () => ({
      params: await visit(),
      payload: { ...REASON, caseNumber: 'C-1', reviewOn: dayOf(world().clock.now(), 30) },
    }),
    tombstone: async () => ({ params: { destructionId: await aTombstone(given) } }),
    reviewHold: async () => ({
      params: { holdId: await aHold(given, {}) },
      payload: { ...REASON, reviewOn: dayOf(world().clock.now(), 30) },
    }),
    objection: async () => ({ params: { objectionId: await anObjection(given) } }),
    askRelease: async () => ({ params: { holdId: await aHold(given, {}) }, payload: REASON }),
    decideRelease: async () => {
      const releaseAskedBy = place().accounts.officer
      const asked = { releaseAskedBy, releaseAskedAt: world().clock.now(), releaseReason: 'Over.' }
      const params = { holdId: await aHold(given, asked) }
      return { params, payload: { ...REASON, isApproved: false } }
    },
    askDestruction: async () => ({ params: await visit(), payload: REASON }),
    decideDestruction: async () => ({
      params: { destructionId: await anAskedDestruction(given) },
      payload: { ...REASON, isApproved: false },
    }),
    recordedOfMe: async () => ({}),
    objectToRecording: async () => ({ params: await visit(), payload: { code: 'NOT_TOLD' } }),
    recordedOfInmate: async () => ({}),
    inmateObjects: async () => ({ params: await visit(), payload: { code: 'NOT_TOLD' } }),
  }
}

async function aHold({ world, place }: SampleWorld, asked: object): Promise<string> {
  const { visitId } = await aKeptVisit(world(), place())
  const placedAt = world().clock.now()
  const { holdId } = await world().db.legalHold.create({
    data: {
      ...{ holdId: newId(), visitId, reason: 'A case.', caseNumber: 'C-1', placedAt },
      ...{ placedBy: place().accounts.officer, reviewOn: new Date(placedAt.getTime() + DAY_MS) },
      ...asked,
    },
  })
  return holdId
}

async function anAskedDestruction({ world, place }: SampleWorld): Promise<string> {
  const { visitId } = await aKeptVisit(world(), place())
  const asked = { askedBy: place().accounts.officer, askedAt: world().clock.now() }
  const { destructionId } = await world().db.destruction.create({
    data: {
      ...{ destructionId: newId(), visitId, cause: 'EARLY', state: 'ASKED', reason: 'Asked.' },
      ...asked,
    },
  })
  return destructionId
}

async function aTombstone({ world, place }: SampleWorld): Promise<string> {
  const { visitId } = await aKeptVisit(world(), place())
  const destroyedAt = world().clock.now()
  const said = { tombstone: Buffer.from('{}'), sha256: 'a'.repeat(64) }
  const { destructionId } = await world().db.destruction.create({
    data: {
      ...{ destructionId: newId(), visitId, cause: 'EXPIRED', state: 'DONE', destroyedAt },
      ...said,
    },
  })
  return destructionId
}

async function anObjection({ world, place }: SampleWorld): Promise<string> {
  const { visitId } = await aKeptVisit(world(), place())
  const { visitorId, facilityId } = place()
  const [at, objectionId] = [world().clock.now(), newId()]
  const task = { taskId: newId(), kind: 'OBJECTION', facilityId, visitId } as const
  await world().db.task.create({
    data: { ...task, subjectId: objectionId, dueAt: at, createdAt: at },
  })
  const { taskId } = task
  await world().db.recordingObjection.create({
    data: { objectionId, visitId, visitorId, at, code: 'NOT_TOLD', taskId },
  })
  return objectionId
}

function dayOf(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10)
}
