import { z } from 'zod'
import type { ErrorCode } from './errors.ts'
import {
  AccountId,
  FacilityId,
  Instant,
  LanguageTag,
  PlayId,
  RecordingId,
  SeatId,
  TerminalId,
  TrackId,
  VisitId,
  ZoneName,
} from './ids.ts'
import {
  MediaPolicyShape,
  OutcomeShape,
  PartyShape,
  SessionStateShape,
  VisitClassShape,
} from './visit.ts'
import { MediaKind } from './rtc.ts'

/** Roles of an account. The inmate has none: an inmate exists only on an enrolled terminal. */
export const ROLES = [
  'visitor',
  'host',
  'officer',
  'scheduler',
  'facilityAdmin',
  'investigator',
  'auditor',
  'operatorAdmin',
] as const
export const Role = z.enum(ROLES)
export type Role = (typeof ROLES)[number]

/**
 * Who may call a route: anyone, an enrolled terminal, an inmate signed in on one, or accounts with
 * these roles. Facility and relation are checked on top, by the server's one access module.
 */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'terminal' }
  | { readonly kind: 'inmate' }
  | { readonly kind: 'account'; readonly roles: readonly Role[] }

/** A REST route: its shapes, its refusals and who may call it. The server binds a handler, OpenAPI is made of it. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly access: Access
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** Null where the answer is a file. */
  readonly reply: z.ZodType | null
  readonly refusals: readonly ErrorCode[]
}

const route = <const R extends Route>(definition: R): R => definition

/** A route's answer as it is written on the wire; for clients, which parse nothing. */
export type RouteReply<R extends Route> = R['reply'] extends z.ZodType ? z.input<R['reply']> : never
/** What a route takes in its body, as a client writes it. */
export type RouteBody<R extends Route> = R extends { readonly body: infer Body extends z.ZodType }
  ? z.input<Body>
  : undefined

/** RFC 9457 problem document; `code` is from the error table. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  requestId: z.string(),
  fields: z.array(z.object({ field: z.string(), cure: z.string() })).optional(),
  liftsAt: Instant.optional(),
})

export const Me = z.object({
  accountId: AccountId,
  role: Role,
  displayName: z.string(),
  language: LanguageTag,
  facility: z.object({ facilityId: FacilityId, name: z.string(), timeZone: ZoneName }).nullable(),
})
export type Me = z.output<typeof Me>

/** A visit in a list, as a party of it sees it. */
export const VisitSummary = z.object({
  visitId: VisitId,
  seatId: SeatId,
  party: PartyShape,
  visitClass: VisitClassShape,
  state: SessionStateShape,
  startsAt: Instant,
  endsAt: Instant,
  /** From here on the lobby is open. */
  opensAt: Instant,
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  /** First names of the other side. */
  withWhom: z.array(z.string()),
  notice: MediaPolicyShape,
  outcome: OutcomeShape.nullable(),
  deliveredMs: z.number().int().min(0),
  bookedMs: z.number().int().min(0),
})
export type VisitSummary = z.output<typeof VisitSummary>

export const TerminalInfo = z.object({
  terminalId: TerminalId,
  name: z.string(),
  wing: z.string(),
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  /** The next booked windows of this terminal; no names before a PIN. */
  nextVisits: z.array(z.object({ startsAt: Instant, endsAt: Instant, opensAt: Instant })),
  /** The inmate signed in here now, by first name. */
  inmate: z.object({ displayName: z.string(), language: LanguageTag }).nullable(),
})
export type TerminalInfo = z.output<typeof TerminalInfo>

export const RecordingSummary = z.object({
  recordingId: RecordingId,
  visitId: VisitId,
  epoch: z.number().int(),
  state: z.enum(['OPEN', 'RECORDED', 'FINISHED', 'FAILED']),
  startsAt: Instant,
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  terminalName: z.string(),
  durationMs: z.number().int().min(0),
  tracks: z.array(
    z.object({
      trackId: TrackId,
      seatId: SeatId,
      party: PartyShape,
      kind: MediaKind,
      mimeType: z.string(),
      startMs: z.number(),
      durationMs: z.number(),
    }),
  ),
})
export type RecordingSummary = z.output<typeof RecordingSummary>

const STAFF = ['officer', 'scheduler', 'facilityAdmin', 'operatorAdmin'] as const
const Empty = z.object({})

export const routes = {
  signIn: route({
    method: 'POST',
    path: '/api/sign-in',
    summary: 'Signs an account in and sets its session cookie.',
    access: { kind: 'public' },
    body: z.strictObject({
      login: z.string().min(1).max(200),
      password: z.string().min(1).max(200),
    }),
    reply: Me,
    refusals: ['SIGN_IN_REFUSED', 'TOO_MANY_REQUESTS'],
  }),
  signOut: route({
    method: 'POST',
    path: '/api/sign-out',
    summary: 'Ends the session of the cookie.',
    access: { kind: 'account', roles: ROLES },
    reply: Empty,
    refusals: ['NOT_SIGNED_IN'],
  }),
  me: route({
    method: 'GET',
    path: '/api/me',
    summary: 'Who is signed in.',
    access: { kind: 'account', roles: ROLES },
    reply: Me,
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED'],
  }),
  myVisits: route({
    method: 'GET',
    path: '/api/my/visits',
    summary: 'Visits of the signed-in visitor, next first, past ones last.',
    access: { kind: 'account', roles: ['visitor'] },
    reply: z.object({ visits: z.array(VisitSummary) }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'FORBIDDEN'],
  }),
  myVisit: route({
    method: 'GET',
    path: '/api/my/visits/:visitId',
    summary: 'One visit of the signed-in visitor.',
    access: { kind: 'account', roles: ['visitor'] },
    params: z.object({ visitId: VisitId }),
    reply: VisitSummary,
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'FORBIDDEN', 'VISIT_NOT_FOUND'],
  }),
  issueEnrolmentCode: route({
    method: 'POST',
    path: '/api/terminals/:terminalId/enrolment-codes',
    summary: 'Makes a one-time code that enrols a device as this terminal.',
    access: { kind: 'account', roles: ['facilityAdmin'] },
    params: z.object({ terminalId: TerminalId }),
    reply: z.object({ code: z.string(), expiresAt: Instant }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'FORBIDDEN', 'NOT_FOUND'],
  }),
  listTerminals: route({
    method: 'GET',
    path: '/api/terminals',
    summary: 'Terminals of the signed-in person’s facility.',
    access: { kind: 'account', roles: STAFF },
    reply: z.object({
      terminals: z.array(
        z.object({
          terminalId: TerminalId,
          name: z.string(),
          wing: z.string(),
          isEnrolled: z.boolean(),
        }),
      ),
    }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'FORBIDDEN'],
  }),
  enrolTerminal: route({
    method: 'POST',
    path: '/api/terminal/enrol',
    summary: 'Turns this device into a terminal; the code works once.',
    access: { kind: 'public' },
    body: z.strictObject({ code: z.string().min(6).max(32) }),
    reply: TerminalInfo,
    refusals: ['ENROLMENT_CODE_REFUSED', 'TOO_MANY_REQUESTS'],
  }),
  terminal: route({
    method: 'GET',
    path: '/api/terminal',
    summary: 'What this terminal is, and its next booked windows.',
    access: { kind: 'terminal' },
    reply: TerminalInfo,
    refusals: ['TERMINAL_NOT_ENROLLED', 'TERMINAL_DISABLED'],
  }),
  inmateSignIn: route({
    method: 'POST',
    path: '/api/terminal/sign-in',
    summary: 'Signs in the inmate whose booked window at this terminal is open, by PIN (TR-5).',
    access: { kind: 'terminal' },
    body: z.strictObject({ pin: z.string().regex(/^\d{4,8}$/, 'A PIN has four to eight digits.') }),
    reply: z.object({ displayName: z.string(), language: LanguageTag }),
    refusals: [
      'TERMINAL_NOT_ENROLLED',
      'TERMINAL_DISABLED',
      'PIN_REFUSED',
      'PIN_LOCKED',
      'OUTSIDE_VISIT_WINDOW',
      'TOO_MANY_REQUESTS',
    ],
  }),
  inmateSignOut: route({
    method: 'POST',
    path: '/api/terminal/sign-out',
    summary: 'Ends the inmate’s sign-in at this terminal.',
    access: { kind: 'inmate' },
    reply: Empty,
    refusals: ['NOT_SIGNED_IN'],
  }),
  terminalVisits: route({
    method: 'GET',
    path: '/api/terminal/visits',
    summary: 'Visits of the inmate signed in at this terminal.',
    access: { kind: 'inmate' },
    reply: z.object({ visits: z.array(VisitSummary) }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED'],
  }),
  listRecordings: route({
    method: 'GET',
    path: '/api/recordings',
    summary: 'Recordings of the investigator’s facility, newest first.',
    access: { kind: 'account', roles: ['investigator'] },
    query: z.object({
      limit: z.coerce.number().int().min(1).max(100).default(50),
      before: Instant.optional(),
    }),
    reply: z.object({ recordings: z.array(RecordingSummary) }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'FORBIDDEN'],
  }),
  openPlay: route({
    method: 'POST',
    path: '/api/recordings/:recordingId/plays',
    summary:
      'Opens playback: purpose and case number first, entered in the audit log before any byte (RC-5).',
    access: { kind: 'account', roles: ['investigator'] },
    params: z.object({ recordingId: RecordingId }),
    body: z.strictObject({
      purpose: z.string().trim().min(3).max(500),
      caseNumber: z.string().trim().min(1).max(100),
    }),
    reply: z.object({ playId: PlayId, recording: RecordingSummary, expiresAt: Instant }),
    refusals: [
      'NOT_SIGNED_IN',
      'SESSION_EXPIRED',
      'FORBIDDEN',
      'PURPOSE_REQUIRED',
      'RECORDING_NOT_FOUND',
      'RECORDING_NOT_READY',
    ],
  }),
  playTrack: route({
    method: 'GET',
    path: '/api/plays/:playId/tracks/:trackId',
    summary: 'The bytes of one track of an open playback; ranges are answered.',
    access: { kind: 'account', roles: ['investigator'] },
    params: z.object({ playId: PlayId, trackId: TrackId }),
    reply: null,
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'FORBIDDEN', 'RECORDING_NOT_FOUND'],
  }),
} as const satisfies Record<string, Route>
