import { describe, expect, it } from 'vitest'
import { Refusal } from '@visavis/contract/errors'
import { ringStateOf, ringStretch } from './ring-rules.ts'
import type { FreeUntil } from './ring-rules.ts'

const MINUTE_MS = 60_000
const now = new Date('2026-11-22T10:00:00Z')
const after = (minutes: number): Date => new Date(now.getTime() + minutes * MINUTE_MS)
const FREE: FreeUntil = { terminal: null, inmate: null, visitor: null }
const stretch = (freeUntil: Partial<FreeUntil>) =>
  ringStretch({
    now,
    lengthMs: 30 * MINUTE_MS,
    turnaroundMs: 5 * MINUTE_MS,
    freeUntil: { ...FREE, ...freeUntil },
  })
const refusal = (freeUntil: Partial<FreeUntil>): unknown => {
  try {
    return stretch(freeUntil)
  } catch (error) {
    return error instanceof Refusal ? error.code : error
  }
}

describe('[BK-8] a visit on demand', () => {
  it('begins now and lasts as long as any', () => {
    expect(stretch({})).toEqual({ startsAt: now, endsAt: after(30) })
  })

  it('ends before the next booking: the terminal’s with its turnaround, the people’s without', () => {
    expect(stretch({ terminal: after(25) }).endsAt).toEqual(after(20))
    expect(stretch({ inmate: after(25) }).endsAt).toEqual(after(25))
    expect(stretch({ visitor: after(12), terminal: after(25) }).endsAt).toEqual(after(12))
  })

  it('is refused where less than ten minutes are left, and says by whom', () => {
    expect(refusal({ terminal: after(14) })).toBe('NO_PLACE')
    expect(refusal({ terminal: after(15) })).toEqual({ startsAt: now, endsAt: after(10) })
    expect(refusal({ inmate: after(9) })).toBe('INMATE_BUSY')
    expect(refusal({ visitor: after(-5) })).toBe('VISITOR_BUSY')
  })

  it('rings until its last moment, and then was missed, whoever has noticed', () => {
    const held = { bookingState: 'HELD', holdExpiresAt: after(1), stateReason: null } as const
    const expired = { bookingState: 'EXPIRED', holdExpiresAt: null } as const
    expect(ringStateOf(held, now)).toBe('RINGING')
    expect(ringStateOf(held, after(1))).toBe('MISSED')
    expect(ringStateOf({ ...expired, stateReason: 'RING_MISSED' }, now)).toBe('MISSED')
    expect(ringStateOf({ ...expired, stateReason: 'RING_DECLINED' }, now)).toBe('DECLINED')
    expect(ringStateOf({ ...expired, stateReason: 'RING_TAKEN_BACK' }, now)).toBe('TAKEN_BACK')
    for (const bookingState of ['CONFIRMED', 'REQUESTED', 'FULFILLED'] as const) {
      expect(ringStateOf({ ...held, bookingState, holdExpiresAt: null }, now)).toBe('ANSWERED')
    }
  })
})
