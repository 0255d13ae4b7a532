import { z } from 'zod'
import { Instant, LanguageTag, TerminalId, ZoneName } from '../ids.ts'
import { LightShape } from '../preflight-socket.ts'
import {
  KeyEndReasonShape,
  PageHash,
  RevokeReasonShape,
  TerminalProof,
  TerminalPublicKey,
} from '../terminal-proof-shapes.ts'
import { DisableReasonShape, TerminalHealth, TerminalTroubleShape } from '../terminal-health.ts'
import { EMPTY, SIGNED_IN, STAFF, route } from './route.ts'

export const TerminalInfo = z.object({
  terminalId: TerminalId,
  name: z.string(),
  wing: z.string(),
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  /** The next booked windows of this terminal; no names before a PIN. */
  nextVisits: z.array(
    z.object({
      startsAt: Instant,
      endsAt: Instant,
      opensAt: Instant,
      /** Somebody of the other side is in the lobby already. */
      isFamilyHere: z.boolean(),
    }),
  ),
  /** The inmate signed in here now, by first name; at the desk without a visit, or in one's window. */
  inmate: z
    .object({ displayName: z.string(), language: LanguageTag, isDeskSignIn: z.boolean() })
    .nullable(),
})
export type TerminalInfo = z.output<typeof TerminalInfo>

/** What a terminal's page holds besides its cookie; the cookie has the other half. */
export const DeviceSession = z.object({
  terminalId: TerminalId,
  sessionId: z.uuid(),
  /** For so long, in milliseconds, the server knows it; renewed long before. */
  lifeMs: z.number().int(),
})
export type DeviceSession = z.output<typeof DeviceSession>

/** A terminal as those see it who look after it. */
export const TerminalCare = z.object({
  terminalId: TerminalId,
  name: z.string(),
  wing: z.string(),
  isEnrolled: z.boolean(),
  /** How its last key ended, where it has none now. */
  keyEnded: z.object({ at: Instant, reason: KeyEndReasonShape }).nullable(),
  /** Null: in service. No reason where it was taken out before there were reasons. */
  disabled: z.object({ at: Instant, reason: DisableReasonShape.nullable() }).nullable(),
  /** Null: it has told nothing of itself yet. */
  lastBeatAt: Instant.nullable(),
  health: TerminalHealth.nullable(),
  /** Worst first. */
  troubles: z.array(TerminalTroubleShape),
  /** Nobody can have a visit at it as it is. */
  isOutOfOrder: z.boolean(),
  /** What its newest test of itself came to (LV-10); null: it has made none. */
  lastTest: z.object({ light: LightShape, madeAt: Instant }).nullable(),
  /** A restart was asked for and has not happened yet. */
  isRestartPending: z.boolean(),
})
export type TerminalCare = z.output<typeof TerminalCare>

const Which = z.object({ terminalId: TerminalId })
const CARE_REFUSALS = [...SIGNED_IN, 'NOT_FOUND'] as const

/** Terminals: enrolment, and the inmate's sign-in on them. */
export const terminalRoutes = {
  issueEnrolmentCode: route({
    method: 'POST',
    path: '/api/terminals/:terminalId/enrolment-codes',
    summary: 'Makes a one-time code that enrols a device as this terminal.',
    access: { kind: 'account', roles: ['facilityAdmin'] },
    params: z.object({ terminalId: TerminalId }),
    reply: z.object({ code: z.string(), expiresAt: Instant }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED', 'FORBIDDEN', 'NOT_FOUND'],
  }),
  listTerminals: route({
    method: 'GET',
    path: '/api/terminals',
    summary: 'Terminals of the signed-in person’s facility.',
    access: { kind: 'account', roles: STAFF },
    isByMachine: true,
    reply: z.object({
      terminals: z.array(TerminalCare),
    }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED', 'FORBIDDEN'],
  }),
  restartTerminal: route({
    method: 'POST',
    path: '/api/terminals/:terminalId/restart',
    summary: 'Has a terminal load its page anew: when nobody is at it, or by force at once.',
    access: { kind: 'account', roles: ['facilityAdmin'] },
    params: Which,
    body: z.strictObject({ isForced: z.boolean() }),
    reply: TerminalCare,
    refusals: [...CARE_REFUSALS, 'TERMINAL_NOT_ENROLLED'],
  }),
  disableTerminal: route({
    method: 'POST',
    path: '/api/terminals/:terminalId/disable',
    summary: 'Takes a terminal out of service. A running visit goes on to its end, unless forced.',
    access: { kind: 'account', roles: ['facilityAdmin'] },
    params: Which,
    body: z.strictObject({ reason: DisableReasonShape, isForced: z.boolean() }),
    reply: TerminalCare,
    refusals: CARE_REFUSALS,
  }),
  enableTerminal: route({
    method: 'POST',
    path: '/api/terminals/:terminalId/enable',
    summary: 'Puts a terminal back into service.',
    access: { kind: 'account', roles: ['facilityAdmin'] },
    params: Which,
    reply: TerminalCare,
    refusals: CARE_REFUSALS,
  }),
  terminalBeat: route({
    method: 'POST',
    path: '/api/terminal/beat',
    summary: 'What a terminal tells of its machine each half minute, and what it is to do.',
    access: { kind: 'terminal' },
    isForDisabledTerminal: true,
    body: z.strictObject({
      /** Another id is another load of the page. */
      pageId: z.uuid(),
      health: TerminalHealth,
    }),
    reply: z.object({
      /** Load the page anew, now. */
      isRestartDue: z.boolean(),
      /** Out of service; `mayFinish`: the visit that is running here goes on. */
      disabled: z
        .object({ reason: DisableReasonShape.nullable(), mayFinish: z.boolean() })
        .nullable(),
    }),
    refusals: ['TERMINAL_NOT_ENROLLED'],
  }),
  revokeTerminalKey: route({
    method: 'POST',
    path: '/api/terminals/:terminalId/key/revocation',
    summary:
      'Ends a terminal’s key at once: its connections, whoever is signed in at it, and its open codes end with it.',
    access: { kind: 'account', roles: ['facilityAdmin'] },
    params: Which,
    body: z.strictObject({ reason: RevokeReasonShape }),
    reply: TerminalCare,
    refusals: [...CARE_REFUSALS, 'TERMINAL_NOT_ENROLLED'],
  }),
  forgivePins: route({
    method: 'POST',
    path: '/api/terminals/:terminalId/pins/forgiving',
    summary: 'Forgets the wrong PINs of a terminal, so that who has to wait there may try again.',
    access: { kind: 'account', roles: ['facilityAdmin', 'officer', 'scheduler'] },
    params: Which,
    reply: EMPTY,
    refusals: CARE_REFUSALS,
  }),
  terminalNonce: route({
    method: 'POST',
    path: '/api/terminal/nonces',
    summary: 'What a terminal’s key is to sign next: good for a minute, and once.',
    access: { kind: 'public' },
    reply: z.object({ nonce: z.string(), lifeMs: z.number().int() }),
    refusals: ['TOO_MANY_REQUESTS'],
  }),
  enrolTerminal: route({
    method: 'POST',
    path: '/api/terminal/enrol',
    summary: 'Turns this device into a terminal by its key; the code works once.',
    access: { kind: 'public' },
    body: z.strictObject({
      code: z.string().min(6).max(32),
      publicKey: TerminalPublicKey,
      pageHash: PageHash,
      proof: TerminalProof,
    }),
    reply: z.object({ info: TerminalInfo, device: DeviceSession }),
    refusals: [
      'ENROLMENT_CODE_REFUSED',
      'TERMINAL_PROOF_REFUSED',
      'SIGN_IN_WAITS',
      'TOO_MANY_REQUESTS',
    ],
  }),
  connectTerminal: route({
    method: 'POST',
    path: '/api/terminal/connections',
    summary:
      'Gives a page of a terminal its device session for what the terminal’s key has signed (TR-5).',
    access: { kind: 'public' },
    body: z.strictObject({
      terminalId: TerminalId,
      /** The newest one that this device was given. */
      lastSessionId: z.uuid().nullable(),
      pageHash: PageHash,
      proof: TerminalProof,
    }),
    reply: DeviceSession,
    refusals: [
      'TERMINAL_NOT_ENROLLED',
      'TERMINAL_PROOF_REFUSED',
      'TERMINAL_KEY_IN_USE',
      'TOO_MANY_REQUESTS',
    ],
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
    reply: EMPTY,
    refusals: ['NOT_SIGNED_IN'],
  }),
} as const
