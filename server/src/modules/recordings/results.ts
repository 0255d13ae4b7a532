import { panic } from '@visavis/contract/errors'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { signingKeyOf, withPublicKey } from '../../platform/signing-key.ts'
import type { Tasks } from '../tasks/index.ts'
import type { Timeline } from '../timeline/index.ts'
import { createAskedChecks } from './asked-checks.service.ts'
import type { AskedJob } from './asked-checks.service.ts'
import { createChecksRepo } from './checks.repo.ts'
import { bindCheckRoutes } from './checks.routes.ts'
import { createChecks } from './checks.service.ts'
import type { Checks } from './checks.service.ts'
import { createManifestRepo } from './manifest.repo.ts'
import { bindManifestRoutes } from './manifest.routes.ts'
import { createManifests } from './manifests.service.ts'
import { createResultsRepo } from './results.repo.ts'
import type { ResultsRepo } from './results.repo.ts'
import { createResults } from './results.service.ts'
import type { Results } from './results.service.ts'

/** What proves recordings: their results taken in, gaps, signed manifests, checks. */
export type RecordingProofs = Results &
  Pick<Checks, 'check'> & {
    /**
     * Looks at a visit's gaps and manifests again, when something of it has changed: it has ended, a recording
     * has failed, a copy was made or destroyed. Safe to run at any time.
     */
    readonly sealAgain: (visitId: string) => Promise<void>
  }

/** At night; UTC. */
const ONCE_A_NIGHT = '17 1 * * *'
/** What a crash left undone of visits that ended lately. */
const EVERY_TEN_MINUTES = '*/10 * * * *'
/** So far back visits are looked at again, by day and at night: a server may have been away for long. */
const LATELY_MS = 2 * 3_600_000
const TWO_DAYS_MS = 48 * 3_600_000

/** Puts the proofs of recordings on the server. */
export function addRecordingProofs(
  ground: ModuleGround,
  given: {
    readonly store: ObjectStore
    readonly tasks: Tasks
    readonly timeline: Pick<Timeline, 'of'>
  },
): RecordingProofs {
  const { db, config, jobs } = ground
  const deps = { ...ground, ...given, log: ground.log.child({ module: 'recording-proofs' }) }
  const repo = createManifestRepo(db)
  const results = createResultsRepo(db)
  const key = withPublicKey(signingKeyOf(config.certificateKey) ?? panic('no key of manifests'))
  const manifests = createManifests({ ...deps, repo, results, key, issuer: config.publicOrigin })
  const checkRows = createChecksRepo(db)
  const checks = createChecks({ ...deps, repo: checkRows })
  bindManifestRoutes(ground.bind, repo)
  const sealLately = (ms: number) => sealSince(ms, { ...deps, results, settle: manifests.settle })
  const asked = createAskedChecks({ ...deps, repo: checkRows, checks })
  bindCheckRoutes(ground.bind, asked)
  jobs.handle('recordings.check', async (job: Partial<AskedJob>) => {
    const { recordingId, askedBy, askedAt } = job
    if (recordingId && askedBy && askedAt) return asked.make({ recordingId, askedBy, askedAt })
    await sealLately(TWO_DAYS_MS)
    await checks.checkSome()
  })
  jobs.every('recordings.check', ONCE_A_NIGHT)
  jobs.handle('recordings.seal', () => sealLately(LATELY_MS))
  jobs.every('recordings.seal', EVERY_TEN_MINUTES)
  return {
    ...createResults({ ...deps, repo: results, manifests }),
    check: checks.check,
    sealAgain: manifests.settle,
  }
}

type Sealing = Pick<ModuleGround, 'clock' | 'log'> & {
  readonly results: ResultsRepo
  readonly settle: (visitId: string) => Promise<void>
}

async function sealSince(ms: number, { clock, log, results, settle }: Sealing): Promise<void> {
  for (const visitId of await results.endedSince(new Date(clock.now().getTime() - ms))) {
    await settle(visitId).catch((error: unknown) => {
      log.error({ visitId, err: error }, 'gaps and manifests of a visit could not be made')
    })
  }
}
