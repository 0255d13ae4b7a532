import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Policy } from '../policy/index.ts'
import type { RecordingKeys } from '../recordings/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { createTimeline } from '../timeline/index.ts'
import { createReviewAlarms } from './alarms.service.ts'
import { createBesideRepo } from './beside.repo.ts'
import { createBeside } from './beside.service.ts'
import { createDerivativeDesk } from './derivative-desk.ts'
import type { DerivativeDesk } from './derivative-desk.ts'
import { createDerivativesRepo } from './derivatives.repo.ts'
import { createDerivatives } from './derivatives.service.ts'
import { createPlayMemory } from './play-memory.ts'
import { createPlaysRepo } from './plays.repo.ts'
import { createPlays } from './plays.service.ts'
import { createReading } from './reading.service.ts'
import { bindReviewRoutes } from './reviews.routes.ts'
import { createSealedMedia } from './sealed-media.ts'
import { createSearch } from './search.service.ts'
import { createTracks } from './tracks.service.ts'
import { createKeptVisitsRepo } from './visits.repo.ts'

export { MadeProof, derivedPath } from './derivative-rules.ts'
export { lineOfTime, momentOf } from './line-of-time-rules.ts'
export type { LineOfTime, TimedRecording } from './line-of-time-rules.ts'

type Given = {
  readonly tasks: Tasks
  readonly policy: Policy
  readonly store: ObjectStore
  readonly keys: RecordingKeys
  /** Makes the next manifests of a visit of which a copy was made. */
  readonly sealAgain: (visitId: string) => Promise<void>
}

/** What the live side gives this module when it is there. */
export type LiveReviews = Pick<DerivativeDesk, 'attach'> & {
  /** Forgets every key; idempotent. */
  readonly close: () => void
}

/** Puts the review of recordings on the server: search, playback, notes and copies (RC-4, RC-5). */
export function addReviews(ground: ModuleGround, given: Given): LiveReviews {
  const { bind, db, config, clock } = ground
  const log = ground.log.child({ module: 'reviews' })
  const deps = { ...ground, ...given, log }
  const visits = createKeptVisitsRepo(db)
  const alarms = createReviewAlarms(deps)
  const memory = createPlayMemory(clock)
  const media = createSealedMedia({ ...deps, memory, alarms })
  const tracks = createTracks({ ...deps, media, alarms })
  const plays = createPlays({
    ...{ ...deps, repo: createPlaysRepo(db), visits, alarms, memory },
    tracksOf: tracks.views,
  })
  const reading = createReading({ ...deps, plays, tracks, media, memory })
  const copies = createDerivativesRepo(db)
  const desk = createDerivativeDesk({ ...deps, repo: copies, grantSecret: config.grantSecret })
  const repo = createBesideRepo(db)
  bindReviewRoutes(bind, {
    ...{ search: createSearch({ ...deps, visits }), plays, reading },
    beside: createBeside({ ...deps, repo, timeline: createTimeline(db), plays, reading, tracks }),
    derivatives: createDerivatives({ ...deps, repo: copies, visits, plays, reading }),
    asked: () => void desk.settle(),
  })
  return {
    attach: desk.attach,
    close: () => {
      desk.close()
      memory.close()
    },
  }
}
