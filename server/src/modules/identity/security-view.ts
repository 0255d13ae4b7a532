import { Refusal } from '@visavis/contract/errors'
import type { PasskeyView, SecurityView, SignInView } from '@visavis/contract/http'
import type { AccountActor } from './actor.ts'
import { idleMsOf, isSignInLive } from './identity-rules.ts'
import type { IdentityParts } from './identity-parts.ts'
import type { PasskeyRow } from './proofs.repo.ts'
import type { SecurityRepo, SessionRow } from './security.repo.ts'
import { needOf } from './sign-in-rules.ts'

/** Everything about the own sign-in, as its page shows it. */
export async function securityOf(
  { proofs, clock, staffSignIn }: IdentityParts,
  repo: SecurityRepo,
  actor: AccountActor,
): Promise<SecurityView> {
  const { accountId } = actor
  const now = clock.now()
  const [account, has, passkeys, recoveryCodesLeft, sessions, tries] = await Promise.all([
    repo.account(accountId),
    proofs.proofsOf(accountId),
    proofs.passkeysOf(accountId),
    proofs.recoveryCodesLeft(accountId),
    repo.liveSessions(accountId, now),
    repo.lastTries(accountId),
  ])
  if (!account || !has) throw new Refusal('NOT_SIGNED_IN')
  const need = needOf(has, staffSignIn)
  const idleMs = idleMsOf(account.role)
  const live = sessions.filter((session) => isSignInLive(session, { now, idleMs }))
  const views = live.map((session) => signInView(session, actor))
  return {
    login: account.login,
    email: account.visitor?.email ?? null,
    emailProvedAt: instant(account.emailProvedAt),
    hasPassword: account.passwordHash !== null,
    passwordChangedAt: instant(account.passwordChangedAt),
    passkeys: passkeys.map(passkeyView),
    totpAddedAt: instant(account.totp?.confirmedAt),
    recoveryCodesLeft,
    rule: { needsPasskey: need === 'PASSKEY', needsSecondFactor: need === 'SECOND_FACTOR', idleMs },
    sessions: views.toSorted((one, other) => Number(other.isThisOne) - Number(one.isThisOne)),
    lastTries: tries.map(({ at, method, isAllowed }) => ({
      at: at.toISOString(),
      method,
      isAllowed,
    })),
  }
}

const instant = (at: Date | null | undefined): string | null => at?.toISOString() ?? null

/** A passkey, as its owner sees it. */
export function passkeyView(row: PasskeyRow): PasskeyView {
  const { passkeyId, name, isBackedUp } = row
  const lastUsedAt = row.lastUsedAt?.toISOString() ?? null
  return { passkeyId, name, isBackedUp, lastUsedAt, createdAt: row.createdAt.toISOString() }
}

function signInView(row: SessionRow, actor: AccountActor): SignInView {
  const { authSessionId, method, stage, isBreakGlass, browser, system } = row
  return {
    ...{ authSessionId, method, stage, isBreakGlass, device: { browser, system } },
    isThisOne: authSessionId === actor.authSessionId,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }
}
