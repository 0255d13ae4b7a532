import { routes } from '@visavis/contract/http'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Booking } from '../booking/index.ts'
import type { Eligibility } from '../eligibility/index.ts'
import { createInterpretersService } from './interpreters.service.ts'

/** Puts interpreters on the server: staff give a visit one, or take one out again. */
export function addInterpreters(
  { bind, audit, transact }: ModuleGround,
  uses: { readonly booking: Booking; readonly eligibility: Eligibility },
): void {
  const interpreters = createInterpretersService({ ...uses, audit })
  bind(routes.interpreters, ({ actor, params }) =>
    transact((tx) => interpreters.list(tx, { actor, ...params })),
  )
  bind(routes.addInterpreter, ({ actor, requestId, params, body, once }) =>
    once((tx) => interpreters.add(tx, { actor, requestId, ...params, ...body })),
  )
  bind(routes.removeInterpreter, ({ actor, requestId, params, once }) =>
    once((tx) => interpreters.remove(tx, { actor, requestId, ...params })),
  )
}
