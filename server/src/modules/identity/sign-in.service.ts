import { Refusal } from '@visavis/contract/errors'
import type { Me } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import { newToken, tokenHash, verifySecret } from '../../platform/secrets.ts'
import type { Transact } from '../../platform/transact.ts'
import { ANONYMOUS } from '../audit/index.ts'
import type { Audit } from '../audit/index.ts'
import type { AccountActor } from './actor.ts'
import { accountActor } from './actors.service.ts'
import { auditActorOf } from './audit-actor.ts'
import { SIGN_IN_LIFE_MS } from './identity-rules.ts'
import type { AccountRow, IdentityRepo } from './identity.repo.ts'

/** A sign-in by login and password; `heldToken` is what the browser's cookie held until now. */
export type SignInRequest = {
  readonly login: string
  readonly password: string
  readonly heldToken: string | null
  readonly requestId: string
}

/** Use cases of people with an account. */
export type SignInService = ReturnType<typeof createSignInService>

export function createSignInService(deps: {
  repo: IdentityRepo
  audit: Audit
  clock: Clock
  transact: Transact
}) {
  return {
    /** Refuses with `SIGN_IN_REFUSED`, one answer in one time for unknown, wrong and disabled. */
    signIn: async (request: SignInRequest) => {
      const account = await deps.repo.accountByLogin(request.login.trim().toLowerCase())
      const isRight = await verifySecret(account?.passwordHash ?? null, request.password)
      if (!account || !isRight || account.disabledAt !== null) {
        await enterRefusal(account, isRight, { ...deps, requestId: request.requestId })
        throw new Refusal('SIGN_IN_REFUSED')
      }
      const { token, actor } = await openSignIn(account, { ...deps, request })
      return { token, me: meOf(actor, account) }
    },
    signOut: (actor: AccountActor, requestId: string) => endSignIn(actor, { ...deps, requestId }),
    me: async (actor: AccountActor): Promise<Me> => {
      const account = await deps.repo.accountById(actor.accountId)
      if (!account) throw new Refusal('NOT_SIGNED_IN')
      return meOf(actor, account)
    },
  }
}

type Deps = { repo: IdentityRepo; audit: Audit; clock: Clock; transact: Transact }

async function enterRefusal(
  account: AccountRow | null,
  isRight: boolean,
  { audit, transact, requestId }: Deps & { requestId: string },
): Promise<void> {
  const reason = !account ? 'UNKNOWN_LOGIN' : isRight ? 'DISABLED' : 'WRONG_PASSWORD'
  await transact((tx) =>
    audit.append(tx, {
      facilityId: account?.facilityId ?? null,
      actor: ANONYMOUS,
      action: 'account.signIn',
      // What was typed may be somebody's password in the wrong field: it is not kept.
      object: { type: 'account', objectId: account?.accountId ?? 'unknown' },
      outcome: 'deny',
      reason,
      requestId,
    }),
  )
}

async function openSignIn(
  account: AccountRow,
  { repo, audit, clock, transact, request }: Deps & { request: SignInRequest },
): Promise<{ token: string; actor: AccountActor }> {
  const now = clock.now()
  const token = newToken()
  const signIn = { authSessionId: newId(), expiresAt: new Date(now.getTime() + SIGN_IN_LIFE_MS) }
  const actor = accountActor(account, { ...signIn, onlyVisitId: null })
  await transact(async (tx) => {
    if (request.heldToken !== null) {
      await repo.endSignIns(tx, { tokenHash: tokenHash(request.heldToken) }, now)
    }
    await repo.addSignIn(tx, {
      ...signIn,
      accountId: account.accountId,
      tokenHash: tokenHash(token),
      createdAt: now,
      lastSeenAt: now,
    })
    await audit.append(tx, {
      facilityId: account.facilityId,
      actor: auditActorOf(actor),
      action: 'account.signIn',
      object: { type: 'account', objectId: account.accountId },
      outcome: 'allow',
      requestId: request.requestId,
    })
  })
  return { token, actor }
}

async function endSignIn(
  actor: AccountActor,
  { repo, audit, clock, transact, requestId }: Deps & { requestId: string },
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

/** What an account reads about itself. */
export function meOf(actor: AccountActor, account: AccountRow): Me {
  const { accountId, role, displayName, language, onlyVisitId } = actor
  return { accountId, role, displayName, language, onlyVisitId, facility: account.facility } as Me
}
