import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Database } from '@visavis/prisma'
import type { ServerConfig } from '../config.ts'
import type { Audit } from '../modules/audit/index.ts'
import type { ActorByAccess, Identity } from '../modules/identity/index.ts'
import type { BindRoute } from './bind-route.ts'
import type { Jobs } from './jobs.ts'
import type { Transact } from './transact.ts'

/** What every domain module stands on. */
export type ModuleGround = {
  readonly bind: BindRoute<ActorByAccess>
  readonly db: Database
  readonly transact: Transact
  readonly clock: Clock
  readonly audit: Audit
  readonly identity: Identity
  readonly config: ServerConfig
  readonly log: Logger
  readonly jobs: Jobs
}
