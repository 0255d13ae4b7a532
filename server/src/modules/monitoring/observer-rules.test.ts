import { describe, expect, it } from 'vitest'
import { affectedVisits, observersOf, watchingNothing, without } from './observer-rules.ts'

const wall = (observerId: string, visitIds: string[], focusVisitId: string | null = null) => ({
  observerId,
  visitIds: new Set(visitIds),
  stillVisitIds: new Set<string>(),
  focusVisitId,
})

describe('observersOf', () => {
  it('[OV-4] names every wall that shows the visit, with sound for the focused one only', () => {
    const walls = [wall('w1', ['a', 'b'], 'a'), wall('w2', ['a']), wall('w3', ['b'], 'b')]
    expect(observersOf(walls, 'a')).toEqual([
      { observerId: 'w1', hasFocus: true },
      { observerId: 'w2', hasFocus: false },
    ])
    expect(observersOf(walls, 'c')).toEqual([])
  })
})

describe('a new screen', () => {
  it('[OV-4] loses a visit wherever it shows it', () => {
    const all = { ...wall('w', ['a', 'b'], 'a'), stillVisitIds: new Set(['a', 'c']) }
    expect(without(all, new Set(['a']))).toEqual({
      ...wall('w', ['b']),
      stillVisitIds: new Set(['c']),
    })
    expect(without(all, new Set(['x']))).toEqual(all)
  })

  it('[OV-4] changes the facts of those visits only that it shows or hears differently', () => {
    const before = wall('w', ['a', 'b', 'c'], 'a')
    expect(affectedVisits(before, wall('w', ['a', 'b', 'd'], 'b')).toSorted()).toEqual([
      'a',
      'b',
      'c',
      'd',
    ])
    expect(affectedVisits(before, wall('w', ['a', 'b', 'c', 'd'], 'a'))).toEqual(['d'])
    expect(affectedVisits(before, watchingNothing('w')).toSorted()).toEqual(['a', 'b', 'c'])
  })
})
