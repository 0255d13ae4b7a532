import { bookingCoreRoutes } from './booking-core.ts'
import { bookingMoreRoutes } from './booking-more.ts'

export * from './booking-shapes.ts'

/** Booking: places, holds, bookings, series, the waiting list and on-demand rings. */
export const bookingRoutes = { ...bookingCoreRoutes, ...bookingMoreRoutes } as const
