import { verifySecret } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/transact.ts'
import type { InmateSignInRepo, PinCandidate } from './inmate-sign-in.repo.ts'
import type { TerminalActor } from './actor.ts'
import { afterWrongPin, isPinLocked } from './pin-rules.ts'

/** A PIN that is typed at a terminal. */
export type Attempt = {
  readonly terminal: TerminalActor
  readonly pin: string
  readonly requestId: string
  readonly now: Date
}

/** Whom an attempt lets in, until when, and for which visit (null: at the desk). */
export type Opening = {
  readonly inmate: PinCandidate
  readonly visitId: string | null
  readonly expiresAt: Date
}

/** Why a PIN let nobody in; `reason` is for the log only. */
export type PinRefusal = {
  readonly code: 'OUTSIDE_VISIT_WINDOW' | 'TERMINAL_IN_USE' | 'PIN_LOCKED' | 'PIN_REFUSED'
  readonly reason: string
  readonly liftsAt?: Date
}

/** A PIN as it was typed, and the rows, locked, of those whose it may be (at least one). */
type TypedPin = {
  readonly pin: string
  readonly candidates: readonly PinCandidate[]
  readonly now: Date
}

/**
 * Whose PIN it is. A wrong one is counted for everybody it was tried on; so the refusal is an answer,
 * because throwing would undo the count.
 */
export async function tryPin(
  tx: Tx,
  { pin, candidates, now }: TypedPin,
  pins: InmateSignInRepo,
): Promise<PinCandidate | PinRefusal> {
  const tried = candidates.filter((candidate) => !isPinLocked(candidate, now))
  if (tried.length === 0) return locked(candidates)
  const matches = await matching(tried, pin)
  const [inmate] = matches
  // Two people with one PIN in one window: the wrong one must not be let in, and neither has guessed.
  if (matches.length > 1) return { code: 'PIN_REFUSED', reason: 'AMBIGUOUS_PIN' }
  return inmate ?? countWrong(tx, { tried, now }, pins)
}

async function matching(tried: PinCandidate[], pin: string): Promise<PinCandidate[]> {
  const verdicts = await Promise.all(tried.map(({ pinHash }) => verifySecret(pinHash, pin)))
  return tried.filter((_, index) => verdicts[index])
}

async function countWrong(
  tx: Tx,
  { tried, now }: { tried: readonly PinCandidate[]; now: Date },
  pins: InmateSignInRepo,
): Promise<PinRefusal> {
  const records = tried.map((candidate) => ({ ...candidate, ...afterWrongPin(candidate, now) }))
  for (const record of records) await pins.setPinRecord(tx, record.inmateId, record)
  const isAllLocked = records.every((record) => isPinLocked(record, now))
  return isAllLocked ? locked(records) : { code: 'PIN_REFUSED', reason: 'WRONG_PIN' }
}

function locked(candidates: readonly PinCandidate[]): PinRefusal {
  const ends = candidates.map(({ pinLockedUntil }) => pinLockedUntil?.getTime() ?? 0)
  return { code: 'PIN_LOCKED', reason: 'PIN_LOCKED', liftsAt: new Date(Math.min(...ends)) }
}
