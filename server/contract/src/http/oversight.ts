import { z } from 'zod'
import { AdviceKindShape } from '../advice.ts'
import { AnyFlagCategoryShape, FlagReasonShape } from '../flags.ts'
import { Instant, TaskId, VisitId, ZoneName } from '../ids.ts'
import { OutcomeShape, SessionStateShape, VisitClassShape } from '../visit.ts'
import { TaskKind } from './life-events.ts'
import { KEYED, SIGNED_IN, Version, route } from './route.ts'

const Ms = z.number().int().min(0)
const Count = z.number().int().min(0)

/** How much of visits was watched (OV-7), in milliseconds of visits under way. */
export const CoverageFigures = z.object({
  /** Of the visits that somebody must watch. */
  mustMs: Ms,
  mustWatchedMs: Ms,
  /** Of all that may be watched. */
  allMs: Ms,
  allWatchedMs: Ms,
})
export type CoverageFigures = z.output<typeof CoverageFigures>

/** Pieces of advice that began in a stretch of time; what nobody has judged is in neither of the others. */
const AdviceCount = z.object({
  kind: AdviceKindShape,
  told: Count,
  right: Count,
  /** False alarms. */
  false: Count,
})

/** What an officer watches now. */
const WatchedVisit = z.object({
  visitId: VisitId,
  terminalName: z.string(),
  kinds: z.array(z.object({ kind: z.enum(['LIVE', 'STILLS', 'SOUND']), beganAt: Instant })),
})

export const WatchingView = z.object({
  at: Instant,
  officers: z.array(
    z.object({
      accountId: z.uuid(),
      name: z.string(),
      /** When a wall of theirs was last heard of; null: by another server. */
      heardAt: Instant.nullable(),
      visits: z.array(WatchedVisit),
    }),
  ),
  /** Visits under way that somebody must watch and nobody does. */
  unwatched: z.array(
    z.object({ visitId: VisitId, terminalName: z.string(), wing: z.string(), since: Instant }),
  ),
  now: z.object({ underWay: Count, watched: Count, must: Count, mustWatched: Count }),
  today: CoverageFigures,
})
export type WatchingView = z.output<typeof WatchingView>

/** How long people waited; null where nobody did. */
export const WaitFigures = z.object({
  count: Count,
  medianMs: Ms.nullable(),
  p90Ms: Ms.nullable(),
  longestMs: Ms.nullable(),
})
export type WaitFigures = z.output<typeof WaitFigures>

/** What happened in visits that whoever takes over should know; each has words in every catalogue. */
export const INCIDENT_KINDS = [
  'HELP_CALLED',
  'WARNED',
  'MUTED',
  'PAUSED',
  'OFFICER_SPOKE',
  'TERMINATED',
  'FLAGGED',
  'UNWATCHED',
  'FAILED',
] as const
export const Incident = z.object({
  at: Instant,
  visitId: VisitId,
  terminalName: z.string(),
  wing: z.string(),
  kind: z.enum(INCIDENT_KINDS),
  /** A code of the contract: a category, a need, a reason or an outcome. */
  code: z.string().nullable(),
})
export type Incident = z.output<typeof Incident>

/** What a shift was: figures and codes, no names of people in visits. */
export const ShiftFigures = z.object({
  from: Instant,
  to: Instant,
  /** Figures up to here; what comes after is planned. */
  at: Instant,
  timeZone: ZoneName,
  facilityName: z.string(),
  wing: z.string().nullable(),
  wings: z.array(z.string()),
  visits: z.array(
    z.object({
      visitId: VisitId,
      startsAt: Instant,
      endsAt: Instant,
      visitClass: VisitClassShape,
      state: SessionStateShape,
      outcome: OutcomeShape.nullable(),
      terminalName: z.string(),
      wing: z.string(),
    }),
  ),
  hours: z.array(
    z.object({ at: Instant, planned: Count, running: Count, completed: Count, failed: Count }),
  ),
  waits: z.object({ help: WaitFigures, admission: WaitFigures }),
  incidents: z.array(Incident),
  coverage: CoverageFigures,
  /** What detectors advised in this time, by kind, and what officers said of it (LV-11). */
  advice: z.array(AdviceCount),
  open: z.object({
    running: Count,
    unwatched: Count,
    helpCalls: Count,
    tasks: Count,
    flags: Count,
  }),
  /** The open tasks of the office, by kind, the most first. */
  openTasks: z.array(z.object({ kind: TaskKind, count: Count })),
})
export type ShiftFigures = z.output<typeof ShiftFigures>

export const ShiftReportSummary = z.object({
  reportId: z.uuid(),
  from: Instant,
  to: Instant,
  wing: z.string().nullable(),
  createdAt: Instant,
  /** The officer who signed it. */
  writtenBy: z.string(),
  note: z.string(),
})
export type ShiftReportSummary = z.output<typeof ShiftReportSummary>

export const FlagReview = z.object({
  flagId: z.uuid(),
  taskId: TaskId,
  version: Version,
  state: z.enum(['OPEN', 'DONE', 'DISMISSED']),
  category: AnyFlagCategoryShape,
  reason: FlagReasonShape.nullable(),
  note: z.string(),
  at: Instant,
  fromAt: Instant.nullable(),
  toAt: Instant.nullable(),
  dueAt: Instant,
  isLate: z.boolean(),
  resolution: z.string().nullable(),
  visitId: VisitId,
  startsAt: Instant,
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  terminalName: z.string(),
  /** Where it was recorded: the moment in the visit's line of time, in milliseconds; null: nothing was. */
  recording: z.object({ visitId: VisitId, offsetMs: z.number().int().min(0) }).nullable(),
})
export type FlagReview = z.output<typeof FlagReview>

/** Longest report of a shift: a day and a night. */
const MOST_HOURS = 48
const HOUR_MS = 3_600_000
const isOrdered = ({ from, to }: { from: string; to: string }): boolean => {
  const ms = Date.parse(to) - Date.parse(from)
  return ms > 0 && ms <= MOST_HOURS * HOUR_MS
}
const SPAN_CURE = 'Choose an end after the beginning, within two days.'
const span = { from: Instant, to: Instant, wing: z.string().max(100).optional() }

const SHIFT = ['officer', 'scheduler', 'facilityAdmin'] as const
const OFFICERS = ['officer', 'facilityAdmin'] as const

/** Who watches what, what a shift was, and what is to be looked at again (OV-6, OV-7). */
export const oversightRoutes = {
  watching: route({
    method: 'GET',
    path: '/api/oversight/watching',
    summary: 'Who watches what now, for the shift leader and the facility’s administrator (OV-7).',
    access: { kind: 'account', roles: OFFICERS },
    reply: WatchingView,
    refusals: SIGNED_IN,
  }),
  officers: route({
    method: 'GET',
    path: '/api/officers',
    summary: 'The officers of the facility, and who of them leads shifts.',
    access: { kind: 'account', roles: ['facilityAdmin'] },
    reply: z.object({
      officers: z.array(
        z.object({ officerId: z.uuid(), name: z.string(), isShiftLeader: z.boolean() }),
      ),
    }),
    refusals: SIGNED_IN,
  }),
  setShiftLeader: route({
    method: 'PUT',
    path: '/api/officers/:officerId/shift-leader',
    summary: 'Says whether an officer leads shifts, and so sees who watches what.',
    access: { kind: 'account', roles: ['facilityAdmin'] },
    isKeyed: true,
    params: z.object({ officerId: z.uuid() }),
    body: z.strictObject({ isShiftLeader: z.boolean() }),
    reply: z.object({ officerId: z.uuid(), isShiftLeader: z.boolean() }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND'],
  }),
  shift: route({
    method: 'GET',
    path: '/api/oversight/shift',
    summary: 'The figures of a stretch of time at the facility, of all wings or of one.',
    access: { kind: 'account', roles: SHIFT },
    query: z.object(span).refine(isOrdered, { error: SPAN_CURE, path: ['to'] }),
    reply: ShiftFigures,
    refusals: SIGNED_IN,
  }),
  shiftReports: route({
    method: 'GET',
    path: '/api/oversight/shift-reports',
    summary: 'The reports of past shifts, newest first.',
    access: { kind: 'account', roles: SHIFT },
    reply: z.object({ reports: z.array(ShiftReportSummary) }),
    refusals: SIGNED_IN,
  }),
  writeShiftReport: route({
    method: 'POST',
    path: '/api/oversight/shift-reports',
    summary:
      'Signs the report of a shift: its figures as they are now, and what the next one should know.',
    access: { kind: 'account', roles: OFFICERS },
    isKeyed: true,
    body: z
      .strictObject({ ...span, note: z.string().trim().max(4000) })
      .refine(isOrdered, { error: SPAN_CURE, path: ['to'] }),
    reply: ShiftReportSummary,
    refusals: [...SIGNED_IN, ...KEYED],
  }),
  shiftReport: route({
    method: 'GET',
    path: '/api/oversight/shift-reports/:reportId',
    summary: 'One report, with the figures as they were signed.',
    access: { kind: 'account', roles: SHIFT },
    params: z.object({ reportId: z.uuid() }),
    reply: ShiftReportSummary.extend({ figures: ShiftFigures }),
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  shiftReportPdf: route({
    method: 'GET',
    path: '/api/oversight/shift-reports/:reportId/report.pdf',
    summary: 'The same on paper.',
    access: { kind: 'account', roles: SHIFT },
    params: z.object({ reportId: z.uuid() }),
    query: z.object({ language: z.enum(['en', 'ru']).default('en') }),
    reply: null,
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  flagReviews: route({
    method: 'GET',
    path: '/api/flags',
    summary: 'What officers flagged, for whoever reviews recordings; most urgent first (OV-6).',
    access: { kind: 'account', roles: ['investigator'] },
    query: z.object({
      state: z.enum(['OPEN', 'DONE', 'DISMISSED']).optional(),
      visitId: VisitId.optional(),
    }),
    reply: z.object({ flags: z.array(FlagReview) }),
    refusals: SIGNED_IN,
  }),
  reviewFlag: route({
    method: 'POST',
    path: '/api/flags/:flagId/review',
    summary: 'Closes a flag: what came of it, or that nothing did.',
    access: { kind: 'account', roles: ['investigator'] },
    isKeyed: true,
    params: z.object({ flagId: z.uuid() }),
    body: z.strictObject({
      state: z.enum(['DONE', 'DISMISSED']),
      resolution: z.string().trim().min(3, 'Say what came of it, in a few words.').max(1000),
      version: Version,
    }),
    reply: FlagReview,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'VERSION_CHANGED', 'ALREADY_DECIDED'],
  }),
} as const
