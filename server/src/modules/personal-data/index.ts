import { routes } from '@visavis/contract/http'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { createPersonalDataRepo } from './personal-data.repo.ts'
import { createPersonalData } from './personal-data.service.ts'

/** At night; what became due since is hours over its day at most. */
const EVERY_NIGHT = '41 1 * * *'

/** Puts on the server how long personal data are kept, besides recordings (RC-7 has rules of its own). */
export function addPersonalData(ground: ModuleGround): void {
  const { bind, db, jobs } = ground
  const log = ground.log.child({ module: 'personal-data' })
  const data = createPersonalData({ ...ground, log, repo: createPersonalDataRepo(db) })
  bind(routes.personalData, () => data.read())
  bind(routes.setDataDays, ({ params, body, once, actor, requestId }) =>
    once((tx) => data.set(tx, { actor, requestId, ...params, ...body })),
  )
  jobs.handle('personalData.run', () => data.run())
  jobs.every('personalData.run', EVERY_NIGHT)
}
