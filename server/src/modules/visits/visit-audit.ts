import { auditActorOf } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { SERVER } from '../audit/index.ts'
import type { AuditActor, AuditFact } from '../audit/index.ts'
import { auditOfIntervention } from './intervention-notes.ts'
import { isIntervention } from './intervention-steps.ts'
import type { InterventionStep } from './intervention-steps.ts'
import { isOfRecorder } from './recorder-rules.ts'
import type { RecorderStep, UnrecordedStep } from './recorder-rules.ts'
import { seatOf } from './visit-record.ts'
import type { SeatRecord, VisitRecord } from './visit-record.ts'
import type { BarStep, HelpAnswerStep, HelpStep, OneSeatStep, VisitStep } from './visit-step.ts'

/** Who asked for something, and with which request; null when nobody did. */
export type Cause = { readonly actor: Actor; readonly requestId: string } | null

/** The audit entry of one step. `isWished`: it is what the cause asked for, not what followed from it. */
export function auditFactOf(
  visit: VisitRecord,
  step: VisitStep,
  { cause, isWished }: { cause: Cause; isWished: boolean },
): AuditFact {
  return {
    facilityId: visit.facilityId,
    actor: actorOf(visit, step, isWished ? cause : null),
    ...whatOf(visit, step),
    outcome: 'allow',
    ...(cause ? { requestId: cause.requestId } : {}),
  }
}

function actorOf(visit: VisitRecord, step: VisitStep, cause: Cause): AuditActor {
  if (cause) return auditActorOf(cause.actor)
  const seat = step.kind === 'seat' ? seatOf(visit, step.seatId) : undefined
  // Coming is the person's own doing; being dropped or let in is not.
  const isOwn = step.kind === 'seat' && (step.action === 'arrive' || step.action === 'comeBack')
  return (isOwn && seat && personOf(seat)) || SERVER
}

function personOf({ visitorId, inmateId }: SeatRecord): AuditActor | null {
  if (visitorId) return { type: 'visitor', actorId: visitorId }
  return inmateId ? { type: 'inmate', actorId: inmateId } : null
}

function whatOf(
  visit: VisitRecord,
  step: VisitStep,
): Pick<AuditFact, 'action' | 'object' | 'reason' | 'detail'> {
  const { visitId } = visit
  if ('seatId' in step) {
    return { ...whatOfSeat(step), object: { type: 'seat', objectId: step.seatId, visitId } }
  }
  if (isIntervention(step)) return auditOfIntervention(visit, step)
  const object = { type: 'visit', objectId: visitId, visitId }
  if (isOfRecorder(step)) return { ...whatOfRecorder(step), object }
  if (step.kind === 'coverage' || step.kind === 'flag' || step.kind === 'unflag') {
    return { ...whatOfOversight(step), object }
  }
  return { ...whatOfVisit(visit, step), object }
}

type OversightStep = Extract<VisitStep, { readonly kind: 'coverage' | 'flag' | 'unflag' }>
type WholeStep = Exclude<
  VisitStep,
  OneSeatStep | InterventionStep | OversightStep | RecorderStep | UnrecordedStep
>
type What = Pick<AuditFact, 'action' | 'reason' | 'detail'>

function whatOfVisit(visit: VisitRecord, step: WholeStep): What {
  switch (step.kind) {
    case 'session':
      return { action: `visit.${step.action}` }
    case 'bar':
      return whatOfBar(step)
    case 'end':
      return {
        action: 'visit.end',
        ...(step.endReason ? { reason: step.endReason } : {}),
        detail: { outcome: step.outcome, endedBy: step.endedBy },
      }
    case 'place':
      return {
        action: 'room.place',
        detail: { epoch: visit.session.epoch + 1, deliveredMs: Math.round(step.deliveredMs) },
      }
    case 'extend':
    case 'makeUp':
      return { action: `visit.${step.kind}`, detail: { byMs: step.byMs } }
  }
}

/** RC-3: whether it is recorded, and an officer's word that it goes on without. */
function whatOfRecorder(step: RecorderStep | UnrecordedStep): What {
  if (step.kind === 'goOnUnrecorded') {
    return { action: 'visit.goOnUnrecorded', reason: step.reason }
  }
  const { missingSince } = step
  if (missingSince === null) return { action: 'visit.recorded' }
  return { action: 'visit.unrecorded', detail: { since: missingSince.toISOString() } }
}

/** What officers and their walls do: whether it is watched, and moments that were flagged. */
function whatOfOversight(step: OversightStep): What {
  switch (step.kind) {
    case 'coverage':
      return { action: step.isWatched ? 'visit.watched' : 'visit.unwatched' }
    case 'flag': {
      const { flagId, category, reason } = step.flag
      const why = reason === null ? {} : { reason }
      return { action: 'flag.add', ...why, detail: { flagId, category } }
    }
    case 'unflag':
      return { action: 'flag.undo', detail: { flagId: step.flagId } }
  }
}

function whatOfSeat(step: OneSeatStep): Pick<AuditFact, 'action' | 'reason' | 'detail'> {
  switch (step.kind) {
    case 'camera': {
      const { cameraSeatId } = step
      return cameraSeatId === null
        ? { action: 'seat.apart' }
        : { action: 'seat.together', detail: { cameraSeatId } }
    }
    case 'help':
    case 'helpAnswer':
      return whatOfHelp(step)
    case 'seat':
      return {
        action: `seat.${step.action}`,
        ...(step.reason ? { reason: step.reason } : {}),
        // Whose word it rests on, where it followed by itself: a host's who saw the person.
        ...(step.action === 'vouch' && step.by ? { detail: { by: step.by } } : {}),
      }
  }
}

function whatOfHelp(step: HelpStep | HelpAnswerStep): Pick<AuditFact, 'action' | 'reason'> {
  if (step.kind === 'helpAnswer') return { action: 'help.answer', reason: step.answer }
  return step.need === null
    ? { action: 'help.takeBack' }
    : { action: 'help.call', reason: step.need }
}

function whatOfBar({ reason }: BarStep): Pick<AuditFact, 'action' | 'reason'> {
  return reason === null ? { action: 'visit.clear' } : { action: 'visit.bar', reason }
}
