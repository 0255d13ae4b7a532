import type { BookingState } from '@visavis/contract/booking-lifecycle'
import type { Moves } from '@visavis/contract/machine'

/** What becomes of somebody who waits for a place (BK-10). */
export type WaitingState = 'WAITING' | 'OFFERED' | 'TAKEN' | 'LAPSED' | 'LEFT'
/** `pass`: the turn came, and the people could not have the place; `lapse`: the offer was not taken. */
export type WaitingEvent = 'offer' | 'take' | 'lapse' | 'pass' | 'leave'

/** The whole machine of a waiting entry. Nobody is offered a place twice: who wants another waits anew. */
export const WAITING_MOVES: Moves<WaitingState, WaitingEvent> = {
  WAITING: { offer: 'OFFERED', pass: 'LAPSED', leave: 'LEFT' },
  OFFERED: { take: 'TAKEN', lapse: 'LAPSED', leave: 'LEFT' },
  TAKEN: {},
  LAPSED: {},
  LEFT: {},
}

/** A place in a line; `number` rises with each that joins, anywhere. */
export type InLine = {
  readonly waitingId: string
  readonly number: bigint
  readonly state: WaitingState
}

/** Those of a slot's entries that still wait, the first in line first. */
export function lineOf<Entry extends InLine>(entries: readonly Entry[]): Entry[] {
  return entries
    .filter(({ state }) => state === 'WAITING')
    .toSorted((a, b) => (a.number < b.number ? -1 : 1))
}

/** Whose turn it is, not counting those for whom this place is none. Null: nobody's. */
export function nextInLine<Entry extends InLine>(
  entries: readonly Entry[],
  passedOver: ReadonlySet<string>,
): Entry | null {
  return lineOf(entries).find(({ waitingId }) => !passedOver.has(waitingId)) ?? null
}

/** 1 for the next in line; null for somebody who does not wait any more. */
export function positionOf(entries: readonly InLine[], waitingId: string): number | null {
  const index = lineOf(entries).findIndex((entry) => entry.waitingId === waitingId)
  return index < 0 ? null : index + 1
}

/** What a move of the offered booking means for the one it was offered to; null: nothing. */
export function waitingEventOf(to: BookingState): WaitingEvent | null {
  if (to === 'CONFIRMED' || to === 'REQUESTED') return 'take'
  return to === 'EXPIRED' ? 'lapse' : null
}

/** How long a place is offered: not beyond the start of what is offered. */
export function offerMsOf({ offerMs, startsAt, now }: OfferTimes): number {
  return Math.max(0, Math.min(offerMs, startsAt.getTime() - now.getTime()))
}
type OfferTimes = { readonly offerMs: number; readonly startsAt: Date; readonly now: Date }
