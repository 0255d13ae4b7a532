import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from '../identity/index.ts'
import type { createBeatsService } from './beats.service.ts'
import type { createCareService } from './care.service.ts'

/** REST of terminals: what they tell of themselves, and what is done to them from afar. */
export function bindTerminalRoutes(
  bind: BindRoute<ActorByAccess>,
  services: {
    beats: ReturnType<typeof createBeatsService>
    care: ReturnType<typeof createCareService>
  },
): void {
  const { beats, care } = services
  bind(routes.listTerminals, async ({ actor }) => ({ terminals: await care.list(actor) }))
  bind(routes.restartTerminal, ({ actor, params, body, requestId }) =>
    care.restart({ actor, ...params, ...body, requestId }),
  )
  bind(routes.disableTerminal, ({ actor, params, body, requestId }) =>
    care.disable({ actor, ...params, ...body, requestId }),
  )
  bind(routes.enableTerminal, ({ actor, params, requestId }) =>
    care.enable({ actor, ...params, requestId }),
  )
  bind(routes.revokeTerminalKey, ({ actor, params, body, requestId }) =>
    care.revokeKey({ actor, ...params, ...body, requestId }),
  )
  bind(routes.forgivePins, async ({ actor, params, requestId }) => {
    await care.forgivePins({ actor, ...params, requestId })
    return {}
  })
  bind(routes.terminalBeat, ({ actor, body, requestId }) =>
    beats.beat({ actor, ...body, requestId }),
  )
}
