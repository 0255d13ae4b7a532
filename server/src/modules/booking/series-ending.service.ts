import { Refusal } from '@visavis/contract/errors'
import type { BookingReason } from '@visavis/contract/http'
import type { Tx } from '../../platform/transact.ts'
import type { AccountActor } from '../identity/index.ts'
import { requireOwnReason } from './series-access.ts'
import type { SeriesRepo } from './series.repo.ts'
import type { SeriesDeps } from './series.service.ts'

type CancelAsk = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly seriesId: string
  readonly from: Date
  readonly reason: BookingReason
}

/**
 * BK-11. Cancels the visits of a series from an instant on and leaves the others, and those that have
 * begun. Somebody else's series is `BOOKING_NOT_FOUND` like one that is not there.
 */
export async function cancelSeries(tx: Tx, ask: CancelAsk, deps: SeriesDeps) {
  const { actor, requestId, seriesId, reason } = ask
  const reach = await deps.repo.reach(tx, seriesId)
  if (reach === null || !isWithin(reach, actor)) throw new Refusal('BOOKING_NOT_FOUND')
  requireOwnReason(actor, reason)
  const now = deps.clock.now()
  const from = ask.from > now ? ask.from : now
  const visitIds = await deps.repo.liveFrom(tx, seriesId, from)
  const ended = await deps.booking.cancelAll(tx, { by: actor, requestId, visitIds, reason })
  const cancelled = []
  for (const visitId of visitIds.filter((id) => ended.includes(id))) {
    cancelled.push(await deps.booking.view(tx, visitId, actor))
  }
  return { cancelled }
}

type Reach = NonNullable<Awaited<ReturnType<SeriesRepo['reach']>>>

/** What staff booked for a family is any of theirs; what a relative booked is that relative's. */
function isWithin({ creatorVisitorId, visits }: Reach, actor: AccountActor): boolean {
  if (actor.role !== 'visitor') {
    return visits.some(({ facilityId }) => facilityId === actor.facilityId)
  }
  if (creatorVisitorId !== null) return creatorVisitorId === actor.visitorId
  return visits.some(({ seats }) => seats.some(({ visitorId }) => visitorId === actor.visitorId))
}
