import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OFFER_CAUSES } from '@visavis/contract/coverage'
import { isWatchedBy } from './coverage.ts'
import { isDeclined, isFor, withoutVisits } from './handover-rules.ts'
import type { OfferRecord } from './handover-rules.ts'

const AT = new Date('2026-11-22T12:00:00.000Z')
const after = (ms: number): Date => new Date(AT.getTime() + ms)
const wall = (accountId: string, facilityId = 'f') => ({ accountId, facilityId })

function anOffer(over: Partial<OfferRecord> = {}): OfferRecord {
  return {
    ...{ offerId: 'o', facilityId: 'f', cause: 'COLLEAGUE', toAccountId: null, at: AT },
    ...{ fromAccountId: 'giver', visitIds: ['v1', 'v2'], expiresAt: after(600_000) },
    declinedBy: new Set<string>(),
    ...over,
  }
}

describe('who watches', () => {
  const screen = {
    ...{ observerId: 'w', visitIds: new Set(['live']), stillVisitIds: new Set(['still']) },
    focusVisitId: 'focus',
  }

  it('[OV-7] is a wall that has the visit on screen in any way and was heard in ten seconds', () => {
    const walls = [{ watching: screen, heardAt: AT }]
    for (const visitId of ['live', 'still', 'focus']) {
      expect(isWatchedBy(walls, visitId, after(9_999))).toBe(true)
      expect(isWatchedBy(walls, visitId, after(10_000))).toBe(false)
    }
    expect(isWatchedBy(walls, 'another', AT)).toBe(false)
  })
})

describe('an offer', () => {
  it('[OV-7] is for the others of the facility, or for the one that is asked', () => {
    expect(isFor(anOffer(), wall('other'))).toBe(true)
    expect(isFor(anOffer(), wall('giver'))).toBe(false)
    expect(isFor(anOffer(), wall('other', 'elsewhere'))).toBe(false)
    expect(isFor(anOffer({ toAccountId: 'asked' }), wall('other'))).toBe(false)
    expect(isFor(anOffer({ toAccountId: 'asked' }), wall('asked'))).toBe(true)
    expect(isFor(anOffer({ declinedBy: new Set(['other']) }), wall('other'))).toBe(false)
  })

  it('[OV-7] is over when all who were asked have declined; what was left waits for the next wall', () => {
    const walls = [wall('giver'), wall('other')]
    const declinedBy = new Set(['other'])
    expect(isDeclined(anOffer(), walls)).toBe(false)
    expect(isDeclined(anOffer({ declinedBy }), walls)).toBe(true)
    expect(
      isDeclined(anOffer({ declinedBy, cause: 'WALL_CLOSED', fromAccountId: null }), walls),
    ).toBe(false)
  })

  it('[OV-7] loses what is gone, and is over with the last of it', () => {
    const anyOffer = fc
      .record({
        offerId: fc.uuid(),
        cause: fc.constantFrom(...OFFER_CAUSES),
        visitIds: fc.uniqueArray(fc.constantFrom('v1', 'v2', 'v3', 'v4'), { minLength: 1 }),
      })
      .map(anOffer)
    fc.assert(
      fc.property(fc.array(anyOffer), fc.subarray(['v1', 'v2', 'v3', 'v4']), (offers, gone) => {
        const { left, over } = withoutVisits(offers, (_, visitId) => gone.includes(visitId))
        expect(left.length + over.length).toBe(offers.length)
        for (const { visitIds } of left) {
          expect(visitIds.length).toBeGreaterThan(0)
          expect(visitIds.filter((visitId) => gone.includes(visitId))).toEqual([])
        }
      }),
    )
  })
})
