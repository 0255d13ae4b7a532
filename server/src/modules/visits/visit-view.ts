import { panic } from '@visavis/contract/errors'
import type { VisitClock, VisitSnapshot, WallVisit } from '@visavis/contract/visit'
import type { SeatReport } from '@visavis/contract/visit-socket'
import type { z } from 'zod'
import type { AdviceRecord } from '../advice/index.ts'
import { ADULT_GRACE_MS } from './adult-rules.ts'
import { attentionOf } from './attention.ts'
import { toldStateOf, toldVersionOf } from './coverage-rules.ts'
import { wallFlagsOf } from './flag-rules.ts'
import type { HelpCall } from './help-rules.ts'
import { isMuted, speakerViewOf, wallInterventionsOf, warningViewFor } from './intervention-view.ts'
import { isSigned, keepsPicture, linesFor } from './quality-rules.ts'
import type { QualityBook } from './quality-rules.ts'
import { isAskingForRecorder, isToBeRecorded, isUnrecorded } from './recorder-rules.ts'
import { NOTHING_REPORTED, presenceOf } from './seat-reports.ts'
import type { SeatLinks } from './seat-link.ts'
import { mayGather, mayTellCompany } from './camera-rules.ts'
import { bookedMsOf, seatOf } from './visit-record.ts'
import type { SeatRecord, VisitRecord } from './visit-record.ts'
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
  /** Who is connected, by seat id. */
  readonly links: SeatLinks
  /** What seats told of themselves, by seat id. */
  readonly reports: ReadonlyMap<string, { readonly report: SeatReport }>
  /** What detectors advise officers of it. */
  readonly advice: readonly AdviceRecord[]
  readonly quality: QualityBook
}

type ClockMoment = Pick<ViewMoment, 'now' | 'deliveredMs' | 'isFlowing' | 'measuredAt'>

/** The visit's clock: it runs only while the visit is live and media flows both ways (LV-5). */
export function clockOf(visit: VisitRecord, moment: ClockMoment): VisitClock {
  const { deliveredMs } = moment
  const at = moment.measuredAt ?? moment.now
  const bookedMs = bookedMsOf(visit)
  const untilEndMs = visit.endsAt.getTime() - Math.max(at.getTime(), visit.startsAt.getTime())
  return {
    deliveredMs,
    bookedMs,
    leftMs: Math.max(0, Math.min(bookedMs - deliveredMs, untilEndMs)),
    isRunning: toldStateOf(visit.session.state) === 'LIVE' && moment.isFlowing,
    at: at.toISOString(),
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
    version: toldVersionOf(visit),
    state: toldStateOf(visit.session.state),
    facility: visit.facility,
    startsAt: visit.startsAt.toISOString(),
    endsAt: visit.endsAt.toISOString(),
    you: youOf(visit, own, moment),
    others: visit.seats
      .filter((seat) => seat.seatId !== seatId)
      .map(({ seatId: otherId, party, role, displayName, state, cameraSeatId }) => ({
        seatId: otherId,
        ...{ party, role, displayName, state, cameraSeatId },
        ...presenceOf(moment.reports.get(cameraSeatId ?? otherId)?.report ?? NOTHING_REPORTED),
        isMuted: isMuted(visit, { party }),
      })),
    keepsPicture: keepsPicture(visit, moment.quality),
    lines: linesFor(visit, seatId, moment.quality),
    notice: visit.policy,
    isUnrecorded: isUnrecorded(visit),
    waitingReason: waitingReasonOf(visit, own, moment.now),
    clock: clockOf(visit, moment),
    pausedFor: PAUSED_FOR[visit.session.pauseReason ?? 'NOT'],
    adultMissing: warningOf(visit, moment),
    help: helpViewOf(own.help),
    warning: warningViewFor(visit, seatId),
    speaker: speakerViewOf(visit),
    outcome: visit.session.outcome,
  }
}

function youOf(
  visit: VisitRecord,
  own: SeatRecord,
  { links, quality }: ViewMoment,
): z.input<typeof VisitSnapshot>['you'] {
  const { seatId, party, role, state } = own
  const mayTell = mayTellCompany(visit, own)
  const mayCome = visit.seats.filter((seat) => mayGather({ visit, links }, seat, seatId))
  return {
    ...{ seatId, party, role, state },
    isDataSaver: quality.told.get(seatId)?.isDataSaver ?? false,
    arrivedAt: own.arrivedAt?.toISOString() ?? null,
    checkAgain: own.putBackReason,
    detectors: visit.detectors,
    isMuted: isMuted(visit, own),
    mayGather: mayTell ? mayCome.map((seat) => seat.seatId) : [],
  }
}

/** What the parties are told of a pause; of a restriction no more than that somebody decides. */
const PAUSED_FOR = {
  RESTRICTION: 'OFFICER',
  ADULT_MISSING: 'ADULT_MISSING',
  ADMISSION: 'ADMISSION',
  OFFICER: 'OFFICER',
  NO_MONITOR: 'STAFF',
  NO_RECORDER: 'STAFF',
  NOT: null,
} as const

function warningOf({ session }: VisitRecord, { adultMissingSince }: ViewMoment) {
  if (adultMissingSince === null || session.pauseReason !== null) return null
  return { pausesAt: new Date(adultMissingSince.getTime() + ADULT_GRACE_MS).toISOString() }
}

/** A call for help as its caller, and whoever answers it, sees it; null: none that stands. */
export function helpViewOf(help: HelpCall | null): z.input<typeof VisitSnapshot>['help'] {
  if (help === null || help.need === null) return null
  const { need, answer } = help
  return {
    need,
    answer,
    calledAt: help.calledAt.toISOString(),
    answeredAt: help.answeredAt?.toISOString() ?? null,
  }
}

function helpOnWallOf({ seats, session }: VisitRecord): z.input<typeof WallVisit>['help'] {
  if (session.state === 'ENDED') return []
  return seats.flatMap(({ seatId, party, help }) => {
    const view = helpViewOf(help)
    return view ? [{ ...view, seatId, party, figures: help?.figures ?? null }] : []
  })
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
    languages: languagesOf(visit),
    isSigned: isSigned(visit, moment.quality),
    seats: visit.seats.map(wallSeatOf),
    clock: clockOf(visit, moment),
    attention: attentionOf(visit, moment.now, moment.advice),
    help: helpOnWallOf(visit),
    pauseReason: visit.session.pauseReason,
    interventions: wallInterventionsOf(visit),
    advice: moment.advice.map(adviceViewOf),
    coverage: {
      ...visit.coverage,
      unwatchedSince: visit.session.unwatchedSince?.toISOString() ?? null,
    },
    recording: recordingViewOf(visit, moment.now),
    flags: wallFlagsOf(visit),
    outcome: visit.session.outcome,
  }
}

/** RC-3: never silently unrecorded. */
function recordingViewOf(visit: VisitRecord, now: Date): z.input<typeof WallVisit>['recording'] {
  const { unrecordedSince, goesOnUnrecordedAt } = visit.session
  return {
    isRequired: isToBeRecorded(visit) && visit.whenNotRecorded === 'WAIT',
    missingSince: unrecordedSince?.toISOString() ?? null,
    isAsking: isAskingForRecorder(visit, now),
    goesOnWithout: goesOnUnrecordedAt !== null,
  }
}

function adviceViewOf({
  since,
  ...advice
}: AdviceRecord): z.input<typeof WallVisit>['advice'][number] {
  return { ...advice, since: since.toISOString() }
}

/** What those who meet speak; an interpreter is there because the officer, too, may not. */
function languagesOf({ seats }: VisitRecord): string[] {
  const people = seats.filter(({ role, language }) => role === 'PERSON' && language !== '')
  return [...new Set(people.map(({ language }) => language))]
}

function wallSeatOf(seat: SeatRecord): z.input<typeof WallVisit>['seats'][number] {
  const { seatId, party, role, fullName, state, cameraSeatId, putBackReason, hasPicture } = seat
  return {
    ...{ seatId, party, role, name: fullName, state, cameraSeatId },
    admittedBy: sponsorOf(seat),
    checkAgain: putBackReason,
    hasPicture,
  }
}

/** An inmate, and nobody else, is let in by nobody: the terminal's sign-in says who it is (TR-5). */
function sponsorOf({ admittedAt, admittedBy, checkedInBy }: SeatRecord) {
  if (admittedAt === null) return null
  if (admittedBy === null) return 'SIGN_IN'
  return admittedBy === checkedInBy ? 'HOST' : 'OFFICER'
}
