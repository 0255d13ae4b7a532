import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from '../identity/index.ts'
import type { Destructions } from './destructions.service.ts'
import type { Holds } from './holds.service.ts'
import type { Kept } from './kept.service.ts'
import type { Recorded } from './recorded.service.ts'
import type { Rules } from './rules.service.ts'

type Bind = BindRoute<ActorByAccess>
type Services = {
  readonly rules: Rules
  readonly kept: Kept
  readonly holds: Holds
  readonly destructions: Destructions
  readonly recorded: Recorded
}

/** Puts the routes of keeping and destroying on the server (RC-7). */
export function bindRetentionRoutes(bind: Bind, services: Services): void {
  const { rules, kept, destructions, recorded } = services
  bind(routes.retentionRules, ({ actor }) => rules.read(actor))
  bind(routes.setRetentionRules, ({ actor, requestId, body, once }) =>
    once((tx) => rules.set(tx, { actor, requestId, rules: body })),
  )
  bind(routes.keptVisits, ({ actor, query }) => kept.list(actor, query))
  bind(routes.tombstones, ({ actor, query }) => kept.tombstones(actor, query))
  bind(routes.tombstone, async ({ actor, params: { destructionId }, reply }) => {
    const bytes = await kept.tombstone(actor, destructionId)
    return reply
      .type('application/json')
      .header('content-disposition', `attachment; filename="tombstone-${destructionId}.json"`)
      .header('cache-control', 'no-store')
      .send(Buffer.from(bytes))
  })
  bind(routes.askDestruction, ({ actor, requestId, params, body, once }) =>
    once((tx) => destructions.ask(tx, { actor, requestId, ...params, ...body })),
  )
  bind(routes.decideDestruction, ({ actor, requestId, params, body, once }) =>
    once((tx) => destructions.decide(tx, { actor, requestId, ...params, ...body })),
  )
  bindHolds(bind, services)
  bindRecorded(bind, recorded)
}

function bindHolds(bind: Bind, { holds }: Pick<Services, 'holds'>): void {
  bind(routes.placeHold, ({ actor, requestId, params, body, once }) =>
    once((tx) => holds.place(tx, { actor, requestId, ...params, ...body })),
  )
  bind(routes.reviewHold, ({ actor, requestId, params, body, once }) =>
    once((tx) => holds.review(tx, { actor, requestId, ...params, ...body })),
  )
  bind(routes.askRelease, ({ actor, requestId, params, body, once }) =>
    once((tx) => holds.askRelease(tx, { actor, requestId, ...params, ...body })),
  )
  bind(routes.decideRelease, ({ actor, requestId, params, body, once }) =>
    once((tx) => holds.decideRelease(tx, { actor, requestId, ...params, ...body })),
  )
}

function bindRecorded(bind: Bind, recorded: Recorded): void {
  bind(routes.objection, ({ actor, requestId, params }) =>
    recorded.read({ actor, requestId, ...params }),
  )
  bind(routes.recordedOfMe, ({ actor }) => recorded.list(actor))
  bind(routes.objectToRecording, ({ actor, requestId, params, body, once }) =>
    once((tx) => recorded.object(tx, { actor, requestId, ...params, ...body })),
  )
  bind(routes.recordedOfInmate, ({ actor }) => recorded.list(actor))
  bind(routes.inmateObjects, ({ actor, requestId, params, body, once }) =>
    once((tx) => recorded.object(tx, { actor, requestId, ...params, ...body, text: '' })),
  )
}
