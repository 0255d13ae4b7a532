import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OpeningHours } from '@visavis/contract/http'
import { openingHoursInOrder, openingHoursProblems } from './opening-hours-rules.ts'

const stretch = fc.record({
  fromMinute: fc.integer({ min: 0, max: 1439 }),
  toMinute: fc.integer({ min: 1, max: 1440 }),
})
const hours = fc
  .dictionary(
    fc.constantFrom('1', '2', '3', '4', '5', '6', '7'),
    fc.array(stretch, { maxLength: 4 }),
  )
  .map((days) => OpeningHours.parse(days))

/** How many stretches hold each minute of a day, the plain way. */
function minutesTaken(stretches: readonly { fromMinute: number; toMinute: number }[]): number[] {
  const taken = Array.from({ length: 1440 }, () => 0)
  for (const { fromMinute, toMinute } of stretches) {
    for (let minute = fromMinute; minute < toMinute; minute += 1) {
      taken[minute] = (taken[minute] ?? 0) + 1
    }
  }
  return taken
}

describe('opening hours', () => {
  it('are good exactly when every stretch goes forward and no minute is in two', () => {
    fc.assert(
      fc.property(hours, (given) => {
        const isGood = Object.values(given).every(
          (stretches) =>
            stretches.every(({ fromMinute, toMinute }) => fromMinute < toMinute) &&
            minutesTaken(stretches).every((count) => count <= 1),
        )
        expect(openingHoursProblems(given).length === 0).toBe(isGood)
      }),
    )
  })

  it('name the stretch that is at fault', () => {
    const given: OpeningHours = {
      '1': [
        { fromMinute: 540, toMinute: 720 },
        { fromMinute: 720, toMinute: 900 },
        { fromMinute: 899, toMinute: 960 },
      ],
      '2': [{ fromMinute: 600, toMinute: 600 }],
    }
    expect(openingHoursProblems(given).map(({ field }) => field)).toEqual([
      'openingHours.1.2',
      'openingHours.2.0',
    ])
  })

  it('are kept in order, without the days that have none', () => {
    const [early, late] = [
      { fromMinute: 540, toMinute: 720 },
      { fromMinute: 780, toMinute: 1140 },
    ]
    expect(openingHoursInOrder({ '3': [late, early], '7': [] })).toEqual({ '3': [early, late] })
  })
})
