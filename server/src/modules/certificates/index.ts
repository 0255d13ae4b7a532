import { panic } from '@visavis/contract/errors'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { signingKeyOf, withPublicKey } from '../../platform/signing-key.ts'
import type { Rooms } from '../rooms/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { createAlarmsRepo } from './alarms.repo.ts'
import { createAlarms } from './alarms.service.ts'
import type { Violation } from './alarms.service.ts'
import { createCanaryRepo } from './canary.repo.ts'
import { createCanaryPort, runCanaries } from './canary.service.ts'
import { keepCensus } from './census.service.ts'
import { createCertificatesRepo } from './certificates.repo.ts'
import { bindCertificateRoutes } from './certificates.routes.ts'
import { createCertificates } from './certificates.service.ts'

/** What the live side gives this module when it is there. */
export type LiveCertificates = {
  /** Keeps the census of these rooms, raises their alarms, and has canaries run on their media nodes. */
  readonly attach: (rooms: Pick<Rooms, 'signals' | 'canaries'>) => void
}

/** At night, when nobody is in a visit; UTC. */
const ONCE_A_NIGHT = '41 2 * * *'

/** Puts census, certificates and canaries on the server (OV-8). */
export function addCertificates(
  ground: ModuleGround,
  { tasks }: { readonly tasks: Tasks },
): LiveCertificates {
  const { bind, db, config, jobs } = ground
  const log = ground.log.child({ module: 'certificates' })
  const canaries = createCanaryRepo(db)
  const alarms = createAlarms({ ...ground, log, tasks, repo: createAlarmsRepo(db) })
  const key = withPublicKey(signingKeyOf(config.certificateKey) ?? panic('no key of certificates'))
  const certificates = createCertificates({
    ...{ ...ground, canaries, key, issuer: config.publicOrigin },
    repo: createCertificatesRepo(db),
  })
  bindCertificateRoutes(bind, { certificates, canaries })
  const port = createCanaryPort()
  jobs.handle('canary.run', () =>
    runCanaries(port.all(), { ...ground, log, alarms, repo: canaries }),
  )
  jobs.every('canary.run', ONCE_A_NIGHT)
  return {
    attach: (rooms) => {
      port.attach(rooms.canaries)
      const { signals } = rooms
      signals.violated.on((violation) => raise(violation, { alarms, log }))
      // A violation that was told while no server listened ends its visit now, by the same way.
      const onViolated = (violation: Violation) => signals.violated.emit(violation)
      keepCensus({ ...ground, log, rooms, onViolated })
    },
  }
}

function raise(
  violation: Violation,
  { alarms, log }: { alarms: ReturnType<typeof createAlarms>; log: ModuleGround['log'] },
): void {
  const { visitId, epoch } = violation
  alarms.violated(violation).catch((error: unknown) => {
    log.error({ visitId, epoch, err: error }, 'alarm could not be raised')
  })
}
