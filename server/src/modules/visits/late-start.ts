import { Refusal } from '@visavis/contract/errors'
import type { Logger } from '@visavis/platform/log'
import { makeUpLateStart } from './session-rules.ts'
import type { VisitActs, VisitEnd } from './visit-acts.ts'
import { isUnderWay } from './visit-record.ts'
import type { VisitRecord } from './visit-record.ts'

type Deps = {
  readonly acts: VisitActs
  readonly end: Pick<VisitEnd, 'lateMs'>
  readonly log: Logger
}

/**
 * LV-5. A visit that the facility let begin late has its full length all the same where everything it
 * needs is free for longer; where not, its statement turns the missing minutes into time credit.
 */
export function makeUpForLateStarts(deps: Deps): void {
  const { acts, log } = deps
  acts.changed.on(({ before, visit }) => {
    if (isUnderWay(before.session.state) || !isUnderWay(visit.session.state)) return
    makeUp(visit, deps).catch((error: unknown) => {
      log.error({ visitId: visit.visitId, err: error }, 'a late start was not made up for')
    })
  })
}

async function makeUp(visit: VisitRecord, { acts, end, log }: Deps): Promise<void> {
  const { visitId } = visit
  const lateMs = await end.lateMs(visit)
  try {
    await acts.act({ visitId, decide: makeUpLateStart(lateMs) })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'NO_PLACE') throw error
    log.info({ visitId, lateMs }, 'a late start is owed: what the visit needs is taken')
  }
}
