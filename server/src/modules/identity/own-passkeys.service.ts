import { Refusal } from '@visavis/contract/errors'
import type { NewPasskey, PasskeyCreation, PasskeyView } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import type { AccountActor } from './actor.ts'
import type { IdentityParts } from './identity-parts.ts'
import { PasskeyRefused } from './passkeys.service.ts'
import { notePasskeyRefused } from './passkey-use.ts'
import type { ProofsOf } from './proofs.repo.ts'
import { endOthers, enterOwn, requireRest } from './security.service.ts'
import { passkeyView } from './security-view.ts'
import { meOf } from './sessions.service.ts'
import type { Caller, SignedIn } from './sessions.service.ts'
import { needOf } from './sign-in-rules.ts'

const withoutOne = (has: ProofsOf): ProofsOf => ({ ...has, passkeys: has.passkeys - 1 })

/** What people do about their own passkeys. */
export type OwnPasskeysService = ReturnType<typeof createOwnPasskeysService>

export function createOwnPasskeysService(parts: IdentityParts) {
  return {
    /** What the browser is to make a passkey of. */
    creation: (actor: AccountActor): Promise<PasskeyCreation> => creation(parts, actor),
    /**
     * Adds a passkey. Who came with a one-time code is signed in whole from here on, with another token
     * (`signedIn`). Refuses with PASSKEY_REFUSED.
     */
    add: (actor: AccountActor, given: { name: string; credential: NewPasskey }, caller: Caller) =>
      add(parts, { actor, caller, ...given }),
    rename: (
      actor: AccountActor,
      given: { passkeyId: string; name: string; requestId: string },
    ): Promise<PasskeyView> => {
      const { accountId } = actor
      const { passkeyId, name, requestId } = given
      return parts.transact(async (tx) => {
        const row = await parts.proofs.changePasskey(tx, { passkeyId, accountId }, { name })
        if (row === null) throw new Refusal('NOT_FOUND')
        await enterOwn(tx, parts, { actor, requestId, action: 'passkey.rename' })
        return passkeyView(row)
      })
    },
    /** Refuses with NOT_FOUND, and with LAST_PROOF where nobody could sign in any more; ends other sign-ins. */
    remove: (actor: AccountActor, passkeyId: string, requestId: string): Promise<void> =>
      parts.transact(async (tx) => {
        const { accountId } = actor
        await requireRest(tx, parts, { accountId, without: withoutOne })
        const removed = await parts.proofs.removePasskeys(tx, { passkeyId, accountId })
        if (removed === 0) throw new Refusal('NOT_FOUND')
        await endOthers(tx, parts, actor)
        await enterOwn(tx, parts, { actor, requestId, action: 'passkey.remove' })
      }),
  }
}

async function creation(parts: IdentityParts, actor: AccountActor): Promise<PasskeyCreation> {
  const { accountId, authSessionId, displayName } = actor
  const account = await parts.repo.accountById(accountId)
  if (!account) throw new Refusal('NOT_SIGNED_IN')
  const passkeys = await parts.proofs.passkeysOf(accountId)
  const { login } = account
  return parts.passkeys.creation({ authSessionId }, { accountId, login, displayName, passkeys })
}

type Adding = {
  readonly actor: AccountActor
  readonly caller: Caller
  readonly name: string
  readonly credential: NewPasskey
}

type Added = { passkey: PasskeyView; me: SignedIn['me']; signedIn: SignedIn | null }

async function add(
  parts: IdentityParts,
  { actor, caller, name, credential }: Adding,
): Promise<Added> {
  // Half a sign-in is finished first; only whoever is to set up a passkey comes here without one.
  if (actor.signIn.stage === 'SECOND_FACTOR') throw new Refusal('SECOND_FACTOR_REQUIRED')
  const { accountId, authSessionId } = actor
  const account = await parts.repo.accountById(accountId)
  if (!account) throw new Refusal('NOT_SIGNED_IN')
  try {
    const made = await parts.passkeys.checkNew(credential, { authSessionId })
    const createdAt = parts.clock.now()
    const row = { passkeyId: newId(), accountId, name, createdAt, lastUsedAt: null, ...made }
    const signedIn = await parts.transact(async (tx) => {
      await parts.proofs.lock(tx, accountId)
      if (!(await parts.proofs.addPasskey(tx, row))) throw new PasskeyRefused('ANOTHERS_PASSKEY')
      await enterOwn(tx, parts, { actor, requestId: caller.requestId, action: 'passkey.add' })
      if (actor.signIn.stage === 'FULL') return null
      const has = await parts.proofs.proofsOf(accountId, tx)
      if (!has) throw new Refusal('SESSION_EXPIRED')
      const need = needOf(has, parts.staffSignIn)
      const proved = { method: 'PASSKEY', stage: 'FULL', isUserVerified: true, need } as const
      const action = 'account.signIn'
      return parts.sessions.renew(tx, { account, actor }, { proved, caller, action })
    })
    return { passkey: passkeyView(row), me: signedIn?.me ?? meOf(actor, account), signedIn }
  } catch (error) {
    if (error instanceof PasskeyRefused) await notePasskeyRefused(parts, error, caller.requestId)
    throw error
  }
}
