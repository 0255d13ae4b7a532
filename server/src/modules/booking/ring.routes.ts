import { routes } from '@visavis/contract/http'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { ringRepo } from './ring.repo.ts'
import { createRingService } from './ring.service.ts'
import type { RingDeps } from './ring.service.ts'

/** Puts on-demand visits on the server (BK-8). */
export function addRings(
  ground: ModuleGround,
  parts: Pick<RingDeps, 'booking' | 'notices' | 'policy'>,
): void {
  const { bind } = ground
  const rings = createRingService({ ...ground, ...parts, repo: ringRepo })
  const { retries } = parts.booking
  bind(routes.ringVisitor, ({ actor, body, once, requestId }) =>
    once((tx) => rings.ring(tx, { actor, requestId, visitorId: body.visitorId }), retries),
  )
  bind(routes.ring, ({ actor, params }) => rings.stateOf(actor, params.visitId))
  bind(routes.takeBackRing, ({ actor, params, once, requestId }) =>
    once((tx) => rings.takeBack(tx, { actor, requestId, ...params })),
  )
  bind(routes.myRings, async ({ actor }) => ({ rings: await rings.mine(actor) }))
  bind(routes.answerRing, ({ actor, params, body, once, requestId }) => {
    const { visitId } = params
    const given = { actor, requestId, visitId, isAccepted: body.isAccepted }
    return once((tx) => rings.answer(tx, given), retries)
  })
}
