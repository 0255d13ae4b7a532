import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { START, aVisitRecord, at } from './visit-fixture.ts'
import { clockOf } from './visit-view.ts'

const MINUTE_MS = 60_000

/** What is left of the fixture's half hour, so many minutes after its start. */
function leftAfter(minutes: number, deliveredMinutes: number, madeUpMs = 0): number {
  const visit = aVisitRecord()
  const endsAt = new Date(visit.endsAt.getTime() + madeUpMs)
  const moved = { ...visit, endsAt, session: { ...visit.session, madeUpMs } }
  const moment = { now: at(minutes), measuredAt: null, isFlowing: true }
  return clockOf(moved, { ...moment, deliveredMs: deliveredMinutes * MINUTE_MS }).leftMs / MINUTE_MS
}

describe('[LV-5] what is left of a visit', () => {
  it('is all of it before its time', () => {
    expect(aVisitRecord().startsAt).toEqual(START)
    expect([-10, 0].map((minutes) => leftAfter(minutes, 0))).toEqual([30, 30])
  })

  it('is the remainder for who comes late, and no more than there is time for after a pause', () => {
    expect(leftAfter(12, 0)).toBe(18)
    expect(leftAfter(20, 10)).toBe(10)
  })

  it('is the full length where the end was moved by what the facility was late', () => {
    expect(leftAfter(5, 0, 5 * MINUTE_MS)).toBe(30)
    expect(leftAfter(15, 10, 5 * MINUTE_MS)).toBe(20)
  })

  it('never outlasts the visit and never is less than nothing', () => {
    const minutes = fc.integer({ min: -20, max: 90 })
    fc.assert(
      fc.property(minutes, fc.integer({ min: 0, max: 30 }), (now, delivered) => {
        const left = leftAfter(now, delivered)
        expect(left).toBeGreaterThanOrEqual(0)
        expect(left).toBeLessThanOrEqual(Math.max(0, 30 - Math.max(now, 0)))
        expect(left).toBeLessThanOrEqual(30 - delivered)
      }),
    )
  })
})
