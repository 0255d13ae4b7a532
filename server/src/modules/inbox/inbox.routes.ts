import { isLiveBooking } from '@visavis/contract/booking-lifecycle'
import { routes } from '@visavis/contract/http'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Booking } from '../booking/index.ts'
import { createInboxService } from './inbox.service.ts'
import { createTaskReads } from './inbox.repo.ts'

/** Puts the staff's inbox on the server. */
export function addInbox(ground: ModuleGround, { booking }: { booking: Booking }): void {
  const { bind, db } = ground
  const inbox = createInboxService({ ...ground, reads: createTaskReads(db) })
  bind(routes.tasks, ({ actor, query }) => inbox.list(actor, query))
  bind(routes.settleTask, ({ actor, params, body, once, requestId }) =>
    inbox.settle(actor, { ...params, ...body, once, requestId }),
  )
  bind(routes.taskAlternatives, async ({ actor, params }) => {
    const { startsAt, seats, linkCentreRoom, slotId, bookingState, ...party } = await inbox.party(
      actor,
      params.taskId,
    )
    const isOwn = slotId !== null && isLiveBooking(bookingState)
    const places = await booking.alternatives(db, {
      ...party,
      near: startsAt,
      visitorIds: seats.flatMap(({ visitorId }) => visitorId ?? []),
      linkCentreId: linkCentreRoom?.linkCentreId,
      isByStaff: true,
      exceptSlotIds: isOwn ? [slotId] : [],
    })
    return { places }
  })
}
