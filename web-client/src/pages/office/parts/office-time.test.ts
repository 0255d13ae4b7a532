import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dayStart,
  instantOf,
  isDate,
  mondayOf,
  readLocal,
  readMinute,
  wallTimeOf,
  writeLocal,
  writeMinute,
} from './office-time.ts'

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Krasnoyarsk', 'Asia/Kolkata', 'UTC']

describe('times of the office', () => {
  it('[BK-6] a local time becomes the instant at which clocks there show it', () => {
    expect(instantOf({ date: '2026-07-01', minute: 600 }, 'Europe/Berlin')).toBe(
      '2026-07-01T08:00:00.000Z',
    )
    expect(dayStart('2026-11-22', 'Asia/Krasnoyarsk')).toBe('2026-11-21T17:00:00.000Z')
  })

  it('[BK-6] a skipped hour moves on, a doubled one is its first', () => {
    expect(instantOf({ date: '2026-03-29', minute: 150 }, 'Europe/Berlin')).toBe(
      '2026-03-29T01:30:00.000Z',
    )
    expect(instantOf({ date: '2026-10-25', minute: 150 }, 'Europe/Berlin')).toBe(
      '2026-10-25T00:30:00.000Z',
    )
  })

  it('[BK-6] what a field shows is read back as the same wall time', () => {
    const instants = fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }).map((s) => s * 1000)
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (ms, zone) => {
        const read = readLocal(writeLocal(ms, zone), zone)
        expect(wallTimeOf(read ?? '', zone)).toEqual(wallTimeOf(ms, zone))
      }),
    )
  })

  it('writes and reads minutes after midnight', () => {
    expect(writeMinute(545)).toBe('09:05')
    expect(readMinute('09:05')).toBe(545)
    expect(readMinute('25:00')).toBeNull()
    expect(readLocal('soon', 'UTC')).toBeNull()
  })

  it('knows a date and the Monday of its week', () => {
    expect(isDate('2026-11-22')).toBe(true)
    expect(isDate('2026-22-11')).toBe(false)
    expect(mondayOf('2026-11-22')).toBe('2026-11-16')
    expect(mondayOf('2026-11-16')).toBe('2026-11-16')
  })
})
