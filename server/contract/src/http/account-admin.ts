import { z } from 'zod'
import { AccountId, Instant, LanguageTag } from '../ids.ts'
import { WhichAccount } from './passkey-shapes.ts'
import { Role, SIGNED_IN, route } from './route.ts'

const ADMIN = { kind: 'account', roles: ['facilityAdmin'] } as const
const STEPPED_UP = [...SIGNED_IN, 'STEP_UP_REQUIRED'] as const
const ONE = [...STEPPED_UP, 'NOT_FOUND'] as const
const Reason = z.string().trim().min(3).max(500)

/** Roles whose accounts a facility's administrator looks after. */
export const ADMINISTERED_ROLES = [
  'officer',
  'scheduler',
  'facilityAdmin',
  'investigator',
  'auditor',
] as const

/** A member of the facility's staff, as its administrator sees the account. */
export const StaffAccountView = z.object({
  accountId: AccountId,
  login: z.string(),
  role: Role,
  displayName: z.string(),
  /** Who reads: nobody disables or resets themselves. */
  isMe: z.boolean(),
  disabledAt: Instant.nullable(),
  passkeys: z.number().int(),
  hasTotp: z.boolean(),
  /** Browsers that are signed in now. */
  sessions: z.number().int(),
  lastSignInAt: Instant.nullable(),
  /** Until when the newest one-time code works; null: none is open. */
  setUpCodeExpiresAt: Instant.nullable(),
  /** A reset that waits for a second person; `isMine`: who reads asked for it. */
  reset: z
    .object({
      resetId: z.uuid(),
      askedBy: z.string(),
      askedAt: Instant,
      reason: z.string(),
      isMine: z.boolean(),
    })
    .nullable(),
})
export type StaffAccountView = z.output<typeof StaffAccountView>

/** A one-time code, shown this once: works once, 24 hours, leads to setting up a passkey only. */
const SetUpCode = z.object({ code: z.string(), expiresAt: Instant })

/** The accounts of a facility's staff, by its administrator. */
export const accountAdminRoutes = {
  staffAccounts: route({
    method: 'GET',
    path: '/api/accounts',
    summary: 'Staff accounts of the own facility, and who broke the glass in the last 30 days.',
    access: ADMIN,
    reply: z.object({
      accounts: z.array(StaffAccountView),
      breakGlass: z.array(
        z.object({
          authSessionId: z.uuid(),
          accountId: AccountId,
          displayName: z.string(),
          at: Instant,
          endedAt: Instant.nullable(),
        }),
      ),
    }),
    refusals: SIGNED_IN,
  }),
  createStaffAccount: route({
    method: 'POST',
    path: '/api/accounts',
    summary: 'Makes an account for a member of staff, with a one-time code to set it up.',
    access: ADMIN,
    stepUp: true,
    body: z
      .strictObject({
        login: z.string().trim().toLowerCase().min(3).max(200),
        role: z.enum(ADMINISTERED_ROLES),
        language: LanguageTag,
        /** An officer is a person with a name; the others are known by their login. */
        givenName: z.string().trim().min(1).max(100).optional(),
        familyName: z.string().trim().min(1).max(100).optional(),
      })
      .refine(
        ({ role, givenName, familyName }) => role !== 'officer' || (givenName && familyName),
        {
          path: ['familyName'],
          message: 'An officer has a given name and a family name.',
        },
      ),
    reply: z.object({ account: StaffAccountView, setUpCode: SetUpCode }),
    refusals: [...STEPPED_UP, 'LOGIN_TAKEN'],
  }),
  issueSetUpCode: route({
    method: 'POST',
    path: '/api/accounts/:accountId/set-up-codes',
    summary: 'A new one-time code, for an account that has no passkey yet; the one before is void.',
    access: ADMIN,
    stepUp: true,
    params: WhichAccount,
    reply: SetUpCode,
    // ALREADY_DECIDED: it has one; that takes a reset by two people.
    refusals: [...ONE, 'ALREADY_DECIDED'],
  }),
  disableAccount: route({
    method: 'POST',
    path: '/api/accounts/:accountId/disable',
    summary: 'Disables an account; its sign-ins, sockets and media end within two seconds.',
    access: ADMIN,
    stepUp: true,
    params: WhichAccount,
    body: z.strictObject({ reason: Reason }),
    reply: StaffAccountView,
    refusals: [...ONE, 'SECOND_PERSON_REQUIRED'],
  }),
  enableAccount: route({
    method: 'POST',
    path: '/api/accounts/:accountId/enable',
    summary: 'Puts an account back; it signs in with what it had.',
    access: ADMIN,
    stepUp: true,
    params: WhichAccount,
    body: z.strictObject({ reason: Reason }),
    reply: StaffAccountView,
    refusals: ONE,
  }),
  endAccountSessions: route({
    method: 'POST',
    path: '/api/accounts/:accountId/sessions/ending',
    summary: 'Signs a member of staff out everywhere.',
    access: ADMIN,
    stepUp: true,
    params: WhichAccount,
    reply: z.object({ ended: z.number().int() }),
    refusals: ONE,
  }),
  askReset: route({
    method: 'POST',
    path: '/api/accounts/:accountId/resets',
    summary: 'Asks that all proofs of an account be taken away and a one-time code be given.',
    access: ADMIN,
    stepUp: true,
    params: WhichAccount,
    body: z.strictObject({ reason: Reason }),
    reply: StaffAccountView,
    // ALREADY_DECIDED: a reset is open.
    refusals: [...ONE, 'ALREADY_DECIDED', 'SECOND_PERSON_REQUIRED'],
  }),
  decideReset: route({
    method: 'POST',
    path: '/api/account-resets/:resetId/decision',
    summary:
      'A second administrator, who is neither who asked nor whose account it is, resets it or not.',
    access: ADMIN,
    stepUp: true,
    params: z.object({ resetId: z.uuid() }),
    body: z.strictObject({ isApproved: z.boolean() }),
    /** Null: it was not approved. */
    reply: z.object({ setUpCode: SetUpCode.nullable() }),
    refusals: [...ONE, 'ALREADY_DECIDED', 'SECOND_PERSON_REQUIRED'],
  }),
} as const
