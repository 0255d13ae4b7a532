import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Policy } from '../policy/index.ts'
import type { Tasks } from '../tasks/index.ts'
import type { Eligibility } from './eligibility-api.ts'
import { bindEligibilityRoutes } from './eligibility.routes.ts'
import { createEligibilityService } from './eligibility.service.ts'
import { recheckVisits } from './recheck.service.ts'

type Given = {
  readonly policy: Policy
  readonly ledger: Pick<Ledger, 'quotaIn'>
  readonly tasks: Tasks
}

/** Eight minutes past: when quota's and reminders' jobs are done. */
const EVERY_HOUR = '8 * * * *'

/** The eligibility module: its engine, its route and its hourly look at tomorrow's visits. */
export function addEligibility(ground: ModuleGround, given: Given): Eligibility {
  const { clock, jobs } = ground
  const service = createEligibilityService({ ...given, clock })
  bindEligibilityRoutes(ground.bind, { ...service, db: ground.db })
  const recheck = (now: Date) => recheckVisits(now, { ...ground, ...given, assess: service.assess })
  jobs.handle('eligibility.recheck', async () => {
    ground.log.info({ rechecked: await recheck(clock.now()) }, 'eligibility rechecked')
  })
  jobs.every('eligibility.recheck', EVERY_HOUR)
  return { ...service, recheck }
}
