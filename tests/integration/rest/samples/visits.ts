import { addStatement } from '../support/statement.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'

type VisitRoute =
  'myVisits' | 'myVisit' | 'myVisitReceipt' | 'terminalVisits' | 'terminalVisitReceipt'

/** Samples of the routes by which people read their visits. */
export function visitSamples({ world, place }: SampleWorld): Record<VisitRoute, SampleMaker> {
  /** The place's own visit, so that its room device may read of it too. */
  const anEndedVisit = async (): Promise<string> => {
    const { visitId } = place()
    await addStatement(world().db, { visitId, madeAt: world().clock.now() })
    return visitId
  }
  return {
    myVisits: async () => ({}),
    myVisit: async () => ({ params: { visitId: place().visitId } }),
    myVisitReceipt: async () => ({ params: { visitId: await anEndedVisit() } }),
    terminalVisits: async () => ({}),
    terminalVisitReceipt: async () => ({ params: { visitId: await anEndedVisit() } }),
  }
}
