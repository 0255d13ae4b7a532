import { routes } from '@visavis/contract/http'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { createOfficersRepo } from './officers.repo.ts'
import { createOfficersService } from './officers.service.ts'

/** Puts on the server what officers say of themselves: the languages they can follow (OV-4). */
export function addOfficers({ bind, db, audit }: ModuleGround): void {
  const officers = createOfficersService({ repo: createOfficersRepo(db), audit })
  bind(routes.myLanguages, ({ actor }) => officers.languages(actor))
  bind(routes.setMyLanguages, ({ actor, body, requestId, once }) =>
    once((tx) => officers.setLanguages(tx, { actor, requestId, ...body })),
  )
}
