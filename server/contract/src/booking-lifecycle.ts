import type { Moves } from './machine.ts'

/** BK-3. The states of a booking, in the order of the database's enum. */
export const BOOKING_STATES = [
  'HELD',
  'EXPIRED',
  'REQUESTED',
  'CONFIRMED',
  'REJECTED',
  'WITHDRAWN',
  'CANCELLED',
  'SUSPENDED',
  'FULFILLED',
] as const
export type BookingState = (typeof BOOKING_STATES)[number]

/** The states in which a booking takes its place in the slot and its claims (BK-1). */
export const LIVE_BOOKING_STATES = [
  'HELD',
  'REQUESTED',
  'CONFIRMED',
] as const satisfies readonly BookingState[]

export const BOOKING_EVENTS = [
  'expire',
  'request',
  'confirm',
  'reject',
  'withdraw',
  'cancel',
  'suspend',
  'fulfil',
] as const
export type BookingEvent = (typeof BOOKING_EVENTS)[number]

/**
 * The whole booking machine (BK-3); the database's trigger `booking_moves` knows the same moves. A hold
 * that its owner gives up expires early. A suspended booking is final: its visit is booked anew (BK-12).
 */
export const BOOKING_MOVES: Moves<BookingState, BookingEvent> = {
  HELD: { expire: 'EXPIRED', request: 'REQUESTED', confirm: 'CONFIRMED' },
  EXPIRED: {},
  REQUESTED: { confirm: 'CONFIRMED', reject: 'REJECTED', withdraw: 'WITHDRAWN' },
  CONFIRMED: { cancel: 'CANCELLED', suspend: 'SUSPENDED', fulfil: 'FULFILLED' },
  REJECTED: {},
  WITHDRAWN: {},
  CANCELLED: {},
  SUSPENDED: {},
  FULFILLED: {},
}

/** Whether a booking in this state takes its place and its claims. */
export function isLiveBooking(state: BookingState): boolean {
  return LIVE_BOOKING_STATES.some((live) => live === state)
}
