import { z } from 'zod'
import { Instant } from '../ids.ts'
import {
  NewPasskey,
  NewPassword,
  PasskeyAnswer,
  PasskeyCreation,
  PasskeyRequest,
  PasskeyView,
  ProofKind,
  SignInMethod,
  SignInView,
  SixDigits,
} from './passkey-shapes.ts'
import { EMPTY, ROLES, SIGNED_IN, route } from './route.ts'
import { Me } from './sign-in.ts'

/** Everybody with an account; never a room device, which speaks with somebody's account. */
const OWN = { kind: 'account', roles: ROLES } as const
const STEPPED_UP = [...SIGNED_IN, 'STEP_UP_REQUIRED'] as const
const Name = z.string().trim().min(1).max(60)
const WhichPasskey = z.object({ passkeyId: z.uuid() })

/** Sign-in and security of the own account, as its page shows it. */
export const SecurityView = z.object({
  login: z.string(),
  /** Where mails go; null: staff without an address. */
  email: z.string().nullable(),
  emailProvedAt: Instant.nullable(),
  hasPassword: z.boolean(),
  passwordChangedAt: Instant.nullable(),
  passkeys: z.array(PasskeyView),
  totpAddedAt: Instant.nullable(),
  recoveryCodesLeft: z.number().int(),
  /** What the account's role asks for. */
  rule: z.object({
    /** Staff: a passkey; the password is for breaking the glass only, with TOTP. */
    needsPasskey: z.boolean(),
    /** Lawyers: a passkey, or password and TOTP. */
    needsSecondFactor: z.boolean(),
    idleMs: z.number().int(),
  }),
  /** Signed in now, this one first. */
  sessions: z.array(SignInView),
  /** The newest first, at most twenty; `isAllowed: false`: somebody tried. */
  lastTries: z.array(z.object({ at: Instant, method: SignInMethod, isAllowed: z.boolean() })),
})
export type SecurityView = z.output<typeof SecurityView>

/**
 * A route with `stepUp` is answered STEP_UP_REQUIRED (403) when the last proof is older than five minutes:
 * `proofRequest`, `prove`, then the same request again. So are commands of sockets that have `stepUp`.
 * REST routes with `stepUp` have it in their contract (`routes.x.stepUp`).
 */
export const accountSecurityRoutes = {
  mySecurity: route({
    method: 'GET',
    path: '/api/my/security',
    summary: 'Passkeys, second factor, sign-ins of the own account.',
    access: OWN,
    reply: SecurityView,
    refusals: SIGNED_IN,
  }),
  proofRequest: route({
    method: 'POST',
    path: '/api/my/proof/request',
    summary:
      'With what this account can prove itself anew; `passkey` is what the browser is to ask.',
    access: OWN,
    isForUnfinishedSignIn: true,
    reply: z.object({ kinds: z.array(ProofKind), passkey: PasskeyRequest.nullable() }),
    refusals: SIGNED_IN,
  }),
  prove: route({
    method: 'POST',
    path: '/api/my/proof',
    summary:
      'Proves anew who sits there: for five minutes, acts that need it are allowed. A new cookie.',
    access: OWN,
    body: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('PASSKEY'), credential: PasskeyAnswer }),
      z.strictObject({ kind: z.literal('PASSWORD'), password: z.string().min(1).max(200) }),
      z.strictObject({
        kind: z.literal('PASSWORD_TOTP'),
        password: z.string().min(1).max(200),
        code: SixDigits,
      }),
    ]),
    reply: Me,
    refusals: [
      ...SIGNED_IN,
      'SIGN_IN_REFUSED',
      'PASSKEY_REFUSED',
      'CODE_REFUSED',
      'SIGN_IN_WAITS',
      'TOO_MANY_REQUESTS',
    ],
  }),
  passkeyCreation: route({
    method: 'POST',
    path: '/api/my/passkeys/creation',
    summary: 'What the browser is to make a passkey of; works once, five minutes.',
    access: OWN,
    isForUnfinishedSignIn: true,
    stepUp: true,
    reply: PasskeyCreation,
    refusals: STEPPED_UP,
  }),
  addPasskey: route({
    method: 'POST',
    path: '/api/my/passkeys',
    summary: 'Adds a passkey. From the stage SET_UP it is a whole sign-in, with a new cookie.',
    access: OWN,
    isForUnfinishedSignIn: true,
    stepUp: true,
    body: z.strictObject({ name: Name, credential: NewPasskey }),
    reply: z.object({ passkey: PasskeyView, me: Me }),
    refusals: [...STEPPED_UP, 'PASSKEY_REFUSED'],
  }),
  renamePasskey: route({
    method: 'PUT',
    path: '/api/my/passkeys/:passkeyId',
    summary: 'Gives a passkey another name.',
    access: OWN,
    params: WhichPasskey,
    body: z.strictObject({ name: Name }),
    reply: PasskeyView,
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  removePasskey: route({
    method: 'DELETE',
    path: '/api/my/passkeys/:passkeyId',
    summary: 'Takes a passkey away and ends all other sign-ins.',
    access: OWN,
    stepUp: true,
    params: WhichPasskey,
    reply: EMPTY,
    // LAST_PROOF: with what is left nobody could sign in as the role asks.
    refusals: [...STEPPED_UP, 'NOT_FOUND', 'LAST_PROOF'],
  }),
  beginTotp: route({
    method: 'POST',
    path: '/api/my/totp',
    summary: 'A secret for an authenticator app; counts when `confirmTotp` has seen a code of it.',
    access: OWN,
    // A lawyer without a second factor comes here from the stage SET_UP, and then signs in anew.
    isForUnfinishedSignIn: true,
    stepUp: true,
    /** `uri` for the QR code; `secret` in base 32 for typing. */
    reply: z.object({ uri: z.string(), secret: z.string() }),
    refusals: STEPPED_UP,
  }),
  confirmTotp: route({
    method: 'POST',
    path: '/api/my/totp/confirmation',
    summary: 'Switches the second factor on; gives recovery codes, shown this once.',
    access: OWN,
    // A lawyer without a second factor comes here from the stage SET_UP, and then signs in anew.
    isForUnfinishedSignIn: true,
    stepUp: true,
    body: z.strictObject({ code: SixDigits }),
    reply: z.object({ recoveryCodes: z.array(z.string()) }),
    refusals: [...STEPPED_UP, 'NOT_FOUND', 'CODE_REFUSED'],
  }),
  removeTotp: route({
    method: 'DELETE',
    path: '/api/my/totp',
    summary: 'Switches the second factor off, with its recovery codes; ends all other sign-ins.',
    access: OWN,
    stepUp: true,
    reply: EMPTY,
    refusals: [...STEPPED_UP, 'NOT_FOUND', 'LAST_PROOF'],
  }),
  renewRecoveryCodes: route({
    method: 'POST',
    path: '/api/my/recovery-codes',
    summary: 'Ten new recovery codes, shown this once; the old ones are void.',
    access: OWN,
    stepUp: true,
    reply: z.object({ recoveryCodes: z.array(z.string()) }),
    // NOT_FOUND: there is no second factor to recover.
    refusals: [...STEPPED_UP, 'NOT_FOUND'],
  }),
  changePassword: route({
    method: 'PUT',
    path: '/api/my/password',
    summary: 'Sets a password and ends all other sign-ins.',
    access: OWN,
    stepUp: true,
    body: z.strictObject({ password: NewPassword }),
    reply: EMPTY,
    refusals: [...STEPPED_UP, 'PASSWORD_COMMON', 'PASSWORD_PERSONAL'],
  }),
  endMySession: route({
    method: 'DELETE',
    path: '/api/my/sessions/:authSessionId',
    summary: 'Ends one of the own sign-ins; its pages are thrown out within two seconds.',
    access: OWN,
    params: z.object({ authSessionId: z.uuid() }),
    reply: EMPTY,
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  endMyOtherSessions: route({
    method: 'POST',
    path: '/api/my/sessions/ending',
    summary: 'Ends every own sign-in but this one.',
    access: OWN,
    reply: z.object({ ended: z.number().int() }),
    refusals: SIGNED_IN,
  }),
  askEmailProof: route({
    method: 'POST',
    path: '/api/my/email-proof',
    summary:
      'Sends six digits to an address: the own one, or another that the account is to have from now on.',
    access: { kind: 'account', roles: ['visitor'] },
    stepUp: true,
    body: z.strictObject({ email: z.email().max(200) }),
    reply: EMPTY,
    refusals: [...STEPPED_UP, 'TOO_MANY_REQUESTS'],
  }),
  proveEmail: route({
    method: 'POST',
    path: '/api/my/email-proof/confirmation',
    summary:
      'Proves the address by its code, in the same sign-in, 10 min, 5 tries; the old address gets a notice.',
    access: { kind: 'account', roles: ['visitor'] },
    body: z.strictObject({ code: SixDigits }),
    reply: EMPTY,
    refusals: [...SIGNED_IN, 'CODE_REFUSED'],
  }),
} as const
