import { panic } from '@visavis/contract/errors'
import { nextState } from '@visavis/contract/machine'
import { SEAT_MOVES } from '@visavis/contract/seat-lifecycle'
import type { SeatAction } from '@visavis/contract/seat-lifecycle'
import { SESSION_MOVES } from '@visavis/contract/session-lifecycle'
import type { SessionAction } from '@visavis/contract/session-lifecycle'
import { PutBackReasonShape } from '@visavis/contract/visit'
import type { Outcome, PauseReason } from '@visavis/contract/visit'
import type { HelpFigures } from '@visavis/contract/help'
import type { HelpAnswer, HelpNeed } from '@visavis/contract/help-kinds'
import type { CoverageStep } from './coverage-rules.ts'
import { flagged } from './flag-rules.ts'
import type { FlagStep } from './flag-rules.ts'
import { calledHelp } from './help-rules.ts'
import { intervened, isIntervention, withNoneStanding } from './intervention-steps.ts'
import type { InterventionStep } from './intervention-steps.ts'
import { isOfRecorder, recorderChanged } from './recorder-rules.ts'
import type { RecorderStep, UnrecordedStep } from './recorder-rules.ts'
import type { SeatRecord, SessionRecord, VisitRecord } from './visit-record.ts'

/** A move of the session other than its end. */
export type SessionStep = {
  readonly kind: 'session'
  readonly action: Exclude<SessionAction, 'end'>
}

/** The end of the session: its outcome, and for an end by staff the reason's code. */
export type EndStep = {
  readonly kind: 'end'
  readonly outcome: Outcome
  readonly endedBy: string
  readonly endReason: string | null
}

/** A move of one seat. `by` is the account that decided, `reason` a code from the contract. */
export type SeatStep = {
  readonly kind: 'seat'
  readonly seatId: string
  readonly action: SeatAction
  readonly by?: string
  readonly reason?: string
}

/** From now on nothing may flow between the parties (EL-4, EL-6), or, with null, it may again. */
export type BarStep = {
  readonly kind: 'bar'
  readonly reason: PauseReason | null
}

/** The room was placed on a media node, as the next epoch. */
export type PlaceStep = {
  readonly kind: 'place'
  readonly mediaNode: string
  readonly routerId: string
  readonly deliveredMs: number
}

/** The end was moved by so many milliseconds: by staff, or to make up for a late beginning (LV-5). */
export type ExtendStep = {
  readonly kind: 'extend' | 'makeUp'
  readonly byMs: number
}

/** Somebody is at the camera of another seat from now on, or, with null, at their own (LV-3). */
export type CameraStep = {
  readonly kind: 'camera'
  readonly seatId: string
  readonly cameraSeatId: string | null
}

/** Somebody in a seat calls for help; without a need, takes the call back (OV-9). */
export type HelpStep = {
  readonly kind: 'help'
  readonly seatId: string
  readonly need: HelpNeed | null
  readonly figures: HelpFigures | null
}

/** Staff answer the call of a seat. */
export type HelpAnswerStep = {
  readonly kind: 'helpAnswer'
  readonly seatId: string
  readonly answer: HelpAnswer
}

/** A change of one seat. */
export type OneSeatStep = SeatStep | CameraStep | HelpStep | HelpAnswerStep

/** One change of a visit; each becomes a row's change and an audit entry in one transaction. */
export type VisitStep =
  | SessionStep
  | EndStep
  | PlaceStep
  | BarStep
  | ExtendStep
  | OneSeatStep
  | CoverageStep
  | RecorderStep
  | UnrecordedStep
  | FlagStep
  | InterventionStep

/** The visit after `step`. Panics at a move that the tables do not have: whoever decides asks first. */
export function applyStep(visit: VisitRecord, step: VisitStep, now: Date): VisitRecord {
  if ('seatId' in step) return withSeat(visit, step.seatId, (seat) => changedSeat(seat, step, now))
  if (isIntervention(step)) return intervened(visit, step, now)
  if (step.kind === 'flag' || step.kind === 'unflag') return flagged(visit, step)
  if (isOfRecorder(step)) return recorderChanged(visit, step, now)
  return afterVisitStep(visit, step, now)
}

/** A step of the visit as a whole. */
type WholeStep = Exclude<
  VisitStep,
  OneSeatStep | InterventionStep | FlagStep | RecorderStep | UnrecordedStep
>

function afterVisitStep(visit: VisitRecord, step: WholeStep, now: Date): VisitRecord {
  switch (step.kind) {
    case 'session':
      return withSession(visit, movedSession(visit.session, step.action, now))
    case 'end':
      return withNoneStanding(withSession(visit, endedSession(visit.session, step, now)), now)
    case 'place':
      return withSession(visit, placedSession(visit.session, step))
    case 'bar':
      return withSession(visit, { ...visit.session, pauseReason: step.reason })
    case 'extend':
    case 'makeUp':
      return extended(visit, step)
    case 'coverage': {
      const unwatchedSince = step.isWatched ? null : now
      return withSession(visit, { ...visit.session, unwatchedSince })
    }
  }
}

function changedSeat(seat: SeatRecord, step: OneSeatStep, now: Date): SeatRecord {
  switch (step.kind) {
    case 'seat':
      return movedSeat(seat, step, now)
    case 'camera':
      return { ...seat, cameraSeatId: step.cameraSeatId }
    case 'help':
      return { ...seat, help: calledHelp(seat.help, step, now) }
    case 'helpAnswer':
      return {
        ...seat,
        help: seat.help && { ...seat.help, answer: step.answer, answeredAt: now },
      }
  }
}

function withSeat(
  visit: VisitRecord,
  seatId: string,
  change: (seat: SeatRecord) => SeatRecord,
): VisitRecord {
  const seats = visit.seats.map((seat) => (seat.seatId === seatId ? change(seat) : seat))
  return { ...visit, seats }
}

function extended(visit: VisitRecord, { kind, byMs }: ExtendStep): VisitRecord {
  const { session } = visit
  const more =
    kind === 'extend'
      ? { extendedMs: session.extendedMs + byMs }
      : { madeUpMs: session.madeUpMs + byMs }
  const endsAt = new Date(visit.endsAt.getTime() + byMs)
  return { ...visit, endsAt, session: { ...session, ...more } }
}

function withSession(visit: VisitRecord, session: SessionRecord): VisitRecord {
  return { ...visit, session }
}

function movedSession(session: SessionRecord, action: SessionAction, now: Date): SessionRecord {
  const state = nextState(SESSION_MOVES, session.state, action)
  if (!state) panic(`session cannot ${action} from ${session.state}`)
  return { ...session, state, liveSince: state === 'LIVE' ? now : null }
}

function endedSession(session: SessionRecord, step: EndStep, now: Date): SessionRecord {
  const { outcome, endedBy, endReason } = step
  return { ...movedSession(session, 'end', now), endedAt: now, outcome, endedBy, endReason }
}

function placedSession(session: SessionRecord, step: PlaceStep): SessionRecord {
  const { mediaNode, routerId } = step
  // Stored milliseconds never fall, whatever a node that died forgot to tell.
  const deliveredMs = Math.max(session.deliveredMs, step.deliveredMs)
  return {
    ...session,
    epoch: session.epoch + 1,
    mediaNode,
    routerId,
    deliveredMs,
    epochBaseMs: deliveredMs,
  }
}

function movedSeat(seat: SeatRecord, step: SeatStep, now: Date): SeatRecord {
  const state = nextState(SEAT_MOVES, seat.state, step.action)
  if (!state) panic(`seat cannot ${step.action} from ${seat.state}`)
  return { ...seat, state, ...MARKS[step.action]?.(seat, step, now) }
}

type Marks = (seat: SeatRecord, step: SeatStep, now: Date) => Partial<SeatRecord>

const NOT_ADMITTED = { admittedBy: null, admittedAt: null } as const

const admitted: Marks = (_seat, step, now) => ({
  admittedBy: step.by ?? null,
  admittedAt: now,
  putBackReason: null,
})

/** What a move leaves on the seat besides its state. */
const MARKS: Readonly<Partial<Record<SeatAction, Marks>>> = {
  arrive: (seat, _step, now) => ({ arrivedAt: seat.arrivedAt ?? now }),
  vouch: admitted,
  admit: admitted,
  putBack: (_seat, { reason }) => ({
    ...NOT_ADMITTED,
    putBackReason: PutBackReasonShape.parse(reason),
  }),
  expire: () => ({ ...NOT_ADMITTED, putBackReason: null }),
  refuse: (_seat, step) => ({ refusedReason: step.reason ?? 'OTHER' }),
  remove: (seat, step) => ({ refusedReason: seat.refusedReason ?? step.reason ?? 'OTHER' }),
}
