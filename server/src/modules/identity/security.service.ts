import { Refusal } from '@visavis/contract/errors'
import { hashSecret, newEnrolmentCode, enrolmentCodeHash } from '../../platform/secrets.ts'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import type { AccountActor } from './actor.ts'
import { auditActorOf } from './audit-actor.ts'
import type { IdentityParts } from './identity-parts.ts'
import { passwordFault } from './password-rules.ts'
import type { ProofsOf } from './proofs.repo.ts'
import { securityOf } from './security-view.ts'
import type { SecurityRepo } from './security.repo.ts'
import { canSignInWith, needOf } from './sign-in-rules.ts'
import { newTotpSecret, totpStep, totpUri } from './totp.ts'

const RECOVERY_CODES = 10
const withoutTotp = (has: ProofsOf): ProofsOf => ({ ...has, hasTotp: false })

/** What people do about their own passwords, apps, codes and sign-ins. */
export type SecurityService = ReturnType<typeof createSecurityService>

export function createSecurityService(parts: IdentityParts, repo: SecurityRepo) {
  return {
    view: (actor: AccountActor) => securityOf(parts, repo, actor),
    /** A secret for an app; it counts for nothing until a code of it was seen. */
    beginTotp: (actor: AccountActor, requestId: string) => {
      requirePastPassword(actor)
      return beginTotp(parts, actor, requestId)
    },
    /** Switches it on; gives recovery codes. Refuses with NOT_FOUND or CODE_REFUSED. */
    confirmTotp: (actor: AccountActor, code: string, requestId: string) => {
      requirePastPassword(actor)
      return confirmTotp(parts, { actor, code, requestId })
    },
    removeTotp: (actor: AccountActor, requestId: string) =>
      parts.transact(async (tx) => {
        await requireRest(tx, parts, { accountId: actor.accountId, without: withoutTotp })
        if ((await parts.proofs.removeTotp(tx, actor.accountId)) === 0)
          throw new Refusal('NOT_FOUND')
        await endOthers(tx, parts, actor)
        await enterOwn(tx, parts, { actor, requestId, action: 'totp.remove' })
      }),
    renewRecoveryCodes: (actor: AccountActor, requestId: string) =>
      parts.transact(async (tx) => {
        const has = await parts.proofs.proofsOf(actor.accountId, tx)
        if (!has?.hasTotp) throw new Refusal('NOT_FOUND')
        const codes = await putCodes(tx, parts, actor.accountId)
        await enterOwn(tx, parts, { actor, requestId, action: 'recoveryCodes.renew' })
        return codes
      }),
    /** Refuses with PASSWORD_COMMON or PASSWORD_PERSONAL; every other sign-in ends. */
    changePassword: (actor: AccountActor, password: string, requestId: string) =>
      changePassword(parts, { actor, password, requestId }),
    /** Ends one of the own sign-ins. Refuses with NOT_FOUND. */
    endOne: (actor: AccountActor, authSessionId: string, requestId: string) =>
      parts.transact(async (tx) => {
        const which = { accountId: actor.accountId, authSessionId }
        const ended = await parts.repo.endSignIns(tx, which, parts.clock.now())
        if (ended === 0) throw new Refusal('NOT_FOUND')
        await enterOwn(tx, parts, { actor, requestId, action: 'session.end' })
      }),
    /** Ends every own sign-in but this one; how many. */
    endOthers: (actor: AccountActor, requestId: string): Promise<number> =>
      parts.transact(async (tx) => {
        const ended = await endOthers(tx, parts, actor)
        await enterOwn(tx, parts, { actor, requestId, action: 'session.endOthers' })
        return ended
      }),
  }
}

// Half a sign-in proves too little to change what the other half is.
function requirePastPassword({ signIn }: AccountActor): void {
  if (signIn.stage === 'SECOND_FACTOR') throw new Refusal('SECOND_FACTOR_REQUIRED')
  // An administrator's code is for a passkey: a password with an app would only ever break the glass.
  if (signIn.stage === 'SET_UP' && signIn.method === 'SET_UP_CODE')
    throw new Refusal('SET_UP_REQUIRED')
}

async function beginTotp(parts: IdentityParts, actor: AccountActor, requestId: string) {
  const { accountId } = actor
  const secret = newTotpSecret()
  const account = await parts.repo.accountById(accountId)
  if (!account) throw new Refusal('NOT_SIGNED_IN')
  await parts.transact(async (tx) => {
    await parts.proofs.lock(tx, accountId)
    const has = await parts.proofs.proofsOf(accountId, tx)
    // One that counts is taken away first, on purpose, and never by a code that was not confirmed.
    if (has?.hasTotp)
      await requireRest(tx, parts, { accountId: actor.accountId, without: withoutTotp })
    const sealedSecret = Uint8Array.from(parts.keys.seal(secret, accountId))
    await parts.proofs.putTotp(tx, { accountId, sealedSecret, createdAt: parts.clock.now() })
    await enterOwn(tx, parts, { actor, requestId, action: 'totp.begin' })
  })
  return { secret, uri: totpUri(secret, account.login) }
}

async function confirmTotp(
  parts: IdentityParts,
  { actor, code, requestId }: { actor: AccountActor; code: string; requestId: string },
): Promise<string[]> {
  const { proofs, keys, clock, limits, transact } = parts
  const { accountId } = actor
  const ticket = await limits.code('totp-confirmation', accountId)
  return transact(async (tx) => {
    const now = clock.now()
    await proofs.lock(tx, accountId)
    const totp = await proofs.totpOf(accountId, tx)
    if (totp === null || totp.confirmedAt !== null) throw new Refusal('NOT_FOUND')
    const secret = keys.open(totp.sealedSecret, accountId)
    const step = totpStep({ secret, code }, { now, lastStep: Number(totp.lastStep) })
    if (step === null) throw new Refusal('CODE_REFUSED')
    await proofs.takeStep(tx, accountId, { lastStep: BigInt(step), confirmedAt: now })
    const codes = await putCodes(tx, parts, accountId)
    await ticket.wasRight(tx)
    await enterOwn(tx, parts, { actor, requestId, action: 'totp.add' })
    return codes
  })
}

async function changePassword(
  parts: IdentityParts,
  { actor, password, requestId }: { actor: AccountActor; password: string; requestId: string },
): Promise<void> {
  const { accountId } = actor
  const account = await parts.repo.accountById(accountId)
  if (!account) throw new Refusal('NOT_SIGNED_IN')
  const fault = passwordFault(password, { login: account.login, names: [actor.displayName] })
  if (fault !== null) throw new Refusal(fault)
  const passwordHash = await hashSecret(password)
  await parts.transact(async (tx) => {
    const passwordChangedAt = parts.clock.now()
    await parts.proofs.setPassword(tx, accountId, { passwordHash, passwordChangedAt })
    await endOthers(tx, parts, actor)
    await enterOwn(tx, parts, { actor, requestId, action: 'password.change' })
  })
}

async function putCodes(
  tx: Tx,
  { proofs, clock }: Pick<IdentityParts, 'proofs' | 'clock'>,
  accountId: string,
): Promise<string[]> {
  const createdAt = clock.now()
  const codes = Array.from({ length: RECOVERY_CODES }, newEnrolmentCode)
  const rows = codes.map((code) => {
    const codeHash = enrolmentCodeHash(code)
    return { recoveryCodeId: newId(), codeHash, createdAt }
  })
  await proofs.putRecoveryCodes(tx, accountId, rows)
  return codes
}

/** Under the account's lock: refuses with LAST_PROOF where nobody could sign in any more with what is left. */
export async function requireRest(
  tx: Tx,
  { proofs, staffSignIn }: Pick<IdentityParts, 'proofs' | 'staffSignIn'>,
  { accountId, without }: { accountId: string; without: (has: ProofsOf) => ProofsOf },
): Promise<void> {
  await proofs.lock(tx, accountId)
  const has = await proofs.proofsOf(accountId, tx)
  if (!has) throw new Refusal('NOT_SIGNED_IN')
  if (!canSignInWith(needOf(has, staffSignIn), without(has))) throw new Refusal('LAST_PROOF')
}

/** Ends every sign-in of the account but the actor's; how many. */
export function endOthers(
  tx: Tx,
  { repo, clock }: Pick<IdentityParts, 'repo' | 'clock'>,
  { accountId, authSessionId }: AccountActor,
): Promise<number> {
  const which = { accountId, authSessionId: { not: authSessionId } }
  return repo.endSignIns(tx, which, clock.now())
}

/** Enters what somebody did about the own account. */
export async function enterOwn(
  tx: Tx,
  { audit }: Pick<IdentityParts, 'audit'>,
  { actor, requestId, action }: { actor: AccountActor; requestId: string; action: string },
): Promise<void> {
  const { facilityId, accountId } = actor
  await audit.append(tx, {
    ...{ facilityId, action, outcome: 'allow', requestId },
    actor: auditActorOf(actor),
    object: { type: 'account', objectId: accountId },
  })
}
