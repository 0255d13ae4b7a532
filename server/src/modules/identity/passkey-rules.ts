/** Why an answer of an authenticator was refused; for the log only. */
export type PasskeyFault =
  | 'CHALLENGE_UNKNOWN'
  | 'CREDENTIAL_UNKNOWN'
  | 'ANOTHERS_PASSKEY'
  | 'WRONG_ORIGIN'
  | 'WRONG_RP'
  | 'USER_NOT_VERIFIED'
  | 'COUNTER_WENT_BACK'
  | 'ACCOUNT_DISABLED'
  | 'BAD_SIGNATURE'

/** What an answer says of itself, before its signature is believed. */
export type AnswerFacts = {
  readonly origin: string
  readonly isOurRp: boolean
  readonly isUserVerified: boolean
}

/** The first thing about a refused answer that is wrong; its signature if nothing else is. */
export function faultOf(
  { origin, isOurRp, isUserVerified }: AnswerFacts,
  ours: { readonly origins: readonly string[] },
): PasskeyFault {
  if (!ours.origins.includes(origin)) return 'WRONG_ORIGIN'
  if (!isOurRp) return 'WRONG_RP'
  if (!isUserVerified) return 'USER_NOT_VERIFIED'
  return 'BAD_SIGNATURE'
}

/**
 * Whether a signature counter tells of a copy (WebAuthn 6.1.1): it counts, and has not grown. Authenticators
 * that keep their keys on several devices do not count at all.
 */
export function hasCounterGoneBack(stored: number, told: number): boolean {
  return (stored > 0 || told > 0) && told <= stored
}
