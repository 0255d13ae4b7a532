import { describe, expect, it } from 'vitest'
import type { SeatState } from '@visavis/contract/seat-lifecycle'
import type { SessionState } from '@visavis/contract/session-lifecycle'
import type { SeatLink } from './seat-link.ts'
import { outcomeByParty, outcomeByTime } from './visit-outcome.ts'
import { INMATE_SEAT, OFFICER, VISITOR_SEAT, aSeat, aVisitRecord, at } from './visit-fixture.ts'

const MINUTE_MS = 60_000
const HERE: SeatLink = { kind: 'CONNECTED' }
const LOST: SeatLink = { kind: 'GONE', since: at(5), hasLeft: false }
const LEFT: SeatLink = { kind: 'GONE', since: at(5), hasLeft: true }

type Person = { state: SeatState; hasCome?: boolean; isAdmitted?: boolean; link?: SeatLink }

function situation(given: {
  state: SessionState
  visitor: Person
  inmate: Person
  deliveredMin?: number
  minute?: number
}) {
  const seat = (seatId: string, party: 'VISITOR' | 'INMATE', person: Person) => ({
    ...aSeat(seatId, party),
    state: person.state,
    arrivedAt: person.hasCome === false ? null : at(-5),
    admittedAt: person.isAdmitted === false ? null : at(-1),
    admittedBy: OFFICER,
  })
  return {
    visit: aVisitRecord({
      session: { state: given.state },
      seats: [
        seat(VISITOR_SEAT, 'VISITOR', given.visitor),
        seat(INMATE_SEAT, 'INMATE', given.inmate),
      ],
    }),
    links: new Map([
      [VISITOR_SEAT, given.visitor.link ?? HERE],
      [INMATE_SEAT, given.inmate.link ?? HERE],
    ]),
    deliveredMs: (given.deliveredMin ?? 0) * MINUTE_MS,
    now: at(given.minute ?? 30),
  }
}

const IN: Person = { state: 'IN' }
const NEVER: Person = { state: 'NOT_ARRIVED', hasCome: false, isAdmitted: false }

describe('[LV-7] the outcome of a visit whose time is over', () => {
  it.each([
    ['COMPLETED', { state: 'LIVE', visitor: IN, inmate: IN, deliveredMin: 20 }],
    [
      'COMPLETED',
      {
        state: 'RECONNECTING',
        visitor: { state: 'DISCONNECTED', link: LOST },
        inmate: IN,
        deliveredMin: 29,
      },
    ],
    [
      'FAILED_TECH_VISITOR',
      {
        state: 'RECONNECTING',
        visitor: { state: 'DISCONNECTED', link: LOST },
        inmate: IN,
        deliveredMin: 20,
      },
    ],
    [
      'FAILED_TECH_FACILITY',
      { state: 'RECONNECTING', visitor: IN, inmate: { state: 'DISCONNECTED', link: LOST } },
    ],
    [
      'FAILED_TECH_PLATFORM',
      {
        state: 'RECONNECTING',
        visitor: { state: 'DISCONNECTED', link: LOST },
        inmate: { state: 'DISCONNECTED', link: LOST },
      },
    ],
    ['FAILED_TECH_PLATFORM', { state: 'LIVE', visitor: IN, inmate: IN, deliveredMin: 0 }],
    [
      'VISITOR_EARLY',
      {
        state: 'RECONNECTING',
        visitor: { state: 'DISCONNECTED', link: LEFT },
        inmate: IN,
        deliveredMin: 5,
      },
    ],
    [
      'INMATE_EARLY',
      {
        state: 'RECONNECTING',
        visitor: IN,
        inmate: { state: 'DISCONNECTED', link: LEFT },
        deliveredMin: 5,
      },
    ],
    ['NO_SHOW_VISITOR', { state: 'LOBBY', visitor: NEVER, inmate: { state: 'ADMITTED' } }],
    [
      'NO_SHOW_INMATE',
      { state: 'LOBBY', visitor: { state: 'WAITING', isAdmitted: false }, inmate: NEVER },
    ],
    ['NO_SHOW_INMATE', { state: 'SCHEDULED', visitor: NEVER, inmate: NEVER }],
    [
      'FACILITY_CANCELLED',
      {
        state: 'LOBBY',
        visitor: { state: 'WAITING', isAdmitted: false },
        inmate: { state: 'ADMITTED' },
      },
    ],
    [
      'FACILITY_CANCELLED',
      {
        state: 'LOBBY',
        visitor: { state: 'NOT_ARRIVED', isAdmitted: false },
        inmate: { state: 'ADMITTED' },
      },
    ],
    [
      'VISITOR_DENIED',
      {
        state: 'LOBBY',
        visitor: { state: 'REFUSED', isAdmitted: false },
        inmate: { state: 'ADMITTED' },
      },
    ],
    [
      'FAILED_TECH_PLATFORM',
      { state: 'READY', visitor: { state: 'ADMITTED', link: LOST }, inmate: { state: 'ADMITTED' } },
    ],
  ] as const)('is %s for %o', (outcome, given) => {
    expect(outcomeByTime(situation(given))).toBe(outcome)
  })
})

describe('[LV-7] the outcome of a visit that a party ends', () => {
  it.each([
    { outcome: 'VISITOR_EARLY', party: 'VISITOR', deliveredMin: 10, minute: 12 },
    { outcome: 'INMATE_EARLY', party: 'INMATE', deliveredMin: 10, minute: 12 },
    { outcome: 'COMPLETED', party: 'VISITOR', deliveredMin: 29, minute: 29.5 },
    { outcome: 'COMPLETED', party: 'INMATE', deliveredMin: 3, minute: 29 },
  ] as const)(
    'is $outcome when the $party leaves after $deliveredMin delivered minutes at minute $minute',
    ({ outcome, party, ...clock }) => {
      const given = situation({ state: 'LIVE', visitor: IN, inmate: IN, ...clock })
      expect(outcomeByParty(party, given)).toBe(outcome)
    },
  )
})
