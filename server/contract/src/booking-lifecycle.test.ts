import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BOOKING_EVENTS,
  BOOKING_MOVES,
  BOOKING_STATES,
  type BookingState,
  isLiveBooking,
} from './booking-lifecycle.ts'
import { nextState } from './machine.ts'

const someActions = fc.array(fc.constantFrom(...BOOKING_EVENTS), { maxLength: 12 })
const movesOf = (state: BookingState) => Object.values(BOOKING_MOVES[state])

describe('[BK-3] the booking machine', () => {
  it('moves as the rule says', () => {
    expect(movesOf('HELD').toSorted()).toEqual(['CONFIRMED', 'EXPIRED', 'REQUESTED'])
    expect(movesOf('REQUESTED').toSorted()).toEqual(['CONFIRMED', 'REJECTED', 'WITHDRAWN'])
    expect(movesOf('CONFIRMED').toSorted()).toEqual(['CANCELLED', 'FULFILLED', 'SUSPENDED'])
  })

  it('ends in every state that takes no place, and in no other', () => {
    for (const state of BOOKING_STATES) {
      expect(movesOf(state).length === 0).toBe(!isLiveBooking(state))
    }
  })

  it('reaches every state from a hold', () => {
    const seen = new Set<BookingState>(['HELD'])
    for (const state of seen) for (const next of movesOf(state)) seen.add(next)
    expect([...seen].toSorted()).toEqual([...BOOKING_STATES].toSorted())
  })

  it('[BK-2] never comes back to a hold, and gives a freed place back once', () => {
    fc.assert(
      fc.property(someActions, (actions) => {
        let state: BookingState = 'HELD'
        let freed = 0
        for (const action of actions) {
          const next: BookingState | null = nextState(BOOKING_MOVES, state, action)
          if (next === null) continue
          if (isLiveBooking(state) && !isLiveBooking(next)) freed += 1
          expect(next).not.toBe('HELD')
          state = next
        }
        expect(freed).toBe(isLiveBooking(state) ? 0 : 1)
      }),
    )
  })
})
