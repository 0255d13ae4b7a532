import { SEAT_STATES } from '@visavis/contract/seat-lifecycle'
import { describe, expect, it } from 'vitest'
import { actsOn, cameraOf, hasCamera } from './wall-people.ts'
import type { WallSeat } from './wall-people.ts'

const aSeat = (changes: object = {}) =>
  ({ seatId: 'seat', party: 'VISITOR', cameraSeatId: null, ...changes }) as unknown as WallSeat

describe('[LV-3] what an officer is offered to do about a person', () => {
  const OFFERED: Readonly<Record<(typeof SEAT_STATES)[number], readonly string[]>> = {
    NOT_ARRIVED: [],
    WAITING: ['check', 'refuse'],
    CHECKING: ['admit', 'lookAgain', 'refuse'],
    ADMITTED: ['lookAgain', 'remove'],
    IN: ['lookAgain', 'remove'],
    DISCONNECTED: ['remove'],
    REFUSED: [],
    REMOVED: [],
  }

  it.each(SEAT_STATES)('%s', (state) => {
    expect(actsOn(aSeat({ state }), 'AV')).toEqual(OFFERED[state])
  })

  it('[OV-1] without a picture lets in on sight of the papers', () => {
    expect(actsOn(aSeat({ state: 'WAITING' }), 'NONE')).toEqual(['admit', 'refuse'])
  })

  it('never takes the inmate out, and confirms that who was turned away has gone', () => {
    expect(actsOn(aSeat({ state: 'IN', party: 'INMATE' }), 'AV')).toEqual(['lookAgain'])
    const refused = aSeat({ state: 'REFUSED', cameraSeatId: 'other' })
    expect(actsOn(refused, 'AV')).toEqual(['gone'])
    expect([cameraOf(refused), hasCamera(refused)]).toEqual(['other', false])
  })
})
