import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Tx } from '../../platform/transact.ts'
import type { AuditActor } from '../audit/index.ts'
import type { Notices } from '../notifications/index.ts'
import type { PersonalFiles } from '../people/index.ts'
import { createRecordedOf } from '../retention/index.ts'
import { buildData } from './build.service.ts'
import { endData, expireData } from './expire.service.ts'
import { createMyDataRepo } from './my-data.repo.ts'
import type { MyDataDeps } from './my-data-parts.ts'
import { bindMyDataRoutes } from './my-data.routes.ts'
import { createMyData } from './my-data.service.ts'

const EVERY_TEN_MINUTES = '*/10 * * * *'

/** What others may ask of the copies of own data. */
export type DataExports = {
  /** Ends all that live of a visitor, in the transaction of their erasure; the bytes follow within ten minutes. */
  readonly endOf: (
    tx: Tx,
    given: { readonly visitorId: string; readonly actor: AuditActor },
  ) => Promise<void>
}

/** Puts copies of own data on the server: asked for, made by a job, fetched, and destroyed. */
export function addMyData(
  ground: ModuleGround,
  given: {
    readonly store: ObjectStore
    readonly notices: Pick<Notices, 'queue'>
    readonly people: PersonalFiles
  },
): DataExports {
  const { db, config, jobs, clock } = ground
  const repo = createMyDataRepo(db)
  const deps: MyDataDeps = {
    ...ground,
    ...given,
    ...{ repo, keyRoot: config.keyRoot, origin: config.publicOrigin },
    recordedOf: createRecordedOf({ db, clock }),
    log: ground.log.child({ module: 'my-data' }),
  }
  bindMyDataRoutes(ground.bind, createMyData(deps))
  jobs.handle('dataExports.build', ({ exportId }: { exportId: string }) =>
    buildData(exportId, deps),
  )
  jobs.handle('dataExports.expire', () => expireData(deps))
  jobs.every('dataExports.expire', EVERY_TEN_MINUTES)
  return {
    endOf: async (tx, { visitorId, actor }) => {
      for (const row of await repo.liveOf(tx, visitorId)) {
        await endData(tx, { row, actor, action: 'dataExport.erase' }, deps)
      }
    },
  }
}
