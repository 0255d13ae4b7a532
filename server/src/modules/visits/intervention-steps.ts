import { seatOf } from './visit-record.ts'
import type { VisitRecord } from './visit-record.ts'
import { unread } from './intervention-record.ts'
import type { InterventionRecord } from './intervention-record.ts'

/** An officer does something (OV-5). */
export type InterveneStep = {
  readonly kind: 'intervene'
  readonly intervention: InterventionRecord
}

/** It stands no longer; `by`: the account that took it back, or null where it came to its end. */
export type WithdrawStep = {
  readonly kind: 'withdraw'
  readonly interventionId: string
  readonly by: string | null
}

/** A warning was read at a seat's device. */
export type AcknowledgeStep = {
  readonly kind: 'acknowledge'
  readonly interventionId: string
  readonly bySeatId: string
}

/** A warning nobody has read is told again; an officer is asked about a long pause, or lets it be. */
export type NudgeStep = {
  readonly kind: 'remind' | 'askPause' | 'keepPause'
  readonly interventionId: string
}

/** A change of what officers have done in a visit. */
export type InterventionStep = InterveneStep | WithdrawStep | AcknowledgeStep | NudgeStep

const KINDS: ReadonlySet<string> = new Set<InterventionStep['kind']>([
  'intervene',
  'withdraw',
  'acknowledge',
  'remind',
  'askPause',
  'keepPause',
])

/** Whether a step of a visit is one of these. */
export function isIntervention(step: { readonly kind: string }): step is InterventionStep {
  return KINDS.has(step.kind)
}

/** The visit after such a step. */
export function intervened(visit: VisitRecord, step: InterventionStep, now: Date): VisitRecord {
  if (step.kind === 'intervene') {
    return { ...visit, interventions: [...visit.interventions, step.intervention] }
  }
  const interventions = visit.interventions.map((one) =>
    one.interventionId === step.interventionId ? changed(visit, one, { step, now }) : one,
  )
  return { ...visit, interventions }
}

/** Nothing that an officer did outlasts the visit. */
export function withNoneStanding(visit: VisitRecord, now: Date): VisitRecord {
  const interventions = visit.interventions.map((one) =>
    one.endedAt === null ? { ...one, endedAt: now } : one,
  )
  return { ...visit, interventions }
}

type Change = { readonly step: Exclude<InterventionStep, InterveneStep>; readonly now: Date }

function changed(
  visit: VisitRecord,
  one: InterventionRecord,
  { step, now }: Change,
): InterventionRecord {
  switch (step.kind) {
    case 'withdraw':
      return { ...one, endedAt: now, endedBy: step.by }
    case 'acknowledge':
      return read(visit, one, { seatId: step.bySeatId, seenAt: now })
    case 'remind':
      return { ...one, toldAt: now, toldTimes: one.toldTimes + 1 }
    case 'askPause':
      return { ...one, askedAt: now }
    case 'keepPause':
      return { ...one, askedAt: null, keptAt: now }
  }
}

/** A warning that everybody has read is over. */
function read(
  visit: VisitRecord,
  one: InterventionRecord,
  seen: InterventionRecord['seen'][number],
): InterventionRecord {
  if (!seatOf(visit, seen.seatId)) return one
  const after = { ...one, seen: [...one.seen, seen] }
  return unread(visit, after).length > 0 ? after : { ...after, endedAt: seen.seenAt }
}
