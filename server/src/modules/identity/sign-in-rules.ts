import type {
  ProofKind,
  Role,
  SecondFactorKind,
  SignInMethod,
  SignInStage,
} from '@visavis/contract/http'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Whether staff sign in by passkey, or, on a machine that only shows the product, by their given passwords. */
export type StaffSignIn = 'passkey' | 'demo'

/** Whose sign-in it is; a lawyer is a visitor who says to be one and was not turned down. */
export type SignInPerson = { readonly role: Role; readonly isProfessional: boolean }

/** What somebody can prove with who they are. */
export type Proofs = {
  readonly hasPassword: boolean
  readonly passkeys: number
  readonly hasTotp: boolean
}

/** What a role asks for: any proof; a password with a second factor, or a passkey; a passkey. */
export type Need = 'ANY' | 'SECOND_FACTOR' | 'PASSKEY'

/** NIST 800-63B: after half a day one proves anew who one is; a shift fits. */
export const SIGN_IN_LIFE_MS = 12 * HOUR_MS
/** Long enough for an emergency and the way to the administrator. */
export const BREAK_GLASS_LIFE_MS = 4 * HOUR_MS
/** The app has to be opened, or the key to be found. */
export const SECOND_FACTOR_LIFE_MS = 10 * MINUTE_MS
/** For somebody who sets up a passkey for the first time, with help. */
export const SET_UP_LIFE_MS = 30 * MINUTE_MS
/** ASVS 7.5.3: a proof that a sensitive act may rest on. */
export const PROOF_LIFE_MS = 5 * MINUTE_MS

/** What somebody has to sign in with. */
export function needOf({ role, isProfessional }: SignInPerson, staffSignIn: StaffSignIn): Need {
  if (staffSignIn === 'demo') return 'ANY'
  if (role !== 'visitor') return 'PASSKEY'
  return isProfessional ? 'SECOND_FACTOR' : 'ANY'
}

/** What a right password leads to; null: to nothing, a passkey has to be set up with a one-time code first. */
export function afterPassword(
  need: Need,
  { hasTotp, passkeys }: Proofs,
): { readonly stage: SignInStage; readonly factors: readonly SecondFactorKind[] } | null {
  const codes = hasTotp ? (['TOTP', 'RECOVERY_CODE'] as const) : []
  const factors = [...(passkeys > 0 ? (['PASSKEY'] as const) : []), ...codes]
  switch (need) {
    case 'ANY':
      // Who switched a second factor on wants to be asked for it.
      return hasTotp ? { stage: 'SECOND_FACTOR', factors } : { stage: 'FULL', factors: [] }
    case 'SECOND_FACTOR':
      return factors.length === 0
        ? { stage: 'SET_UP', factors: [] }
        : { stage: 'SECOND_FACTOR', factors }
    case 'PASSKEY':
      return hasTotp ? { stage: 'SECOND_FACTOR', factors } : null
  }
}

/** Whether staff who should have come by passkey came by password and code. */
export function isBreakGlass(need: Need, method: SignInMethod): boolean {
  return need === 'PASSKEY' && (method === 'PASSWORD_TOTP' || method === 'PASSWORD_RECOVERY_CODE')
}

/** How long a sign-in can last at most. */
export function lifeMsOf(stage: SignInStage, isGlassBroken: boolean): number {
  if (stage === 'SECOND_FACTOR') return SECOND_FACTOR_LIFE_MS
  if (stage === 'SET_UP') return SET_UP_LIFE_MS
  return isGlassBroken ? BREAK_GLASS_LIFE_MS : SIGN_IN_LIFE_MS
}

/** With what somebody can prove anew who they are (step-up), the best first. */
export function proofKindsOf(need: Need, proofs: Proofs): readonly ProofKind[] {
  const { hasPassword, passkeys, hasTotp } = proofs
  const byPasskey = passkeys > 0 ? (['PASSKEY'] as const) : []
  if (!hasPassword) return byPasskey
  if (hasTotp) return [...byPasskey, 'PASSWORD_TOTP']
  return need === 'ANY' ? [...byPasskey, 'PASSWORD'] : byPasskey
}

/** Whether somebody with these proofs could still sign in as the role asks. */
export function canSignInWith(need: Need, proofs: Proofs): boolean {
  const { hasPassword, passkeys, hasTotp } = proofs
  switch (need) {
    case 'ANY':
      return hasPassword || passkeys > 0
    case 'SECOND_FACTOR':
      return passkeys > 0 || (hasPassword && hasTotp)
    case 'PASSKEY':
      return passkeys > 0
  }
}

/** Whether the last proof is fresh enough for what needs one; from the future it is not. */
export function isProofFresh(provedAt: Date | null, now: Date): boolean {
  if (provedAt === null) return false
  const ageMs = now.getTime() - provedAt.getTime()
  return ageMs >= 0 && ageMs <= PROOF_LIFE_MS
}
