import { z } from 'zod'
import { Instant, LanguageTag, TerminalId, ZoneName } from '../ids.ts'
import { EMPTY, STAFF, route } from './route.ts'

export const TerminalInfo = z.object({
  terminalId: TerminalId,
  name: z.string(),
  wing: z.string(),
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  /** The next booked windows of this terminal; no names before a PIN. */
  nextVisits: z.array(z.object({ startsAt: Instant, endsAt: Instant, opensAt: Instant })),
  /** The inmate signed in here now, by first name; at the desk without a visit, or in one's window. */
  inmate: z
    .object({ displayName: z.string(), language: LanguageTag, isDeskSignIn: z.boolean() })
    .nullable(),
})
export type TerminalInfo = z.output<typeof TerminalInfo>

/** Terminals: enrolment, and the inmate's sign-in on them. */
export const terminalRoutes = {
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
    reply: EMPTY,
    refusals: ['NOT_SIGNED_IN'],
  }),
} as const
