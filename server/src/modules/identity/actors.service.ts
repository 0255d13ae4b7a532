import { Refusal, assertNever } from '@visavis/contract/errors'
import type { Role } from '@visavis/contract/http'
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
import type { Device, DeviceWord, Devices } from './devices.service.ts'
import { idleMsOf, isSeenStale, isSignInLive } from './identity-rules.ts'
import type { SignInTimes } from './identity-rules.ts'
import type {
  AccountRow,
  AccountSignInRow,
  IdentityRepo,
  InmateSignInRow,
} from './identity.repo.ts'
import { isProofFresh } from './sign-in-rules.ts'

/**
 * Who a `Cookie` header speaks for, read anew each time. Null: no such cookie, or one that was never
 * ours. Refuses with `SESSION_ENDED` or `SESSION_EXPIRED` a sign-in that is over, with `TERMINAL_DISABLED` one
 * at the desk of a device that was taken out of service, with `TERMINAL_PROOF_REQUIRED` a device that has to
 * prove its key again.
 */
export type ActorOfCookies = (
  cookieHeader: string | undefined,
  as: ActorKind,
  asked?: Asked,
) => Promise<Actor | null>

/**
 * `isByMachine`: the page asks of itself, which keeps no sign-in from going idle. `device`: with what a
 * terminal shows that the cookie is its own; absent: with nothing.
 */
export type Asked = {
  readonly isByMachine?: boolean
  readonly device?: DeviceWord
  readonly requestId?: string
}

const NO_WORD: DeviceWord = { kind: 'PAGE', secret: null, certificate: null }

export function createActorOfCookies(deps: {
  repo: IdentityRepo
  devices: Pick<Devices, 'of'>
  cookies: Cookies
  clock: Clock
}): ActorOfCookies {
  const { repo, cookies, devices } = deps
  const deviceAt = (header: string | undefined, { device = NO_WORD, requestId }: Asked) =>
    devices.of(cookies.read(header, 'terminal'), device, requestId)
  return async (header, as, asked = {}) => {
    const token = cookies.read(header, as)
    if (as === 'terminal') return terminalOf(await deviceAt(header, asked))
    if (token === null) return null
    switch (as) {
      case 'account':
        return accountOf(await repo.accountSignIn(tokenHash(token)), deps, asked)
      case 'inmate': {
        const device = await deviceAt(header, asked)
        return inmateOf(await repo.inmateSignIn(tokenHash(token)), device, deps)
      }
      default:
        return assertNever(as)
    }
  }
}

async function accountOf(
  row: AccountSignInRow | null,
  { repo, clock }: { repo: IdentityRepo; clock: Clock },
  { isByMachine = false }: Asked,
): Promise<AccountActor | null> {
  if (!row?.account) return null
  const now = clock.now()
  requireLive({ ...row, isDisabled: row.account.disabledAt !== null }, now, row.account.role)
  if (!isByMachine && isSeenStale(row.lastSeenAt, now)) await repo.seen(row.authSessionId, now)
  const { method, stage, provedAt, isBreakGlass, monitorsUntil } = row
  const isFresh = isProofFresh(provedAt, now)
  const canMonitor = isFresh || (monitorsUntil !== null && monitorsUntil > now)
  const signIn = { method, stage, provedAt, isBreakGlass, isFresh, canMonitor }
  return accountActor(row.account, { ...row, onlyVisitId: row.visitId, signIn })
}

function requireLive(
  row: SignInTimes & { readonly isDisabled?: boolean },
  now: Date,
  role: Role | null,
): void {
  if (row.endedAt !== null || row.isDisabled) throw new Refusal('SESSION_ENDED')
  if (!isSignInLive(row, { now, idleMs: idleMsOf(role) })) throw new Refusal('SESSION_EXPIRED')
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
  device: Device | null,
  { repo, clock }: { repo: IdentityRepo; clock: Clock },
): Promise<InmateActor | null> {
  if (!row?.inmate || !row.terminal) return null
  if (device?.terminalId !== row.terminal.terminalId) return null
  // Out of service is no reason to cut a visit: whose sign-in may not go on was signed out.
  if (row.terminal.disabledAt !== null && row.visitId === null) {
    throw new Refusal('TERMINAL_DISABLED')
  }
  const now = clock.now()
  requireLive(row, now, null)
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

function terminalOf(device: Device | null): TerminalActor | null {
  if (device === null) return null
  const { terminalId, facilityId, isDisabled } = device
  return { kind: 'terminal', terminalId, facilityId, isDisabled }
}
