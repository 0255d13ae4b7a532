import type { lifeEventRoutes } from '@visavis/contract/http'
import {
  insertInmate,
  insertSuspension,
  insertTask,
  insertTerminal,
  insertVisit,
} from '@visavis/prisma/seed'
import type { SampleMaker, SampleWorld } from './sample.ts'

const DAY_MS = 86_400_000

/** Samples of the routes of `contract/http/life-events`. */
export function lifeEventsSamples({
  world,
  place,
}: SampleWorld): Record<keyof typeof lifeEventRoutes, SampleMaker> {
  const inDays = (days: number) => new Date(world().clock.now().getTime() + days * DAY_MS)
  const anInmate = () => insertInmate(world().db, { facilityId: place().facilityId })
  const aTerminal = () => insertTerminal(world().db, { facilityId: place().facilityId })
  const aTask = (visitId: string | null) =>
    insertTask(world().db, {
      facilityId: place().facilityId,
      kind: 'REBOOK_VISIT',
      ...(visitId === null ? {} : { visitId }),
    })
  const aVisitThen = async (days: number) => {
    const { facilityId, visitorId } = place()
    const { inmateId } = await anInmate()
    const { terminalId } = await aTerminal()
    const visitorIds = [visitorId]
    const people = { facilityId, inmateId, terminalId, visitorIds }
    const { visit } = await insertVisit(world().db, { ...people, startsAt: inDays(days) })
    return visit.visitId
  }
  let day = 40
  return {
    tasks: async () => ({ query: { state: 'OPEN' } }),
    settleTask: async () => {
      const { taskId } = await aTask(null)
      const payload = { state: 'DONE', resolution: 'Called the family', version: 0 }
      return { params: { taskId }, payload }
    },
    taskAlternatives: async () => {
      const { taskId } = await aTask(await aVisitThen((day += 1)))
      return { params: { taskId } }
    },
    inmateEvent: async () => {
      const { inmateId } = await anInmate()
      return { params: { inmateId }, payload: { event: 'MOVE_WING', version: 0, wing: 'B' } }
    },
    terminalOutage: async () => {
      const { terminalId } = await aTerminal()
      const payload = { until: inDays(1).toISOString(), reason: 'The camera is dark' }
      return { params: { terminalId }, payload }
    },
    terminalRepaired: async () => ({ params: { terminalId: (await aTerminal()).terminalId } }),
    suspensions: async () => ({}),
    suspend: async () => ({
      // Not of social visits: the other samples book them.
      payload: {
        scope: 'FACILITY',
        facilityId: place().facilityId,
        classes: ['official'],
        authority: 'Ministry of Justice',
        reason: 'Network works',
        reviewAt: inDays(7).toISOString(),
      },
    }),
    liftSuspension: async () => {
      const { facilityId } = place()
      const suspension = { scope: 'FACILITY' as const, facilityId, classes: ['official' as const] }
      const { suspensionId } = await insertSuspension(world().db, suspension)
      return { params: { suspensionId }, payload: { reason: 'The works are done' } }
    },
  }
}
