import { verifySecret } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Count } from './limit-rules.ts'
import type { InmateSignInRepo, PinCandidate } from './inmate-sign-in.repo.ts'
import type { TerminalActor } from './actor.ts'
import { afterWrongPin, pinLockedUntil } from './pin-rules.ts'

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

/** Why a PIN let nobody in; `reason` is for the log only, `wrongOf`: for whom it counts as wrong. */
export type PinRefusal = {
  readonly code: 'OUTSIDE_VISIT_WINDOW' | 'TERMINAL_IN_USE' | 'PIN_LOCKED' | 'PIN_REFUSED'
  readonly reason: string
  readonly liftsAt?: Date
  readonly wrongOf?: readonly string[]
}

/** A PIN as it was typed, and those whose it may be (at least one), their counts at the terminal locked. */
type TypedPin = Pick<Attempt, 'terminal' | 'pin' | 'now'> & {
  readonly candidates: readonly PinCandidate[]
}

/**
 * Whose PIN it is. A wrong one is counted, at this terminal, for everybody it was tried on; so the refusal is
 * an answer, because throwing would undo the count.
 */
export async function tryPin(
  tx: Tx,
  typed: TypedPin,
  pins: InmateSignInRepo,
): Promise<PinCandidate | PinRefusal> {
  const { pin, candidates, now } = typed
  const tried = candidates.filter(({ count }) => pinLockedUntil(count, now) === null)
  if (tried.length === 0) return locked(candidates, now)
  const matches = await matching(tried, pin)
  const [inmate] = matches
  // Two people with one PIN in one window: the wrong one must not be let in, and neither has guessed.
  if (matches.length > 1) return { code: 'PIN_REFUSED', reason: 'AMBIGUOUS_PIN' }
  return inmate ?? countWrong(tx, { ...typed, tried }, pins)
}

async function matching(tried: PinCandidate[], pin: string): Promise<PinCandidate[]> {
  const verdicts = await Promise.all(tried.map(({ pinHash }) => verifySecret(pinHash, pin)))
  return tried.filter((_, index) => verdicts[index])
}

async function countWrong(
  tx: Tx,
  { terminal, tried, now }: TypedPin & { tried: readonly PinCandidate[] },
  pins: InmateSignInRepo,
): Promise<PinRefusal> {
  const counted = tried.map((each) => ({ ...each, count: afterWrongPin(each.count, now) }))
  for (const { inmateId, count } of counted) {
    await pins.putCount(tx, { terminalId: terminal.terminalId, inmateId }, count)
  }
  const wrongOf = tried.map(({ inmateId }) => inmateId)
  const isAllLocked = counted.every(({ count }) => pinLockedUntil(count, now) !== null)
  const refusal = isAllLocked ? locked(counted, now) : WRONG
  return { ...refusal, wrongOf }
}

const WRONG: PinRefusal = { code: 'PIN_REFUSED', reason: 'WRONG_PIN' }

function locked(candidates: readonly { readonly count: Count | null }[], now: Date): PinRefusal {
  const ends = candidates.map(({ count }) => pinLockedUntil(count, now)?.getTime() ?? 0)
  return { code: 'PIN_LOCKED', reason: 'PIN_LOCKED', liftsAt: new Date(Math.min(...ends)) }
}
