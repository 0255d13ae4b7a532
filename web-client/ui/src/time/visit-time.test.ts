import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clockRange,
  clockTime,
  clocksDiffer,
  dateRange,
  dayName,
  daysDiffer,
  minutesAndSeconds,
  shortDate,
  untilInWords,
  zoneName,
} from './visit-time.ts'

const EVENING = '2026-11-22T20:00:00.000Z'

describe('visit times', () => {
  it('writes English for people of all countries', () => {
    const berlin = { language: 'en', timeZone: 'Europe/Berlin' }
    expect(shortDate(EVENING, berlin)).toBe('22 Nov 2026')
    expect(dayName(EVENING, berlin)).toBe('Sunday 22 November')
    const half = '2026-11-22T20:30:00.000Z'
    expect(dateRange(EVENING, half, berlin)).toBe('22 Nov 2026, 21:00–21:30')
    expect(clockRange(EVENING, half, berlin)).toBe('21:00–21:30')
  })

  it('[BK-6] shows one instant by each zone’s own clock', () => {
    expect(clockTime(EVENING, { language: 'ru', timeZone: 'Europe/Moscow' })).toBe('23:00')
    expect(clockTime(EVENING, { language: 'ru', timeZone: 'Asia/Krasnoyarsk' })).toBe('03:00')
  })

  it('[BK-6] compares clocks, not names of zones', () => {
    expect(clocksDiffer(EVENING, 'Europe/Moscow', 'Europe/Minsk')).toBe(false)
    expect(clocksDiffer(EVENING, 'Europe/Moscow', 'Europe/Kaliningrad')).toBe(true)
  })

  it('tells when it is already tomorrow at the facility', () => {
    expect(daysDiffer(EVENING, 'Europe/Moscow', 'Asia/Krasnoyarsk')).toBe(true)
    expect(daysDiffer(EVENING, 'Europe/Moscow', 'Europe/Kaliningrad')).toBe(false)
  })

  it('names a zone as its people do', () => {
    expect(zoneName(EVENING, { language: 'en', timeZone: 'Asia/Krasnoyarsk' })).toContain(
      'Krasnoyarsk',
    )
    expect(zoneName(EVENING, { language: 'ru', timeZone: 'Asia/Krasnoyarsk' })).toContain(
      'Красноярск',
    )
  })

  it('never shows zero while time is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (lengthMs) => {
        const [minutes, seconds] = minutesAndSeconds(lengthMs).split(':').map(Number)
        const shownMs = ((minutes ?? 0) * 60 + (seconds ?? 0)) * 1000
        expect(shownMs).toBeGreaterThanOrEqual(lengthMs)
        expect(shownMs - lengthMs).toBeLessThan(1000)
      }),
    )
    expect(minutesAndSeconds(-5)).toBe('0:00')
  })

  it('says how long it is in the largest fitting unit', () => {
    expect(untilInWords(0, 5 * 60_000, 'en')).toBe('in 5 minutes')
    expect(untilInWords(0, 5 * 60_000, 'ru')).toBe('через 5 минут')
    expect(untilInWords(0, 26 * 3_600_000, 'en')).toBe('tomorrow')
  })
})
