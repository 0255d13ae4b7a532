import {
  WebAuthnAbortService,
  WebAuthnError,
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { troubleOf } from './passkey-trouble.ts'
import type { PasskeyTrouble } from './passkey-trouble.ts'

/** What the device answered, for the server; or what stood in the way, for the person. */
export type PasskeyAnswer<Response> =
  | { readonly ok: true; readonly response: Response }
  | { readonly ok: false; readonly trouble: PasskeyTrouble }

/** Whether this browser knows passkeys at all. */
export const canUsePasskeys = (): boolean => browserSupportsWebAuthn()

/** Asks the device, or another one, for a new passkey. `options` are the server's. */
export function makePasskey(
  options: PublicKeyCredentialCreationOptionsJSON,
): Promise<PasskeyAnswer<RegistrationResponseJSON>> {
  return told(startRegistration({ optionsJSON: options }))
}

/** Asks for a proof with a passkey of this or another device. `options` are the server's. */
export function provePasskey(
  options: PublicKeyCredentialRequestOptionsJSON,
): Promise<PasskeyAnswer<AuthenticationResponseJSON>> {
  return told(startAuthentication({ optionsJSON: options }))
}

/** Whether the browser offers passkeys where one types one's login. */
export const canOfferPasskeys = (): Promise<boolean> => browserSupportsWebAuthnAutofill()

/**
 * Has the browser offer passkeys among its suggestions for a field with `webauthn` in its `autocomplete`.
 * Waits, without a word on the page, until one is chosen or {@link stopOffering}.
 */
export function offerPasskeys(
  options: PublicKeyCredentialRequestOptionsJSON,
): Promise<PasskeyAnswer<AuthenticationResponseJSON>> {
  return told(startAuthentication({ optionsJSON: options, useBrowserAutofill: true }))
}

/** Ends whatever the browser still asks of a device. */
export const stopOffering = (): void => WebAuthnAbortService.cancelCeremony()

async function told<Response>(asked: Promise<Response>): Promise<PasskeyAnswer<Response>> {
  try {
    return { ok: true, response: await asked }
  } catch (error) {
    const cause = error instanceof WebAuthnError ? error.code : null
    return { ok: false, trouble: troubleOf(cause, error instanceof Error ? error.name : '') }
  }
}
