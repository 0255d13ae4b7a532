import { Refusal } from '@visavis/contract/errors'
import type { Me, PasskeyAnswer, PasskeyRequest, SignInMethod } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import { enrolmentCodeHash, tokenHash, verifySecret } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/transact.ts'
import { ANONYMOUS } from '../audit/index.ts'
import type { AccountActor } from './actor.ts'
import { auditActorOf } from './audit-actor.ts'
import type { IdentityParts } from './identity-parts.ts'
import type { AccountRow } from './identity.repo.ts'
import type { Ticket } from './limits.service.ts'
import { PasskeyRefused } from './passkeys.service.ts'
import { notePasskeyRefused, takePasskey } from './passkey-use.ts'
import { meOf } from './sessions.service.ts'
import type { Caller, Proved, SignedIn } from './sessions.service.ts'
import { afterPassword, needOf } from './sign-in-rules.ts'

/** Use cases of people who come to sign in. */
export type SignInService = ReturnType<typeof createSignInService>

export function createSignInService(parts: IdentityParts) {
  return {
    /**
     * By password. Refuses with `SIGN_IN_REFUSED`, one answer in one time for unknown, wrong and disabled;
     * with `SIGN_IN_WAITS` before anything is looked at; and, where the role asks for a passkey that there is
     * not, with `SET_UP_REQUIRED`.
     */
    signIn: (given: { login: string; password: string }, caller: Caller): Promise<SignedIn> =>
      byPassword(parts, given, caller),
    /** What the browser is to ask its passkeys; the challenge is this browser's (`browserToken`). */
    passkeyRequest: (browserToken: string): Promise<PasskeyRequest> => {
      const owner = { browserHash: tokenHash(browserToken) }
      return parts.passkeys.request(owner, { kind: 'SIGN_IN', passkeys: [] })
    },
    /** By passkey. Refuses with `PASSKEY_REFUSED` alone, whatever was wrong; no count of guesses stops it. */
    passkeySignIn: (
      given: { credential: PasskeyAnswer; browserToken: string | null },
      caller: Caller,
    ): Promise<SignedIn> => byPasskey(parts, given, caller),
    /** By an administrator's one-time code, to set up a passkey and nothing else. */
    redeem: (given: { login: string; code: string }, caller: Caller): Promise<SignedIn> =>
      byCode(parts, given, caller),
    signOut: (actor: AccountActor, requestId: string) => endSignIn(parts, actor, requestId),
    me: async (actor: AccountActor): Promise<Me> => {
      const account = await parts.repo.accountById(actor.accountId)
      const proofs = await parts.proofs.proofsOf(actor.accountId)
      if (!account || !proofs) throw new Refusal('NOT_SIGNED_IN')
      const isHalf = actor.signIn.stage === 'SECOND_FACTOR'
      const next = isHalf ? afterPassword(needOf(proofs, parts.staffSignIn), proofs) : null
      return meOf(actor, account, next?.factors)
    },
  }
}

async function byPassword(
  parts: IdentityParts,
  given: { login: string; password: string },
  caller: Caller,
): Promise<SignedIn> {
  const login = given.login.trim().toLowerCase()
  const ticket = await parts.limits.password({ login, ...caller })
  const account = await parts.repo.accountByLogin(login)
  const isRight = await verifySecret(account?.passwordHash ?? null, given.password)
  if (!account || !isRight || account.disabledAt !== null) {
    const reason = !account ? 'UNKNOWN_LOGIN' : isRight ? 'DISABLED' : 'WRONG_PASSWORD'
    await noteRefused(parts, { account, reason, method: 'PASSWORD', caller })
    throw new Refusal('SIGN_IN_REFUSED')
  }
  const proofs = await parts.proofs.proofsOf(account.accountId)
  if (!proofs) throw new Refusal('SIGN_IN_REFUSED')
  const need = needOf(proofs, parts.staffSignIn)
  const next = afterPassword(need, proofs)
  if (next === null) {
    await noteRefused(parts, { account, reason: 'NO_PASSKEY', method: 'PASSWORD', caller })
    throw new Refusal('SET_UP_REQUIRED')
  }
  const { stage, factors } = next
  return enterBy(parts, account, {
    caller,
    ticket,
    proved: { method: 'PASSWORD', stage, factors, need },
  })
}

type Entering = {
  readonly proved: Proved
  readonly caller: Caller
  readonly ticket: Ticket | null
  /** Uses up what was proved with. */
  readonly use?: (tx: Tx) => Promise<void>
}

function enterBy(
  { transact, sessions, limitsRepo, proofs, clock }: IdentityParts,
  account: AccountRow,
  { proved, caller, ticket, use }: Entering,
): Promise<SignedIn> {
  const { accountId } = account
  return transact(async (tx) => {
    await use?.(tx)
    if (ticket) await ticket.wasRight(tx)
    const { method } = proved
    const at = clock.now()
    await limitsRepo.addTry(tx, { signInTryId: newId(), accountId, method, isAllowed: true, at })
    if (proved.stage === 'FULL') await proofs.cancelRecoveries(tx, accountId, at)
    return sessions.open(tx, account, { proved, caller })
  })
}

async function byPasskey(
  parts: IdentityParts,
  { credential, browserToken }: { credential: PasskeyAnswer; browserToken: string | null },
  caller: Caller,
): Promise<SignedIn> {
  try {
    if (browserToken === null) throw new PasskeyRefused('CHALLENGE_UNKNOWN')
    const owner = { browserHash: tokenHash(browserToken) }
    const answered = await parts.passkeys.check(credential, owner, 'SIGN_IN')
    const { accountId } = answered.passkey
    const account = await parts.repo.accountById(accountId)
    const proofs = await parts.proofs.proofsOf(accountId)
    if (!account || !proofs || account.disabledAt !== null) {
      throw new PasskeyRefused('ACCOUNT_DISABLED', answered.passkey)
    }
    const need = needOf(proofs, parts.staffSignIn)
    const proved = { method: 'PASSKEY', stage: 'FULL', need, isUserVerified: true } as const
    return await enterBy(parts, account, {
      ...{ proved, caller, ticket: null },
      use: (tx) => takePasskey(tx, parts, answered),
    })
  } catch (error) {
    if (error instanceof PasskeyRefused) await notePasskeyRefused(parts, error, caller.requestId)
    throw error
  }
}

async function byCode(
  parts: IdentityParts,
  given: { login: string; code: string },
  caller: Caller,
): Promise<SignedIn> {
  const login = given.login.trim().toLowerCase()
  const ticket = await parts.limits.code('set-up', login)
  const account = await parts.repo.accountByLogin(login)
  const proofs = account && (await parts.proofs.proofsOf(account.accountId))
  if (!account || !proofs || account.disabledAt !== null) {
    await noteRefused(parts, { account, reason: 'UNKNOWN_LOGIN', method: 'SET_UP_CODE', caller })
    throw new Refusal('CODE_REFUSED')
  }
  const need = needOf(proofs, parts.staffSignIn)
  const proved = { method: 'SET_UP_CODE', stage: 'SET_UP', need } as const
  const codeHash = enrolmentCodeHash(given.code)
  try {
    return await enterBy(parts, account, {
      proved,
      caller,
      ticket,
      use: async (tx) => {
        const which = { accountId: account.accountId, codeHash }
        if (!(await parts.setUpCodes.use(tx, which, parts.clock.now()))) {
          throw new Refusal('CODE_REFUSED')
        }
      },
    })
  } catch (error) {
    const isWrong = error instanceof Refusal && error.code === 'CODE_REFUSED'
    if (isWrong)
      await noteRefused(parts, { account, reason: 'WRONG_CODE', method: 'SET_UP_CODE', caller })
    throw error
  }
}

type Refused = {
  readonly account: AccountRow | null
  readonly reason: string
  readonly method: SignInMethod
  readonly caller: Pick<Caller, 'requestId'>
}

/** Enters a refused try of one who may be known, in the log and in the account's own list. */
export async function noteRefused(
  { transact, audit, limitsRepo, clock }: IdentityParts,
  { account, reason, method, caller }: Refused,
): Promise<void> {
  await transact(async (tx) => {
    if (account) {
      const { accountId } = account
      const at = clock.now()
      await limitsRepo.addTry(tx, { signInTryId: newId(), accountId, method, isAllowed: false, at })
    }
    await audit.append(tx, {
      facilityId: account?.facilityId ?? null,
      actor: ANONYMOUS,
      action: 'account.signIn',
      // What was typed may be somebody's password in the wrong field: it is not kept.
      object: { type: 'account', objectId: account?.accountId ?? 'unknown' },
      ...{ outcome: 'deny', reason, requestId: caller.requestId },
    })
  })
}

async function endSignIn(
  { repo, audit, clock, transact }: IdentityParts,
  actor: AccountActor,
  requestId: string,
): Promise<void> {
  await transact(async (tx) => {
    const ended = await repo.endSignIns(tx, { authSessionId: actor.authSessionId }, clock.now())
    // A second sign-out of the same cookie that raced this one has nothing to enter.
    if (ended === 0) return
    await audit.append(tx, {
      facilityId: actor.facilityId,
      actor: auditActorOf(actor),
      action: 'account.signOut',
      object: { type: 'account', objectId: actor.accountId },
      outcome: 'allow',
      requestId,
    })
  })
}
