import type { Me } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import { newToken, tokenHash } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/transact.ts'
import type { AccountActor } from './actor.ts'
import { accountActor } from './actors.service.ts'
import { roomSignInEnd } from './identity-rules.ts'
import type { IdentityRepo } from './identity.repo.ts'
import { meOf } from './sessions.service.ts'

/** A room device's visit, and the account with which it sits there; `heldToken` is its cookie until now. */
export type RoomSignIn = {
  readonly accountId: string
  readonly visit: { readonly visitId: string; readonly endsAt: Date }
  readonly heldToken: string | null
}

/** A device that is now signed in for one visit, for `lifeMs`. */
export type RoomSignedIn = {
  readonly token: string
  readonly lifeMs: number
  readonly actor: AccountActor
  readonly me: Me
}

/** The host's code says that the device may be used, and proves nothing of who sits there. */
const BY_ROOM_CODE: AccountActor['signIn'] = {
  stage: 'FULL',
  method: 'ROOM_CODE',
  isBreakGlass: false,
  provedAt: null,
  isFresh: false,
}

/** The sign-in of a link centre's room device. */
export type RoomSignInService = ReturnType<typeof createRoomSignInService>

export function createRoomSignInService(deps: { repo: IdentityRepo; clock: Clock }) {
  return {
    /**
     * Signs a device in for one visit and nothing else; whichever device was the visit's until now is out.
     * Null: the account is not there any more. Who may ask, and the audit entry, are the caller's.
     */
    open: async (tx: Tx, given: RoomSignIn): Promise<RoomSignedIn | null> => {
      const account = await deps.repo.accountById(given.accountId, tx)
      if (!account || account.disabledAt !== null) return null
      const now = deps.clock.now()
      const { visitId, endsAt } = given.visit
      const token = newToken()
      const signIn = { authSessionId: newId(), expiresAt: roomSignInEnd(endsAt) }
      await endOlder(tx, given, { ...deps, now })
      await deps.repo.addSignIn(tx, {
        ...{ ...signIn, method: 'ROOM_CODE', provedAt: null },
        accountId: account.accountId,
        visitId,
        tokenHash: tokenHash(token),
        createdAt: now,
        lastSeenAt: now,
      })
      const actor = accountActor(account, { ...signIn, onlyVisitId: visitId, signIn: BY_ROOM_CODE })
      const lifeMs = signIn.expiresAt.getTime() - now.getTime()
      return { token, lifeMs, actor, me: meOf(actor, account) }
    },
  }
}

async function endOlder(
  tx: Tx,
  { visit, heldToken }: RoomSignIn,
  { repo, now }: { repo: IdentityRepo; now: Date },
): Promise<void> {
  await repo.endSignIns(tx, { visitId: visit.visitId, accountId: { not: null } }, now)
  if (heldToken !== null) await repo.endSignIns(tx, { tokenHash: tokenHash(heldToken) }, now)
}
