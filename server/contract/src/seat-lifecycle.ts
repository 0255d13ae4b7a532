import type { Moves } from './machine.ts'

/** LV-1. The states of one participant's place in a visit. */
export const SEAT_STATES = [
  'NOT_ARRIVED',
  'WAITING',
  'CHECKING',
  'ADMITTED',
  'REFUSED',
  'IN',
  'DISCONNECTED',
  'REMOVED',
] as const
export type SeatState = (typeof SEAT_STATES)[number]

/** The person has come, and is let in or waits to be. */
export const PRESENT_STATES: readonly SeatState[] = ['WAITING', 'CHECKING', 'ADMITTED', 'IN']

export const SEAT_ACTIONS = [
  'arrive',
  'check',
  'putBack',
  'vouch',
  'admit',
  'refuse',
  'enter',
  'drop',
  'comeBack',
  'expire',
  'remove',
] as const
export type SeatAction = (typeof SEAT_ACTIONS)[number]

/**
 * The whole seat machine (LV-1). `vouch` admits without a picture: the inmate by PIN on an enrolled
 * terminal, anyone in a visit that nobody may watch. An admitted seat that drops keeps its admission
 * (LV-8) until `expire`; one that was not yet admitted arrives anew. `putBack` asks for another look at
 * anybody; who was refused is removed once they have left the picture of a shared camera.
 */
export const SEAT_MOVES: Moves<SeatState, SeatAction> = {
  NOT_ARRIVED: { arrive: 'WAITING', remove: 'REMOVED' },
  WAITING: {
    check: 'CHECKING',
    vouch: 'ADMITTED',
    refuse: 'REFUSED',
    drop: 'NOT_ARRIVED',
    remove: 'REMOVED',
  },
  CHECKING: {
    admit: 'ADMITTED',
    putBack: 'WAITING',
    refuse: 'REFUSED',
    drop: 'NOT_ARRIVED',
    remove: 'REMOVED',
  },
  ADMITTED: { enter: 'IN', putBack: 'WAITING', drop: 'DISCONNECTED', remove: 'REMOVED' },
  IN: { putBack: 'WAITING', drop: 'DISCONNECTED', remove: 'REMOVED' },
  DISCONNECTED: { comeBack: 'ADMITTED', expire: 'NOT_ARRIVED', remove: 'REMOVED' },
  REFUSED: { remove: 'REMOVED' },
  REMOVED: {},
}
