import { panic } from '@visavis/contract/errors'
import type { VisitClock, VisitSnapshot, WallVisit } from '@visavis/contract/visit'
import type { SeatReport } from '@visavis/contract/visit-socket'
import type { z } from 'zod'
import { ADULT_GRACE_MS } from './adult-rules.ts'
import { attentionOf } from './attention.ts'
import { NOTHING_REPORTED, presenceOf } from './seat-reports.ts'
import { bookedMsOf, seatOf } from './visit-record.ts'
import type { VisitRecord } from './visit-record.ts'
import { waitingReasonOf } from './waiting-reason.ts'

/** What a view shows besides the stored visit. */
export type ViewMoment = {
  readonly now: Date
  /** Both-way milliseconds by now, of all epochs. */
  readonly deliveredMs: number
  /** Whether the last second flowed both ways. */
  readonly isFlowing: boolean
  /** When `deliveredMs` was last measured; null: not yet. */
  readonly measuredAt: Date | null
  /** EL-6: since when no adult is with the children; null: one is. */
  readonly adultMissingSince: Date | null
  /** What seats told of themselves, by seat id. */
  readonly reports: ReadonlyMap<string, { readonly report: SeatReport }>
}

/** The visit's clock: it runs only while the visit is live and media flows both ways (LV-5). */
export function clockOf(visit: VisitRecord, moment: ViewMoment): VisitClock {
  return {
    deliveredMs: moment.deliveredMs,
    bookedMs: bookedMsOf(visit),
    isRunning: visit.session.state === 'LIVE' && moment.isFlowing,
    at: (moment.measuredAt ?? moment.now).toISOString(),
  }
}

/** The visit as one of its seats sees it. Observers do not exist in it (OV-3). */
export function snapshotOf(
  visit: VisitRecord,
  seatId: string,
  moment: ViewMoment,
): z.input<typeof VisitSnapshot> {
  const own = seatOf(visit, seatId) ?? panic(`visit ${visit.visitId} has no seat ${seatId}`)
  return {
    visitId: visit.visitId,
    version: visit.session.version,
    state: visit.session.state,
    facility: visit.facility,
    startsAt: visit.startsAt.toISOString(),
    endsAt: visit.endsAt.toISOString(),
    you: { seatId, party: own.party, state: own.state },
    others: visit.seats
      .filter((seat) => seat.seatId !== seatId)
      .map(({ seatId: otherId, party, displayName, state }) => ({
        seatId: otherId,
        party,
        displayName,
        state,
        ...presenceOf(moment.reports.get(otherId)?.report ?? NOTHING_REPORTED),
      })),
    notice: visit.policy,
    waitingReason: waitingReasonOf(visit, own, moment.now),
    clock: clockOf(visit, moment),
    pausedFor: PAUSED_FOR[visit.session.pauseReason ?? 'NOT'],
    adultMissing: warningOf(visit, moment),
    outcome: visit.session.outcome,
  }
}

/** What the parties are told of a pause; of a restriction no more than that somebody decides. */
const PAUSED_FOR = { RESTRICTION: 'OFFICER', ADULT_MISSING: 'ADULT_MISSING', NOT: null } as const

function warningOf({ session }: VisitRecord, { adultMissingSince }: ViewMoment) {
  if (adultMissingSince === null || session.pauseReason !== null) return null
  return { pausesAt: new Date(adultMissingSince.getTime() + ADULT_GRACE_MS).toISOString() }
}

/** The visit as an officer's wall shows it. */
export function wallVisitOf(
  visit: VisitRecord,
  moment: ViewMoment,
  isBeingRecorded: boolean,
): z.input<typeof WallVisit> {
  return {
    visitId: visit.visitId,
    facilityId: visit.facilityId,
    version: visit.session.version,
    state: visit.session.state,
    visitClass: visit.visitClass,
    policy: visit.policy,
    isBeingRecorded,
    startsAt: visit.startsAt.toISOString(),
    endsAt: visit.endsAt.toISOString(),
    terminal: { name: visit.terminal.name, wing: visit.terminal.wing },
    seats: visit.seats.map(({ seatId, party, fullName, state }) => ({
      seatId,
      party,
      name: fullName,
      state,
    })),
    clock: clockOf(visit, moment),
    attention: attentionOf(visit, moment.now),
    pauseReason: visit.session.pauseReason,
    outcome: visit.session.outcome,
  }
}
