import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doOverlap, replan } from './plan-rules.ts'
import type { MovedVisit, Stretch } from './plan-rules.ts'

const TERMINALS = ['t1', 't2', 't3']

const stretch = fc
  .record({ fromMs: fc.integer({ min: 0, max: 12 }), length: fc.integer({ min: 1, max: 4 }) })
  .map(({ fromMs, length }): Stretch => ({ fromMs, toMs: fromMs + length }))
const visits = fc.array(
  fc.record({ at: stretch, terminalIds: fc.shuffledSubarray(TERMINALS, { minLength: 0 }) }),
  { maxLength: 6 },
)
const scene = fc.record({
  visits: visits.map((some) =>
    some.map(({ at, terminalIds }, index): MovedVisit => ({
      visitId: `v${index}`,
      ...at,
      terminalIds,
    })),
  ),
  taken: fc.dictionary(fc.constantFrom(...TERMINALS), fc.array(stretch, { maxLength: 2 })),
})

/** Whether any choice at all places every visit. */
function isPossible(left: readonly MovedVisit[], taken: Map<string, Stretch[]>): boolean {
  const [visit, ...rest] = left
  if (!visit) return true
  return visit.terminalIds.some((terminalId) => {
    const there = taken.get(terminalId) ?? []
    if (there.some((one) => doOverlap(one, visit))) return false
    return isPossible(rest, new Map(taken).set(terminalId, [...there, visit]))
  })
}

describe('replan', () => {
  it('[BK-13] places every visit whenever any choice would, and never two at once', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const taken = new Map(Object.entries(given.taken))
        const plan = replan(given.visits, taken)
        const placed = new Map<string, Stretch[]>(taken)
        for (const { visitId, terminalId } of plan.moves) {
          const visit = given.visits.find((one) => one.visitId === visitId)
          if (!visit) throw new Error('a visit that was not given')
          expect(visit.terminalIds).toContain(terminalId)
          const there = placed.get(terminalId) ?? []
          expect(there.some((one) => doOverlap(one, visit))).toBe(false)
          placed.set(terminalId, [...there, visit])
        }
        expect(plan.moves.length + plan.stranded.length).toBe(given.visits.length)
        expect(plan.stranded.length === 0).toBe(isPossible(given.visits, taken))
      }),
      { numRuns: 2000 },
    )
  })

  it('prefers the first terminal of a visit and gives way where another needs it', () => {
    const at = { fromMs: 0, toMs: 30 }
    const flexible = { visitId: 'a', ...at, terminalIds: ['t1', 't2'] }
    const bound = { visitId: 'b', ...at, terminalIds: ['t1'] }
    expect(replan([flexible], new Map()).moves).toEqual([{ visitId: 'a', terminalId: 't1' }])
    expect(replan([flexible, bound], new Map()).moves).toEqual([
      { visitId: 'a', terminalId: 't2' },
      { visitId: 'b', terminalId: 't1' },
    ])
  })

  it('strands only those for which nothing is free', () => {
    const taken = new Map([['t1', [{ fromMs: 0, toMs: 100 }]]])
    const early = { visitId: 'a', fromMs: 50, toMs: 80, terminalIds: ['t1'] }
    const late = { visitId: 'b', fromMs: 100, toMs: 130, terminalIds: ['t1'] }
    expect(replan([early, late], taken)).toEqual({
      moves: [{ visitId: 'b', terminalId: 't1' }],
      stranded: ['a'],
    })
  })
})
