import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Count } from './limit-rules.ts'
import {
  MAX_PIN_FAILURES,
  PIN_ALARM_AT,
  PIN_LIMIT,
  PIN_LOCK_MS,
  afterWrongPin,
  afterWrongPinOfDay,
  pinLockedUntil,
} from './pin-rules.ts'

const START = new Date('2026-11-21T10:00:00Z')
const DAY_MS = 86_400_000
const later = (ms: number): Date => new Date(START.getTime() + ms)

function afterWrong(times: number, count: Count | null = null, now = START): Count | null {
  return times === 0 ? count : afterWrong(times - 1, afterWrongPin(count, now), now)
}
const lockMs = (count: Count | null, now: Date) => {
  const until = pinLockedUntil(count, now)
  return until === null ? 0 : until.getTime() - now.getTime()
}

describe('[TR-5] wrong PINs of an inmate at a terminal', () => {
  it('lock at the fifth and not before', () => {
    expect(pinLockedUntil(afterWrong(4), START)).toBeNull()
    expect(lockMs(afterWrong(5), START)).toBe(PIN_LOCK_MS)
  })

  it('lock twice as long each time after it, and are forgotten after a day', () => {
    let count = afterWrong(5)
    let now = START
    const waits: number[] = []
    while (waits.length < 6) {
      waits.push(lockMs(count, now))
      now = new Date(now.getTime() + lockMs(count, now))
      expect(pinLockedUntil(count, now)).toBeNull()
      count = afterWrongPin(count, now)
    }
    expect(waits.map((ms) => ms / 60_000)).toEqual([15, 30, 60, 120, 240, 240])
    expect(afterWrongPin(count, later(DAY_MS))).toMatchObject({ failures: 1, waitsUntil: null })
  })

  it('leave fewer than twenty tries a day, however they are spaced', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: PIN_LIMIT.longestWaitMs }), { minLength: 60 })
    fc.assert(
      fc.property(gaps, (waits) => {
        let count: Count | null = null
        let atMs = START.getTime()
        let tried = 0
        for (const wait of waits) {
          atMs += wait
          if (atMs - START.getTime() >= DAY_MS) break
          const now = new Date(atMs)
          if (pinLockedUntil(count, now) !== null) continue
          count = afterWrongPin(count, now)
          tried += 1
          if (tried >= MAX_PIN_FAILURES) expect(pinLockedUntil(count, now)).not.toBeNull()
        }
        expect(tried).toBeLessThan(20)
      }),
    )
  })
})

describe('[TR-5] wrong PINs of an inmate at all terminals', () => {
  it('lock nothing, and are told once a day', () => {
    let count: Count | null = null
    const alarms: number[] = []
    for (let tries = 1; tries <= 3 * PIN_ALARM_AT; tries += 1) {
      const after = afterWrongPinOfDay(count, later(tries))
      count = after.count
      expect(count.waitsUntil).toBeNull()
      if (after.isAlarm) alarms.push(tries)
    }
    expect(alarms).toEqual([PIN_ALARM_AT])
    expect(afterWrongPinOfDay(count, later(DAY_MS + 1)).count.failures).toBe(1)
  })
})
