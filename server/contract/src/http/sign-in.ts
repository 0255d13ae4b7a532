import { z } from 'zod'
import { AccountId, FacilityId, Instant, LanguageTag, VisitId, ZoneName } from '../ids.ts'
import {
  NewPassword,
  PasskeyAnswer,
  PasskeyRequest,
  SignInOfMine,
  SixDigits,
  TypedCode,
} from './passkey-shapes.ts'
import { EMPTY, ROLES, Role, SIGNED_IN, route } from './route.ts'

export const Me = z.object({
  accountId: AccountId,
  role: Role,
  displayName: z.string(),
  language: LanguageTag,
  /** Set on a link centre's room device: the one visit it is signed in for. */
  onlyVisitId: VisitId.nullable(),
  facility: z.object({ facilityId: FacilityId, name: z.string(), timeZone: ZoneName }).nullable(),
  signIn: SignInOfMine,
})
export type Me = z.output<typeof Me>

const Login = z.string().min(1).max(200)
const WAITS = ['SIGN_IN_WAITS', 'TOO_MANY_REQUESTS'] as const

/**
 * Signing in and out, and finding the way back in.
 *
 * The flow. `signIn` (password) or `passkeyRequest` + `passkeySignIn` set the cookie and give `Me`; look at
 * `me.signIn.stage`. `SECOND_FACTOR`: call `secondFactor` (for a passkey, `proofRequest` first). `SET_UP`:
 * `passkeyCreation` + `addPasskey` of account-security. Any other route answers SECOND_FACTOR_REQUIRED or
 * SET_UP_REQUIRED until then. Every step gives a new cookie; the old one is worth nothing from then on: a
 * request of another tab that was under way gets NOT_SIGNED_IN and is right to try once more.
 *
 * Staff where the server wants passkeys (`staffSignIn: "passkey"` in /readyz): a password alone is
 * SET_UP_REQUIRED (ask the administrator for a one-time code), password and TOTP is breaking the glass.
 */
export const signInRoutes = {
  signIn: route({
    method: 'POST',
    path: '/api/sign-in',
    summary: 'Signs an account in by password and sets its session cookie.',
    access: { kind: 'public' },
    body: z.strictObject({ login: Login, password: z.string().min(1).max(200) }),
    reply: Me,
    // SIGN_IN_WAITS has `liftsAt`: too many wrong ones; a passkey works all the same.
    refusals: ['SIGN_IN_REFUSED', 'SET_UP_REQUIRED', ...WAITS],
  }),
  passkeyRequest: route({
    method: 'POST',
    path: '/api/sign-in/passkey/request',
    summary:
      'What the browser is to ask its passkeys; also for conditional UI. Works once, five minutes, in this browser.',
    access: { kind: 'public' },
    reply: PasskeyRequest,
    refusals: ['TOO_MANY_REQUESTS'],
  }),
  passkeySignIn: route({
    method: 'POST',
    path: '/api/sign-in/passkey',
    summary: 'Signs in whoever the passkey belongs to.',
    access: { kind: 'public' },
    body: z.strictObject({ credential: PasskeyAnswer }),
    reply: Me,
    refusals: ['PASSKEY_REFUSED', 'TOO_MANY_REQUESTS'],
  }),
  secondFactor: route({
    method: 'POST',
    path: '/api/sign-in/second-factor',
    summary: 'Finishes a sign-in after its password.',
    access: { kind: 'account', roles: ROLES },
    isForUnfinishedSignIn: true,
    body: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('TOTP'), code: SixDigits }),
      z.strictObject({ kind: z.literal('RECOVERY_CODE'), code: TypedCode }),
      z.strictObject({ kind: z.literal('PASSKEY'), credential: PasskeyAnswer }),
    ]),
    reply: Me,
    // ALREADY_DECIDED: the sign-in needs no second factor (any more).
    refusals: [...SIGNED_IN, 'CODE_REFUSED', 'PASSKEY_REFUSED', 'ALREADY_DECIDED', ...WAITS],
  }),
  redeemSetUpCode: route({
    method: 'POST',
    path: '/api/sign-in/set-up',
    summary:
      'Signs in with an administrator’s one-time code, to set up a passkey and nothing else.',
    access: { kind: 'public' },
    body: z.strictObject({ login: Login, code: TypedCode }),
    reply: Me,
    refusals: ['CODE_REFUSED', ...WAITS],
  }),
  signOut: route({
    method: 'POST',
    path: '/api/sign-out',
    summary: 'Ends the session of the cookie.',
    access: { kind: 'account', roles: ROLES },
    isForRoomDevice: true,
    isForUnfinishedSignIn: true,
    reply: EMPTY,
    refusals: ['NOT_SIGNED_IN'],
  }),
  me: route({
    method: 'GET',
    path: '/api/me',
    summary: 'Who is signed in.',
    access: { kind: 'account', roles: ROLES },
    isForRoomDevice: true,
    isForUnfinishedSignIn: true,
    isByMachine: true,
    reply: Me,
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED'],
  }),
  /**
   * The way back in, for families and everybody else whose login is an address; staff are told by mail to
   * see their administrator. Always the same answer. 1: `askRecovery`; 2: `proveRecovery` with the six
   * digits of the mail, in the same browser, 10 min, 5 tries; 3: `finishRecovery`. All sign-ins end, the
   * address gets a notice; then the person signs in with the new password.
   */
  askRecovery: route({
    method: 'POST',
    path: '/api/recovery',
    summary: 'Has a code sent to the address, if there is such an account.',
    access: { kind: 'public' },
    body: z.strictObject({ login: Login }),
    reply: EMPTY,
    refusals: ['TOO_MANY_REQUESTS'],
  }),
  proveRecovery: route({
    method: 'POST',
    path: '/api/recovery/proof',
    summary: 'Shows that the code arrived, and says what is needed besides.',
    access: { kind: 'public' },
    body: z.strictObject({ code: SixDigits }),
    reply: z.object({
      /**
       * `PASSWORD`: choose one now. `SECOND_PROOF`: the account has a passkey or TOTP: give a code of the
       * app or a recovery code too, or come back after `opensAt`, with another code of a mail then.
       */
      needs: z.enum(['PASSWORD', 'SECOND_PROOF']),
      opensAt: Instant.nullable(),
    }),
    refusals: ['CODE_REFUSED', 'TOO_MANY_REQUESTS'],
  }),
  finishRecovery: route({
    method: 'POST',
    path: '/api/recovery/finish',
    summary: 'Sets a new password and ends every sign-in of the account.',
    access: { kind: 'public' },
    body: z.strictObject({
      password: NewPassword,
      proof: z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('TOTP'), code: SixDigits }),
          z.strictObject({ kind: z.literal('RECOVERY_CODE'), code: TypedCode }),
        ])
        .optional(),
    }),
    reply: EMPTY,
    // RECOVERY_WAITS has `liftsAt`; NOT_SIGNED_IN: the code was not proved in this browser, or too long ago.
    refusals: [
      'NOT_SIGNED_IN',
      'CODE_REFUSED',
      'RECOVERY_WAITS',
      'PASSWORD_COMMON',
      'PASSWORD_PERSONAL',
      'TOO_MANY_REQUESTS',
    ],
  }),
} as const
