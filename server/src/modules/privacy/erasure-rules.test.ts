import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAW_OBSTACLES } from '@visavis/contract/http'
import { dueAtOf, erasureView, nextOfErasure } from './erasure-rules.ts'

const DAY_MS = 86_400_000
const ASKED_AT = new Date('2026-11-24T12:00:00Z')
const after = (days: number) => new Date(ASKED_AT.getTime() + days * DAY_MS)
const asked = { state: 'ASKED', dueAt: dueAtOf(ASKED_AT) } as const
const free = { obstacles: [], hasVisitsAhead: false }
const facts = fc.record({
  obstacles: fc.array(
    fc.record({ kind: fc.constantFrom(...LAW_OBSTACLES), facilityId: fc.constantFrom('a', 'b') }),
    { maxLength: 4 },
  ),
  hasVisitsAhead: fc.boolean(),
})

describe('a wish to be erased', () => {
  it('is carried out after a week, and not a moment before', () => {
    expect(nextOfErasure(asked, free, after(6.99))).toEqual({ kind: 'WAIT' })
    expect(nextOfErasure(asked, free, after(7))).toEqual({ kind: 'ERASE' })
  })

  it('waits for visits ahead', () => {
    const waiting = nextOfErasure(asked, { ...free, hasVisitsAhead: true }, after(8))
    expect(waiting).toEqual({ kind: 'WAIT' })
  })

  it('is never carried out against the law: each facility that keeps something is asked, once', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 400 }), (given, days) => {
        const next = nextOfErasure(asked, given, after(days))
        const keepers = new Set(given.obstacles.map(({ facilityId }) => facilityId))
        if (next.kind === 'ERASE') expect(keepers.size).toBe(0)
        if (next.kind === 'ASK_STAFF')
          expect(next.facilityIds.toSorted()).toEqual([...keepers].toSorted())
        if (days >= 7 && keepers.size > 0) expect(next.kind).toBe('ASK_STAFF')
      }),
    )
  })

  it.each(['WITHDRAWN', 'KEPT', 'ERASED'] as const)('is over when it is %s', (state) => {
    expect(nextOfErasure({ ...asked, state }, free, after(30))).toEqual({ kind: 'WAIT' })
  })

  it('[EL-8] shows the person the same, whether or not a hold or restriction stands in the way', () => {
    const row = { ...asked, erasureId: 'e', visitorId: 'v', askedAt: ASKED_AT, keptReason: null }
    fc.assert(
      fc.property(facts, (given) => {
        expect(erasureView(row, given)).toEqual(erasureView(row, { ...given, obstacles: [] }))
      }),
    )
  })
})
