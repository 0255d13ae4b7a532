import { z } from 'zod'
import { AccountId, Instant } from '../ids.ts'

/** Bytes as WebAuthn's JSON forms write them; nothing of a ceremony is longer. */
const Base64Url = z
  .string()
  .regex(/^[\w-]+$/)
  .max(8_192)
const Transports = z.array(
  z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']),
)
const Descriptor = z.object({
  id: Base64Url,
  type: z.literal('public-key'),
  transports: Transports,
})

/** What `navigator.credentials.get` is asked (`startAuthentication({optionsJSON})`). */
export const PasskeyRequest = z.object({
  challenge: Base64Url,
  timeout: z.number().int(),
  rpId: z.string(),
  /** Empty: whichever passkey of ours the browser has. */
  allowCredentials: z.array(Descriptor),
  userVerification: z.enum(['required', 'preferred', 'discouraged']),
})
export type PasskeyRequest = z.output<typeof PasskeyRequest>

/** What `navigator.credentials.create` is asked (`startRegistration({optionsJSON})`). */
export const PasskeyCreation = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: Base64Url, name: z.string(), displayName: z.string() }),
  challenge: Base64Url,
  pubKeyCredParams: z.array(z.object({ alg: z.number().int(), type: z.literal('public-key') })),
  timeout: z.number().int(),
  excludeCredentials: z.array(Descriptor),
  authenticatorSelection: z.object({
    residentKey: z.enum(['discouraged', 'preferred', 'required']),
    requireResidentKey: z.boolean(),
    userVerification: z.enum(['required', 'preferred', 'discouraged']),
  }),
  attestation: z.enum(['none', 'indirect', 'direct', 'enterprise']),
})
export type PasskeyCreation = z.output<typeof PasskeyCreation>

// What browsers add and we have no use for is dropped, not refused.
const Credential = { id: Base64Url, rawId: Base64Url, type: z.literal('public-key') }

/** What `startAuthentication` gives back. */
export const PasskeyAnswer = z.object({
  ...Credential,
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.optional(),
  }),
})
export type PasskeyAnswer = z.output<typeof PasskeyAnswer>

/** What `startRegistration` gives back. */
export const NewPasskey = z.object({
  ...Credential,
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
})
export type NewPasskey = z.output<typeof NewPasskey>

/** How an account proved who it is. */
export const SIGN_IN_METHODS = [
  'PASSWORD',
  'PASSKEY',
  'PASSWORD_TOTP',
  'PASSWORD_RECOVERY_CODE',
  /** A one-time code of an administrator: leads to setting up a passkey and nothing else. */
  'SET_UP_CODE',
  /** A link centre's code for its room device. */
  'ROOM_CODE',
] as const
export const SignInMethod = z.enum(SIGN_IN_METHODS)
export type SignInMethod = (typeof SIGN_IN_METHODS)[number]

/**
 * How far a sign-in is. `FULL`: everything that the role may do. `SECOND_FACTOR`: the password was right,
 * `secondFactor` is to follow. `SET_UP`: a passkey is to be set up, and nothing else can be done.
 */
export const SIGN_IN_STAGES = ['FULL', 'SECOND_FACTOR', 'SET_UP'] as const
export const SignInStage = z.enum(SIGN_IN_STAGES)
export type SignInStage = (typeof SIGN_IN_STAGES)[number]

/** What finishes a sign-in after the password. */
export const SecondFactorKind = z.enum(['PASSKEY', 'TOTP', 'RECOVERY_CODE'])
export type SecondFactorKind = z.output<typeof SecondFactorKind>

/** What an account can prove itself anew with. A password goes with a code where the account has TOTP. */
export const ProofKind = z.enum(['PASSKEY', 'PASSWORD', 'PASSWORD_TOTP'])
export type ProofKind = z.output<typeof ProofKind>

/** Six digits of an authenticator app or a mail; spaces are taken out by the page. */
export const SixDigits = z.string().regex(/^\d{6}$/, 'Six digits.')
/** A recovery or one-time code; capitals, dashes and spaces do not matter. */
export const TypedCode = z.string().trim().min(6).max(40)

/**
 * A password that is chosen: 15 characters or more, of any kind (no rules of composition), paste allowed.
 * Refused besides: PASSWORD_COMMON (easily guessed), PASSWORD_PERSONAL (made of the own name, login or ours).
 */
export const PASSWORD_LENGTH = { min: 15, max: 200 } as const
export const NewPassword = z
  .string()
  .min(PASSWORD_LENGTH.min, 'Use at least 15 characters; a sentence is good.')
  .max(PASSWORD_LENGTH.max)

/** The sign-in of who asks. */
export const SignInOfMine = z.object({
  stage: SignInStage,
  method: SignInMethod,
  /** Staff came in by password and TOTP in place of a passkey: told to the administrator, ends after 4 h. */
  isBreakGlass: z.boolean(),
  /** When who it is was last proved; older than 5 min: what needs a fresh proof is STEP_UP_REQUIRED. */
  provedAt: Instant.nullable(),
  expiresAt: Instant,
  /** In the stage `SECOND_FACTOR`: what may follow. */
  secondFactors: z.array(SecondFactorKind),
})
export type SignInOfMine = z.output<typeof SignInOfMine>

/** A passkey, as its owner sees it. */
export const PasskeyView = z.object({
  passkeyId: z.uuid(),
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
  /** Kept by the maker's account (iCloud, Google …), so that it survives the device. */
  isBackedUp: z.boolean(),
})
export type PasskeyView = z.output<typeof PasskeyView>

/** A browser that is signed in, or was. */
export const SignInView = z.object({
  authSessionId: z.uuid(),
  isThisOne: z.boolean(),
  method: SignInMethod,
  stage: SignInStage,
  isBreakGlass: z.boolean(),
  /** For example `Firefox`, `Android`; null where the browser did not say. No address, no place. */
  device: z.object({ browser: z.string().nullable(), system: z.string().nullable() }),
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
})
export type SignInView = z.output<typeof SignInView>

export const WhichAccount = z.object({ accountId: AccountId })
