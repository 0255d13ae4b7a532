import { generateSecret, generateURI, verifySync } from 'otplib'

/** What the apps show above the code. */
const ISSUER = 'Vis-à-vis'
const STEP_S = 30

/** A new secret in base 32: 160 bits, as RFC 4226 recommends. */
export const newTotpSecret = (): string => generateSecret()

/** What the QR code of an authenticator app says. */
export const totpUri = (secret: string, login: string): string =>
  generateURI({ issuer: ISSUER, label: login, secret })

/**
 * The step of a right code that is newer than `lastStep`; null: wrong, or used before (RFC 6238, 5.2). The
 * step before and the one after count too: clocks differ and fingers are slow.
 */
export function totpStep(
  given: { readonly secret: string; readonly code: string },
  { now, lastStep }: { now: Date; lastStep: number },
): number | null {
  const epoch = Math.floor(now.getTime() / 1_000)
  const verdict = verifySync({
    secret: given.secret,
    token: given.code,
    epoch,
    epochTolerance: STEP_S,
    afterTimeStep: lastStep,
  })
  if (!verdict.valid || !('timeStep' in verdict)) return null
  return verdict.timeStep
}
