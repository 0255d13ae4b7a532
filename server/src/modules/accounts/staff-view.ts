import type { StaffAccountView } from '@visavis/contract/http'
import { fullNameOf } from '@visavis/contract/person-names'
import { idleMsOf, isSignInLive } from '../identity/index.ts'
import type { AccountActor, IssuedCode } from '../identity/index.ts'
import type { StaffAccountsRepo, StaffRow } from './staff-accounts.repo.ts'

type Named = {
  readonly login: string
  readonly officer: { readonly givenName: string; readonly familyName: string } | null
}

const nameOf = ({ login, officer }: Named): string => (officer ? fullNameOf(officer) : login)
const instant = (at: Date | undefined): string | null => at?.toISOString() ?? null

/** A member of staff, as an administrator sees the account at `now`. */
export function staffView(row: StaffRow, actor: AccountActor, now: Date): StaffAccountView {
  const { accountId, login, role, disabledAt } = row
  const live = { now, idleMs: idleMsOf(role) }
  const code = row.setUpCodes.find(({ expiresAt }) => expiresAt > now)
  return {
    ...{ accountId, login, role, displayName: nameOf(row) },
    isMe: actor.accountId === accountId,
    disabledAt: instant(disabledAt ?? undefined),
    passkeys: row._count.passkeys,
    hasTotp: row.totp !== null && row.totp.confirmedAt !== null,
    sessions: row.authSessions.filter((session) => isSignInLive(session, live)).length,
    lastSignInAt: instant(row.signInTries[0]?.at),
    setUpCodeExpiresAt: instant(code?.expiresAt),
    reset: resetView(row.resets[0], actor),
  } as StaffAccountView
}

function resetView(reset: StaffRow['resets'][number] | undefined, actor: AccountActor) {
  if (reset === undefined) return null
  const { resetId, asker, askedAt, reason } = reset
  const isMine = actor.accountId === asker.accountId
  return { resetId, reason, isMine, askedBy: nameOf(asker), askedAt: askedAt.toISOString() }
}

type GlassRow = Awaited<ReturnType<StaffAccountsRepo['brokenGlass']>>[number]

/** Somebody who came in by password and code in place of a passkey. */
export function glassView({ authSessionId, account, ...times }: GlassRow, now: Date) {
  const { createdAt, endedAt, expiresAt } = times
  const isOver = endedAt ?? (expiresAt <= now ? expiresAt : null)
  return {
    authSessionId,
    accountId: account?.accountId ?? '',
    displayName: account ? nameOf(account) : '',
    at: createdAt.toISOString(),
    endedAt: instant(isOver ?? undefined),
  }
}

/** A one-time code, for the one time that it is shown. */
export function codeView({ code, expiresAt }: IssuedCode) {
  return { code, expiresAt: expiresAt.toISOString() }
}
