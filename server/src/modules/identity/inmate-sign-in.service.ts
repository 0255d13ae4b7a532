import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import { newToken, tokenHash, verifySecret } from '../../platform/secrets.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { firstNameOf } from '../people/index.ts'
import type { InmateActor, TerminalActor } from './actor.ts'
import { auditActorOf } from './audit-actor.ts'
import { inmateSignInEnd } from './identity-rules.ts'
import type { IdentityRepo } from './identity.repo.ts'
import type { InmateSignInRepo, PinCandidate } from './inmate-sign-in.repo.ts'
import { CLEAN_PIN_RECORD, afterWrongPin, isPinLocked } from './pin-rules.ts'

type Deps = {
  repo: IdentityRepo
  pins: InmateSignInRepo
  audit: Audit
  clock: Clock
  transact: Transact
}
type Attempt = {
  readonly terminal: TerminalActor
  readonly pin: string
  readonly requestId: string
  readonly now: Date
}

/** An inmate who is now signed in on a terminal, until `expiresAt`. */
export type InmateSignedIn = {
  readonly token: string
  readonly displayName: string
  readonly language: string
  readonly expiresAt: Date
}
type PinRefusal = {
  readonly code: 'OUTSIDE_VISIT_WINDOW' | 'PIN_LOCKED' | 'PIN_REFUSED'
  readonly reason: string
  readonly liftsAt?: Date
}

/** Use cases of inmates on a terminal. */
export type InmateSignInService = ReturnType<typeof createInmateSignInService>

export function createInmateSignInService(deps: Deps) {
  return {
    /**
     * TR-5: signs in the inmate whose window at this terminal is open and whose PIN it is. A refusal is
     * counted and entered in the log, so it is decided inside the transaction and thrown after it.
     */
    signIn: async (terminal: TerminalActor, given: { pin: string; requestId: string }) => {
      const attempt: Attempt = { terminal, ...given, now: deps.clock.now() }
      const outcome = await deps.transact((tx) => tryPin(tx, attempt, deps))
      if (!('code' in outcome)) return outcome
      const liftsAt = outcome.liftsAt?.toISOString()
      throw new Refusal(outcome.code, liftsAt === undefined ? {} : { liftsAt })
    },
    signOut: (actor: InmateActor, requestId: string) =>
      deps.transact(async (tx) => {
        const { authSessionId } = actor
        const ended = await deps.repo.endSignIns(tx, { authSessionId }, deps.clock.now())
        if (ended > 0) await deps.audit.append(tx, signedOut(actor, requestId))
      }),
  }
}

async function tryPin(tx: Tx, attempt: Attempt, deps: Deps): Promise<InmateSignedIn | PinRefusal> {
  const visits = await deps.pins.openVisits(tx, attempt.terminal.terminalId, attempt.now)
  const inmateIds = visits.map((visit) => visit.inmateId)
  const candidates = inmateIds.length > 0 ? await deps.pins.lockCandidates(tx, inmateIds) : []
  const tried = candidates.filter((candidate) => !isPinLocked(candidate, attempt.now))
  const matches = await matching(tried, attempt.pin)
  const [inmate] = matches
  const visit = visits.find(({ inmateId }) => inmateId === inmate?.inmateId)
  if (inmate && visit && matches.length === 1) {
    return openSignIn(tx, { attempt, inmate, visit }, deps)
  }
  const refusal = await refusalOf(tx, { candidates, tried, matches, now: attempt.now }, deps)
  await enterRefusal(tx, { attempt, refusal }, deps)
  return refusal
}

async function matching(tried: PinCandidate[], pin: string): Promise<PinCandidate[]> {
  const verdicts = await Promise.all(tried.map(({ pinHash }) => verifySecret(pinHash, pin)))
  return tried.filter((_, index) => verdicts[index])
}

async function refusalOf(
  tx: Tx,
  facts: { candidates: PinCandidate[]; tried: PinCandidate[]; matches: PinCandidate[]; now: Date },
  { pins }: Deps,
): Promise<PinRefusal> {
  const { candidates, tried, matches, now } = facts
  if (candidates.length === 0) return { code: 'OUTSIDE_VISIT_WINDOW', reason: 'NO_OPEN_WINDOW' }
  if (tried.length === 0) return locked(candidates)
  // Two people with one PIN in one window: the wrong one must not be let in, and neither has guessed.
  if (matches.length > 1) return { code: 'PIN_REFUSED', reason: 'AMBIGUOUS_PIN' }
  const records = tried.map((candidate) => ({ ...candidate, ...afterWrongPin(candidate, now) }))
  for (const record of records) await pins.setPinRecord(tx, record.inmateId, record)
  const isAllLocked = records.every((record) => isPinLocked(record, now))
  return isAllLocked ? locked(records) : { code: 'PIN_REFUSED', reason: 'WRONG_PIN' }
}

function locked(candidates: PinCandidate[]): PinRefusal {
  const ends = candidates.map(({ pinLockedUntil }) => pinLockedUntil?.getTime() ?? 0)
  return { code: 'PIN_LOCKED', reason: 'PIN_LOCKED', liftsAt: new Date(Math.min(...ends)) }
}

async function enterRefusal(
  tx: Tx,
  { attempt, refusal }: { attempt: Attempt; refusal: PinRefusal },
  { audit }: Deps,
): Promise<void> {
  const { terminal, requestId } = attempt
  await audit.append(tx, {
    facilityId: terminal.facilityId,
    actor: auditActorOf(terminal),
    action: 'inmate.signIn',
    object: { type: 'terminal', objectId: terminal.terminalId },
    outcome: 'deny',
    reason: refusal.reason,
    requestId,
  })
}

async function openSignIn(
  tx: Tx,
  given: { attempt: Attempt; inmate: PinCandidate; visit: { visitId: string; endsAt: Date } },
  { repo, pins, audit }: Deps,
): Promise<InmateSignedIn> {
  const { attempt, inmate, visit } = given
  const { terminalId, facilityId } = attempt.terminal
  const token = newToken()
  const authSessionId = newId()
  const expiresAt = inmateSignInEnd(visit.endsAt)
  if (inmate.pinFailures > 0) await pins.setPinRecord(tx, inmate.inmateId, CLEAN_PIN_RECORD)
  // One person at a terminal: whoever forgot to sign out is out now.
  await repo.endSignIns(tx, { terminalId }, attempt.now)
  await repo.addSignIn(tx, {
    authSessionId,
    inmateId: inmate.inmateId,
    terminalId,
    visitId: visit.visitId,
    tokenHash: tokenHash(token),
    createdAt: attempt.now,
    lastSeenAt: attempt.now,
    expiresAt,
  })
  await audit.append(tx, {
    facilityId,
    actor: { type: 'inmate', actorId: inmate.inmateId, authSessionId },
    action: 'inmate.signIn',
    object: { type: 'terminal', objectId: terminalId, visitId: visit.visitId },
    outcome: 'allow',
    requestId: attempt.requestId,
  })
  return { token, displayName: firstNameOf(inmate), language: inmate.language, expiresAt }
}

function signedOut(actor: InmateActor, requestId: string) {
  return {
    facilityId: actor.facilityId,
    actor: auditActorOf(actor),
    action: 'inmate.signOut',
    object: { type: 'terminal', objectId: actor.terminalId, visitId: actor.visitId },
    outcome: 'allow',
    requestId,
  } as const
}
