import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextState } from './machine.ts'
import { SESSION_ACTIONS, SESSION_MOVES, SESSION_STATES } from './session-lifecycle.ts'
import type { SessionState } from './session-lifecycle.ts'

const someActions = fc.array(fc.constantFrom(...SESSION_ACTIONS), { maxLength: 40 })

/** The states a session passes through; a forbidden action changes nothing. */
function walk(actions: readonly (typeof SESSION_ACTIONS)[number][]): SessionState[] {
  const states: SessionState[] = ['SCHEDULED']
  let state: SessionState = 'SCHEDULED'
  for (const action of actions) {
    state = nextState(SESSION_MOVES, state, action) ?? state
    states.push(state)
  }
  return states
}

describe('[LV-1] the session machine', () => {
  it('ENDED is the end', () => {
    for (const action of SESSION_ACTIONS) {
      expect(nextState(SESSION_MOVES, 'ENDED', action)).toBeNull()
    }
  })

  it('every other state can end', () => {
    for (const state of SESSION_STATES.filter((one) => one !== 'ENDED')) {
      expect(nextState(SESSION_MOVES, state, 'end')).toBe('ENDED')
    }
  })

  it('every state can be reached', () => {
    const seen = new Set<SessionState>(['SCHEDULED'])
    for (const state of seen) {
      for (const next of Object.values(SESSION_MOVES[state])) seen.add(next)
    }
    expect([...seen].sort()).toEqual([...SESSION_STATES].sort())
  })

  it('nobody talks before READY, and after that never returns to the checks', () => {
    fc.assert(
      fc.property(someActions, (actions) => {
        const states = walk(actions)
        const liveAt = states.indexOf('LIVE')
        if (liveAt === -1) return
        expect(states.slice(0, liveAt)).toContain('READY')
        const after = states.slice(liveAt)
        for (const early of ['SCHEDULED', 'LOBBY', 'ID_CHECK', 'READY'] as const) {
          expect(after).not.toContain(early)
        }
      }),
    )
  })

  it('[OV-5] out of PAUSED only a person leads: resume or end', () => {
    expect(Object.keys(SESSION_MOVES.PAUSED).sort()).toEqual(['end', 'resume'])
  })
})
