import { routes } from '@visavis/contract/http'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { createWaitingOffers } from './waiting-offers.service.ts'
import type { WaitingOffers } from './waiting-offers.service.ts'
import { waitingRepo } from './waiting.repo.ts'
import { createWaitingService } from './waiting.service.ts'
import type { WaitingDeps } from './waiting.service.ts'

/** What becomes free without a booking's end, a mended terminal for example, is offered this often. */
const EVERY_FIVE_MINUTES = '*/5 * * * *'
/** Two who join at once with the same people: the second finds the first. */
const TWINS = { retriedStates: ['23505'] }

/** Puts the waiting lists on the server (BK-10). */
export function addWaiting(
  ground: ModuleGround,
  parts: Omit<WaitingDeps, keyof ModuleGround | 'repo'>,
): WaitingOffers {
  const { bind, jobs, log } = ground
  const deps: WaitingDeps = { ...ground, ...parts, repo: waitingRepo }
  const service = createWaitingService(deps)
  const offers = createWaitingOffers(deps)
  deps.booking.onChanged(offers.onBookingChanged)
  jobs.handle('waiting.offer', async ({ slotId }: { slotId?: string }) => {
    const made = slotId === undefined ? await offers.offerAll() : await offers.offerFreed(slotId)
    if (made > 0) log.info({ offers: made }, 'freed places offered')
  })
  jobs.every('waiting.offer', EVERY_FIVE_MINUTES)
  bind(routes.waitingList, async ({ actor }) => ({ entries: await service.list(actor) }))
  bind(routes.joinWaitingList, ({ actor, body, once, requestId }) =>
    once((tx) => service.join(tx, { actor, requestId, party: body }), TWINS),
  )
  bind(routes.leaveWaitingList, ({ actor, params, once, requestId }) =>
    once((tx) => service.leave(tx, { actor, requestId, waitingId: params.waitingId })),
  )
  return offers
}
