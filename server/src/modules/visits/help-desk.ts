import { Fault, Refusal } from '@visavis/contract/errors'
import type { HelpAnswer } from '@visavis/contract/help-kinds'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { createTimeline } from '../timeline/index.ts'
import { answerHelp } from './help-rules.ts'
import { timelineNotesOf } from './timeline-notes.ts'
import { auditFactOf } from './visit-audit.ts'
import type { Cause } from './visit-audit.ts'
import { applyStep } from './visit-step.ts'
import { createVisitsRepo } from './visits.repo.ts'

type Answered = {
  readonly visitId: string
  readonly seatId: string
  readonly answer: HelpAnswer
  readonly cause: Cause
}

/** Answers to calls for help from outside a wall: by the host of a link centre (OV-9). */
export type HelpDesk = {
  /**
   * Stores the answer in the caller's transaction, audit entry included; the caller tells the server that
   * has the visit. Refuses with SEAT_NOT_FOUND, HELP_NOT_CALLED and VISIT_ENDED; a Fault when the visit
   * changed in the same moment: ask again.
   */
  readonly answer: (tx: Tx, answered: Answered) => Promise<void>
}

export function createHelpDesk(deps: { db: Database; audit: Audit; clock: Clock }): HelpDesk {
  const { db, audit, clock } = deps
  const repo = createVisitsRepo(db)
  const timeline = createTimeline(db)
  return {
    async answer(tx, { visitId, seatId, answer, cause }) {
      const visit = await repo.load(visitId, tx)
      if (!visit) throw new Refusal('VISIT_NOT_FOUND')
      const situation = {
        visit,
        links: new Map(),
        deliveredMs: visit.session.deliveredMs,
        now: clock.now(),
        doorOpenSince: clock.now(),
      }
      const steps = answerHelp(seatId, answer)(situation)
      if (steps.length === 0) return
      const after = steps.reduce((at, step) => applyStep(at, step, situation.now), visit)
      const isStored = await repo.save(tx, { before: visit, after, now: clock.now() })
      if (!isStored) throw new Fault('the visit changed in the same moment')
      await timeline.add(visitId, timelineNotesOf(steps, situation), tx)
      for (const step of steps) {
        await audit.append(tx, auditFactOf(visit, step, { cause, isWished: true }))
      }
    },
  }
}
