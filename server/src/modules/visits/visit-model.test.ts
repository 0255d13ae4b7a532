import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '@visavis/contract/errors'
import { allowedFlows } from '@visavis/contract/media-graph'
import { LEASE_MS, agedLink, isReachable, leasedLink, linkOf } from './seat-link.ts'
import type { SeatLink } from './seat-link.ts'
import { factsOf } from './facts-of.ts'
import {
  admitSeat,
  checkSeat,
  endByOfficer,
  endByParty,
  extendByOfficer,
  refuseSeat,
  requireJoinable,
} from './session-rules.ts'
import type { Decide } from './session-rules.ts'
import { settle } from './settle-rules.ts'
import { bookedMsOf, seatsOf } from './visit-record.ts'
import type { VisitRecord } from './visit-record.ts'
import { applyStep } from './visit-step.ts'
import {
  INMATE_SEAT,
  OFFICER,
  SECOND_VISITOR_SEAT,
  VISITOR_SEAT,
  aVisitRecord,
  at,
} from './visit-fixture.ts'

const SEATS = [VISITOR_SEAT, SECOND_VISITOR_SEAT, INMATE_SEAT]
const MONITORS = ['AV', 'SIGHT_ONLY', 'NONE'] as const

/** A visit without database or sockets: what the server would do, one happening after another. */
class Model {
  visit: VisitRecord
  links = new Map<string, SeatLink>()
  now = at(-2)
  deliveredMs = 0
  checked = new Set<string>()

  constructor(visit: VisitRecord) {
    this.visit = visit
  }

  situation() {
    return {
      visit: this.visit,
      links: this.links,
      deliveredMs: this.deliveredMs,
      now: this.now,
    }
  }

  act(decide: Decide = () => []): void {
    for (const step of decide(this.situation())) this.apply(step)
    for (const step of settle(this.situation())) this.apply(step)
  }

  apply(step: Parameters<typeof applyStep>[1]): void {
    if (step.kind === 'seat' && step.action === 'check') this.checked.add(step.seatId)
    this.visit = applyStep(this.visit, step, this.now)
  }
}

type Happening = { readonly name: string; readonly run: (model: Model) => void }

const onSeat = (
  name: string,
  run: (model: Model, seatId: string) => void,
): fc.Arbitrary<Happening> =>
  fc.constantFrom(...SEATS).map((seatId) => ({
    name: `${name}(${SEATS.indexOf(seatId)})`,
    run: (model) => run(model, seatId),
  }))

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: onSeat('join', (model, seatId) => {
      requireJoinable(model.visit, seatId, model.now)
      model.links.set(seatId, { kind: 'CONNECTED' })
      model.act()
    }),
  },
  onSeat('lose', (model, seatId) => {
    if (linkOf(model.links, seatId).kind === 'CONNECTED') {
      model.links.set(seatId, leasedLink(model.now, seatId !== VISITOR_SEAT))
    }
    model.act()
  }),
  onSeat('leave', (model, seatId) => {
    if (linkOf(model.links, seatId).kind === 'CONNECTED') {
      model.links.set(seatId, { kind: 'GONE', since: model.now, hasLeft: true })
    }
    model.act()
  }),
  { weight: 3, arbitrary: onSeat('check', (model, seatId) => model.act(checkSeat(seatId))) },
  {
    weight: 5,
    arbitrary: onSeat('admit', (model, seatId) => model.act(admitSeat(seatId, OFFICER))),
  },
  onSeat('refuse', (model, seatId) => model.act(refuseSeat(seatId, 'CONDUCT'))),
  fc.constant({
    name: 'endByVisitor',
    run: (model: Model) => model.act(endByParty(VISITOR_SEAT)),
  }),
  {
    weight: 1,
    arbitrary: fc.constant({
      name: 'endByOfficer',
      run: (model: Model) => model.act(endByOfficer(OFFICER, 'CONDUCT')),
    }),
  },
  fc.constant({
    name: 'extend',
    run: (model: Model) => model.act(extendByOfficer(5 * 60_000)),
  }),
  {
    weight: 4,
    arbitrary: fc.constantFrom(1_000, LEASE_MS, 4 * 60_000, 11 * 60_000).map((ms) => ({
      name: `wait(${ms})`,
      run: (model: Model) => {
        if (model.visit.session.state === 'LIVE') model.deliveredMs += ms
        model.now = new Date(model.now.getTime() + ms)
        for (const [seatId, link] of model.links) model.links.set(seatId, agedLink(link, model.now))
        model.act()
      },
    })),
  },
)

const isThere = (model: Model, party: 'VISITOR' | 'INMATE') =>
  seatsOf(model.visit, party).some(
    (seat) =>
      ['ADMITTED', 'IN'].includes(seat.state) && isReachable(linkOf(model.links, seat.seatId)),
  )

function checkInvariants(model: Model, before: VisitRecord): void {
  const { visit } = model
  const { state, outcome } = visit.session
  expect(settle(model.situation())).toEqual([])
  expect(outcome === null).toBe(state !== 'ENDED')
  if (before.session.state === 'ENDED') expect(visit.session).toEqual(before.session)
  expect(bookedMsOf(visit)).toBe(30 * 60_000 + visit.session.extendedMs)
  for (const seat of visit.seats) {
    if (['ADMITTED', 'IN', 'DISCONNECTED'].includes(seat.state))
      expect(seat.admittedAt).not.toBeNull()
    if (seat.party === 'VISITOR' && seat.state === 'IN') expect(seat.admittedBy).toBe(OFFICER)
    if (visit.policy.monitor === 'NONE') expect(seat.state).not.toBe('CHECKING')
    if (seat.state !== 'NOT_ARRIVED') expect(seat.arrivedAt).not.toBeNull()
  }
  if (state === 'LIVE') {
    expect(model.now >= visit.startsAt).toBe(true)
    expect([isThere(model, 'VISITOR'), isThere(model, 'INMATE')]).toEqual([true, true])
  }
  checkFlows(visit)
}

/** [LV-3] [OV-2] Whatever happened, only people who are in hear and see each other. */
function checkFlows(visit: VisitRecord): void {
  const facts = {
    ...factsOf(visit),
    observers: [{ observerId: OFFICER, hasFocus: true }],
    hasRecordingGrant: true,
  }
  const sources = visit.seats.flatMap(({ seatId }) =>
    (['audio', 'video'] as const).map((kind) => ({
      producerId: `${seatId}/${kind}`,
      seatId,
      kind,
    })),
  )
  const stateOf = (seatId: string) => visit.seats.find((seat) => seat.seatId === seatId)?.state
  for (const { producerId, sink } of allowedFlows(facts, sources)) {
    const [source = '', kind] = producerId.split('/')
    if (sink === OFFICER && kind === 'audio') expect(visit.policy.monitor).toBe('AV')
    if (sink === OFFICER) expect(visit.policy.monitor).not.toBe('NONE')
    else expect(stateOf(source)).toBe('IN')
    if (SEATS.includes(sink)) expect(stateOf(sink)).toBe('IN')
  }
}

describe('a visit, whatever happens', () => {
  it('[LV-1] [LV-3] [LV-5] [LV-7] [LV-8] keeps its promises through any order of happenings', () => {
    let lives = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...MONITORS),
        fc.array(happening, { maxLength: 40, size: 'max' }),
        (monitor, happenings) => {
          const policy = { monitor, isRecorded: monitor === 'AV' }
          const model = new Model(aVisitRecord({ policy }))
          for (const { run } of happenings) {
            const before = model.visit
            try {
              run(model)
            } catch (error) {
              if (!(error instanceof Refusal)) throw error
              expect(model.visit).toBe(before)
            }
            if (model.visit.session.state === 'LIVE') lives += 1
            checkInvariants(model, before)
          }
        },
      ),
      { numRuns: 300, seed: 20261121 },
    )
    expect(lives).toBeGreaterThan(100)
  })
})
