import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { Tasks } from '../tasks/index.ts'

/** A file of a recording, or of a copy, that is not as it was sealed; bytes are those of the sealed file. */
export type BadFile = {
  readonly facilityId: string
  readonly visitId: string
  /** The recording's or copy's id. */
  readonly objectId: string
  readonly file: string
  readonly why: 'FILE_DAMAGED' | 'FILE_MISSING' | 'RESULT_BAD'
  readonly bytes?: { readonly fromByte: number; readonly toByte: number }
}

type Deps = {
  readonly transact: Transact
  readonly audit: Audit
  readonly tasks: Tasks
  readonly clock: Clock
  readonly log: Logger
}

/** What follows when a recording cannot be read as it should (RC-5). */
export type ReviewAlarms = ReturnType<typeof createReviewAlarms>

export function createReviewAlarms({ transact, audit, tasks, clock, log }: Deps) {
  const openTask = (tx: Tx, task: { facilityId: string; subjectId: string; visitId?: string }) =>
    tasks.open(tx, { ...task, kind: 'RECORDING_ALARM', suggestion: 'REVIEW', dueAt: clock.now() })
  return {
    /** An entry in the log and a task; what already failed for its reader does not fail once more by this. */
    async badFile(bad: BadFile): Promise<void> {
      const { facilityId, visitId, objectId, file, why, bytes } = bad
      log.error({ visitId, objectId, file, why, ...bytes }, 'alarm: a recording cannot be read')
      const work = transact(async (tx) => {
        await openTask(tx, { facilityId, visitId, subjectId: objectId })
        await audit.append(tx, {
          facilityId,
          actor: { type: 'system', actorId: 'reviews' },
          action: 'recording.damaged',
          object: { type: 'recording', objectId, visitId },
          outcome: 'error',
          reason: why,
          detail: { file, ...bytes },
        })
      })
      await work.catch((error: unknown) =>
        log.error({ visitId, objectId, err: error }, 'the alarm could not be entered'),
      )
    },
    /** Somebody reads much: the facility's administrators get a task about that account. */
    budget: async (tx: Tx, about: { facilityId: string; accountId: string }): Promise<void> => {
      await openTask(tx, { facilityId: about.facilityId, subjectId: about.accountId })
    },
  }
}
