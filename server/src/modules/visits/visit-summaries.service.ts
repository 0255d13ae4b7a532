import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import { isElsewhere, isOwnSeat } from '../identity/index.ts'
import type { AccountActor, InmateActor } from '../identity/index.ts'
import type { VisitSummariesRepo } from './visit-summaries.repo.ts'
import { inListOrder, visitSummary } from './visit-summary.ts'
import type { SummarisedVisit, VisitSummaryInput } from './visit-summary.ts'

/** What the parties read about their visits. */
export type VisitSummariesService = ReturnType<typeof createVisitSummariesService>

export function createVisitSummariesService(deps: { repo: VisitSummariesRepo; clock: Clock }) {
  return {
    /** The actor's own visits, in the order of a list. */
    list: async (actor: AccountActor | InmateActor): Promise<VisitSummaryInput[]> => {
      const visits = await deps.repo.visitsOf(personOf(actor))
      const summaries = visits.flatMap((visit) => summaryFor(actor, visit) ?? [])
      return inListOrder(summaries, deps.clock.now())
    },
    /** One of them; somebody else's is `VISIT_NOT_FOUND` like one that is not there (EL-2). */
    one: async (actor: AccountActor, visitId: string): Promise<VisitSummaryInput> => {
      const visit = await deps.repo.visit(visitId)
      const summary = visit && summaryFor(actor, visit)
      if (!summary) throw new Refusal('VISIT_NOT_FOUND')
      return summary
    },
  }
}

function personOf(actor: AccountActor | InmateActor): { visitorId: string } | { inmateId: string } {
  if (actor.kind === 'inmate') return { inmateId: actor.inmateId }
  if (actor.visitorId === null) throw new Refusal('FORBIDDEN')
  return { visitorId: actor.visitorId }
}

function summaryFor(
  actor: AccountActor | InmateActor,
  visit: SummarisedVisit,
): VisitSummaryInput | null {
  if (isElsewhere(actor, visit.visitId)) return null
  const own = visit.seats.find((seat) => isOwnSeat(actor, seat))
  return own ? visitSummary(visit, own) : null
}
