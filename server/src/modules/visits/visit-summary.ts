import type { VisitSummary } from '@visavis/contract/http'
import type { SeatRole } from '@visavis/contract/visit'
import type { z } from 'zod'
import { toldStateOf } from './coverage-rules.ts'
import { visitWindow } from '../booking/index.ts'
import type { SeatPerson } from '../identity/index.ts'
import { firstNameOf } from '@visavis/contract/person-names'
import type { PersonName } from '@visavis/contract/person-names'

/** A visit with what its summary is made of. */
export type SummarisedVisit = {
  readonly visitId: string
  readonly visitClass: VisitSummaryInput['visitClass']
  readonly monitor: VisitSummaryInput['notice']['monitor']
  readonly isRecorded: boolean
  readonly startsAt: Date
  readonly endsAt: Date
  readonly acknowledgedAt: Date | null
  readonly facility: { readonly name: string; readonly timeZone: string }
  readonly session: {
    readonly state: VisitSummaryInput['state']
    readonly outcome: VisitSummaryInput['outcome']
    readonly deliveredMs: number
  } | null
  readonly seats: readonly SummarisedSeat[]
}

export type SummarisedSeat = SeatPerson & {
  readonly seatId: string
  readonly party: VisitSummaryInput['party']
  readonly role: SeatRole
  readonly visitor: PersonName | null
  readonly inmate: PersonName | null
}

/** A summary as it is written, before the wire's brands. */
export type VisitSummaryInput = z.input<typeof VisitSummary>

/** The visit as the person in `own` sees it: of the other side, first names only (EL-8). */
export function visitSummary(visit: SummarisedVisit, own: SummarisedSeat): VisitSummaryInput {
  const { opensAt, startsAt, endsAt } = visitWindow(visit)
  return {
    visitId: visit.visitId,
    seatId: own.seatId,
    party: own.party,
    visitClass: visit.visitClass,
    state: toldStateOf(visit.session?.state ?? 'SCHEDULED'),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    opensAt: opensAt.toISOString(),
    facility: visit.facility,
    withWhom: visit.seats.filter((seat) => meets(own, seat)).flatMap(firstNamesOf),
    notice: { monitor: visit.monitor, isRecorded: visit.isRecorded },
    outcome: visit.session?.outcome ?? null,
    deliveredMs: visit.session?.deliveredMs ?? 0,
    bookedMs: endsAt.getTime() - startsAt.getTime(),
    acknowledgedAt: visit.acknowledgedAt?.toISOString() ?? null,
  }
}

/** Who interprets is there for those who meet, and is nobody's visit. */
function meets(own: SummarisedSeat, { party, role }: SummarisedSeat): boolean {
  return party !== own.party && role === 'PERSON'
}

function firstNamesOf({ visitor, inmate }: SummarisedSeat): string[] {
  const person = visitor ?? inmate
  return person ? [firstNameOf(person)] : []
}

/** Visits that can still be joined first, the next on top; then the others, the latest on top. */
export function inListOrder<Visit extends VisitSummaryInput>(visits: Visit[], now: Date): Visit[] {
  const isAhead = ({ state, endsAt }: Visit): boolean => state !== 'ENDED' && new Date(endsAt) > now
  const ahead = visits.filter(isAhead).toSorted((a, b) => compareText(a.startsAt, b.startsAt))
  const past = visits
    .filter((visit) => !isAhead(visit))
    .toSorted((a, b) => compareText(b.startsAt, a.startsAt))
  return [...ahead, ...past]
}

// ISO instants in UTC order as text.
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
