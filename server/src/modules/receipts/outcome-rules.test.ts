import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GAP_CAUSES } from '@visavis/contract/receipt'
import type { GapCause } from '@visavis/contract/receipt'
import { OUTCOMES } from '@visavis/contract/visit'
import type { Outcome } from '@visavis/contract/visit'
import { outcomeByEvidence, owedMsOf } from './outcome-rules.ts'
import type { Course } from './outcome-rules.ts'
import type { Tile } from './receipt-rules.ts'

const MINUTE = 60_000

type Stretch = readonly [GapCause | null, number]

/** A visit of stretches one after another, each `[cause, minutes]`, that began with the first had one. */
function course(...given: readonly Stretch[]): Course {
  let fromMs = 0
  const tiles = given.map(([cause, minutes]): Tile => {
    const tile = { fromMs, ms: minutes * MINUTE, cause }
    fromMs += tile.ms
    return tile
  })
  const startedMs = tiles.find(({ cause }) => cause === null)?.fromMs ?? 0
  return { tiles, startedMs, madeUpMs: 0 }
}

const EXPECTED: Readonly<Record<GapCause, Outcome>> = {
  VISITOR_NETWORK: 'FAILED_TECH_VISITOR',
  FACILITY_NETWORK: 'FAILED_TECH_FACILITY',
  TERMINAL: 'FAILED_TECH_FACILITY',
  INMATE_ABSENT: 'COMPLETED',
  WAITING_FOR_CHECK: 'COMPLETED',
  STAFF_PAUSE: 'COMPLETED',
  MONITOR_ABSENT: 'COMPLETED',
  PLATFORM: 'FAILED_TECH_PLATFORM',
  VISITOR_ABSENT: 'COMPLETED',
  ADULT_MISSING: 'COMPLETED',
  VISITOR_DENIED: 'COMPLETED',
  VISITOR_ENDED: 'COMPLETED',
  INMATE_ENDED: 'COMPLETED',
  STAFF_ENDED: 'COMPLETED',
}
/** What the links at the end may say of a visit that evidence says more about. */
const OPEN: readonly Outcome[] = [
  'COMPLETED',
  'FAILED_TECH_VISITOR',
  'FAILED_TECH_FACILITY',
  'FAILED_TECH_PLATFORM',
]

describe('[LV-7] the outcome by evidence', () => {
  it.each(GAP_CAUSES)('of time lost to %s alone is that of whose failing it is', (cause) => {
    for (const byTime of OPEN) {
      expect(outcomeByEvidence(byTime, course([null, 10], [cause, 10]))).toBe(EXPECTED[cause])
    }
  })

  it.each(OUTCOMES.filter((outcome) => !OPEN.includes(outcome)))('leaves %s as it is', (byTime) => {
    for (const cause of GAP_CAUSES) {
      expect(outcomeByEvidence(byTime, course([cause, 20]))).toBe(byTime)
    }
  })

  it('takes a visit that lost a minute or less as had, whoever lost it', () => {
    for (const cause of GAP_CAUSES) {
      expect(outcomeByEvidence('FAILED_TECH_PLATFORM', course([null, 19], [cause, 1]))).toBe(
        'COMPLETED',
      )
    }
  })

  it('goes by the biggest share, gathered from all its stretches', () => {
    const given = course(
      ['VISITOR_NETWORK', 3],
      ['TERMINAL', 2],
      [null, 10],
      ['FACILITY_NETWORK', 2],
      ['PLATFORM', 1],
    )
    expect(outcomeByEvidence('FAILED_TECH_VISITOR', given)).toBe('FAILED_TECH_FACILITY')
  })

  it('decides a tie for the family', () => {
    expect(outcomeByEvidence('COMPLETED', course(['VISITOR_NETWORK', 5], ['TERMINAL', 5]))).toBe(
      'FAILED_TECH_FACILITY',
    )
    expect(outcomeByEvidence('COMPLETED', course(['VISITOR_ABSENT', 5], ['PLATFORM', 5]))).toBe(
      'FAILED_TECH_PLATFORM',
    )
  })

  it.each(['INMATE_ABSENT', 'WAITING_FOR_CHECK'] as const)(
    '[LV-5] of a beginning late by %s is that it was had, and the minutes are owed unless added',
    (cause) => {
      const late = course([cause, 10], [null, 20])
      expect(outcomeByEvidence('COMPLETED', late)).toBe('COMPLETED')
      expect(owedMsOf(late)).toBe(10 * MINUTE)
      const madeUp = { ...course([cause, 10], [null, 30]), madeUpMs: 10 * MINUTE }
      expect(outcomeByEvidence('COMPLETED', madeUp)).toBe('COMPLETED')
      expect(owedMsOf(madeUp)).toBe(0)
    },
  )

  it('[LV-5] owes what staff paused, and nothing for who went away in the middle', () => {
    const paused = course([null, 10], ['STAFF_PAUSE', 3], ['MONITOR_ABSENT', 2], [null, 15])
    expect(owedMsOf(paused)).toBe(5 * MINUTE)
    expect(owedMsOf(course([null, 10], ['INMATE_ABSENT', 5], [null, 15]))).toBe(0)
  })

  it('[LV-7] of a visit most of which the facility took is that it was not had', () => {
    const most = course(['WAITING_FOR_CHECK', 16], [null, 14])
    expect(outcomeByEvidence('COMPLETED', most)).toBe('FAILED_TECH_FACILITY')
    const madeUp = { ...course(['WAITING_FOR_CHECK', 31], [null, 30]), madeUpMs: 31 * MINUTE }
    expect(outcomeByEvidence('COMPLETED', madeUp)).toBe('COMPLETED')
  })

  it('does not hang on the order of the stretches', () => {
    // When it began does hang on it.
    const begun = (...given: readonly Stretch[]) => ({ ...course(...given), startedMs: 0 })
    const share = fc.tuple(fc.constantFrom(...GAP_CAUSES, null), fc.integer({ min: 1, max: 9 }))
    const both = fc
      .array(share, { minLength: 1, maxLength: 8 })
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      )
    fc.assert(
      fc.property(both, fc.constantFrom(...OPEN), ([one, other], byTime) => {
        const outcome = outcomeByEvidence(byTime, begun(...one))
        expect(outcomeByEvidence(byTime, begun(...other))).toBe(outcome)
      }),
    )
  })
})
