import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CLEAN_PIN_RECORD,
  MAX_PIN_FAILURES,
  PIN_LOCK_MS,
  afterWrongPin,
  isPinLocked,
} from './pin-rules.ts'
import type { PinRecord } from './pin-rules.ts'

const START = new Date('2026-11-21T10:00:00Z')
const later = (ms: number): Date => new Date(START.getTime() + ms)

function afterWrong(times: number, record: PinRecord = CLEAN_PIN_RECORD, now = START): PinRecord {
  return times === 0 ? record : afterWrong(times - 1, afterWrongPin(record, now), now)
}

describe('[TR-5] wrong PINs', () => {
  it('lock at the fifth and not before', () => {
    expect(isPinLocked(afterWrong(4), START)).toBe(false)
    expect(isPinLocked(afterWrong(5), START)).toBe(true)
  })

  it('lock for a quarter of an hour, and count anew after it', () => {
    const locked = afterWrong(5)
    expect(isPinLocked(locked, later(PIN_LOCK_MS - 1))).toBe(true)
    expect(isPinLocked(locked, later(PIN_LOCK_MS))).toBe(false)
    expect(afterWrongPin(locked, later(PIN_LOCK_MS))).toEqual({
      pinFailures: 1,
      pinLockedUntil: null,
    })
  })

  it('never allow more than five tries in any quarter of an hour, however they are spaced', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: PIN_LOCK_MS * 2 }), { maxLength: 60 })
    fc.assert(
      fc.property(gaps, (waits) => {
        let record = CLEAN_PIN_RECORD
        let atMs = START.getTime()
        let triedSinceLock = 0
        for (const wait of waits) {
          atMs += wait
          const now = new Date(atMs)
          if (isPinLocked(record, now)) continue
          if (record.pinLockedUntil !== null) triedSinceLock = 0
          record = afterWrongPin(record, now)
          triedSinceLock += 1
          expect(triedSinceLock).toBeLessThanOrEqual(MAX_PIN_FAILURES)
          expect(isPinLocked(record, now)).toBe(triedSinceLock === MAX_PIN_FAILURES)
        }
      }),
    )
  })
})
