import { Refusal, assertNever } from '@visavis/contract/errors'
import { firstNameOf, fullNameOf } from '@visavis/contract/person-names'
import type { Clock } from '@visavis/platform/clock'
import { tokenHash } from '../../platform/secrets.ts'
import type {
  AccountActor,
  Actor,
  ActorKind,
  ActorSignIn,
  InmateActor,
  TerminalActor,
} from './actor.ts'
import type { Cookies } from './cookies.ts'
import { idleMsOf, isSeenStale, isSignInLive } from './identity-rules.ts'
import type {
  AccountRow,
  AccountSignInRow,
  IdentityRepo,
  InmateSignInRow,
} from './identity.repo.ts'
import { isProofFresh } from './sign-in-rules.ts'

/** The sign-in of an inmate has its own end; between keys it may rest until then. */
const NO_IDLE_LIMIT_MS = Number.POSITIVE_INFINITY

/**
 * Who a `Cookie` header speaks for, read anew each time. Null: no such cookie, or one that was never
 * ours. Refuses with `SESSION_EXPIRED` a sign-in that has ended, with `TERMINAL_DISABLED` one at the desk
 * of a device that was taken out of service.
 */
export type ActorOfCookies = (
  cookieHeader: string | undefined,
  as: ActorKind,
) => Promise<Actor | null>

export function createActorOfCookies(deps: {
  repo: IdentityRepo
  cookies: Cookies
  clock: Clock
}): ActorOfCookies {
  const { repo, cookies } = deps
  const hashOf = (header: string | undefined, kind: ActorKind): string | null => {
    const token = cookies.read(header, kind)
    return token === null ? null : tokenHash(token)
  }
  return async (header, as) => {
    const hash = hashOf(header, as)
    if (hash === null) return null
    switch (as) {
      case 'account':
        return accountOf(await repo.accountSignIn(hash), deps)
      case 'inmate':
        return inmateOf(await repo.inmateSignIn(hash), hashOf(header, 'terminal'), deps)
      case 'terminal':
        return terminalOf(await repo.terminalByToken(hash))
      default:
        return assertNever(as)
    }
  }
}

async function accountOf(
  row: AccountSignInRow | null,
  { repo, clock }: { repo: IdentityRepo; clock: Clock },
): Promise<AccountActor | null> {
  if (!row?.account) return null
  const now = clock.now()
  const isLive = isSignInLive(row, { now, idleMs: idleMsOf(row.account.role) })
  if (!isLive || row.account.disabledAt !== null) throw new Refusal('SESSION_EXPIRED')
  if (isSeenStale(row.lastSeenAt, now)) await repo.seen(row.authSessionId, now)
  const { method, stage, provedAt, isBreakGlass } = row
  const signIn = { method, stage, provedAt, isBreakGlass, isFresh: isProofFresh(provedAt, now) }
  return accountActor(row.account, { ...row, onlyVisitId: row.visitId, signIn })
}

/** The actor of an account and its sign-in; `onlyVisitId`: of a room device. */
export function accountActor(
  account: AccountRow,
  given: {
    authSessionId: string
    expiresAt: Date
    onlyVisitId: string | null
    signIn: ActorSignIn
  },
): AccountActor {
  const person = account.visitor ?? account.officer
  return {
    kind: 'account',
    accountId: account.accountId,
    role: account.role,
    facilityId: account.facilityId,
    operatorId: account.operatorId,
    visitorId: account.visitorId,
    officerId: account.officerId,
    linkCentreId: account.linkCentreId,
    onlyVisitId: given.onlyVisitId,
    displayName: person ? fullNameOf(person) : account.login,
    language: account.language,
    authSessionId: given.authSessionId,
    expiresAt: given.expiresAt,
    signIn: given.signIn,
  }
}

// TR-5: the inmate's cookie is worth nothing away from the device on which the PIN was typed.
async function inmateOf(
  row: InmateSignInRow | null,
  deviceHash: string | null,
  { repo, clock }: { repo: IdentityRepo; clock: Clock },
): Promise<InmateActor | null> {
  if (!row?.inmate || !row.terminal) return null
  if (row.terminal.deviceTokenHash === null || row.terminal.deviceTokenHash !== deviceHash)
    return null
  // Out of service is no reason to cut a visit: whose sign-in may not go on was signed out.
  if (row.terminal.disabledAt !== null && row.visitId === null) {
    throw new Refusal('TERMINAL_DISABLED')
  }
  const now = clock.now()
  if (!isSignInLive(row, { now, idleMs: NO_IDLE_LIMIT_MS })) throw new Refusal('SESSION_EXPIRED')
  if (isSeenStale(row.lastSeenAt, now)) await repo.seen(row.authSessionId, now)
  return {
    kind: 'inmate',
    inmateId: row.inmate.inmateId,
    terminalId: row.terminal.terminalId,
    facilityId: row.terminal.facilityId,
    visitId: row.visitId,
    authSessionId: row.authSessionId,
    displayName: firstNameOf(row.inmate),
    language: row.inmate.language,
    expiresAt: row.expiresAt,
  }
}

function terminalOf(
  row: { terminalId: string; facilityId: string; disabledAt: Date | null } | null,
): TerminalActor | null {
  if (row === null) return null
  const { terminalId, facilityId, disabledAt } = row
  return { kind: 'terminal', terminalId, facilityId, isDisabled: disabledAt !== null }
}
