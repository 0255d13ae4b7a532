import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import { createTransact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { createActorOfCookies } from './actors.service.ts'
import type { ActorOfCookies } from './actors.service.ts'
import { createCookies } from './cookies.ts'
import type { Cookies } from './cookies.ts'
import { createIdentityRepo } from './identity.repo.ts'
import { inmateSignInRepo } from './inmate-sign-in.repo.ts'
import { createInmateSignInService } from './inmate-sign-in.service.ts'
import type { InmateSignInService } from './inmate-sign-in.service.ts'
import { createRoomSignInService } from './room-sign-in.service.ts'
import type { RoomSignInService } from './room-sign-in.service.ts'
import { createSignInService } from './sign-in.service.ts'
import type { SignInService } from './sign-in.service.ts'

/** Who people are: the one answer for REST and sockets. */
export type Identity = {
  readonly actorOfCookies: ActorOfCookies
  readonly cookies: Cookies
  readonly signIn: SignInService
  readonly inmateSignIn: InmateSignInService
  readonly roomSignIn: RoomSignInService
  readonly clock: Clock
}

/** The identity module; `isSecure`: browsers come over HTTPS. */
export function createIdentity(given: {
  db: Database
  audit: Audit
  clock: Clock
  isSecure: boolean
}): Identity {
  const { db, audit, clock } = given
  const repo = createIdentityRepo(db)
  const cookies = createCookies(given.isSecure)
  const transact = createTransact(db)
  return {
    clock,
    cookies,
    actorOfCookies: createActorOfCookies({ repo, cookies, clock }),
    signIn: createSignInService({ repo, audit, clock, transact }),
    roomSignIn: createRoomSignInService({ repo, clock }),
    inmateSignIn: createInmateSignInService({
      repo,
      pins: inmateSignInRepo,
      audit,
      clock,
      transact,
    }),
  }
}
