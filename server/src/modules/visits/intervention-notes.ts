import type { InterventionKind } from '@visavis/contract/interventions'
import type { Party } from '@visavis/contract/media-graph'
import type { TimelineKind } from '@visavis/contract/timeline'
import type { AuditFact } from '../audit/index.ts'
import type { TimelineNote } from '../timeline/index.ts'
import type { InterventionRecord } from './intervention-record.ts'
import type { InterventionStep } from './intervention-steps.ts'
import type { VisitRecord } from './visit-record.ts'

/** What the timeline calls the beginning and the end; a pause and an end are noted as the visit's own moves. */
const BEGINNINGS: Readonly<Partial<Record<InterventionKind, TimelineKind>>> = {
  WARN: 'WARNED',
  MUTE: 'MUTED',
  SPEAK: 'OFFICER_SPOKE',
}
const ENDS: Readonly<Partial<Record<InterventionKind, TimelineKind>>> = {
  MUTE: 'UNMUTED',
  SPEAK: 'OFFICER_SILENT',
}

type Said = Pick<TimelineNote, 'kind' | 'seatId' | 'detail'>

/** What the timeline keeps of such a step: codes and figures, never a text. */
export function noteOfIntervention(visit: VisitRecord, step: InterventionStep): Said | null {
  switch (step.kind) {
    case 'intervene':
      return noteOf(BEGINNINGS, step.intervention)
    case 'withdraw':
      return noteOf(ENDS, find(visit, step.interventionId))
    case 'acknowledge':
      return { kind: 'WARNING_SEEN', seatId: step.bySeatId, detail: {} }
    case 'remind': {
      const told = find(visit, step.interventionId)?.toldTimes ?? 0
      return { kind: 'WARNING_REPEATED', seatId: null, detail: { count: told + 1 } }
    }
    case 'askPause':
    case 'keepPause':
      return null
  }
}

function noteOf(
  kinds: typeof BEGINNINGS,
  intervention: InterventionRecord | undefined,
): Said | null {
  const kind = intervention && kinds[intervention.kind]
  return kind ? { kind, seatId: null, detail: { code: sidesOf(intervention.parties) } } : null
}

/** The audit entry of such a step: ids and codes, never what was typed. */
export function auditOfIntervention(
  visit: VisitRecord,
  step: InterventionStep,
): Pick<AuditFact, 'action' | 'object' | 'reason' | 'detail'> {
  const { visitId } = visit
  const object = { type: 'visit', objectId: visitId, visitId }
  if (step.kind === 'intervene') return { ...whatBegins(step.intervention), object }
  const { interventionId } = step
  const kind = find(visit, interventionId)?.kind ?? 'WARN'
  const seat = step.kind === 'acknowledge' ? { seatId: step.bySeatId } : {}
  return { action: ACTIONS[step.kind](kind), object, detail: { interventionId, ...seat } }
}

function whatBegins({ interventionId, kind, parties, reason }: InterventionRecord) {
  return {
    action: `intervention.${kind.toLowerCase()}`,
    ...(reason === null ? {} : { reason }),
    detail: { interventionId, sides: sidesOf(parties) },
  }
}

type Later = Exclude<InterventionStep['kind'], 'intervene'>

const ACTIONS: Readonly<Record<Later, (kind: InterventionKind) => string>> = {
  withdraw: (kind) => `intervention.end${kind.charAt(0)}${kind.slice(1).toLowerCase()}`,
  acknowledge: () => 'warning.acknowledge',
  remind: () => 'warning.repeat',
  askPause: () => 'pause.ask',
  keepPause: () => 'pause.keep',
}

function sidesOf(parties: readonly Party[]): string {
  return parties.length > 1 ? 'BOTH' : (parties[0] ?? 'NONE')
}

function find(visit: VisitRecord, interventionId: string): InterventionRecord | undefined {
  return visit.interventions.find((one) => one.interventionId === interventionId)
}
