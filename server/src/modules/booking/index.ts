import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Timetable } from '../timetable/index.ts'
import type { Booking } from './booking-api.ts'
import { createBooking } from './booking.ts'
import type { BookingParts } from './booking.ts'
import { bindBookingRoutes } from './booking.routes.ts'
import { addRings } from './ring.routes.ts'
import { addSeries } from './series.routes.ts'
import { addWaiting } from './waiting.routes.ts'

export { fulfilBooking } from './fulfilment.repo.ts'
export { LOBBY_OPENS_BEFORE_MS, isWindowOpen, visitWindow } from '@visavis/contract/visit-window'
export type { VisitWindow } from '@visavis/contract/visit-window'
export type {
  Acting,
  AlternativesAsk,
  Booking,
  BookingChange,
  BookingListener,
  BookingPeople,
  EndAsk,
  Held,
  HoldAsk,
  Place,
  RingAsk,
} from './booking-api.ts'
export type { BookingViewInput } from './booking-view.ts'

/** Each minute: what it frees is free for others at once anyway (BK-2), this is for the waiting list. */
const EVERY_MINUTE = '* * * * *'

/** Puts booking on the server. */
export function addBooking(
  ground: ModuleGround,
  parts: BookingParts & { readonly timetable: Timetable },
): Booking {
  const booking = createBooking(ground, parts)
  bindBookingRoutes({ ...ground, ...parts, booking })
  ground.jobs.handle('holds.expire', async () => {
    const expired = await booking.expireDue()
    if (expired > 0) ground.log.info({ expired }, 'holds expired')
  })
  ground.jobs.every('holds.expire', EVERY_MINUTE)
  addWaiting(ground, { ...parts, booking })
  addSeries(ground, { ...parts, booking })
  addRings(ground, { ...parts, booking })
  return booking
}
