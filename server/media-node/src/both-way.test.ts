import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SEAT_STATES } from '@visavis/contract/seat-lifecycle'
import { SESSION_STATES } from '@visavis/contract/session-lifecycle'
import { isBothWay, seatFlows } from './both-way.ts'
import type { FlowSample } from './both-way.ts'

const seat = (seatId: string, party: 'VISITOR' | 'INMATE') => ({
  seatId,
  party,
  state: 'IN' as const,
  isConnected: true,
  hasArrived: true,
})
const flowing: FlowSample = {
  state: 'LIVE',
  seats: [seat('mother', 'VISITOR'), seat('son', 'INMATE')],
  deliveries: [
    { from: 'mother', to: 'son' },
    { from: 'son', to: 'mother' },
  ],
}

const [mother, son] = flowing.seats as [FlowSample['seats'][number], FlowSample['seats'][number]]

describe('[LV-5] a second counts', () => {
  it('when each side sends and is passed on to the other', () => {
    expect(isBothWay(flowing)).toBe(true)
  })

  it('also while nobody watches who must: the people cannot help it, and talk on (OV-7)', () => {
    expect(isBothWay({ ...flowing, state: 'MISSING_MONITOR' })).toBe(true)
  })

  const STANDING = SESSION_STATES.filter((state) => !['LIVE', 'MISSING_MONITOR'].includes(state))
  it.each(STANDING)('never in %s', (state) => {
    expect(isBothWay({ ...flowing, state })).toBe(false)
  })

  it.each(SEAT_STATES.filter((state) => state !== 'IN'))('never with a seat %s', (state) => {
    expect(isBothWay({ ...flowing, seats: [mother, { ...son, state }] })).toBe(false)
  })

  it('not when one side is silent or is not passed on', () => {
    expect(isBothWay({ ...flowing, seats: [{ ...mother, hasArrived: false }, son] })).toBe(false)
    for (const delivery of flowing.deliveries) {
      expect(isBothWay({ ...flowing, deliveries: [delivery] })).toBe(false)
    }
  })

  it('not between two visitors, and not when each way is with another visitor', () => {
    const aunt = seat('aunt', 'VISITOR')
    const between = [
      { from: 'mother', to: 'aunt' },
      { from: 'aunt', to: 'mother' },
    ]
    expect(isBothWay({ ...flowing, seats: [mother, aunt], deliveries: between })).toBe(false)
    const crossed = [
      { from: 'mother', to: 'son' },
      { from: 'son', to: 'aunt' },
    ]
    expect(isBothWay({ ...flowing, seats: [mother, aunt, son], deliveries: crossed })).toBe(false)
  })

  it('the same whoever is listed first, and more people never take it away', () => {
    const someSeat = fc.record({
      seatId: fc.constantFrom('a', 'b', 'c'),
      party: fc.constantFrom('VISITOR' as const, 'INMATE' as const),
      state: fc.constantFrom(...SEAT_STATES),
      isConnected: fc.boolean(),
      hasArrived: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.uniqueArray(someSeat, { selector: ({ seatId }) => seatId }), (others) => {
        const seats = [...flowing.seats, ...others]
        expect(isBothWay({ ...flowing, seats })).toBe(true)
        expect(isBothWay({ ...flowing, seats: seats.reverse() })).toBe(true)
      }),
    )
  })
})

describe('[LV-6] which seat is in trouble', () => {
  const flowsWith = (changes: Partial<FlowSample>) => seatFlows({ ...flowing, ...changes })

  it('nobody while media flows both ways', () => {
    expect(seatFlows(flowing)).toEqual({ mother: 'OK', son: 'OK' })
  })

  it('the one whose transport is gone, and not the other, who is sent nothing', () => {
    const cutOff = { ...mother, isConnected: false, hasArrived: false }
    const seen = flowsWith({ seats: [cutOff, son], deliveries: [] })
    expect(seen).toEqual({ mother: 'NO_TRANSPORT', son: 'OK' })
  })

  it('the one that sends nothing, and the one that has not built its end', () => {
    expect(flowsWith({ seats: [{ ...mother, hasArrived: false }, son] })['mother']).toBe(
      'NOT_SENDING',
    )
    const toMother = flowing.deliveries.filter(({ to }) => to === 'mother')
    expect(flowsWith({ deliveries: toMother })).toEqual({ mother: 'OK', son: 'NOT_RECEIVING' })
  })
})
