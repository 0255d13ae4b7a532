import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconcilePlan } from './reconcile-rules.ts'

/** Few names and epochs, so that the two lists meet in every way. */
const room = fc.record({
  visitId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  epoch: fc.integer({ min: 1, max: 3 }),
})
const rooms = fc.uniqueArray(room, { selector: ({ visitId }) => visitId })

describe('reconcilePlan', () => {
  it('[LV-8] keeps what stands, closes what nobody expects, replaces what is gone', () => {
    const expected = [
      { visitId: 'stands', epoch: 2 },
      { visitId: 'gone', epoch: 1 },
      { visitId: 'older', epoch: 3 },
    ]
    const found = [
      { visitId: 'stands', epoch: 2 },
      { visitId: 'older', epoch: 2 },
      { visitId: 'unknown', epoch: 1 },
    ]
    expect(reconcilePlan(expected, found)).toEqual([
      { kind: 'close', visitId: 'unknown' },
      { kind: 'keep', visitId: 'stands' },
      { kind: 'replace', visitId: 'gone' },
      { kind: 'replace', visitId: 'older' },
    ])
  })

  it('[LV-8] has exactly one action for each visit, and never touches a room that is as expected', () => {
    fc.assert(
      fc.property(rooms, rooms, (expected, found) => {
        const plan = reconcilePlan(expected, found)
        const visits = new Set([...expected, ...found].map(({ visitId }) => visitId))
        expect(plan.map(({ visitId }) => visitId).toSorted()).toEqual([...visits].toSorted())
        for (const { kind, visitId } of plan) {
          const wanted = expected.find((each) => each.visitId === visitId)
          const standing = found.find((each) => each.visitId === visitId)
          const isAsExpected = wanted !== undefined && wanted.epoch === standing?.epoch
          expect(kind === 'keep').toBe(isAsExpected)
          expect(kind === 'close').toBe(wanted === undefined)
        }
      }),
    )
  })

  it('[LV-8] comes to rest: carried out once, the next plan only keeps', () => {
    fc.assert(
      fc.property(rooms, rooms, (expected, found) => {
        const plan = reconcilePlan(expected, found)
        const next = expected.map(({ visitId, epoch }) => {
          const isReplaced = plan.some(
            (each) => each.visitId === visitId && each.kind === 'replace',
          )
          return { visitId, epoch: isReplaced ? epoch + 1 : epoch }
        })
        expect(reconcilePlan(next, next).every(({ kind }) => kind === 'keep')).toBe(true)
      }),
    )
  })
})
