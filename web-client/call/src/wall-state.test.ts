import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WallVisit } from '@visavis/contract/visit'
import type { WallState } from './types.ts'
import { nextWallState } from './wall-state.ts'
import type { WallHappening } from './wall-state.ts'

const aVisit = (visitId: string, version = 1): WallVisit => ({ visitId, version }) as WallVisit

const play = (happenings: readonly WallHappening[]): WallState =>
  happenings.reduce<WallState>(nextWallState, { phase: 'idle' })

const OPEN: readonly WallHappening[] = [
  { what: 'opening' },
  { what: 'opened', visits: [aVisit('a'), aVisit('b')] },
]

test('a wall opens, and a reopening replaces its visits but keeps the focus', () => {
  const state = play([
    ...OPEN,
    { what: 'focused', visitId: 'a' },
    { what: 'linkLost' },
    { what: 'opened', visits: [aVisit('a', 2)] },
  ])
  expect(state).toMatchObject({
    phase: 'open',
    link: 'connected',
    focusVisitId: 'a',
    visits: [{ visitId: 'a', version: 2 }],
  })
})

test('a visit told of for the first time goes to the end, a known one keeps its place', () => {
  const state = play([
    ...OPEN,
    { what: 'visitChanged', visit: aVisit('c') },
    { what: 'visitChanged', visit: aVisit('a', 3) },
    { what: 'visitChanged', visit: aVisit('a', 2) },
  ])
  expect(state).toMatchObject({
    visits: [{ visitId: 'a', version: 3 }, { visitId: 'b' }, { visitId: 'c' }],
  })
})

test('a refusal ends the wall, and nothing reaches a closed one', () => {
  expect(play([...OPEN, { what: 'refused', code: 'FORBIDDEN' }])).toEqual({
    phase: 'refused',
    code: 'FORBIDDEN',
  })
  const closed = play([...OPEN, { what: 'closed' }])
  expect(nextWallState(closed, { what: 'opened', visits: [] })).toBe(closed)
})

test('each visit is on the wall once and its version never falls', () => {
  const told = fc.record({ visitId: fc.constantFrom('a', 'b', 'c'), version: fc.nat(5) })
  fc.assert(
    fc.property(fc.array(told), (list) => {
      const highest = new Map([
        ['a', 1],
        ['b', 1],
      ])
      for (const { visitId, version } of list) {
        highest.set(visitId, Math.max(version, highest.get(visitId) ?? 0))
      }
      const changes = list.map(
        ({ visitId, version }) =>
          ({ what: 'visitChanged', visit: aVisit(visitId, version) }) as const,
      )
      const state = play([...OPEN, ...changes])
      const visits = state.phase === 'open' ? state.visits : []
      expect(visits.length).toBe(highest.size)
      for (const { visitId, version } of visits) expect(version).toBe(highest.get(visitId))
    }),
  )
})
