import { routes } from '@visavis/contract/http'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Policy } from '../policy/index.ts'
import { createSettingsService } from './settings.service.ts'

/** Puts on the server what a facility decides for itself: its administrator reads and changes it. */
export function addFacilitySettings(ground: ModuleGround, { policy }: { policy: Policy }): void {
  const { bind, db, jobs, audit } = ground
  const service = createSettingsService({ db, policy, jobs, audit })
  bind(routes.facilitySettings, ({ actor }) => service.read(actor))
  bind(routes.setFacilitySettings, ({ actor, requestId, body, once }) =>
    once((tx) => service.set(tx, { actor, requestId, ...body })),
  )
}
