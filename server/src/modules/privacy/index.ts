import { routes } from '@visavis/contract/http'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { runErasures } from './erase.service.ts'
import { createErasuresService } from './erasures.service.ts'
import { personKeysOf } from './person-keys.repo.ts'
import type { PrivacyUses } from './privacy-kit.ts'

/** Nobody waits for it; a week has gone by. */
const EVERY_HOUR = '47 * * * *'

/** Puts the right to be forgotten on the server: asked, decided where a law says so, and carried out by the clock. */
export function addPrivacy(ground: ModuleGround, uses: PrivacyUses): void {
  const { bind, jobs, db } = ground
  const kit = { ...ground, ...uses, keys: personKeysOf(db) }
  const erasures = createErasuresService(kit)
  bind(routes.myErasure, (call) => erasures.mine(call))
  bind(routes.askErasure, ({ once, ...call }) => once((tx) => erasures.ask(tx, call)))
  bind(routes.withdrawErasure, ({ once, ...call }) => once((tx) => erasures.withdraw(tx, call)))
  bind(routes.erasures, (call) => erasures.list(call))
  bind(routes.keepAgainstErasure, ({ once, actor, requestId, params, body }) =>
    once((tx) => erasures.keep(tx, { actor, requestId, ...params, ...body })),
  )
  jobs.handle('erasures.run', () => runErasures(kit))
  jobs.every('erasures.run', EVERY_HOUR)
}
