import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import { createTransact } from '../../platform/transact.ts'
import type { Transact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { createTasks } from '../tasks/index.ts'
import { createActorOfCookies } from './actors.service.ts'
import type { ActorOfCookies } from './actors.service.ts'
import { createCookies } from './cookies.ts'
import type { Cookies } from './cookies.ts'
import { createDeviceAlarms } from './device-alarms.ts'
import { createNonces } from './device-nonces.ts'
import { createDeviceProofs } from './device-proofs.ts'
import { createDeviceRepo } from './device.repo.ts'
import { createDevices } from './devices.service.ts'
import { createTerminalPages } from './terminal-pages.ts'
import type { TerminalPages } from './terminal-pages.ts'
import { createIdentityKeys } from './identity-keys.ts'
import type { IdentityParts } from './identity-parts.ts'
import { idleMsOf, isSignInLive } from './identity-rules.ts'
import { createIdentityRepo } from './identity.repo.ts'
import type { IdentityRepo } from './identity.repo.ts'
import { inmateSignInRepo } from './inmate-sign-in.repo.ts'
import { createInmateSignInService } from './inmate-sign-in.service.ts'
import type { InmateSignInService } from './inmate-sign-in.service.ts'
import { limitsRepo } from './limits.repo.ts'
import { createLimits } from './limits.service.ts'
import { createOwnPasskeysService } from './own-passkeys.service.ts'
import type { OwnPasskeysService } from './own-passkeys.service.ts'
import { createPasskeys } from './passkeys.service.ts'
import { createProofsRepo } from './proofs.repo.ts'
import { createRoomSignInService } from './room-sign-in.service.ts'
import type { RoomSignInService } from './room-sign-in.service.ts'
import { createSecondFactorService } from './second-factor.service.ts'
import type { SecondFactorService } from './second-factor.service.ts'
import { createSecurityRepo } from './security.repo.ts'
import { createSecurityService } from './security.service.ts'
import type { SecurityService } from './security.service.ts'
import { createSessions } from './sessions.service.ts'
import { createSetUpCodes } from './set-up-codes.ts'
import type { StaffSignIn } from './sign-in-rules.ts'
import { createSignInService } from './sign-in.service.ts'
import type { SignInService } from './sign-in.service.ts'

/** Who people are: the one answer for REST and sockets. */
export type Identity = {
  readonly actorOfCookies: ActorOfCookies
  readonly terminalPages: TerminalPages
  readonly cookies: Cookies
  readonly signIn: SignInService
  readonly secondFactor: SecondFactorService
  readonly security: SecurityService
  readonly ownPasskeys: OwnPasskeysService
  readonly inmateSignIn: InmateSignInService
  readonly roomSignIn: RoomSignInService
  readonly clock: Clock
  /** Of these sign-ins those that are over: ended, expired, or idle for too long. */
  readonly overOf: (authSessionIds: readonly string[]) => Promise<ReadonlySet<string>>
  /** For the module of accounts, which changes what people sign in with. */
  readonly parts: IdentityParts
}

/** What identity is told from outside. */
export type IdentityConfig = {
  /** Browsers come over HTTPS. */
  readonly isSecure: boolean
  /** The origin of the pages; passkeys are bound to its host. */
  readonly publicOrigin: string
  /** 64 hex digits. */
  readonly keyRoot: string
  readonly staffSignIn: StaffSignIn
  /** The header in which a trusted proxy hands on terminals' client certificates; null: none is asked for. */
  readonly terminalCertHeader: string | null
  readonly trustedProxies: readonly string[]
}

type Given = { readonly db: Database; readonly audit: Audit; readonly clock: Clock }

/** Where PostgreSQL tells, at the commit, which sign-in is over or has another token. */
export const SIGN_IN_OVER_CHANNEL = 'sign_in_over'

/** What people see when their browser asks whose passkey it makes. */
const SERVICE_NAME = 'Vis-à-vis'

/** The identity module. */
export function createIdentity(given: Given & { readonly config: IdentityConfig }): Identity {
  const { db, clock, config } = given
  const repo = createIdentityRepo(db)
  const cookies = createCookies(config.isSecure)
  const transact = createTransact(db)
  const parts = partsOf({ ...given, repo, transact })
  return {
    clock,
    cookies,
    parts,
    terminalPages: createTerminalPages({
      ...{ ...parts, cookies, certHeader: config.terminalCertHeader },
      trustedProxies: config.trustedProxies,
    }),
    overOf: async (authSessionIds) => {
      const now = clock.now()
      const rows = await repo.timesOf(authSessionIds)
      const over = rows.filter((row) => !isSignInLive(row, { now, idleMs: idleMsOf(row.role) }))
      return new Set(over.map(({ authSessionId }) => authSessionId))
    },
    actorOfCookies: createActorOfCookies({ repo, cookies, clock, devices: parts.devices }),
    signIn: createSignInService(parts),
    secondFactor: createSecondFactorService(parts),
    security: createSecurityService(parts, createSecurityRepo(db)),
    ownPasskeys: createOwnPasskeysService(parts),
    roomSignIn: createRoomSignInService({ repo, clock }),
    inmateSignIn: createInmateSignInService({ ...parts, pins: inmateSignInRepo }),
  }
}

type Ground = Given & { config: IdentityConfig; repo: IdentityRepo; transact: Transact }

function partsOf({ db, audit, clock, config, repo, transact }: Ground): IdentityParts {
  const { keyRoot, publicOrigin, staffSignIn } = config
  const proofs = createProofsRepo(db)
  const keys = createIdentityKeys(keyRoot)
  const limits = createLimits({ repo: limitsRepo, keys, clock, transact })
  const tasks = createTasks({ clock })
  const rpId = new URL(publicOrigin).hostname
  const rp = { name: SERVICE_NAME, rpId, origins: [publicOrigin] }
  return {
    ...{ repo, proofs, limitsRepo, limits, keys, tasks, audit, clock, transact, staffSignIn },
    ...devicePartsOf({ db, audit, clock, config, transact, keys, tasks }),
    passkeys: createPasskeys({ repo: proofs, clock, rp }),
    sessions: createSessions({ repo, audit, clock, limits, tasks }),
    setUpCodes: createSetUpCodes({ clock }),
  }
}

type DeviceGround = Omit<Ground, 'repo'> & Pick<IdentityParts, 'keys' | 'tasks'>

function devicePartsOf({ db, audit, clock, config, transact, keys, tasks }: DeviceGround) {
  const needsCertificate = config.terminalCertHeader !== null
  const nonces = createNonces({ keys, clock })
  const deviceProofs = createDeviceProofs({ nonces, publicOrigin: config.publicOrigin })
  const deviceAlarms = createDeviceAlarms({ transact, audit, clock, tasks })
  const devices = createDevices({
    ...{ repo: createDeviceRepo(db), proofs: deviceProofs, alarms: deviceAlarms },
    ...{ audit, clock, transact, needsCertificate },
  })
  return { nonces, deviceProofs, devices, needsCertificate }
}
