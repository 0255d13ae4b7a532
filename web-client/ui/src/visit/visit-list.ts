import type { RouteReply, routes } from '@visavis/contract/http'

/** A visit of the list, in its wire form. */
export type VisitOfMine = RouteReply<typeof routes.myVisits>['visits'][number]

export type VisitGroups = {
  /** The lobby is open. */
  readonly now: readonly VisitOfMine[]
  readonly upcoming: readonly VisitOfMine[]
  /** Newest first. */
  readonly past: readonly VisitOfMine[]
}

/** Sorts visits by what can be done with them at `nowMs`: join, wait for, or look back at. */
export function groupVisits(visits: readonly VisitOfMine[], nowMs: number): VisitGroups {
  const byStart = visits.toSorted((a, b) => msOf(a.startsAt) - msOf(b.startsAt))
  const isPast = (visit: VisitOfMine) => visit.state === 'ENDED' || msOf(visit.endsAt) <= nowMs
  const isOpen = (visit: VisitOfMine) => !isPast(visit) && msOf(visit.opensAt) <= nowMs
  return {
    now: byStart.filter(isOpen),
    upcoming: byStart.filter((visit) => !isPast(visit) && !isOpen(visit)),
    past: byStart.filter(isPast).toReversed(),
  }
}

function msOf(instant: string): number {
  return new Date(instant).getTime()
}
