import { panic } from '@visavis/contract/errors'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Policy } from '../policy/index.ts'
import { createFlagsRepo } from './flags.repo.ts'
import { createFlagsService } from './flags.service.ts'
import { bindOversightRoutes } from './oversight.routes.ts'
import { createShiftRepo } from './shift.repo.ts'
import { createShiftService } from './shift.service.ts'
import { createWatchingRepo } from './watching.repo.ts'
import { createWatchingService } from './watching.service.ts'
import type { HeardOf } from './watching.service.ts'

/** What the walls of the live side tell the pages of oversight. */
export type OversightPort = { readonly attach: (heardOf: HeardOf) => void }

/** Puts on the server who watches what, the figures of shifts, and flags to be reviewed (OV-6, OV-7). */
export function addOversight(ground: ModuleGround, { policy }: { policy: Policy }): OversightPort {
  const { bind, db, audit, clock } = ground
  let heardOf: HeardOf | null = null
  const shifts = createShiftService({ db, repo: createShiftRepo(db), policy, audit, clock })
  const watching = createWatchingService({
    ...{ repo: createWatchingRepo(db), shifts, audit, clock },
    heardOf: (observerId) => heardOf?.(observerId) ?? null,
    rulesOf: (facilityId) => policy.ofFacility(db, facilityId),
  })
  const flags = createFlagsService({ repo: createFlagsRepo(db), audit, clock })
  bindOversightRoutes(bind, { watching, shifts, flags })
  return {
    attach(given) {
      if (heardOf) panic('walls are attached twice')
      heardOf = given
    },
  }
}
