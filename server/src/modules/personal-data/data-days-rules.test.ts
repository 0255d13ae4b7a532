import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DATA_CLASSES, DATA_DAYS } from '@visavis/contract/http'
import { NOTICE_MS, cutoffOf, daysAt, idsHash } from './data-days-rules.ts'

const NOW = new Date('2026-11-22T12:00:00.000Z')
const ago = (ms: number) => new Date(NOW.getTime() - ms)
const rule = (days: number, daysBefore: number, changedAt: Date) => ({
  days,
  daysBefore,
  changedAt,
})

describe('how long personal data are kept', () => {
  it('is within its own bounds as it is set up', () => {
    for (const { days, min, max } of DATA_CLASSES.map((one) => DATA_DAYS[one])) {
      expect(min).toBeLessThanOrEqual(days)
      expect(days).toBeLessThanOrEqual(max)
    }
  })

  it('gets longer at once and shorter after seven days', () => {
    const days = (given: ReturnType<typeof rule>) => daysAt('NOTICES', given, NOW).days
    expect(daysAt('NOTICES', null, NOW)).toEqual({ days: DATA_DAYS.NOTICES.days, shortensAt: null })
    expect(days(rule(400, 365, NOW))).toBe(400)
    expect(days(rule(100, 365, ago(NOTICE_MS - 1)))).toBe(365)
    expect(days(rule(100, 365, ago(NOTICE_MS)))).toBe(100)
  })

  it('never ends for what an open incident may need', () => {
    const before = fc.date({ min: ago(1e12), max: NOW, noInvalidDate: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3650 }), before, (days, heldFrom) => {
        const cutoff = cutoffOf(days, NOW, heldFrom)
        expect(cutoff <= heldFrom).toBe(true)
        expect(cutoff <= cutoffOf(days, NOW, null)).toBe(true)
      }),
    )
  })

  it('leaves a hash of the ids, whatever their order', () => {
    expect(idsHash(['b', 'a'])).toBe(idsHash(['a', 'b']))
    expect(idsHash(['a'])).not.toBe(idsHash(['a', 'b']))
  })
})
