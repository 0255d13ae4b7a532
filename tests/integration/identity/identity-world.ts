import type { FastifyInstance } from 'fastify'
import type { Role } from '@visavis/contract/http'
import { createSetUpCodes } from '../../../server/src/modules/identity/set-up-codes.ts'
import { createTransact } from '../../../server/src/platform/transact.ts'
import { anAuthenticator } from '../../support/software-authenticator.ts'
import type { Authenticator } from '../../support/software-authenticator.ts'
import { entriesOf } from '../rest/support/audit-log.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import { ORIGIN, aBrowser, addPasskey, codeOf } from './browser.ts'
import type { Browser } from './browser.ts'

/** A server where staff sign in by passkey, as in production, and somebody of each role. */
export type IdentityWorld = {
  readonly world: RestWorld
  readonly app: FastifyInstance
  readonly place: Place
  readonly loginOf: (role: Role) => Promise<string>
  /** A member of staff with a passkey, set up by a one-time code, signed in. */
  readonly setUp: (role: Role) => Promise<{ browser: Browser; authenticator: Authenticator }>
  /** Entries about signing in: the action, whether it was allowed, and why not; the newest last. */
  readonly entries: (facilityId: string | null) => Promise<string[]>
  readonly close: () => Promise<void>
}

export async function anIdentityWorld(): Promise<IdentityWorld> {
  const world = await aRestWorld()
  const app = await world.another({ staffSignIn: 'passkey', publicOrigin: ORIGIN })
  const place = await aPlace(world)
  const transact = createTransact(world.db)
  const loginOf: IdentityWorld['loginOf'] = async (role) => {
    const where = { accountId: place.accounts[role] }
    return (await world.db.account.findUniqueOrThrow({ where })).login
  }
  return {
    ...{ world, app, place, loginOf },
    setUp: async (role) => {
      const accountId = place.accounts[role]
      const codes = createSetUpCodes({ clock: world.clock })
      const { code } = await transact((tx) => codes.issue(tx, accountId, null))
      const browser = aBrowser(app)
      await browser.call('POST', '/api/sign-in/set-up', { login: await loginOf(role), code })
      const authenticator = anAuthenticator(ORIGIN)
      const added = await addPasskey(browser, authenticator)
      if (codeOf(added) !== 'OK') throw new Error(`no passkey: ${added.body}`)
      return { browser, authenticator }
    },
    entries: async (facilityId) => {
      const all = await entriesOf(world.db, facilityId)
      return all.map(({ action, outcome, reason }) =>
        [action, outcome, reason].filter(Boolean).join(' '),
      )
    },
    close: () => world.close(),
  }
}
