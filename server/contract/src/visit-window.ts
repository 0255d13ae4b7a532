/** LV-1: the lobby opens this long before the booked start. */
export const LOBBY_OPENS_BEFORE_MS = 15 * 60_000

/** The instants between which a visit can be joined: `[opensAt, endsAt)`. */
export type VisitWindow = {
  readonly opensAt: Date
  readonly startsAt: Date
  readonly endsAt: Date
}

/** The window of a booking. */
export function visitWindow(booking: { startsAt: Date; endsAt: Date }): VisitWindow {
  const opensAt = new Date(booking.startsAt.getTime() - LOBBY_OPENS_BEFORE_MS)
  return { opensAt, startsAt: booking.startsAt, endsAt: booking.endsAt }
}

/** Whether the window is open at `now`. */
export function isWindowOpen(window: VisitWindow, now: Date): boolean {
  return window.opensAt <= now && now < window.endsAt
}
