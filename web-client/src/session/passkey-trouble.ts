/**
 * Why there is no passkey: nobody chose one, or none fitted (browsers do not say which); the page itself
 * took its question back; this device has one already; it cannot check who is before it; it cannot make one;
 * the page's address is none that passkeys are for.
 */
export const PASSKEY_TROUBLES = [
  'NOT_CHOSEN',
  'TAKEN_BACK',
  'ALREADY_HERE',
  'NO_CHECK',
  'NOT_ABLE',
  'WRONG_ADDRESS',
] as const
export type PasskeyTrouble = (typeof PASSKEY_TROUBLES)[number]

const BY_CODE: Readonly<Record<string, PasskeyTrouble>> = {
  ERROR_CEREMONY_ABORTED: 'TAKEN_BACK',
  ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: 'ALREADY_HERE',
  ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT: 'NO_CHECK',
  ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT: 'NO_CHECK',
  ERROR_INVALID_DOMAIN: 'WRONG_ADDRESS',
  ERROR_INVALID_RP_ID: 'WRONG_ADDRESS',
}

const BY_NAME: Readonly<Record<string, PasskeyTrouble>> = {
  NotAllowedError: 'NOT_CHOSEN',
  AbortError: 'TAKEN_BACK',
  InvalidStateError: 'ALREADY_HERE',
  ConstraintError: 'NO_CHECK',
  SecurityError: 'WRONG_ADDRESS',
}

/** What a failed question to a device was, by the library's code and the browser's name of the error. */
export function troubleOf(code: string | null, name: string): PasskeyTrouble {
  return BY_CODE[code ?? ''] ?? BY_NAME[name] ?? 'NOT_ABLE'
}
