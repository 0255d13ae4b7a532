import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Tasks } from '../tasks/index.ts'
import { createBeatsService } from './beats.service.ts'
import { createCareService } from './care.service.ts'
import { createTerminalsRepo } from './terminals.repo.ts'
import { bindTerminalRoutes } from './terminals.routes.ts'
import { createTerminalWatch } from './watch.service.ts'

/** A camera that dies at noon is known a minute later. */
const EVERY_MINUTE = '* * * * *'

/** Puts the care of terminals on the server: beats, restart, service, and the watch over them. */
export function addTerminals(ground: ModuleGround, { tasks }: { readonly tasks: Tasks }): void {
  const deps = { ...ground, repo: createTerminalsRepo(ground.db) }
  bindTerminalRoutes(ground.bind, {
    beats: createBeatsService(deps),
    care: createCareService(deps),
  })
  const watch = createTerminalWatch({ ...deps, tasks })
  ground.jobs.handle('terminals.watch', () => watch.look())
  ground.jobs.every('terminals.watch', EVERY_MINUTE)
}
