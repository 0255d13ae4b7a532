import { Refusal } from '@visavis/contract/errors'
import type { PasskeyAnswer, PasskeyRequest, ProofKind, SignInMethod } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import { enrolmentCodeHash, verifySecret } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/transact.ts'
import type { AccountActor } from './actor.ts'
import { auditActorOf } from './audit-actor.ts'
import type { IdentityParts } from './identity-parts.ts'
import { PasskeyRefused } from './passkeys.service.ts'
import { notePasskeyRefused, takePasskey } from './passkey-use.ts'
import type { Caller, SignedIn } from './sessions.service.ts'
import { needOf, proofKindsOf } from './sign-in-rules.ts'
import type { ProofsOf } from './proofs.repo.ts'
import { totpStep } from './totp.ts'

/** What finishes a sign-in. */
export type SecondFactor =
  | { readonly kind: 'TOTP' | 'RECOVERY_CODE'; readonly code: string }
  | { readonly kind: 'PASSKEY'; readonly credential: PasskeyAnswer }

/** What proves anew who sits there. */
export type Proof =
  | { readonly kind: 'PASSKEY'; readonly credential: PasskeyAnswer }
  | { readonly kind: 'PASSWORD'; readonly password: string }
  | { readonly kind: 'PASSWORD_TOTP'; readonly password: string; readonly code: string }

/** Finishing a sign-in, and proving it anew. */
export type SecondFactorService = ReturnType<typeof createSecondFactorService>

export function createSecondFactorService(parts: IdentityParts) {
  return {
    /** With what the account can prove itself, and what the browser is to ask its passkeys. */
    request: (actor: AccountActor) => request(parts, actor),
    /** Refuses with ALREADY_DECIDED where nothing is missing, else with what was wrong. */
    finish: (actor: AccountActor, factor: SecondFactor, caller: Caller): Promise<SignedIn> => {
      if (actor.signIn.stage !== 'SECOND_FACTOR') throw new Refusal('ALREADY_DECIDED')
      const action = 'account.signIn'
      return noting(parts, { actor, caller, action }, () =>
        finish(parts, { actor, factor, caller }),
      )
    },
    /** A proof that is fresh for five minutes; the sign-in goes on with another token. */
    prove: (actor: AccountActor, proof: Proof, caller: Caller): Promise<SignedIn> =>
      noting(parts, { actor, caller, action: 'account.prove' }, () =>
        prove(parts, { actor, proof, caller }),
      ),
  }
}

async function request(
  { proofs, passkeys, staffSignIn }: IdentityParts,
  { accountId, authSessionId }: AccountActor,
): Promise<{ kinds: ProofKind[]; passkey: PasskeyRequest | null }> {
  const has = await proofs.proofsOf(accountId)
  if (!has) throw new Refusal('NOT_SIGNED_IN')
  const kinds = [...proofKindsOf(needOf(has, staffSignIn), has)]
  if (has.passkeys === 0) return { kinds, passkey: null }
  const own = await proofs.passkeysOf(accountId)
  return {
    kinds,
    passkey: await passkeys.request({ authSessionId }, { kind: 'PROVE', passkeys: own }),
  }
}

/** Checks outside of the transaction, and what uses the proof up inside. */
type Checked = {
  readonly method: SignInMethod
  readonly isUserVerified: boolean
  readonly use: (tx: Tx) => Promise<void>
}

async function finish(
  parts: IdentityParts,
  { actor, factor, caller }: { actor: AccountActor; factor: SecondFactor; caller: Caller },
): Promise<SignedIn> {
  const checked =
    factor.kind === 'PASSKEY'
      ? await byPasskey(parts, actor, factor.credential)
      : await byCode(parts, actor.accountId, factor)
  return renewBy(parts, { actor, caller, checked, action: 'account.signIn' })
}

async function prove(
  parts: IdentityParts,
  { actor, proof, caller }: { actor: AccountActor; proof: Proof; caller: Caller },
): Promise<SignedIn> {
  const has = await parts.proofs.proofsOf(actor.accountId)
  const kinds = has && proofKindsOf(needOf(has, parts.staffSignIn), has)
  if (!kinds?.includes(proof.kind)) throw new Refusal('SIGN_IN_REFUSED')
  const checked = await check(parts, actor, proof)
  return renewBy(parts, { actor, caller, checked, action: 'account.prove' })
}

async function check(parts: IdentityParts, actor: AccountActor, proof: Proof): Promise<Checked> {
  if (proof.kind === 'PASSKEY') return byPasskey(parts, actor, proof.credential)
  const byWord = await byPassword(parts, actor.accountId, proof.password)
  if (proof.kind === 'PASSWORD') return byWord
  const { accountId } = actor
  const byApp = await byCode(parts, accountId, { kind: 'TOTP', code: proof.code })
  const use = async (tx: Tx): Promise<void> => {
    await byWord.use(tx)
    await byApp.use(tx)
  }
  return { ...byApp, use }
}

async function byPasskey(
  parts: IdentityParts,
  { accountId, authSessionId }: AccountActor,
  credential: PasskeyAnswer,
): Promise<Checked> {
  const answered = await parts.passkeys.check(credential, { authSessionId }, 'PROVE')
  if (answered.passkey.accountId !== accountId) {
    throw new PasskeyRefused('ANOTHERS_PASSKEY', answered.passkey)
  }
  return { method: 'PASSKEY', isUserVerified: true, use: (tx) => takePasskey(tx, parts, answered) }
}

async function byPassword(
  { limits, proofs }: IdentityParts,
  accountId: string,
  password: string,
): Promise<Checked> {
  const ticket = await limits.code('password', accountId)
  const isRight = await verifySecret(await proofs.passwordHash(accountId), password)
  if (!isRight) throw new Refusal('SIGN_IN_REFUSED')
  return { method: 'PASSWORD', isUserVerified: false, use: ticket.wasRight }
}

/** A code of the app, or one of those kept for when it is lost. */
async function byCode(
  parts: Pick<IdentityParts, 'limits' | 'proofs' | 'keys' | 'clock'>,
  accountId: string,
  given: { readonly kind: 'TOTP' | 'RECOVERY_CODE'; readonly code: string },
): Promise<Checked> {
  const ticket = await parts.limits.code('second-factor', accountId)
  const isUserVerified = false
  const use = async (tx: Tx): Promise<void> => {
    await takeCode(tx, parts, { accountId, ...given })
    await ticket.wasRight(tx)
  }
  const method = given.kind === 'TOTP' ? 'PASSWORD_TOTP' : 'PASSWORD_RECOVERY_CODE'
  return { method, isUserVerified, use }
}

/** Uses a code up; refuses with CODE_REFUSED one that is wrong or was used before. */
export async function takeCode(
  tx: Tx,
  { proofs, keys, clock }: Pick<IdentityParts, 'proofs' | 'keys' | 'clock'>,
  given: { accountId: string; kind: 'TOTP' | 'RECOVERY_CODE'; code: string },
): Promise<void> {
  const { accountId, code } = given
  const now = clock.now()
  if (given.kind === 'RECOVERY_CODE') {
    const which = { accountId, codeHash: enrolmentCodeHash(code) }
    if (await proofs.useRecoveryCode(tx, which, now)) return
    throw new Refusal('CODE_REFUSED')
  }
  const totp = await proofs.totpOf(accountId, tx)
  if (totp === null || totp.confirmedAt === null) throw new Refusal('CODE_REFUSED')
  const secret = keys.open(totp.sealedSecret, accountId)
  const step = totpStep({ secret, code }, { now, lastStep: Number(totp.lastStep) })
  const isTaken =
    step !== null && (await proofs.takeStep(tx, accountId, { lastStep: BigInt(step) }))
  if (!isTaken) throw new Refusal('CODE_REFUSED')
}

type Renewing = { actor: AccountActor; caller: Caller; checked: Checked; action: string }

async function renewBy(
  parts: IdentityParts,
  { actor, caller, checked, action }: Renewing,
): Promise<SignedIn> {
  const { accountId } = actor
  const account = await parts.repo.accountById(accountId)
  const has: ProofsOf | null = await parts.proofs.proofsOf(accountId)
  if (!account || !has || account.disabledAt !== null) throw new Refusal('SESSION_EXPIRED')
  const { method, isUserVerified } = checked
  const need = needOf(has, parts.staffSignIn)
  const proved = { method, isUserVerified, need, stage: 'FULL' } as const
  return parts.transact(async (tx) => {
    await checked.use(tx)
    const at = parts.clock.now()
    await parts.limitsRepo.addTry(tx, {
      signInTryId: newId(),
      accountId,
      method,
      isAllowed: true,
      at,
    })
    await parts.proofs.cancelRecoveries(tx, accountId, at)
    return parts.sessions.renew(tx, { account, actor }, { proved, caller, action })
  })
}

/** Enters what was refused in the log; who was refused is known. */
async function noting<Result>(
  parts: IdentityParts,
  about: { actor: AccountActor; caller: Caller; action: string },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof PasskeyRefused) {
      await notePasskeyRefused(parts, error, about.caller.requestId)
    } else if (error instanceof Refusal && NOTED.has(error.code)) {
      await noteWrong(parts, about, error.code)
    }
    throw error
  }
}

const NOTED: ReadonlySet<string> = new Set(['CODE_REFUSED', 'SIGN_IN_REFUSED'])

async function noteWrong(
  { transact, audit }: IdentityParts,
  { actor, caller, action }: { actor: AccountActor; caller: Caller; action: string },
  reason: string,
): Promise<void> {
  const { facilityId, accountId } = actor
  await transact((tx) =>
    audit.append(tx, {
      ...{ facilityId, action, outcome: 'deny', reason, requestId: caller.requestId },
      actor: auditActorOf(actor),
      object: { type: 'account', objectId: accountId },
    }),
  )
}
