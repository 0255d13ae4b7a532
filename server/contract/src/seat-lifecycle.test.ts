import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextState } from './machine.ts'
import { SEAT_ACTIONS, SEAT_MOVES, SEAT_STATES } from './seat-lifecycle.ts'
import type { SeatAction, SeatState } from './seat-lifecycle.ts'

const someActions = fc.array(fc.constantFrom(...SEAT_ACTIONS), { maxLength: 60 })

type Step = { action: SeatAction; from: SeatState; to: SeatState }

/** The moves that were really made; a forbidden action makes none. */
function walk(actions: readonly SeatAction[]): Step[] {
  const steps: Step[] = []
  let from: SeatState = 'NOT_ARRIVED'
  for (const action of actions) {
    const to: SeatState | null = nextState(SEAT_MOVES, from, action)
    if (!to) continue
    steps.push({ action, from, to })
    from = to
  }
  return steps
}

describe('[LV-1] the seat machine', () => {
  it('REMOVED is the end, REFUSED leads nowhere else; every other state can be removed', () => {
    for (const state of SEAT_STATES) {
      const moves = Object.keys(SEAT_MOVES[state])
      if (state === 'REMOVED') expect(moves).toEqual([])
      else expect(nextState(SEAT_MOVES, state, 'remove')).toBe('REMOVED')
      if (state === 'REFUSED') expect(moves).toEqual(['remove'])
    }
  })

  it('every state can be reached', () => {
    const seen = new Set<SeatState>(['NOT_ARRIVED'])
    for (const state of seen) {
      for (const next of Object.values(SEAT_MOVES[state])) seen.add(next)
    }
    expect([...seen].sort()).toEqual([...SEAT_STATES].sort())
  })

  it('[LV-3] nobody is IN without having been admitted or vouched for since they last arrived', () => {
    fc.assert(
      fc.property(someActions, (actions) => {
        let isAdmitted = false
        for (const { action, to } of walk(actions)) {
          if (action === 'arrive' || action === 'putBack') isAdmitted = false
          if (action === 'admit' || action === 'vouch') isAdmitted = true
          if (to === 'IN' || to === 'ADMITTED') expect(isAdmitted).toBe(true)
        }
      }),
    )
  })

  it('[LV-8] an admitted seat that drops keeps its admission until it expires', () => {
    fc.assert(
      fc.property(someActions, (actions) => {
        for (const { action, from, to } of walk(actions)) {
          if (action !== 'drop') continue
          const wasAdmitted = from === 'ADMITTED' || from === 'IN'
          expect(to).toBe(wasAdmitted ? 'DISCONNECTED' : 'NOT_ARRIVED')
        }
      }),
    )
    expect(nextState(SEAT_MOVES, 'DISCONNECTED', 'comeBack')).toBe('ADMITTED')
    expect(nextState(SEAT_MOVES, 'DISCONNECTED', 'expire')).toBe('NOT_ARRIVED')
  })
})
