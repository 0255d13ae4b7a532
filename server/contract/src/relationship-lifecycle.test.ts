import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RELATIONSHIP_STATES } from './http/people.ts'
import { nextState } from './machine.ts'
import {
  RELATIONSHIP_EVENTS,
  RELATIONSHIP_MOVES,
  RELATIONSHIP_MOVE_STATES,
  relationshipStateAt,
} from './relationship-lifecycle.ts'
import type { RelationshipState } from './relationship-lifecycle.ts'

const anEvent = fc.constantFrom(...RELATIONSHIP_EVENTS)
const aState = fc.constantFrom(...RELATIONSHIP_MOVE_STATES)

describe('[EL-1] the relationship machine', () => {
  it('knows the states that the wire knows', () => {
    expect(RELATIONSHIP_MOVE_STATES).toEqual(RELATIONSHIP_STATES)
  })

  it('never approves without the inmate’s yes, and never leaves REJECTED or ENDED', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 12 }), (events) => {
        let state: RelationshipState = 'REQUESTED'
        let hasAccepted = false
        for (const event of events) {
          const next: RelationshipState | null = nextState(RELATIONSHIP_MOVES, state, event)
          if (state === 'REJECTED' || state === 'ENDED') expect(next).toBeNull()
          hasAccepted ||= next !== null && event === 'accept'
          state = next ?? state
          if (state === 'APPROVED') expect(hasAccepted).toBe(true)
        }
      }),
    )
  })

  it('counts a suspension or ban as lifted from its date on, and nothing else', () => {
    fc.assert(
      fc.property(aState, fc.integer({ min: -5, max: 5 }), (state, leftMs) => {
        const now = new Date('2026-11-22T00:00:00Z')
        const until = new Date(now.getTime() + leftMs)
        const isLifted = leftMs <= 0 && (state === 'SUSPENDED' || state === 'BANNED')
        expect(relationshipStateAt({ state, until }, now)).toBe(isLifted ? 'APPROVED' : state)
        expect(relationshipStateAt({ state, until: null }, now)).toBe(state)
      }),
    )
  })
})
