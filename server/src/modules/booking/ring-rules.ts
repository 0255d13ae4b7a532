import type { BookingState } from '@visavis/contract/booking-lifecycle'
import type { ErrorCode } from '@visavis/contract/errors'
import { Refusal } from '@visavis/contract/errors'

/** A shorter visit is not worth the walk, and costs as much. */
export const SHORTEST_RING_MS = 10 * 60_000

/** Until when each of the three is free; null: for longer than a visit lasts. */
export type FreeUntil = {
  readonly terminal: Date | null
  readonly inmate: Date | null
  readonly visitor: Date | null
}
export type RingTimes = {
  readonly now: Date
  readonly lengthMs: number
  readonly turnaroundMs: number
  readonly freeUntil: FreeUntil
}

const BUSY = {
  inmate: 'INMATE_BUSY',
  visitor: 'VISITOR_BUSY',
  terminal: 'NO_PLACE',
} as const satisfies Record<keyof FreeUntil, ErrorCode>

/**
 * BK-8. The time of a visit that begins now: as long as any, or until the next booking of its terminal or
 * people. Refuses with whoever leaves less than ten minutes.
 */
export function ringStretch({ now, lengthMs, turnaroundMs, freeUntil }: RingTimes) {
  const terminal = freeUntil.terminal && new Date(freeUntil.terminal.getTime() - turnaroundMs)
  const limits = { ...freeUntil, terminal }
  for (const who of ['inmate', 'visitor', 'terminal'] as const) {
    const until = limits[who]
    if (until !== null && until.getTime() - now.getTime() < SHORTEST_RING_MS) {
      throw new Refusal(BUSY[who])
    }
  }
  const ends = Object.values(limits).flatMap((until) => (until === null ? [] : [until.getTime()]))
  return { startsAt: now, endsAt: new Date(Math.min(now.getTime() + lengthMs, ...ends)) }
}

/** A ring's booking, as far as its answer depends on it. */
export type RingFacts = {
  readonly bookingState: BookingState
  readonly holdExpiresAt: Date | null
  readonly stateReason: string | null
}
export type RingState = 'RINGING' | 'ANSWERED' | 'DECLINED' | 'MISSED' | 'TAKEN_BACK'

/** What became of a ring; it is missed from its last moment on, whoever has noticed. */
export function ringStateOf(ring: RingFacts, now: Date): RingState {
  const { bookingState, holdExpiresAt, stateReason } = ring
  if (bookingState === 'HELD') return holdExpiresAt && holdExpiresAt > now ? 'RINGING' : 'MISSED'
  if (bookingState !== 'EXPIRED') return 'ANSWERED'
  if (stateReason === 'RING_TAKEN_BACK') return 'TAKEN_BACK'
  return stateReason === 'RING_DECLINED' ? 'DECLINED' : 'MISSED'
}
