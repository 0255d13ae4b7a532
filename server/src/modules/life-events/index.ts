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

export { VISIT_HIT_CHANNEL } from './life-events.repo.ts'
export type { ChangeCause, ChangeEffect, PeopleChange } from './people-changed.ts'

/** What other modules tell this one. */
export type LifeEvents = {
  /** EL-4. People may no longer meet, or may again; call it last before the audit entry. */
  readonly peopleChanged: (tx: Tx, change: PeopleChange) => Promise<ChangeEffect>
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
  return { peopleChanged: (tx, change) => peopleChanged(tx, change, deps) }
}
