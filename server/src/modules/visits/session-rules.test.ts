import { describe, expect, it } from 'vitest'
import { endByOfficer } from './intervention-rules.ts'
import type { SeatLink } from './seat-link.ts'
import { admitSeat, checkSeat, endByParty, refuseSeat, requireJoinable } from './session-rules.ts'
import type { Decide } from './session-rules.ts'
import { settle } from './settle-rules.ts'
import type { VisitRecord } from './visit-record.ts'
import { applyStep } from './visit-step.ts'
import {
  BY_OFFICER,
  INMATE_SEAT,
  OFFICER,
  VISITOR_SEAT,
  aSeat,
  refusalOf,
  aVisitRecord,
  at,
  SECOND_VISITOR_SEAT,
} from './visit-fixture.ts'

const two = () => [aSeat(VISITOR_SEAT, 'VISITOR'), aSeat(INMATE_SEAT, 'INMATE')]
const HERE: SeatLink = { kind: 'CONNECTED' }
const bothHere: ReadonlyMap<string, SeatLink> = new Map([
  [VISITOR_SEAT, HERE],
  [INMATE_SEAT, HERE],
])

function play(visit: VisitRecord, now: Date, decide: Decide = () => []): VisitRecord {
  const situation = { visit, links: bothHere, deliveredMs: 0, now }
  const decided = decide(situation).reduce((each, step) => applyStep(each, step, now), visit)
  return playWith(bothHere, decided, now)
}

function playWith(
  links: ReadonlyMap<string, SeatLink>,
  visit: VisitRecord,
  now: Date,
): VisitRecord {
  const steps = settle({ visit, links, deliveredMs: 0, now })
  return steps.reduce((each, step) => applyStep(each, step, now), visit)
}

const statesOf = ({ session, seats }: VisitRecord) => [
  session.state,
  ...seats.map(({ state }) => state),
]

describe('the way into a visit', () => {
  it('[LV-1] opens, checks, admits, starts at the booked time', () => {
    const arrived = play(aVisitRecord({ seats: two() }), at(-5))
    expect(statesOf(arrived)).toEqual(['LOBBY', 'WAITING', 'ADMITTED'])
    const checking = play(arrived, at(-4), checkSeat(VISITOR_SEAT))
    expect(statesOf(checking)).toEqual(['ID_CHECK', 'CHECKING', 'ADMITTED'])
    const admitted = play(checking, at(-3), admitSeat(VISITOR_SEAT, OFFICER))
    expect(statesOf(admitted)).toEqual(['READY', 'ADMITTED', 'ADMITTED'])
    expect(statesOf(play(admitted, at(-1)))).toEqual(['READY', 'ADMITTED', 'ADMITTED'])
    expect(statesOf(play(admitted, at(0)))).toEqual(['LIVE', 'IN', 'IN'])
  })

  it('[LV-3] refuses to admit a visitor whose face nobody looked at', () => {
    const arrived = play(aVisitRecord({ seats: two() }), at(0))
    expect(refusalOf(() => play(arrived, at(0), admitSeat(VISITOR_SEAT, OFFICER)))).toBe(
      'SEAT_WRONG_STATE',
    )
  })

  it('[OV-2] vouches without a picture where nobody may watch', () => {
    const policy = { monitor: 'NONE', isRecorded: false } as const
    const arrived = play(aVisitRecord({ visitClass: 'privileged', policy, seats: two() }), at(0))
    expect(refusalOf(() => play(arrived, at(0), checkSeat(VISITOR_SEAT)))).toBe('SEAT_WRONG_STATE')
    expect(statesOf(play(arrived, at(0), admitSeat(VISITOR_SEAT, OFFICER)))).toEqual([
      'LIVE',
      'IN',
      'IN',
    ])
  })

  it('[LV-7] ends as VISITOR_DENIED when every visitor was turned away', () => {
    const arrived = play(aVisitRecord({ seats: two() }), at(-5))
    const denied = play(arrived, at(-5), refuseSeat(VISITOR_SEAT, 'NO_DOCUMENT'))
    expect(denied.session).toMatchObject({ state: 'ENDED', outcome: 'VISITOR_DENIED' })
    expect(denied.seats[0]).toMatchObject({ state: 'REFUSED', refusedReason: 'NO_DOCUMENT' })
  })

  it('[LV-1] opens its door fifteen minutes before the start and closes it at the end', () => {
    const visit = aVisitRecord({ seats: two() })
    expect(refusalOf(() => requireJoinable(visit, VISITOR_SEAT, at(-15.1)))).toBe(
      'OUTSIDE_VISIT_WINDOW',
    )
    expect(refusalOf(() => requireJoinable(visit, VISITOR_SEAT, at(-15)))).toBeNull()
    expect(refusalOf(() => requireJoinable(visit, VISITOR_SEAT, at(30)))).toBe('VISIT_NOT_JOINABLE')
    expect(refusalOf(() => requireJoinable(visit, OFFICER, at(0)))).toBe('VISIT_NOT_FOUND')
  })
})

describe('a visit under way', () => {
  const live = () => {
    const checking = play(
      play(aVisitRecord({ seats: two() }), at(-5)),
      at(-5),
      checkSeat(VISITOR_SEAT),
    )
    return play(checking, at(0), admitSeat(VISITOR_SEAT, OFFICER))
  }

  it('[LV-8] keeps going while a lost socket has media, and waits when it has not', () => {
    const lease = (isMediaUp: boolean): SeatLink => ({ kind: 'LEASED', until: at(2), isMediaUp })
    const withLink = (link: SeatLink) => new Map([...bothHere, [VISITOR_SEAT, link] as const])
    expect(statesOf(playWith(withLink(lease(true)), live(), at(1)))).toEqual(['LIVE', 'IN', 'IN'])
    const waiting = playWith(withLink(lease(false)), live(), at(1))
    expect(statesOf(waiting)).toEqual(['RECONNECTING', 'IN', 'IN'])
    const gone = playWith(withLink({ kind: 'GONE', since: at(2), hasLeft: false }), waiting, at(2))
    expect(statesOf(gone)).toEqual(['RECONNECTING', 'DISCONNECTED', 'IN'])
    expect(statesOf(play(gone, at(3)))).toEqual(['LIVE', 'IN', 'IN'])
  })

  it('[LV-8] checks a person anew who was gone for more than ten minutes', () => {
    const absent: SeatLink = { kind: 'GONE', since: at(1), hasLeft: false }
    const links = new Map([...bothHere, [VISITOR_SEAT, absent] as const])
    const gone = playWith(links, live(), at(1))
    expect(statesOf(playWith(links, gone, at(10.9)))).toEqual([
      'RECONNECTING',
      'DISCONNECTED',
      'IN',
    ])
    const forgotten = playWith(links, gone, at(11))
    expect(statesOf(forgotten)).toEqual(['RECONNECTING', 'NOT_ARRIVED', 'IN'])
    // Back, they wait for an officer, and the visit with them: its clock does not run against anybody.
    expect(statesOf(play(forgotten, at(12)))).toEqual(['PAUSED', 'WAITING', 'IN'])
  })

  it('[LV-7] is ended by a party or an officer, once', () => {
    const byVisitor = play(live(), at(10), endByParty(VISITOR_SEAT))
    expect(byVisitor.session).toMatchObject({
      state: 'ENDED',
      outcome: 'VISITOR_EARLY',
      liveSince: null,
    })
    expect(refusalOf(() => play(byVisitor, at(10), endByParty(INMATE_SEAT)))).toBe('VISIT_ENDED')
    const byOfficer = play(
      live(),
      at(10),
      endByOfficer(BY_OFFICER, { reason: 'SECURITY', text: null }),
    )
    expect(byOfficer.session).toMatchObject({ outcome: 'STAFF_TERMINATED', endReason: 'SECURITY' })
    const waiting = play(aVisitRecord({ seats: two() }), at(-5))
    expect(refusalOf(() => play(waiting, at(-5), endByParty(VISITOR_SEAT)))).toBe(
      'VISIT_WRONG_STATE',
    )
  })

  it('[LV-7] is not ended by somebody who waits outside or was turned away', () => {
    const here = live()
    const late = { ...aSeat(SECOND_VISITOR_SEAT, 'VISITOR'), state: 'WAITING' } as const
    for (const state of ['WAITING', 'REFUSED'] as const) {
      const visit = { ...here, seats: [...here.seats, { ...late, state }] }
      const attempt = () =>
        endByParty(SECOND_VISITOR_SEAT)({ visit, links: bothHere, deliveredMs: 0, now: at(1) })
      expect(refusalOf(attempt)).toBe('VISIT_WRONG_STATE')
    }
  })
})
