import { Refusal } from '@visavis/contract/errors'
import { fullNameOf } from '@visavis/contract/person-names'
import { hashSecret, tokenHash } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/transact.ts'
import { ANONYMOUS } from '../audit/index.ts'
import { passwordFault, takeCode } from '../identity/index.ts'
import type { NoticeKind } from '@visavis/contract/http'
import type { AccountsKit } from './accounts-kit.ts'
import { makeCode, matchCode, refuseUnless } from './mail-codes.ts'
import { mailCodesRepo } from './mail-codes.repo.ts'
import type { MailCodeRow } from './mail-codes.repo.ts'
import {
  CHOOSING_LIFE_MS,
  MOST_CODES_A_DAY,
  WAIT_FORGOTTEN_MS,
  opensAtOf,
} from './recovery-rules.ts'

const DAY_MS = 24 * 3_600_000

/** The second proof of a recovery. */
export type RecoveryProof = { readonly kind: 'TOTP' | 'RECOVERY_CODE'; readonly code: string }

type Finishing = {
  readonly browserToken: string | null
  readonly password: string
  readonly proof?: RecoveryProof | undefined
  readonly requestId: string
}

/** The way back into a family's account. */
export type RecoveryService = ReturnType<typeof createRecoveryService>

export function createRecoveryService(kit: AccountsKit) {
  return {
    /** The same answer after the same work, whether or not there is such an account (EL-2). */
    ask: (given: { login: string; browserToken: string; requestId: string }) =>
      kit.transact((tx) => ask(tx, kit, given)),
    /** Refuses with CODE_REFUSED: wrong, too old, in another browser, tried too often. */
    prove: async (given: { code: string; browserToken: string | null; requestId: string }) =>
      refuseUnless(await kit.transact((tx) => prove(tx, kit, given))),
    /** Sets the password and ends every sign-in. Refuses with NOT_SIGNED_IN, RECOVERY_WAITS or CODE_REFUSED. */
    finish: (given: Finishing) => finish(kit, given),
  }
}

async function ask(
  tx: Tx,
  kit: AccountsKit,
  given: { login: string; browserToken: string; requestId: string },
): Promise<void> {
  const login = given.login.trim().normalize('NFC').toLowerCase()
  const account = await mailCodesRepo.visitorAccount(tx, { login })
  const accountId = account?.accountId ?? null
  const since = new Date(kit.clock.now().getTime() - DAY_MS)
  const which = {
    accountId: accountId ?? '00000000-0000-0000-0000-000000000000',
    purpose: 'RECOVERY',
  } as const
  const sent = await mailCodesRepo.countSince(tx, which, since)
  const browserHash = tokenHash(given.browserToken)
  const { code, mailCodeId } = await makeCode(tx, kit, {
    ...{ purpose: 'RECOVERY', accountId, email: null, browserHash },
  })
  if (account !== null && sent < MOST_CODES_A_DAY) {
    await kit.notices.queue(tx, {
      kind: 'RECOVERY_CODE',
      to: { email: account.login, language: account.language },
      details: { code },
      dedupeKey: `recovery:${mailCodeId}`,
    })
  }
  await enter(tx, kit, { accountId, requestId: given.requestId, action: 'recovery.ask' })
}

async function prove(
  tx: Tx,
  kit: AccountsKit,
  {
    code,
    browserToken,
    requestId,
  }: { code: string; browserToken: string | null; requestId: string },
) {
  const browserHash = tokenHash(browserToken ?? '')
  const row = await matchCode(tx, kit, { purpose: 'RECOVERY', browserHash, code })
  const accountId = row?.accountId ?? null
  const action = 'recovery.prove'
  if (row === null || accountId === null) {
    await enter(tx, kit, { accountId, requestId, action, reason: 'WRONG_CODE' })
    return null
  }
  await enter(tx, kit, { accountId, requestId, action })
  return noteProved(tx, kit, { mailCodeId: row.mailCodeId, accountId })
}

/** Notes that the mailbox was shown, and says what is needed besides. */
async function noteProved(
  tx: Tx,
  kit: AccountsKit,
  { mailCodeId, accountId }: { mailCodeId: string; accountId: string },
) {
  const proofs = await kit.identity.parts.proofs.proofsOf(accountId, tx)
  if (proofs === null) return null
  const now = kit.clock.now()
  const since = new Date(now.getTime() - WAIT_FORGOTTEN_MS)
  const waiting = await mailCodesRepo.waitingUntil(tx, accountId, since)
  const opensAt = opensAtOf(proofs, { now, waiting })
  await mailCodesRepo.prove(tx, mailCodeId, { provedAt: now, opensAt })
  if (opensAt !== null && waiting === null)
    await tell(tx, kit, { accountId, kind: 'RECOVERY_WAITS', opensAt })
  const needs = opensAt === null || opensAt <= now ? 'PASSWORD' : 'SECOND_PROOF'
  return { needs, opensAt: opensAt?.toISOString() ?? null } as const
}

async function finish(kit: AccountsKit, given: Finishing): Promise<void> {
  const { clock, transact, identity } = kit
  const { browserToken, password, proof, requestId } = given
  const which = { browserHash: tokenHash(browserToken ?? ''), purpose: 'RECOVERY' } as const
  const since = new Date(clock.now().getTime() - CHOOSING_LIFE_MS)
  const found = await transact((tx) => provedAccount(tx, which, since))
  if (found === null) throw new Refusal('NOT_SIGNED_IN')
  const { row, account } = found
  const { accountId, login } = account
  const names = account.visitor === null ? [] : [fullNameOf(account.visitor)]
  const fault = passwordFault(password, { login, names })
  if (fault !== null) throw new Refusal(fault)
  // Guesses at the second proof are counted outside: a refusal undoes the rest.
  const ticket = proof && (await identity.parts.limits.code('second-factor', accountId))
  const passwordHash = await hashSecret(password)
  await transact(async (tx) => {
    await identity.parts.proofs.lock(tx, accountId)
    await openAccount(tx, kit, { row, accountId, proof })
    if (ticket) await ticket.wasRight(tx)
    const passwordChangedAt = clock.now()
    await identity.parts.proofs.setPassword(tx, accountId, { passwordHash, passwordChangedAt })
    await identity.parts.repo.endSignIns(tx, { accountId }, passwordChangedAt)
    await tell(tx, kit, { accountId, kind: 'ACCOUNT_RECOVERED' })
    await enter(tx, kit, { accountId, requestId, action: 'recovery.finish' })
  })
}

async function provedAccount(
  tx: Tx,
  which: { browserHash: string; purpose: 'RECOVERY' },
  since: Date,
) {
  const row = await mailCodesRepo.provedOf(tx, which, since)
  if (!row?.accountId) return null
  const account = await mailCodesRepo.visitorAccount(tx, { accountId: row.accountId })
  return account && { row, account }
}

type Opened = { row: MailCodeRow; accountId: string; proof: RecoveryProof | undefined }

/** Under the account's lock: whether the code by mail is enough, with or without a second proof. */
async function openAccount(
  tx: Tx,
  kit: AccountsKit,
  { row, accountId, proof }: Opened,
): Promise<void> {
  const { clock, identity } = kit
  const now = clock.now()
  const has = await identity.parts.proofs.proofsOf(accountId, tx)
  if (has !== null && isGuarded(has)) {
    if (proof === undefined) await openByWait(tx, kit, { opensAt: row.opensAt, accountId })
    else await takeCode(tx, identity.parts, { accountId, ...proof })
  }
  if (!(await mailCodesRepo.use(tx, row.mailCodeId, now))) throw new Refusal('NOT_SIGNED_IN')
}

// Whoever waited has lost passkeys and app: they would only lock the account again.
async function openByWait(tx: Tx, { clock, identity }: AccountsKit, opened: Waited): Promise<void> {
  const { opensAt, accountId } = opened
  const now = clock.now()
  if (opensAt === null || opensAt > now) throw waits(opensAt ?? now)
  await identity.parts.proofs.removeTotp(tx, accountId)
  await identity.parts.proofs.removePasskeys(tx, { accountId })
}

type Waited = { readonly opensAt: Date | null; readonly accountId: string }

const isGuarded = (has: { passkeys: number; hasTotp: boolean }): boolean =>
  has.passkeys > 0 || has.hasTotp

const waits = (opensAt: Date): Refusal =>
  new Refusal('RECOVERY_WAITS', { liftsAt: opensAt.toISOString() })

async function tell(
  tx: Tx,
  { notices }: AccountsKit,
  told: { accountId: string; kind: NoticeKind; opensAt?: Date },
): Promise<void> {
  const { accountId, kind, opensAt } = told
  const account = await mailCodesRepo.visitorAccount(tx, { accountId })
  if (account === null) return
  await notices.queue(tx, {
    kind,
    to: { email: account.login, language: account.language },
    ...(opensAt === undefined ? {} : { details: { opensAt: opensAt.toISOString() } }),
    dedupeKey: `${kind}:${crypto.randomUUID()}`,
  })
}

type Entered = { accountId: string | null; requestId: string; action: string; reason?: string }

async function enter(
  tx: Tx,
  { audit }: AccountsKit,
  { accountId, requestId, action, reason }: Entered,
): Promise<void> {
  await audit.append(tx, {
    ...{ facilityId: null, actor: ANONYMOUS, action, requestId },
    object: { type: 'account', objectId: accountId ?? 'unknown' },
    ...(reason === undefined ? { outcome: 'allow' } : { outcome: 'deny', reason }),
  })
}
