import type { ModuleGround } from '../../platform/module-ground.ts'
import type { LifeEvents } from '../life-events/index.ts'
import { createTimeline } from '../timeline/index.ts'
import { createPreflightReads } from './preflight-reads.service.ts'
import { createPreflightRepo } from './preflight.repo.ts'
import { bindPreflightRoutes } from './preflight.routes.ts'
import { createPreflightService } from './preflight.service.ts'
import type { PreflightService } from './preflight.service.ts'
import { createTerminalChecks } from './terminal-checks.service.ts'

export { bindPreflightNamespace } from './preflight.socket.ts'
export type { PreflightService } from './preflight.service.ts'

/** Often enough to tell before the visit (twelve minutes before it at the latest) that a test is missing. */
const EVERY_TWO_MINUTES = '*/2 * * * *'

/** Puts tests of devices and network on the server (LV-10); gives what their sockets need. */
export function addPreflight(
  ground: ModuleGround,
  { lifeEvents }: { readonly lifeEvents: LifeEvents },
): PreflightService {
  const { bind, db, jobs } = ground
  const repo = createPreflightRepo(db)
  const checks = createTerminalChecks({ ...ground, repo, lifeEvents })
  bindPreflightRoutes(bind, { checks, reads: createPreflightReads(repo) })
  jobs.handle('preflight.watch', () => checks.watch())
  jobs.every('preflight.watch', EVERY_TWO_MINUTES)
  return createPreflightService({ ...ground, repo, lifeEvents, timeline: createTimeline(db) })
}
