import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Policy } from '../policy/index.ts'
import type { RecordingKeys } from '../recordings/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { createDestructionsRepo } from './destructions.repo.ts'
import { createDestructions } from './destructions.service.ts'
import { createHoldReviews } from './hold-reviews.service.ts'
import { createHoldsRepo } from './holds.repo.ts'
import { createHolds } from './holds.service.ts'
import { createKeptRepo } from './kept.repo.ts'
import { createKept } from './kept.service.ts'
import { createKeyMovesRepo } from './key-moves.repo.ts'
import { createKeyMoves } from './key-moves.service.ts'
import { createRecordedRepo } from './recorded.repo.ts'
import { createRecorded } from './recorded.service.ts'
import { runRetention } from './retention-run.ts'
import { bindRetentionRoutes } from './retention.routes.ts'
import { createRules } from './rules.service.ts'
import { createShredRepo } from './shred.repo.ts'
import { createShred } from './shred.service.ts'

export { createRecordedOf } from './recorded.service.ts'
export type { RecordedOf } from './recorded.service.ts'
export type { RecordedView } from './recorded-view.ts'

/** What keeping and destroying needs of other modules. */
export type RetentionParts = {
  readonly policy: Policy
  readonly tasks: Tasks
  readonly keys: RecordingKeys
  readonly store: ObjectStore
}

/** So that nothing outlives its day by more than an hour, whenever a server was away. */
const EVERY_HOUR = '17 * * * *'

/** Puts retention, legal holds, destruction and "what was recorded of me" on the server (RC-7). */
export function addRetention(ground: ModuleGround, parts: RetentionParts): void {
  const { db, jobs } = ground
  const deps = { ...ground, ...parts, log: ground.log.child({ module: 'retention' }) }
  const rows = createShredRepo(db)
  const holdRows = createHoldsRepo(db)
  const destructionRows = createDestructionsRepo(db)
  const shred = createShred({ ...deps, repo: rows })
  const moves = createKeyMoves({ ...deps, repo: createKeyMovesRepo(db) })
  const reviews = createHoldReviews({ ...deps, repo: holdRows })
  bindRetentionRoutes(ground.bind, {
    rules: createRules(deps),
    kept: createKept({ ...deps, repo: createKeptRepo(db), destructions: destructionRows }),
    holds: createHolds({ ...deps, repo: holdRows, shred: rows }),
    destructions: createDestructions({ ...deps, repo: destructionRows, rows, shred }),
    recorded: createRecorded({ ...deps, repo: createRecordedRepo(db) }),
  })
  jobs.handle('retention.run', () => runRetention({ ...deps, repo: rows, shred, reviews, moves }))
  jobs.every('retention.run', EVERY_HOUR)
}
