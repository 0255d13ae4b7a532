import { z } from 'zod'
import { Instant, VisitId, ZoneName } from '../ids.ts'
import { Objection } from './recorded-of-me.ts'
import { DESK, EMPTY, KEYED, LocalDate, PageQuery, SIGNED_IN, pageOf, route } from './route.ts'

/** How long recordings of each class are kept, in whole days. */
export const RetentionRules = z.strictObject({
  social: z.number().int().min(1, 'Keep them for a day at least.').max(3650),
  official: z.number().int().min(1, 'Keep them for a day at least.').max(3650),
})
export type RetentionRules = z.output<typeof RetentionRules>

/** The rules with the longest time that the law allows there, in days; null: it says nothing. */
export const RetentionRulesView = RetentionRules.extend({
  legalDays: z.number().int().nullable(),
})

/** A reason why nothing of a visit may be destroyed, with the day on which it is to be looked at again. */
export const LegalHold = z.object({
  holdId: z.uuid(),
  visitId: VisitId,
  reason: z.string(),
  caseNumber: z.string(),
  placedBy: z.string(),
  placedAt: Instant,
  reviewOn: LocalDate,
  isReviewDue: z.boolean(),
  /** Somebody asked for its release; another person decides. */
  release: z
    .object({
      askedBy: z.string(),
      askedAt: Instant,
      reason: z.string(),
      isMineToDecide: z.boolean(),
    })
    .nullable(),
})
export type LegalHold = z.output<typeof LegalHold>

/** What is kept, and when it will be destroyed. */
export const KeptVisit = z.object({
  visitId: VisitId,
  visitClass: z.enum(['social', 'official']),
  startsAt: Instant,
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  terminalName: z.string(),
  bytes: z.number().int(),
  destroyAfter: Instant,
  holds: z.array(LegalHold),
  destruction: z
    .object({
      destructionId: z.uuid(),
      askedBy: z.string(),
      askedAt: Instant,
      reason: z.string(),
      isMineToDecide: z.boolean(),
    })
    .nullable(),
})
export type KeptVisit = z.output<typeof KeptVisit>

/** What is left of a destroyed recording: that it was, and the hashes of what was destroyed. */
export const Tombstone = z.object({
  destructionId: z.uuid(),
  visitId: VisitId,
  startsAt: Instant,
  destroyedAt: Instant,
  cause: z.enum(['EXPIRED', 'EARLY']),
  files: z.number().int(),
  /** Whether the sealed files are gone, too; without their keys nobody can read them anyway. */
  areFilesGone: z.boolean(),
  /** Of the tombstone file, as the audit log has it. */
  sha256: z.string(),
})
export type Tombstone = z.output<typeof Tombstone>

const KEEPERS = { kind: 'account', roles: ['facilityAdmin', 'investigator'] } as const
const WITNESSES = {
  kind: 'account',
  roles: ['facilityAdmin', 'investigator', 'auditor'],
} as const
const ADMIN = { kind: 'account', roles: ['facilityAdmin'] } as const
const reason = z.string().trim().min(3, 'Say why, in a few words.').max(500)
const decision = z.strictObject({ isApproved: z.boolean(), reason })

/** Retention, legal hold and destruction (RC-7). */
export const retentionRoutes = {
  retentionRules: route({
    method: 'GET',
    path: '/api/retention/rules',
    summary: 'How long the facility keeps recordings.',
    access: KEEPERS,
    reply: RetentionRulesView,
    refusals: SIGNED_IN,
  }),
  setRetentionRules: route({
    method: 'PUT',
    path: '/api/retention/rules',
    summary:
      'Changes how long; also for what is kept already, but never sooner than in seven days.',
    access: ADMIN,
    stepUp: true,
    isKeyed: true,
    body: RetentionRules,
    reply: z.object({ rules: RetentionRules, changed: z.number().int() }),
    refusals: [...SIGNED_IN, ...KEYED, 'LEGAL_LIMIT'],
  }),
  keptVisits: route({
    method: 'GET',
    path: '/api/retention',
    summary: 'What will be destroyed when, soonest first, and what is held.',
    access: KEEPERS,
    query: z.object({ ...PageQuery, isHeld: z.enum(['true', 'false']).optional() }),
    reply: pageOf(KeptVisit),
    refusals: SIGNED_IN,
  }),
  tombstones: route({
    method: 'GET',
    path: '/api/retention/destroyed',
    summary: 'What was destroyed, newest first.',
    access: WITNESSES,
    query: z.object(PageQuery),
    reply: pageOf(Tombstone),
    refusals: SIGNED_IN,
  }),
  tombstone: route({
    method: 'GET',
    path: '/api/retention/destroyed/:destructionId',
    summary: 'One tombstone as a file: canonical JSON, whose hash stands in the audit log.',
    access: WITNESSES,
    params: z.object({ destructionId: z.uuid() }),
    reply: null,
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  placeHold: route({
    method: 'POST',
    path: '/api/recordings/:visitId/holds',
    summary:
      'Keeps a visit’s recordings until somebody releases them: who, why, and when to look again.',
    access: KEEPERS,
    stepUp: true,
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    body: z.strictObject({
      reason,
      caseNumber: z.string().trim().min(1).max(100),
      reviewOn: LocalDate,
    }),
    reply: LegalHold,
    refusals: [...SIGNED_IN, ...KEYED, 'RECORDING_NOT_FOUND', 'RECORDING_DESTROYED'],
  }),
  reviewHold: route({
    method: 'POST',
    path: '/api/holds/:holdId/review',
    summary: 'A hold was looked at and goes on: why, and when to look again.',
    access: KEEPERS,
    isKeyed: true,
    params: z.object({ holdId: z.uuid() }),
    body: z.strictObject({ reason, reviewOn: LocalDate }),
    reply: LegalHold,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
  askRelease: route({
    method: 'POST',
    path: '/api/holds/:holdId/release',
    summary: 'Asks for the release of a hold.',
    access: KEEPERS,
    stepUp: true,
    isKeyed: true,
    params: z.object({ holdId: z.uuid() }),
    body: z.strictObject({ reason }),
    reply: LegalHold,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
  decideRelease: route({
    method: 'POST',
    path: '/api/holds/:holdId/release/decision',
    summary: 'Releases a hold, or keeps it; never who asked.',
    access: KEEPERS,
    stepUp: true,
    isKeyed: true,
    params: z.object({ holdId: z.uuid() }),
    body: decision,
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'SECOND_PERSON_REQUIRED', 'ALREADY_DECIDED'],
  }),
  askDestruction: route({
    method: 'POST',
    path: '/api/recordings/:visitId/destruction',
    summary: 'Asks for a visit’s recordings to be destroyed before their time.',
    access: KEEPERS,
    stepUp: true,
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    body: z.strictObject({ reason }),
    reply: EMPTY,
    refusals: [
      ...SIGNED_IN,
      ...KEYED,
      'RECORDING_NOT_FOUND',
      'RECORDING_DESTROYED',
      'RECORDING_NOT_READY',
      'ON_HOLD',
      'ALREADY_DECIDED',
    ],
  }),
  decideDestruction: route({
    method: 'POST',
    path: '/api/destructions/:destructionId/decision',
    summary: 'Destroys them now, or does not; never who asked.',
    access: KEEPERS,
    stepUp: true,
    isKeyed: true,
    params: z.object({ destructionId: z.uuid() }),
    body: decision,
    reply: EMPTY,
    refusals: [
      ...SIGNED_IN,
      ...KEYED,
      'NOT_FOUND',
      'SECOND_PERSON_REQUIRED',
      'RECORDING_NOT_READY',
      'ALREADY_DECIDED',
      'ON_HOLD',
    ],
  }),
  objection: route({
    method: 'GET',
    path: '/api/objections/:objectionId',
    summary:
      'What somebody who was recorded has against it; the answer is how its task is settled.',
    access: { kind: 'account', roles: DESK },
    params: z.object({ objectionId: z.uuid() }),
    reply: Objection,
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
} as const
