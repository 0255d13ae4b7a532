import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keptUntil } from '@visavis/contract/limits'
import {
  SHORTEST_NOTICE_MS,
  destructionAfterRelease,
  localDateAt,
  movedDestruction,
} from './retention-rules.ts'

const DAY_MS = 86_400_000
const at = (days: number): Date => new Date(Date.UTC(2026, 10, 22) + days * DAY_MS)
const anInstant = fc.integer({ min: -400, max: 4_000 }).map(at)

describe('[RC-7] when recordings are destroyed', () => {
  it('is so many days after the visit', () => {
    expect(keptUntil(at(0), 90)).toEqual(at(90))
  })

  it.each([
    ['a longer time counts at once', [10, 40, 40]],
    ['a shorter one, too, if it is a week away', [40, 20, 20]],
    ['and gives a week where it would be sooner', [40, -5, 7]],
    ['what was to go sooner anyway goes on its day', [3, -5, 3]],
    ['the same is no change', [12, 12, 12]],
  ] as const)('%s', (_, [planned, wanted, expected]) => {
    const moved = movedDestruction({ planned: at(planned), wanted: at(wanted), now: at(0) })
    expect(moved).toEqual(at(expected))
  })

  it('never comes nearer than a week by a changed rule, and is never put off by a shorter one', () => {
    fc.assert(
      fc.property(anInstant, anInstant, anInstant, (planned, wanted, now) => {
        const moved = movedDestruction({ planned, wanted, now })
        if (moved < planned) {
          expect(moved.getTime() - now.getTime()).toBeGreaterThanOrEqual(SHORTEST_NOTICE_MS)
          expect(moved >= wanted).toBe(true)
        }
        if (wanted <= planned) expect(moved <= planned).toBe(true)
        else expect(moved).toEqual(wanted)
      }),
    )
  })

  it('is a week at least after a hold was released', () => {
    expect(destructionAfterRelease(at(-30), at(0))).toEqual(at(7))
    expect(destructionAfterRelease(at(30), at(0))).toEqual(at(30))
  })

  it('counts days by the facility’s clock', () => {
    const late = new Date('2026-11-22T22:30:00Z')
    expect(localDateAt(late, 'Europe/Moscow')).toBe('2026-11-23')
    expect(localDateAt(late, 'America/New_York')).toBe('2026-11-22')
  })
})
