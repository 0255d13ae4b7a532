import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Transact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { Tasks } from '../tasks/index.ts'
import type { DueHold, HoldsRepo } from './holds.repo.ts'
import { inBatches } from './in-batches.ts'
import { SYSTEM } from './system-actor.ts'

type Deps = {
  readonly repo: Pick<HoldsRepo, 'due'>
  readonly tasks: Tasks
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly log: Logger
}

/** From its day on, a hold may wait so long for somebody to look at it. */
const REVIEW_WITHIN_MS = 3 * 86_400_000

/** Holds whose day has come become tasks. */
export type HoldReviews = ReturnType<typeof createHoldReviews>

export function createHoldReviews(deps: Deps) {
  const { repo, clock, log } = deps
  return {
    openDue: async (): Promise<void> => {
      await inBatches({
        read: (after, take) => repo.due(clock.now(), after, take),
        idOf: ({ holdId }) => holdId,
        work: (hold) => openReview(hold, deps),
        failed: ({ holdId }, error) =>
          log.error({ holdId, err: error }, 'a hold could not be put up for review'),
      })
    },
  }
}

function openReview(hold: DueHold, { tasks, transact, audit, clock }: Deps): Promise<void> {
  const { holdId, visitId, facilityId } = hold
  return transact(async (tx) => {
    await tasks.open(tx, {
      ...{ kind: 'HOLD_REVIEW', subjectId: holdId, visitId, facilityId },
      dueAt: new Date(clock.now().getTime() + REVIEW_WITHIN_MS),
    })
    await audit.append(tx, {
      ...{ facilityId, actor: SYSTEM, action: 'hold.reviewDue', outcome: 'allow' },
      object: { type: 'hold', objectId: holdId, visitId },
    })
  })
}
