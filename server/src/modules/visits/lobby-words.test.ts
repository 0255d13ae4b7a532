import { describe, expect, it } from 'vitest'
import type { SeatState } from '@visavis/contract/seat-lifecycle'
import type { SessionState } from '@visavis/contract/session-lifecycle'
import { attentionOf } from './attention.ts'
import { waitingReasonOf } from './waiting-reason.ts'
import { INMATE_SEAT, VISITOR_SEAT, aSeat, aVisitRecord, at } from './visit-fixture.ts'

function aVisit(state: SessionState, visitor: SeatState, inmate: SeatState) {
  const seats = [
    { ...aSeat(VISITOR_SEAT, 'VISITOR'), state: visitor },
    { ...aSeat(INMATE_SEAT, 'INMATE'), state: inmate },
  ]
  return aVisitRecord({ session: { state }, seats })
}

describe('[LV-2] why a seat waits', () => {
  it.each([
    {
      state: 'LOBBY',
      visitor: 'WAITING',
      inmate: 'NOT_ARRIVED',
      reasons: ['OFFICER_WILL_CHECK', 'OTHER_SIDE_BEING_CHECKED'],
    },
    {
      state: 'ID_CHECK',
      visitor: 'CHECKING',
      inmate: 'ADMITTED',
      reasons: ['OFFICER_IS_CHECKING', 'OTHER_SIDE_BEING_CHECKED'],
    },
    {
      state: 'LOBBY',
      visitor: 'NOT_ARRIVED',
      inmate: 'ADMITTED',
      reasons: ['TOO_EARLY', 'OTHER_SIDE_NOT_HERE'],
    },
    {
      state: 'READY',
      visitor: 'ADMITTED',
      inmate: 'ADMITTED',
      reasons: ['TOO_EARLY', 'TOO_EARLY'],
    },
    { state: 'LIVE', visitor: 'WAITING', inmate: 'IN', reasons: ['OFFICER_WILL_CHECK', null] },
    { state: 'LIVE', visitor: 'IN', inmate: 'IN', reasons: [null, null] },
    { state: 'ENDED', visitor: 'WAITING', inmate: 'IN', reasons: [null, null] },
  ] as const)(
    '$state, visitor $visitor, inmate $inmate: $reasons',
    ({ state, visitor, inmate, reasons }) => {
      const visit = aVisit(state, visitor, inmate)
      expect(visit.seats.map((seat) => waitingReasonOf(visit, seat, at(-5)))).toEqual(reasons)
    },
  )

  it('is about to end when everybody is let in and the time has come', () => {
    const visit = aVisit('READY', 'ADMITTED', 'ADMITTED')
    expect(visit.seats.map((seat) => waitingReasonOf(visit, seat, at(0)))).toEqual([
      'ABOUT_TO_START',
      'ABOUT_TO_START',
    ])
  })
})

describe('[OV-4] what wants an officer’s eye', () => {
  it.each([
    { state: 'LOBBY', visitor: 'WAITING', minute: -10, attention: 'ID_PENDING' },
    { state: 'LIVE', visitor: 'CHECKING', minute: 5, attention: 'ID_PENDING' },
    { state: 'RECONNECTING', visitor: 'DISCONNECTED', minute: 5, attention: 'CONNECTION_TROUBLE' },
    { state: 'PAUSED', visitor: 'IN', minute: 5, attention: 'PAUSED' },
    { state: 'SCHEDULED', visitor: 'NOT_ARRIVED', minute: -4, attention: 'STARTING' },
    { state: 'SCHEDULED', visitor: 'NOT_ARRIVED', minute: -6, attention: null },
    { state: 'LIVE', visitor: 'IN', minute: 5, attention: null },
    { state: 'ENDED', visitor: 'DISCONNECTED', minute: 31, attention: null },
  ] as const)(
    '$state, visitor $visitor, minute $minute: $attention',
    ({ state, visitor, minute, attention }) => {
      expect(attentionOf(aVisit(state, visitor, 'IN'), at(minute))).toBe(attention)
    },
  )
})
