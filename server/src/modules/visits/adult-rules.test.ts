import { describe, expect, it } from 'vitest'
import { ADULT_GRACE_MS, adultMissingSince } from './adult-rules.ts'
import { sharedLinks } from './seat-link.ts'
import type { SeatLink } from './seat-link.ts'
import { barByRestriction, resumeByOfficer } from './intervention-rules.ts'
import { settle } from './settle-rules.ts'
import {
  INMATE_SEAT,
  OFFICER,
  SECOND_VISITOR_SEAT,
  START,
  VISITOR_SEAT,
  aSeat,
  aVisitRecord,
  at,
} from './visit-fixture.ts'
import type { SeatRecord, SessionRecord, VisitRecord } from './visit-record.ts'
import { applyStep } from './visit-step.ts'

const HERE: SeatLink = { kind: 'CONNECTED' }
const inside = { state: 'IN' as const, arrivedAt: START, admittedAt: START }

/** A mother, a child and an inmate, talking. */
function aFamilyVisit(session: Partial<SessionRecord> = {}): VisitRecord {
  return aVisitRecord({
    session: { state: 'LIVE', liveSince: START, ...session },
    seats: [
      { ...aSeat(VISITOR_SEAT, 'VISITOR'), ...inside },
      { ...aSeat(SECOND_VISITOR_SEAT, 'VISITOR'), ...inside, isVerifiedAdult: false },
      { ...aSeat(INMATE_SEAT, 'INMATE'), ...inside },
    ],
  })
}

/** Who is connected; the mother left at that minute, if one is given. */
function linksWith(leftAt: Date | null): Map<string, SeatLink> {
  const mother: SeatLink = leftAt ? { kind: 'GONE', since: leftAt, hasLeft: true } : HERE
  return new Map([
    [VISITOR_SEAT, mother],
    [SECOND_VISITOR_SEAT, HERE],
    [INMATE_SEAT, HERE],
  ])
}

function settled(visit: VisitRecord, links: Map<string, SeatLink>, now: Date): VisitRecord {
  const steps = settle({ visit, links, deliveredMs: 0, now })
  return steps.reduce((before, step) => applyStep(before, step, now), visit)
}

describe('the last adult', () => {
  it('[EL-6] leaves: a minute of warning, then a pause, and never an end', () => {
    const links = linksWith(at(5))
    const justGone = settled(aFamilyVisit(), links, at(5))
    expect(justGone.session).toMatchObject({ state: 'LIVE', pauseReason: null })
    const situation = { visit: justGone, links, deliveredMs: 0, now: at(5.5) }
    expect(adultMissingSince(situation)).toEqual(at(5))
    const later = new Date(at(5).getTime() + ADULT_GRACE_MS)
    const paused = settled(justGone, links, later)
    expect(paused.session).toMatchObject({ state: 'PAUSED', pauseReason: 'ADULT_MISSING' })
    expect(settled(paused, links, at(20)).session.state).toBe('PAUSED')
  })

  it('[EL-6] comes back, and it goes on by itself', () => {
    const paused = settled(aFamilyVisit(), linksWith(at(5)), at(7))
    const back = settled(paused, linksWith(null), at(8))
    expect(back.session).toMatchObject({ state: 'LIVE', pauseReason: null })
  })

  it('[EL-6] is needed for the beginning, too', () => {
    const admitted = { state: 'ADMITTED' as const, arrivedAt: START, admittedAt: START }
    const children = aVisitRecord({
      session: { state: 'LOBBY' },
      seats: [
        { ...aSeat(SECOND_VISITOR_SEAT, 'VISITOR'), ...admitted, isVerifiedAdult: false },
        { ...aSeat(INMATE_SEAT, 'INMATE'), ...admitted },
      ],
    })
    expect(settled(children, linksWith(null), at(1)).session.state).toBe('READY')
  })

  it('is nobody’s concern in a visit with a lawyer', () => {
    const visit = { ...aFamilyVisit(), visitClass: 'privileged' as const }
    const situation = { visit, links: linksWith(at(5)), deliveredMs: 0, now: at(9) }
    expect(adultMissingSince(situation)).toBeNull()
  })
})

describe('[LV-3] people at one device', () => {
  const GONE: SeatLink = { kind: 'GONE', since: at(5), hasLeft: false }
  const aRoom = () => {
    const [mother, child, inmate] = aFamilyVisit().seats as [SeatRecord, SeatRecord, SeatRecord]
    return [mother, { ...child, cameraSeatId: VISITOR_SEAT }, inmate]
  }

  it('are there while it is, and gone with it', () => {
    const linkOfChild = (links: Map<string, SeatLink>) =>
      sharedLinks(links, aRoom()).get(SECOND_VISITOR_SEAT)
    expect(linkOfChild(new Map([[VISITOR_SEAT, HERE]]))).toEqual(HERE)
    expect(linkOfChild(new Map([[VISITOR_SEAT, GONE]]))).toEqual(GONE)
  })

  it('keep a connection of their own', () => {
    const own = new Map<string, SeatLink>([
      [VISITOR_SEAT, GONE],
      [SECOND_VISITOR_SEAT, HERE],
    ])
    expect(sharedLinks(own, aRoom()).get(SECOND_VISITOR_SEAT)).toEqual(HERE)
    const twice = sharedLinks(sharedLinks(own, aRoom()), aRoom())
    expect(twice).toEqual(sharedLinks(own, aRoom()))
  })

  it('[EL-6] stay in the visit with an adult who has no connection but the room’s', () => {
    const [mother, child, inmate] = aRoom() as [SeatRecord, SeatRecord, SeatRecord]
    const device = { ...child, cameraSeatId: null }
    const seats = [{ ...mother, cameraSeatId: SECOND_VISITOR_SEAT }, device, inmate]
    const links = new Map<string, SeatLink>([[SECOND_VISITOR_SEAT, HERE]])
    const visit = { ...aFamilyVisit(), seats }
    expect(adultMissingSince({ visit, links, deliveredMs: 0, now: at(6) })).toBeNull()
  })
})

describe('a restriction', () => {
  const here = linksWith(null)
  const bar = (visit: VisitRecord, now: Date): VisitRecord =>
    barByRestriction('00000000-0000-4000-8000-0000000000f1')({
      visit,
      links: here,
      deliveredMs: 0,
      now,
    }).reduce((before, step) => applyStep(before, step, now), visit)

  it('[EL-4] pauses what runs, until an officer lets it go on', () => {
    const paused = settled(bar(aFamilyVisit(), at(3)), here, at(3))
    expect(paused.session).toMatchObject({ state: 'PAUSED', pauseReason: 'RESTRICTION' })
    expect(settled(paused, here, at(9)).session.state).toBe('PAUSED')
    const situation = { visit: paused, links: here, deliveredMs: 0, now: at(9) }
    const cleared = resumeByOfficer(OFFICER)(situation).reduce(
      (before, step) => applyStep(before, step, at(9)),
      paused,
    )
    expect(settled(cleared, here, at(9)).session.state).toBe('LIVE')
  })

  it('[EL-4] keeps what gathers from beginning', () => {
    const admitted = { state: 'ADMITTED' as const, arrivedAt: START, admittedAt: START }
    const gathering = aVisitRecord({
      session: { state: 'READY' },
      seats: aFamilyVisit().seats.map((seat) => ({ ...seat, ...admitted })),
    })
    const barred = settled(bar(gathering, at(0)), here, at(1))
    expect(barred.session).toMatchObject({ state: 'READY', pauseReason: 'RESTRICTION' })
  })

  it('[EL-6] is not lifted by an adult who comes back', () => {
    const barred = settled(bar(aFamilyVisit(), at(3)), linksWith(at(3)), at(6))
    expect(settled(barred, here, at(7)).session.pauseReason).toBe('RESTRICTION')
  })
})
