import { Refusal } from '@visavis/contract/errors'
import type { Me, SecondFactorKind, SignInMethod, SignInStage } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import { newToken, tokenHash } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { AccountActor } from './actor.ts'
import { accountActor } from './actors.service.ts'
import { auditActorOf } from './audit-actor.ts'
import { deviceWords } from './device-words.ts'
import type { AccountRow, IdentityRepo } from './identity.repo.ts'
import type { Limits } from './limits.service.ts'
import { isBreakGlass, isProofFresh, lifeMsOf } from './sign-in-rules.ts'
import type { Need } from './sign-in-rules.ts'
import { tellGlassBroken } from './sign-in-alarms.ts'
import type { Tasks } from '../tasks/index.ts'

/** Where a request comes from. */
export type Caller = {
  readonly requestId: string
  /** Fastify's `ip`: the client's, or that of a proxy we do not trust. */
  readonly address: string
  readonly userAgent: string | undefined
  /** The token in the account cookie until now. */
  readonly heldToken: string | null
  /** The cookie of earlier sign-ins in this browser. */
  readonly known: string | null
}

/** How an account has just proved who it is. */
export type Proved = {
  readonly method: SignInMethod
  readonly stage: SignInStage
  readonly need: Need
  readonly isUserVerified?: boolean
  /** In the stage SECOND_FACTOR: what may follow. */
  readonly factors?: readonly SecondFactorKind[]
}

/** A sign-in with its new token: what the browser keeps for `lifeMs`, and who it is now. */
export type SignedIn = {
  readonly token: string
  readonly lifeMs: number
  readonly me: Me
  /** What the browser keeps of having been signed in; null: nothing new. */
  readonly known: string | null
}

type Deps = {
  repo: IdentityRepo
  audit: Audit
  clock: Clock
  limits: Limits
  tasks: Tasks
}

/** Opening sign-ins and giving them new tokens. */
export type Sessions = ReturnType<typeof createSessions>

export function createSessions(deps: Deps) {
  return {
    /** A new sign-in; whatever the browser held until now is over. The audit entry is written with it. */
    open: (tx: Tx, account: AccountRow, given: { proved: Proved; caller: Caller }) =>
      open(tx, account, { ...given, deps }),
    /**
     * Another token for a sign-in that goes on (ASVS 7.2.4): `proved` anew, or finished. Refuses with
     * SESSION_EXPIRED when it is over by now.
     */
    renew: (
      tx: Tx,
      { account, actor }: { account: AccountRow; actor: AccountActor },
      given: { proved: Proved; caller: Caller; action: string },
    ) => renew(tx, { account, actor, ...given, deps }),
  }
}

type Opening = { readonly proved: Proved; readonly caller: Caller; readonly deps: Deps }

async function open(tx: Tx, account: AccountRow, { proved, caller, deps }: Opening) {
  const { repo, clock } = deps
  const now = clock.now()
  const { heldToken } = caller
  if (heldToken !== null) await repo.endSignIns(tx, { tokenHash: tokenHash(heldToken) }, now)
  const token = newToken()
  const facts = factsOf(proved, now)
  const lifeMs = lifeMsOf(proved.stage, facts.isBreakGlass)
  const signIn = { authSessionId: newId(), expiresAt: new Date(now.getTime() + lifeMs) }
  await repo.addSignIn(tx, {
    ...{ ...signIn, ...facts, ...deviceWords(caller.userAgent) },
    ...{ accountId: account.accountId, tokenHash: tokenHash(token) },
    ...{ createdAt: now, lastSeenAt: now },
  })
  const actor = accountActor(account, {
    ...signIn,
    onlyVisitId: null,
    signIn: { ...facts, isFresh: isProofFresh(facts.provedAt, now) },
  })
  await enter(tx, { actor, action: 'account.signIn', caller, deps })
  return signedIn({ token, lifeMs, actor, account }, { proved, caller, deps })
}

async function renew(
  tx: Tx,
  given: Opening & { account: AccountRow; actor: AccountActor; action: string },
) {
  const { account, actor, proved, caller, deps } = given
  const now = deps.clock.now()
  const token = newToken()
  const facts = factsOf(proved, now)
  const isFinished = actor.signIn.stage !== 'FULL'
  const isGlassBroken = facts.isBreakGlass || (!isFinished && actor.signIn.isBreakGlass)
  const expiresAt = isFinished
    ? new Date(now.getTime() + lifeMsOf(proved.stage, isGlassBroken))
    : actor.expiresAt
  // A proof anew changes neither how the sign-in came about nor how long it lasts.
  const changes = isFinished ? { ...facts, expiresAt } : { provedAt: facts.provedAt }
  const hash = tokenHash(token)
  if (!(await deps.repo.renewSignIn(tx, actor.authSessionId, { tokenHash: hash, ...changes }))) {
    throw new Refusal('SESSION_EXPIRED')
  }
  const signIn = { ...(isFinished ? facts : actor.signIn), provedAt: now, isFresh: true }
  const renewed: AccountActor = { ...actor, expiresAt, signIn }
  await enter(tx, { actor: renewed, action: given.action, caller, deps })
  const lifeMs = expiresAt.getTime() - now.getTime()
  return signedIn({ token, lifeMs, actor: renewed, account }, { proved, caller, deps })
}

function factsOf({ method, stage, need, isUserVerified = false }: Proved, now: Date) {
  return {
    ...{ method, stage, isUserVerified },
    // Half a sign-in proves nothing yet.
    provedAt: stage === 'SECOND_FACTOR' ? null : now,
    isBreakGlass: isBreakGlass(need, method),
  }
}

type Entered = { actor: AccountActor; action: string; caller: Caller; deps: Deps }

async function enter(tx: Tx, { actor, action, caller, deps }: Entered): Promise<void> {
  const { facilityId, accountId, signIn } = actor
  const { method, stage, isBreakGlass: isGlassBroken } = signIn
  await deps.audit.append(tx, {
    ...{ facilityId, actor: auditActorOf(actor), action, outcome: 'allow' },
    object: { type: 'account', objectId: accountId },
    requestId: caller.requestId,
    detail: { method, stage, isBreakGlass: isGlassBroken },
  })
  if (isGlassBroken && action === 'account.signIn') await tellGlassBroken(tx, actor, deps)
}

function signedIn(
  given: { token: string; lifeMs: number; actor: AccountActor; account: AccountRow },
  { proved, caller, deps }: Opening,
): SignedIn {
  const { token, lifeMs, actor, account } = given
  const isWhole = proved.stage === 'FULL'
  return {
    token,
    lifeMs,
    me: meOf(actor, account, proved.factors),
    known: isWhole ? deps.limits.remember(account.login, caller.known) : null,
  }
}

/** What an account reads about itself; `factors`: what may finish its sign-in. */
export function meOf(
  actor: AccountActor,
  account: AccountRow,
  factors: readonly SecondFactorKind[] = [],
): Me {
  const { accountId, role, displayName, language, onlyVisitId, expiresAt } = actor
  const { stage, method, isBreakGlass: isGlassBroken, provedAt } = actor.signIn
  const signIn = {
    ...{ stage, method, isBreakGlass: isGlassBroken, secondFactors: [...factors] },
    provedAt: provedAt?.toISOString() ?? null,
    expiresAt: expiresAt.toISOString(),
  }
  const { facility } = account
  return { accountId, role, displayName, language, onlyVisitId, facility, signIn } as Me
}
