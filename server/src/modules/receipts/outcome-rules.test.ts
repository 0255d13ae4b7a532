import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GAP_CAUSES } from '@visavis/contract/receipt'
import type { GapCause } from '@visavis/contract/receipt'
import { OUTCOMES } from '@visavis/contract/visit'
import type { Outcome } from '@visavis/contract/visit'
import { outcomeByEvidence } from './outcome-rules.ts'
import type { Tile } from './receipt-rules.ts'

const MINUTE = 60_000

/** Tiles one after another, each `[cause, minutes]`. */
function tiles(...given: readonly (readonly [GapCause | null, number])[]): readonly Tile[] {
  let fromMs = 0
  return given.map(([cause, minutes]) => {
    const tile = { fromMs, ms: minutes * MINUTE, cause }
    fromMs += tile.ms
    return tile
  })
}

const EXPECTED: Readonly<Record<GapCause, Outcome>> = {
  VISITOR_NETWORK: 'FAILED_TECH_VISITOR',
  FACILITY_NETWORK: 'FAILED_TECH_FACILITY',
  TERMINAL: 'FAILED_TECH_FACILITY',
  INMATE_ABSENT: 'FAILED_TECH_FACILITY',
  WAITING_FOR_CHECK: 'FAILED_TECH_FACILITY',
  STAFF_PAUSE: 'FAILED_TECH_FACILITY',
  MONITOR_ABSENT: 'FAILED_TECH_FACILITY',
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
      expect(outcomeByEvidence(byTime, tiles([null, 10], [cause, 10]))).toBe(EXPECTED[cause])
    }
  })

  it.each(OUTCOMES.filter((outcome) => !OPEN.includes(outcome)))('leaves %s as it is', (byTime) => {
    for (const cause of GAP_CAUSES) {
      expect(outcomeByEvidence(byTime, tiles([cause, 20]))).toBe(byTime)
    }
  })

  it('takes a visit that lost a minute or less as had, whoever lost it', () => {
    for (const cause of GAP_CAUSES) {
      expect(outcomeByEvidence('FAILED_TECH_PLATFORM', tiles([null, 19], [cause, 1]))).toBe(
        'COMPLETED',
      )
    }
  })

  it('goes by the biggest share, gathered from all its stretches', () => {
    const given = tiles(
      ['VISITOR_NETWORK', 3],
      ['TERMINAL', 2],
      [null, 10],
      ['FACILITY_NETWORK', 2],
      ['PLATFORM', 1],
    )
    expect(outcomeByEvidence('FAILED_TECH_VISITOR', given)).toBe('FAILED_TECH_FACILITY')
  })

  it('decides a tie for the family', () => {
    expect(outcomeByEvidence('COMPLETED', tiles(['VISITOR_NETWORK', 5], ['TERMINAL', 5]))).toBe(
      'FAILED_TECH_FACILITY',
    )
    expect(outcomeByEvidence('COMPLETED', tiles(['VISITOR_ABSENT', 5], ['PLATFORM', 5]))).toBe(
      'FAILED_TECH_PLATFORM',
    )
  })

  it('does not hang on the order of the stretches', () => {
    const share = fc.tuple(fc.constantFrom(...GAP_CAUSES, null), fc.integer({ min: 1, max: 9 }))
    const both = fc
      .array(share, { minLength: 1, maxLength: 8 })
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      )
    fc.assert(
      fc.property(both, fc.constantFrom(...OPEN), ([one, other], byTime) => {
        const outcome = outcomeByEvidence(byTime, tiles(...one))
        expect(outcomeByEvidence(byTime, tiles(...other))).toBe(outcome)
      }),
    )
  })
})
