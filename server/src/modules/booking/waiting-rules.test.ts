import { describe, expect, it } from 'vitest'
import { BOOKING_STATES } from '@visavis/contract/booking-lifecycle'
import { nextState } from '@visavis/contract/machine'
import {
  WAITING_MOVES,
  nextInLine,
  offerMsOf,
  positionOf,
  waitingEventOf,
} from './waiting-rules.ts'
import type { InLine } from './waiting-rules.ts'

const entry = (number: number, state: InLine['state'] = 'WAITING'): InLine => ({
  waitingId: `w${number}`,
  number: BigInt(number),
  state,
})

describe('[BK-10] the line', () => {
  const line = [entry(12), entry(3), entry(2, 'LAPSED'), entry(7, 'OFFERED'), entry(9)]

  it('is in the order of joining, whatever order it is read in', () => {
    expect(nextInLine(line, new Set())?.waitingId).toBe('w3')
    expect(nextInLine(line, new Set(['w3']))?.waitingId).toBe('w9')
    expect(nextInLine(line, new Set(['w3', 'w9', 'w12']))).toBeNull()
  })

  it('tells each who waits how many are before', () => {
    expect(positionOf(line, 'w3')).toBe(1)
    expect(positionOf(line, 'w12')).toBe(3)
    expect(positionOf(line, 'w7')).toBeNull()
  })

  it('offers a place once: what was offered, taken or passed never waits again', () => {
    for (const state of ['OFFERED', 'TAKEN', 'LAPSED', 'LEFT'] as const) {
      expect(nextState(WAITING_MOVES, state, 'offer')).toBeNull()
    }
    expect(Object.values(WAITING_MOVES).flatMap((moves) => Object.values(moves))).not.toContain(
      'WAITING',
    )
  })

  it('follows the offered booking', () => {
    const events = BOOKING_STATES.map((state) => [state, waitingEventOf(state)])
    expect(Object.fromEntries(events)).toMatchObject({
      CONFIRMED: 'take',
      REQUESTED: 'take',
      EXPIRED: 'lapse',
      CANCELLED: null,
    })
  })

  it('offers nothing beyond its start', () => {
    const now = new Date('2026-11-22T10:00:00Z')
    const startsAt = new Date('2026-11-22T10:05:00Z')
    expect(offerMsOf({ offerMs: 900_000, startsAt, now })).toBe(300_000)
    expect(offerMsOf({ offerMs: 60_000, startsAt, now })).toBe(60_000)
    expect(offerMsOf({ offerMs: 60_000, startsAt: now, now: startsAt })).toBe(0)
  })
})
