import type { SeatAction } from '@visavis/contract/seat-lifecycle'
import type { SessionAction } from '@visavis/contract/session-lifecycle'
import type { TimelineKind } from '@visavis/contract/timeline'
import type { TimelineNote } from '../timeline/index.ts'
import { OF_COVERAGE } from './coverage-rules.ts'
import { linkOf } from './seat-link.ts'
import type { Situation } from './session-rules.ts'
import { noteOfIntervention } from './intervention-notes.ts'
import { isIntervention } from './intervention-steps.ts'
import type { InterventionStep } from './intervention-steps.ts'
import { isOfRecorder, kindOfRecorderStep } from './recorder-rules.ts'
import type { RecorderStep, UnrecordedStep } from './recorder-rules.ts'
import type {
  BarStep,
  HelpAnswerStep,
  HelpStep,
  OneSeatStep,
  SeatStep,
  SessionStep,
  VisitStep,
} from './visit-step.ts'

const OF_SESSION: Readonly<Partial<Record<SessionAction, TimelineKind>>> = {
  start: 'STARTED',
  pause: 'PAUSED',
  resume: 'RESUMED',
}

const OF_SEAT: Readonly<Partial<Record<SeatAction, TimelineKind>>> = {
  arrive: 'ARRIVED',
  check: 'CHECKED',
  vouch: 'ADMITTED',
  admit: 'ADMITTED',
  putBack: 'PUT_BACK',
  refuse: 'REFUSED',
  remove: 'REMOVED',
  drop: 'DROPPED',
  comeBack: 'CAME_BACK',
}

type Said = Pick<TimelineNote, 'kind' | 'seatId' | 'detail'>

/** What the timeline keeps of steps that were taken; `pauseReason` of a bar goes before its pause. */
export function timelineNotesOf(
  steps: readonly VisitStep[],
  situation: Situation,
): readonly TimelineNote[] {
  let { pauseReason } = situation.visit.session
  return steps.flatMap((step) => {
    if (step.kind === 'bar') pauseReason = step.reason
    const said = noteOf(step, { situation, pauseReason })
    return said ? [{ at: situation.now, ...said }] : []
  })
}

type Surroundings = { readonly situation: Situation; readonly pauseReason: string | null }

function noteOf(step: VisitStep, { situation, pauseReason }: Surroundings): Said | null {
  if ('seatId' in step) return ofOneSeat(step, situation)
  if (isIntervention(step)) return noteOfIntervention(situation.visit, step)
  if (isOfRecorder(step)) return ofRecorder(step, situation)
  if (step.kind === 'coverage' || step.kind === 'flag' || step.kind === 'unflag') {
    return ofOversight(step, situation)
  }
  return ofVisit(step, { situation, pauseReason })
}

/** `ms`: for how long it had not been recorded by then. */
function ofRecorder(step: RecorderStep | UnrecordedStep, { visit, now }: Situation): Said {
  const kind = kindOfRecorderStep(step)
  if (step.kind === 'goOnUnrecorded') return { kind, seatId: null, detail: {} }
  const { whenNotRecorded, session } = visit
  const since = step.missingSince ?? session.unrecordedSince ?? now
  const code = step.missingSince === null ? {} : { code: whenNotRecorded }
  return { kind, seatId: null, detail: { ms: now.getTime() - since.getTime(), ...code } }
}

type OversightStep = Extract<VisitStep, { readonly kind: 'coverage' | 'flag' | 'unflag' }>
type WholeStep = Exclude<
  VisitStep,
  OneSeatStep | InterventionStep | OversightStep | RecorderStep | UnrecordedStep
>

function ofVisit(step: WholeStep, { situation, pauseReason }: Surroundings): Said | null {
  switch (step.kind) {
    case 'session':
      return ofSession(step, pauseReason)
    case 'place': {
      const epoch = situation.visit.session.epoch + 1
      return epoch > 1 ? { kind: 'MEDIA_REBUILT', seatId: null, detail: { epoch } } : null
    }
    case 'end':
      return { kind: 'ENDED', seatId: null, detail: { code: step.outcome } }
    case 'extend':
      return { kind: 'EXTENDED', seatId: null, detail: { ms: step.byMs } }
    case 'makeUp':
      return { kind: 'EXTENDED', seatId: null, detail: { ms: step.byMs, code: 'LATE_START' } }
    case 'bar':
      return ofBar(step, situation)
  }
}

/** What officers and their walls do: whether it is watched, and moments that were flagged. */
function ofOversight(step: OversightStep, situation: Situation): Said {
  switch (step.kind) {
    case 'coverage': {
      const { whenNotWatched } = situation.visit.coverage
      const detail = step.isWatched ? {} : { code: whenNotWatched }
      return { kind: OF_COVERAGE[`${step.isWatched}`], seatId: null, detail }
    }
    case 'flag':
      return { kind: 'FLAGGED', seatId: null, detail: { code: step.flag.category } }
    case 'unflag':
      return { kind: 'UNFLAGGED', seatId: null, detail: {} }
  }
}

/** What is paused already stays so, for another reason. */
function ofBar({ reason }: BarStep, { visit }: Situation): Said | null {
  const isPaused = visit.session.state === 'PAUSED' && reason !== null
  return isPaused ? { kind: 'PAUSED', seatId: null, detail: { code: reason } } : null
}

function ofOneSeat(step: OneSeatStep, situation: Situation): Said | null {
  switch (step.kind) {
    case 'seat':
      return ofSeat(step, situation)
    case 'camera': {
      const isTogether = step.cameraSeatId !== null
      return { kind: 'TOGETHER', seatId: step.seatId, detail: { isTogether } }
    }
    case 'help':
    case 'helpAnswer':
      return ofHelp(step)
  }
}

function ofSession({ action }: SessionStep, pauseReason: string | null): Said | null {
  const kind = OF_SESSION[action]
  const detail = kind === 'PAUSED' ? { code: pauseReason } : {}
  return kind ? { kind, seatId: null, detail } : null
}

/** A call that is taken back is one that needs no answer any more. */
function ofHelp(step: HelpStep | HelpAnswerStep): Said {
  const { seatId } = step
  if (step.kind === 'helpAnswer') {
    return { kind: 'HELP_ANSWERED', seatId, detail: { code: step.answer } }
  }
  const { need, figures } = step
  if (need === null) return { kind: 'HELP_ANSWERED', seatId, detail: { code: 'TAKEN_BACK' } }
  return { kind: 'HELP_CALLED', seatId, detail: { code: need, ...figures } }
}

function ofSeat({ action, seatId, reason }: SeatStep, situation: Situation): Said | null {
  const kind = OF_SEAT[action]
  const hasLeft = action === 'drop' && hasGoneByWill(seatId, situation)
  const detail = reason === undefined ? {} : { code: reason }
  return kind ? { kind: hasLeft ? 'LEFT' : kind, seatId, detail } : null
}

function hasGoneByWill(seatId: string, { links }: Situation): boolean {
  const link = linkOf(links, seatId)
  return link.kind === 'GONE' && link.hasLeft
}
