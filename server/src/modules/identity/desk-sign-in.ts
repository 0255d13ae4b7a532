import { verifySecret } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/transact.ts'
import { deskSignInEnd } from './identity-rules.ts'
import type { InmateSignInRepo } from './inmate-sign-in.repo.ts'
import { tryPin } from './pin-attempt.ts'
import type { Attempt, Opening, PinRefusal } from './pin-attempt.ts'

/** A PIN that is typed with its inmate's number. */
export type DeskAttempt = Attempt & { readonly inmateNumber: string }

const UNKNOWN: PinRefusal = { code: 'PIN_REFUSED', reason: 'UNKNOWN_NUMBER' }

/**
 * Whom number and PIN let in at a terminal that no visit needs now. An unknown number, one of another
 * facility and a released inmate's are refused like a wrong PIN, after the same time.
 */
export async function tryDesk(
  tx: Tx,
  { terminal, inmateNumber, pin, now }: DeskAttempt,
  pins: InmateSignInRepo,
): Promise<Opening | PinRefusal> {
  const next = await pins.nextWindow(tx, terminal.terminalId, now)
  const expiresAt = deskSignInEnd(now, next)
  if (expiresAt === null) {
    return {
      code: 'TERMINAL_IN_USE',
      reason: 'VISIT_WINDOW',
      ...(next && { liftsAt: next.endsAt }),
    }
  }
  const inmateId = await pins.inmateOfNumber(tx, { facilityId: terminal.facilityId, inmateNumber })
  if (inmateId === null) {
    await verifySecret(null, pin)
    return UNKNOWN
  }
  const { terminalId } = terminal
  const candidates = await pins.lockCandidates(tx, { terminalId, inmateIds: [inmateId], now })
  const found = await tryPin(tx, { terminal, pin, candidates, now }, pins)
  return 'code' in found ? found : { inmate: found, visitId: null, expiresAt }
}
