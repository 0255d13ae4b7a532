import { panic } from '@visavis/contract/errors'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { signingKeyOf, withPublicKey } from '../../platform/signing-key.ts'
import type { AuditProofs } from '../audit-log/index.ts'
import type { RecordingKeys } from '../recordings/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { buildExport } from './build.service.ts'
import { expireExports } from './expire.service.ts'
import type { ExportsDeps } from './exports-parts.ts'
import { createExportsRepo } from './exports.repo.ts'
import { bindExportRoutes } from './exports.routes.ts'
import { createExports } from './exports.service.ts'

const EVERY_TEN_MINUTES = '*/10 * * * *'

/** Puts exports of recordings on the server (RC-6). */
export function addExports(
  ground: ModuleGround,
  given: {
    readonly store: ObjectStore
    readonly keys: Pick<RecordingKeys, 'create' | 'open'>
    readonly tasks: Tasks
    readonly sealAgain: ExportsDeps['sealAgain']
    readonly verifierFile: string
    readonly auditProofs: AuditProofs
  },
): void {
  const { db, config, jobs } = ground
  const key = withPublicKey(signingKeyOf(config.certificateKey) ?? panic('no key of exports'))
  const issuer = config.publicOrigin
  const deps: ExportsDeps = {
    ...ground,
    ...given,
    ...{ key, issuer },
    log: ground.log.child({ module: 'exports' }),
    repo: createExportsRepo(db),
  }
  bindExportRoutes(ground.bind, createExports(deps))
  jobs.handle('exports.build', ({ exportId }: { exportId: string }) => buildExport(exportId, deps))
  jobs.handle('exports.expire', () => expireExports(deps))
  jobs.every('exports.expire', EVERY_TEN_MINUTES)
}
