import { shortDate } from '@visavis/ui'
import { groupVisits } from '@visavis/ui/visit/visit-list.ts'
import type { VisitGroups, VisitOfMine } from '@visavis/ui/visit/visit-list.ts'

/** A visit and what can be done with it now. */
export type VisitToday = { readonly visit: VisitOfMine; readonly moment: keyof VisitGroups }

/** Visits that can be joined, then those of the facility's own day that are still to come or over. */
export function visitsToday(
  visits: readonly VisitOfMine[],
  { nowMs, timeZone }: { nowMs: number; timeZone: string },
): VisitToday[] {
  const dayOf = (instant: string) => shortDate(instant, { language: 'en', timeZone })
  const today = dayOf(new Date(nowMs).toISOString())
  const groups = groupVisits(visits, nowMs)
  const pick = (moment: keyof VisitGroups) => groups[moment].map((visit) => ({ visit, moment }))
  return [...pick('now'), ...pick('upcoming'), ...pick('past')].filter(
    ({ visit, moment }) => moment === 'now' || dayOf(visit.startsAt) === today,
  )
}
