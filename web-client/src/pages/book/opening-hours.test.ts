import { describe, expect, it } from 'vitest'
import { minuteText, openingLines, weekdayName } from './opening-hours.ts'

const NINE_TO_SIX = [{ fromMinute: 540, toMinute: 1080 }]

describe('opening hours', () => {
  it('days in a row that are alike share a line, and a closed day parts them', () => {
    const hours = {
      1: NINE_TO_SIX,
      2: NINE_TO_SIX,
      4: NINE_TO_SIX,
      5: [],
      6: [{ fromMinute: 600, toMinute: 840 }],
    }
    expect(openingLines(hours)).toEqual([
      { from: 1, to: 2, stretches: NINE_TO_SIX },
      { from: 4, to: 4, stretches: NINE_TO_SIX },
      { from: 6, to: 6, stretches: [{ fromMinute: 600, toMinute: 840 }] },
    ])
    expect(openingLines({})).toEqual([])
  })

  it('are written as the language writes them', () => {
    expect(minuteText(540, 'ru')).toBe('09:00')
    expect(minuteText(540, 'en-GB')).toBe('09:00')
    expect(weekdayName(1, 'en')).toBe('Mon')
    expect(weekdayName(7, 'ru')).toBe('вс')
  })
})
