import { Refusal } from '@visavis/contract/errors'
import { firstNameOf } from '@visavis/contract/person-names'
import { newId } from '../../platform/ids.ts'
import { newToken, tokenHash } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/transact.ts'
import type { InmateActor, TerminalActor } from './actor.ts'
import { auditActorOf } from './audit-actor.ts'
import { tryDesk } from './desk-sign-in.ts'
import { inmateSignInEnd } from './identity-rules.ts'
import type { IdentityParts } from './identity-parts.ts'
import type { InmateSignInRepo } from './inmate-sign-in.repo.ts'
import { tryPin } from './pin-attempt.ts'
import type { Attempt, Opening, PinRefusal } from './pin-attempt.ts'
import { countWrongPins } from './pin-alarms.ts'
import { cleanCount } from './limit-rules.ts'

type Deps = Pick<
  IdentityParts,
  'repo' | 'limitsRepo' | 'keys' | 'tasks' | 'audit' | 'clock' | 'transact'
> & { readonly pins: InmateSignInRepo }

/** An inmate who is now signed in on a terminal, until `expiresAt`. */
export type InmateSignedIn = {
  readonly token: string
  readonly displayName: string
  readonly language: string
  readonly expiresAt: Date
}

/** Use cases of inmates on a terminal. */
export type InmateSignInService = ReturnType<typeof createInmateSignInService>

export function createInmateSignInService(deps: Deps) {
  const { pins } = deps
  return {
    /** TR-5: signs in the inmate whose window at this terminal is open and whose PIN it is. */
    signIn: (terminal: TerminalActor, given: { pin: string; requestId: string }) =>
      attempt({ terminal, ...given, now: deps.clock.now() }, deps, tryWindows),
    /** Signs in by number and PIN for requests and notices, while no visit needs the terminal. */
    deskSignIn: (
      terminal: TerminalActor,
      given: { inmateNumber: string; pin: string; requestId: string },
    ) => {
      const { inmateNumber, ...rest } = given
      const facts = { terminal, ...rest, now: deps.clock.now() }
      return attempt(facts, deps, (tx) => tryDesk(tx, { ...facts, inmateNumber }, pins))
    },
    /**
     * BK-8, TR-5. From the desk to the visit that the inmate rang for there and that was answered: number
     * and PIN were typed at this terminal minutes ago, by whoever is still signed in. Resolves with the
     * end of the sign-in; `OUTSIDE_VISIT_WINDOW` where there is no such visit.
     */
    enterRing: (actor: InmateActor, given: { visitId: string; requestId: string }) =>
      deps.transact((tx) => enterRing(tx, { actor, ...given }, deps)),
    signOut: (actor: InmateActor, requestId: string) =>
      deps.transact(async (tx) => {
        const { authSessionId } = actor
        const ended = await deps.repo.endSignIns(tx, { authSessionId }, deps.clock.now())
        if (ended > 0) await deps.audit.append(tx, signedOut(actor, requestId))
      }),
  }
}

/** A refusal is counted and entered in the log, so it is decided inside the transaction and thrown after it. */
async function attempt(
  facts: Attempt,
  deps: Deps,
  decide: (tx: Tx, facts: Attempt, pins: InmateSignInRepo) => Promise<Opening | PinRefusal>,
): Promise<InmateSignedIn> {
  const outcome = await deps.transact(async (tx) => {
    const decided = await decide(tx, facts, deps.pins)
    if (!('code' in decided)) return openSignIn(tx, { facts, opening: decided }, deps)
    const { wrongOf: inmateIds = [] } = decided
    const { facilityId } = facts.terminal
    if (inmateIds.length > 0) await countWrongPins(tx, { facilityId, inmateIds }, deps)
    await enterRefusal(tx, { facts, refusal: decided }, deps)
    return decided
  })
  if (!('code' in outcome)) return outcome
  const liftsAt = outcome.liftsAt?.toISOString()
  throw new Refusal(outcome.code, liftsAt === undefined ? {} : { liftsAt })
}

async function tryWindows(
  tx: Tx,
  { terminal, pin, now }: Attempt,
  pins: InmateSignInRepo,
): Promise<Opening | PinRefusal> {
  const visits = await pins.openVisits(tx, terminal.terminalId, now)
  if (visits.length === 0) return { code: 'OUTSIDE_VISIT_WINDOW', reason: 'NO_OPEN_WINDOW' }
  const inmateIds = visits.map(({ inmateId }) => inmateId)
  const { terminalId } = terminal
  const candidates = await pins.lockCandidates(tx, { terminalId, inmateIds, now })
  const found = await tryPin(tx, { terminal, pin, candidates, now }, pins)
  if ('code' in found) return found
  const visit = visits.find(({ inmateId }) => inmateId === found.inmateId)
  if (!visit) return { code: 'OUTSIDE_VISIT_WINDOW', reason: 'NO_OPEN_WINDOW' }
  return { inmate: found, visitId: visit.visitId, expiresAt: inmateSignInEnd(visit.endsAt) }
}

async function enterRing(
  tx: Tx,
  { actor, visitId, requestId }: { actor: InmateActor; visitId: string; requestId: string },
  { repo, pins, audit, clock }: Deps,
): Promise<Date> {
  // A repeated request: the first one's answer may have been lost.
  if (actor.visitId === visitId) return actor.expiresAt
  const { terminalId, inmateId, authSessionId, facilityId } = actor
  const visits = await pins.openVisits(tx, terminalId, clock.now())
  const visit = visits.find((one) => one.visitId === visitId && one.inmateId === inmateId)
  if (visit?.bookingMode !== 'ON_DEMAND') throw new Refusal('OUTSIDE_VISIT_WINDOW')
  const expiresAt = inmateSignInEnd(visit.endsAt)
  if (!(await repo.enterVisit(tx, authSessionId, { visitId, expiresAt }))) {
    throw new Refusal('OUTSIDE_VISIT_WINDOW')
  }
  await audit.append(tx, {
    facilityId,
    actor: auditActorOf(actor),
    action: 'inmate.enterRing',
    object: terminalObject(terminalId, visitId),
    outcome: 'allow',
    requestId,
  })
  return expiresAt
}

async function enterRefusal(
  tx: Tx,
  { facts, refusal }: { facts: Attempt; refusal: PinRefusal },
  { audit }: Deps,
): Promise<void> {
  const { terminal, requestId } = facts
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
  { facts, opening }: { facts: Attempt; opening: Opening },
  { repo, pins, audit }: Deps,
): Promise<InmateSignedIn> {
  const { terminalId, facilityId } = facts.terminal
  const { inmate, visitId, expiresAt } = opening
  const { inmateId } = inmate
  const token = newToken()
  const authSessionId = newId()
  if (inmate.count !== null && inmate.count.failures > 0) {
    await pins.putCount(tx, { terminalId, inmateId }, cleanCount(facts.now))
  }
  // One person at a terminal: whoever forgot to sign out is out now.
  await repo.endSignIns(tx, { terminalId }, facts.now)
  const times = { createdAt: facts.now, lastSeenAt: facts.now, expiresAt }
  const whose = { inmateId, terminalId, visitId }
  await repo.addSignIn(tx, { authSessionId, ...whose, tokenHash: tokenHash(token), ...times })
  await audit.append(tx, {
    facilityId,
    actor: { type: 'inmate', actorId: inmateId, authSessionId },
    action: 'inmate.signIn',
    object: terminalObject(terminalId, visitId),
    outcome: 'allow',
    requestId: facts.requestId,
  })
  return { token, displayName: firstNameOf(inmate), language: inmate.language, expiresAt }
}

function signedOut(actor: InmateActor, requestId: string) {
  return {
    facilityId: actor.facilityId,
    actor: auditActorOf(actor),
    action: 'inmate.signOut',
    object: terminalObject(actor.terminalId, actor.visitId),
    outcome: 'allow',
    requestId,
  } as const
}

function terminalObject(terminalId: string, visitId: string | null) {
  return { type: 'terminal', objectId: terminalId, ...(visitId === null ? {} : { visitId }) }
}
