import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Tx } from '../../platform/transact.ts'
import { createInmateEventsService } from './inmate-events.service.ts'
import type { LifeEventsParts } from './life-events-parts.ts'
import { bindLifeEventRoutes } from './life-events.routes.ts'
import { createOutagesService } from './outages.service.ts'
import { peopleChanged } from './people-changed.ts'
import type { ChangeEffect, PeopleChange } from './people-changed.ts'
import { createRebooking } from './rebooking.service.ts'
import { createSuspensionsRepo } from './suspensions.repo.ts'
import { createSuspensionsService } from './suspensions.service.ts'
import { moveFromBroken, terminalTested } from './terminal-tests.ts'
import type { TerminalTested } from './terminal-tests.ts'

export {
  VISIT_HIT_CHANNEL,
  tellRulesChanged,
  tellVisitChanged,
  tellVisitHit,
  visitHitOf,
} from './visit-hits.repo.ts'
export type { ChangeCause, ChangeEffect, PeopleChange } from './people-changed.ts'
export type { TerminalTested } from './terminal-tests.ts'

/** What other modules tell this one. */
export type LifeEvents = {
  /** EL-4. People may no longer meet, or may again; call it last before the audit entry. */
  readonly peopleChanged: (tx: Tx, change: PeopleChange) => Promise<ChangeEffect>
  /** BK-13. A terminal has tested itself, or has not: whether anything new was told of it. */
  readonly terminalTested: (tx: Tx, tested: TerminalTested) => Promise<boolean>
  /** BK-13. Moves the visits of a terminal that has found itself broken, if policy says so; whether it did. */
  readonly moveFromBroken: (broken: { terminalId: string; requestId: string }) => Promise<boolean>
}

/** Puts life events on the server (BK-12, BK-13). */
export function addLifeEvents(ground: ModuleGround, parts: LifeEventsParts): LifeEvents {
  const deps = { ...ground, ...parts }
  const repo = createSuspensionsRepo(ground.db)
  const rebooking = createRebooking({ ...deps, repo })
  bindLifeEventRoutes(ground.bind, {
    inmates: createInmateEventsService(deps),
    outages: createOutagesService(deps),
    suspensions: createSuspensionsService({ ...deps, repo }),
  })
  ground.jobs.handle('rebooking.run', ({ suspensionId }: { suspensionId: string }) =>
    rebooking.run(suspensionId),
  )
  return {
    peopleChanged: (tx, change) => peopleChanged(tx, change, deps),
    terminalTested: (tx, tested) => terminalTested(tx, tested, deps),
    moveFromBroken: (broken) => moveFromBroken(broken, deps),
  }
}
