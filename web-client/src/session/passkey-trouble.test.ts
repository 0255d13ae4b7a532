import { expect, it } from 'vitest'
import { PASSKEY_TROUBLES, troubleOf } from './passkey-trouble.ts'

it.each([
  ['ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY', 'NotAllowedError', 'NOT_CHOSEN'],
  ['ERROR_CEREMONY_ABORTED', 'AbortError', 'TAKEN_BACK'],
  [null, 'AbortError', 'TAKEN_BACK'],
  ['ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED', 'InvalidStateError', 'ALREADY_HERE'],
  ['ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT', 'ConstraintError', 'NO_CHECK'],
  ['ERROR_INVALID_RP_ID', 'SecurityError', 'WRONG_ADDRESS'],
  ['ERROR_AUTHENTICATOR_GENERAL_ERROR', 'UnknownError', 'NOT_ABLE'],
  [null, 'Error', 'NOT_ABLE'],
  [null, '', 'NOT_ABLE'],
] as const)('%s, a %s, is told as %s', (code, name, trouble) => {
  expect(troubleOf(code, name)).toBe(trouble)
  expect(PASSKEY_TROUBLES).toContain(trouble)
})
