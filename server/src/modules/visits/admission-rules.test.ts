import { describe, expect, it } from 'vitest'
import { SEAT_STATES } from '@visavis/contract/seat-lifecycle'
import { putBackSeat, removeSeat, sitTogether } from './admission-rules.ts'
import { cameraStateOf, isCleared } from './camera-rules.ts'
import { linkOf } from './seat-link.ts'
import { admitSeat, checkSeat, refuseSeat } from './session-rules.ts'
import { aPlay } from './play-fixture.ts'
import { seatOf } from './visit-record.ts'
import type { SeatRecord } from './visit-record.ts'
import {
  INMATE_SEAT,
  OFFICER,
  SECOND_VISITOR_SEAT,
  VISITOR_SEAT,
  aSeat,
  refusalOf,
  aVisitRecord,
} from './visit-fixture.ts'

const HOST = '00000000-0000-4000-8000-00000000000a'
const MOTHER = VISITOR_SEAT
const CHILD = SECOND_VISITOR_SEAT

describe('[LV-3] people at one camera', () => {
  it('are let in one by one, and the visit begins with the last of them', () => {
    const play = aPlay()
      .join(MOTHER)
      .join(INMATE_SEAT)
      .act(sitTogether(MOTHER, [CHILD]))
    expect(play.states()).toEqual(['LOBBY', 'WAITING', 'WAITING', 'ADMITTED'])
    play.admit(MOTHER)
    expect(play.states()).toEqual(['ID_CHECK', 'ADMITTED', 'WAITING', 'ADMITTED'])
    expect(play.roomState(MOTHER)).toBe('CHECKING')
    expect(play.reason(MOTHER)).toBe('COMPANION_BEING_CHECKED')
    expect(play.reason(INMATE_SEAT)).toBe('OTHER_SIDE_BEING_CHECKED')
    play.admit(CHILD)
    expect(play.states()).toEqual(['LIVE', 'IN', 'IN', 'IN'])
    expect(play.roomState(MOTHER)).toBe('IN')
    expect(play.roomState(CHILD)).toBeUndefined()
  })

  it('[LV-5] hold the visit when one comes late, as a pause by staff that ends by itself', () => {
    const play = aPlay().join(MOTHER).join(INMATE_SEAT).admit(MOTHER)
    expect(play.states()[0]).toBe('LIVE')
    play.act(sitTogether(MOTHER, [CHILD]))
    expect(play.states()).toEqual(['PAUSED', 'IN', 'WAITING', 'IN'])
    expect(play.visit.session.pauseReason).toBe('ADMISSION')
    expect(play.roomState(MOTHER)).toBe('CHECKING')
    play.admit(CHILD)
    expect(play.states()).toEqual(['LIVE', 'IN', 'IN', 'IN'])
    expect(play.visit.session.pauseReason).toBeNull()
  })

  it('of a second household hold nobody who has a camera of their own', () => {
    const AUNT = '00000000-0000-4000-8000-000000000005'
    const seats = [...aVisitRecord().seats, aSeat(AUNT, 'VISITOR')]
    const play = aPlay({ seats }).join(MOTHER).join(AUNT).join(INMATE_SEAT)
    play.admit(MOTHER).admit(AUNT)
    expect(play.states()[0]).toBe('LIVE')
    play.act(sitTogether(MOTHER, [CHILD]))
    expect(play.states()[0]).toBe('LIVE')
    expect([play.roomState(MOTHER), play.roomState(AUNT)]).toEqual(['CHECKING', 'IN'])
  })

  it('stay out of sight while somebody who was turned away is still there', () => {
    const play = aPlay()
      .join(MOTHER)
      .join(INMATE_SEAT)
      .act(sitTogether(MOTHER, [CHILD]))
    play.admit(MOTHER).act(refuseSeat(CHILD, 'NO_DOCUMENT'))
    expect(play.states()).toEqual(['ID_CHECK', 'ADMITTED', 'REFUSED', 'ADMITTED'])
    // The family's word does not end it; an officer who saw them go does.
    play.act(sitTogether(MOTHER, []))
    expect(play.roomState(MOTHER)).toBe('CHECKING')
    play.act(removeSeat(CHILD, 'LEFT_PICTURE'))
    expect(play.states()).toEqual(['LIVE', 'IN', 'REMOVED', 'IN'])
  })

  it('lose an admission that was for another camera', () => {
    const play = aPlay()
      .join(MOTHER)
      .join(INMATE_SEAT)
      .act(sitTogether(MOTHER, [CHILD]))
    play.admit(MOTHER).admit(CHILD)
    play.act(sitTogether(MOTHER, []))
    expect(play.states()).toEqual(['LIVE', 'IN', 'NOT_ARRIVED', 'IN'])
    play.act(sitTogether(MOTHER, [CHILD]))
    expect(play.states()).toEqual(['PAUSED', 'IN', 'WAITING', 'IN'])
    play.join(CHILD)
    expect(play.states()).toEqual(['LIVE', 'IN', 'WAITING', 'IN'])
    expect(seatOf(play.visit, CHILD)?.cameraSeatId).toBeNull()
  })

  it('go with the device, and with whoever holds it', () => {
    const play = aPlay()
      .join(MOTHER)
      .join(INMATE_SEAT)
      .act(sitTogether(MOTHER, [CHILD]))
    play.admit(MOTHER).admit(CHILD)
    play.links.set(MOTHER, { kind: 'GONE', since: play.now, hasLeft: false })
    expect(play.act().states()).toEqual(['RECONNECTING', 'DISCONNECTED', 'DISCONNECTED', 'IN'])
    expect(play.join(MOTHER).states()).toEqual(['LIVE', 'IN', 'IN', 'IN'])
    play.act(removeSeat(MOTHER, 'CONDUCT'))
    expect(linkOf(play.situation().links, CHILD).kind).toBe('GONE')
    expect(play.states()).toEqual(['RECONNECTING', 'REMOVED', 'DISCONNECTED', 'IN'])
  })

  it('are told by who sits there, never by the inmate, a host’s family, or of somebody elsewhere', () => {
    const play = aPlay().join(MOTHER).join(INMATE_SEAT)
    const together = (seatId: string, seatIds: string[]) =>
      refusalOf(() => sitTogether(seatId, seatIds)(play.situation()))
    expect(together(INMATE_SEAT, [CHILD])).toBe('VISIT_WRONG_STATE')
    expect(together(CHILD, [MOTHER])).toBe('VISIT_WRONG_STATE')
    expect(together(MOTHER, [INMATE_SEAT])).toBe('SEAT_WRONG_STATE')
    expect(together(MOTHER, [MOTHER])).toBe('SEAT_WRONG_STATE')
    expect(together(MOTHER, [OFFICER])).toBe('SEAT_NOT_FOUND')
    play.join(CHILD)
    expect(together(MOTHER, [CHILD])).toBe('SEAT_WRONG_STATE')
    play.visit = { ...play.visit, place: 'LINK_CENTRE' }
    expect(together(MOTHER, [])).toBe('VISIT_WRONG_STATE')
  })
})

describe('[LV-3] a host’s word', () => {
  const aRoom = () => {
    const [mother, child, inmate] = aVisitRecord().seats as [SeatRecord, SeatRecord, SeatRecord]
    const seen = { checkedInBy: HOST }
    const play = aPlay({
      seats: [{ ...mother, ...seen }, { ...child, ...seen, cameraSeatId: MOTHER }, inmate],
    })
    play.visit = { ...play.visit, place: 'LINK_CENTRE' }
    return play
  }

  it('lets in whom the host saw, at the device that the host signed in', () => {
    const play = aRoom().join(INMATE_SEAT).join(MOTHER, true)
    expect(play.states()).toEqual(['LIVE', 'IN', 'IN', 'IN'])
    expect(play.visit.seats.map(({ admittedBy }) => admittedBy)).toEqual([HOST, HOST, null])
  })

  it('says nothing about another device, before or after', () => {
    const play = aRoom().join(INMATE_SEAT).join(MOTHER)
    expect(play.states()).toEqual(['LOBBY', 'WAITING', 'WAITING', 'ADMITTED'])
    play.join(MOTHER, true)
    expect(play.states()[0]).toBe('LIVE')
    play.join(MOTHER)
    expect(play.states()).toEqual(['PAUSED', 'WAITING', 'WAITING', 'IN'])
    expect(isCleared(play.visit, play.visit.seats[0] as SeatRecord)).toBe(false)
  })

  it('does not stand against an officer who wants to look', () => {
    const play = aRoom().join(INMATE_SEAT).join(MOTHER, true)
    play.act(putBackSeat(CHILD, 'FACE_NOT_VISIBLE'))
    expect(play.states()).toEqual(['PAUSED', 'IN', 'WAITING', 'IN'])
    expect(play.reason(CHILD)).toBe('CHECK_AGAIN')
    play.admit(CHILD)
    expect(play.states()[0]).toBe('LIVE')
    expect(seatOf(play.visit, CHILD)).toMatchObject({ admittedBy: OFFICER, putBackReason: null })
  })
})

describe('[LV-1] [LV-3] an officer’s acts, in every state of a seat', () => {
  const ACTS = {
    check: checkSeat(MOTHER),
    admit: admitSeat(MOTHER, OFFICER),
    refuse: refuseSeat(MOTHER, 'CONDUCT'),
    putBack: putBackSeat(MOTHER, 'OTHER'),
    remove: removeSeat(MOTHER, 'OTHER'),
  }
  const MAY: Readonly<Record<(typeof SEAT_STATES)[number], readonly string[]>> = {
    NOT_ARRIVED: ['remove'],
    WAITING: ['check', 'refuse', 'remove'],
    CHECKING: ['admit', 'refuse', 'putBack', 'remove'],
    ADMITTED: ['putBack', 'remove'],
    IN: ['putBack', 'remove'],
    DISCONNECTED: ['remove'],
    REFUSED: ['remove'],
    REMOVED: [],
  }

  it.each(SEAT_STATES)('%s', (state) => {
    const [mother, ...others] = aVisitRecord().seats as [SeatRecord, ...SeatRecord[]]
    const play = aPlay({ seats: [{ ...mother, state }, ...others], session: { state: 'LIVE' } })
    play.links.set(MOTHER, { kind: 'CONNECTED' })
    const allowed = Object.entries(ACTS).filter(
      ([, decide]) => refusalOf(() => decide(play.situation())) === null,
    )
    expect(allowed.map(([name]) => name)).toEqual(MAY[state])
  })

  it('none takes the inmate out of a visit', () => {
    const play = aPlay().join(INMATE_SEAT)
    expect(refusalOf(() => removeSeat(INMATE_SEAT, 'OTHER')(play.situation()))).toBe(
      'SEAT_WRONG_STATE',
    )
  })
})

describe('[LV-3] what a shared camera counts as, in every state of its two people', () => {
  const pairs = SEAT_STATES.flatMap((first) => SEAT_STATES.map((second) => [first, second]))

  it.each(pairs as [SeatRecord['state'], SeatRecord['state']][])('%s and %s', (first, second) => {
    const mother = { ...aSeat(MOTHER, 'VISITOR'), state: first }
    const child = { ...aSeat(CHILD, 'VISITOR'), state: second, cameraSeatId: MOTHER }
    const counts = cameraStateOf(aVisitRecord({ seats: [mother, child] }), mother)
    const isOpen = counts === 'IN' || counts === 'ADMITTED'
    const letIn = ['ADMITTED', 'IN', 'REMOVED']
    expect(isOpen).toBe(['ADMITTED', 'IN'].includes(first) && letIn.includes(second))
    // An officer who sees somebody goes on seeing them, whoever joins them.
    const isSeen = ['CHECKING', 'ADMITTED', 'IN'].includes(first)
    if (isSeen) expect(['CHECKING', 'ADMITTED', 'IN']).toContain(counts)
  })
})
