import { routes } from '@visavis/contract/http'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { createInmateEventsService } from './inmate-events.service.ts'
import type { createOutagesService } from './outages.service.ts'
import type { createSuspensionsService } from './suspensions.service.ts'

/** REST of life events. */
export function bindLifeEventRoutes(
  bind: ModuleGround['bind'],
  services: {
    inmates: ReturnType<typeof createInmateEventsService>
    outages: ReturnType<typeof createOutagesService>
    suspensions: ReturnType<typeof createSuspensionsService>
  },
): void {
  const { inmates, outages, suspensions } = services
  bind(routes.inmateEvent, ({ actor, params, body, once, requestId }) =>
    inmates.enter({ actor, inmateId: params.inmateId, event: body, once, requestId }),
  )
  bind(routes.terminalOutage, ({ actor, params, body, once, requestId }) =>
    outages.breakDown({ actor, ...params, ...body, once, requestId }),
  )
  bind(routes.terminalRepaired, ({ actor, params, once, requestId }) =>
    outages.repair({ actor, ...params, once, requestId }),
  )
  bind(routes.suspensions, async ({ actor }) => ({ suspensions: await suspensions.list(actor) }))
  bind(routes.suspend, ({ actor, body, once, requestId }) =>
    suspensions.suspend({ actor, once, requestId }, body),
  )
  bind(routes.liftSuspension, ({ actor, params, body, once, requestId }) =>
    suspensions.lift({ actor, once, requestId }, { ...params, ...body }),
  )
}
