import { z } from 'zod'
import {
  FacilityId,
  InmateId,
  Instant,
  SuspensionId,
  TaskId,
  TerminalId,
  VisitId,
  VisitorId,
} from '../ids.ts'
import { VisitClassShape } from '../visit.ts'
import { FreePlace } from './booking.ts'
import { DESK, KEYED, SIGNED_IN, PageQuery, Version, pageOf, route } from './route.ts'

const Reason = z.string().trim().min(3, 'Say why, in a few words.').max(1000)

export const TASK_KINDS = [
  'VERIFY_VISITOR',
  'DECIDE_RELATIONSHIP',
  'VERIFY_PROFESSIONAL',
  'DECIDE_BOOKING',
  'INMATE_TRANSFERRED',
  'INMATE_RELEASED',
  'INMATE_DIED',
  'RESTRICTION_HITS_VISIT',
  'TERMINAL_OUT_OF_ORDER',
  'REBOOK_VISIT',
  'NOTICE_BOUNCED',
  'DECIDE_OVERRIDE',
  'WATCH_ALARM',
  'FLAG_REVIEW',
  // recordings: an export, a destruction or a release to decide, a hold to look at again, an objection, an alarm
  'DECIDE_EXPORT',
  'DECIDE_DESTRUCTION',
  'DECIDE_RELEASE',
  'HOLD_REVIEW',
  'OBJECTION',
  'RECORDING_ALARM',
  'AUDIT_ALARM',
  // somebody broke the glass, or a passkey may have been copied
  'SIGN_IN_ALARM',
  // a terminal's cookie or key was used elsewhere, or an inmate's PIN is being guessed
  'TERMINAL_ALARM',
  // data of the facility's people may have been read: the operator's incident
  'INCIDENT_ALARM',
  // somebody wants to be erased of whom a hold or restriction keeps something
  'DECIDE_ERASURE',
] as const
export const TaskKind = z.enum(TASK_KINDS)
/** What we would do about a task, at one click. */
export const SUGGESTIONS = [
  'REVIEW',
  'REBOOK',
  'CANCEL',
  'MOVE_TERMINAL',
  'CALL_VISITOR',
  'KEEP',
  'ENROL_AGAIN',
  'NEW_PIN',
] as const
export const Suggestion = z.enum(SUGGESTIONS)

/** Something a person has to decide or do. */
export const TaskView = z.object({
  taskId: TaskId,
  version: Version,
  kind: TaskKind,
  state: z.enum(['OPEN', 'DONE', 'DISMISSED']),
  suggestion: Suggestion.nullable(),
  /** The service level: past it, the task is late. */
  dueAt: Instant,
  createdAt: Instant,
  isLate: z.boolean(),
  subjectId: z.uuid().nullable(),
  visitor: z.object({ visitorId: VisitorId, name: z.string() }).nullable(),
  inmate: z.object({ inmateId: InmateId, name: z.string(), inmateNumber: z.string() }).nullable(),
  visit: z.object({ visitId: VisitId, startsAt: Instant, endsAt: Instant }).nullable(),
  terminal: z.object({ terminalId: TerminalId, name: z.string() }).nullable(),
  resolution: z.string().nullable(),
})

export const SuspensionView = z.object({
  suspensionId: SuspensionId,
  scope: z.enum(['ESTATE', 'OPERATOR', 'FACILITY']),
  classes: z.array(VisitClassShape),
  authority: z.string(),
  reason: z.string(),
  reviewAt: Instant,
  startsAt: Instant,
  liftedAt: Instant.nullable(),
})

/** Life happens: tasks, transfers and releases, broken terminals, suspensions (BK-12, BK-13). */
export const lifeEventRoutes = {
  tasks: route({
    method: 'GET',
    path: '/api/tasks',
    summary: 'The inbox of the visits staff, most urgent first.',
    access: { kind: 'account', roles: DESK },
    query: z.object({
      ...PageQuery,
      kind: TaskKind.optional(),
      state: z.enum(['OPEN', 'DONE', 'DISMISSED']).default('OPEN'),
    }),
    reply: pageOf(TaskView).extend({
      /** Open tasks by kind, and how many are late. */
      counts: z.array(z.object({ kind: TaskKind, open: z.number().int(), late: z.number().int() })),
    }),
    refusals: SIGNED_IN,
  }),
  settleTask: route({
    method: 'POST',
    path: '/api/tasks/:taskId/settlement',
    summary: 'Closes a task: done by other means, or dismissed with a reason.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ taskId: TaskId }),
    body: z.strictObject({
      state: z.enum(['DONE', 'DISMISSED']),
      resolution: Reason,
      version: Version,
    }),
    reply: TaskView,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'VERSION_CHANGED', 'ALREADY_DECIDED'],
  }),
  taskAlternatives: route({
    method: 'GET',
    path: '/api/tasks/:taskId/alternatives',
    summary: 'Three places for the visit that a task is about.',
    access: { kind: 'account', roles: DESK },
    params: z.object({ taskId: TaskId }),
    reply: z.object({ places: z.array(FreePlace) }),
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  inmateEvent: route({
    method: 'POST',
    path: '/api/inmates/:inmateId/events',
    summary:
      'Transfer, release or death. Only release and death cancel visits by themselves (BK-13).',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ inmateId: InmateId }),
    body: z.discriminatedUnion('event', [
      z.strictObject({
        event: z.literal('TRANSFER'),
        version: Version,
        toFacilityId: FacilityId,
        wing: z.string().min(1).max(100),
        at: Instant,
      }),
      z.strictObject({
        event: z.literal('MOVE_WING'),
        version: Version,
        wing: z.string().min(1).max(100),
      }),
      z.strictObject({ event: z.literal('RELEASE'), version: Version, at: Instant }),
      z.strictObject({ event: z.literal('DEATH'), version: Version, at: Instant }),
    ]),
    reply: z.object({ cancelled: z.array(VisitId), tasks: z.array(TaskId) }),
    refusals: [
      ...SIGNED_IN,
      ...KEYED,
      'NOT_FOUND',
      'VERSION_CHANGED',
      'ALREADY_DECIDED',
      'VISIT_WRONG_STATE',
    ],
  }),
  terminalOutage: route({
    method: 'POST',
    path: '/api/terminals/:terminalId/outage',
    summary:
      'Takes a terminal out of order until an instant; its visits move to free terminals, what runs is not touched.',
    access: { kind: 'account', roles: ['officer', ...DESK] },
    isKeyed: true,
    params: z.object({ terminalId: TerminalId }),
    body: z.strictObject({ until: Instant, reason: Reason }),
    reply: z.object({
      moved: z.array(z.object({ visitId: VisitId, terminalName: z.string() })),
      /** Visits for which no terminal is free: each has a task. */
      stranded: z.array(VisitId),
      running: z.array(VisitId),
    }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND'],
  }),
  terminalRepaired: route({
    method: 'POST',
    path: '/api/terminals/:terminalId/repair',
    summary: 'Puts the terminal back; visits that moved stay where they are.',
    access: { kind: 'account', roles: ['officer', ...DESK] },
    isKeyed: true,
    params: z.object({ terminalId: TerminalId }),
    reply: z.object({ lifted: z.number().int() }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND'],
  }),
  suspensions: route({
    method: 'GET',
    path: '/api/suspensions',
    summary: 'Suspensions that reach the caller’s facilities, newest first.',
    access: { kind: 'account', roles: [...DESK, 'operatorAdmin', 'auditor'] },
    reply: z.object({ suspensions: z.array(SuspensionView) }),
    refusals: SIGNED_IN,
  }),
  suspend: route({
    method: 'POST',
    path: '/api/suspensions',
    summary:
      'Stops visits of an estate, operator or facility for the named classes; bookings become SUSPENDED and people are told.',
    access: { kind: 'account', roles: ['facilityAdmin', 'operatorAdmin'] },
    isKeyed: true,
    body: z.strictObject({
      scope: z.enum(['ESTATE', 'OPERATOR', 'FACILITY']),
      /** For FACILITY, by an operator’s administrator: which of its facilities. */
      facilityId: FacilityId.optional(),
      classes: z.array(VisitClassShape).min(1),
      authority: z.string().trim().min(3, 'Name who ordered it.').max(300),
      reason: Reason,
      reviewAt: Instant,
    }),
    reply: z.object({ suspension: SuspensionView, suspended: z.number().int() }),
    refusals: [...SIGNED_IN, ...KEYED],
  }),
  liftSuspension: route({
    method: 'POST',
    path: '/api/suspensions/:suspensionId/lifting',
    summary:
      'Lifts a suspension; the re-booking queue gives each visit its slot again, or a task with alternatives.',
    access: { kind: 'account', roles: ['facilityAdmin', 'operatorAdmin'] },
    isKeyed: true,
    params: z.object({ suspensionId: SuspensionId }),
    body: z.strictObject({ reason: Reason }),
    reply: z.object({ suspension: SuspensionView, queued: z.number().int() }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
} as const
