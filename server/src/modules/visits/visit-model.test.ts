import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WHEN_NOT_WATCHED } from '@visavis/contract/coverage'
import { Refusal } from '@visavis/contract/errors'
import { STILLS_SINK, allowedFlows } from '@visavis/contract/media-graph'
import { LEASE_MS, agedLink, isReachable, leasedLink, linkOf } from './seat-link.ts'
import { adviceAfter, findingsOf } from '../advice/index.ts'
import { putBackSeat, removeSeat, sitDown, sitTogether } from './admission-rules.ts'
import { cameraOf, peopleAt } from './camera-rules.ts'
import { factsOf } from './facts-of.ts'
import { endByOfficer } from './intervention-rules.ts'
import {
  admitSeat,
  checkSeat,
  endByParty,
  extendByOfficer,
  makeUpLateStart,
  refuseSeat,
  requireJoinable,
} from './session-rules.ts'
import { goOnUnrecorded, waitsForRecorder } from './recorder-rules.ts'
import { settle } from './settle-rules.ts'
import { bookedMsOf, seatsOf } from './visit-record.ts'
import type { VisitRecord } from './visit-record.ts'
import {
  BY_OFFICER,
  INMATE_SEAT,
  OFFICER,
  SECOND_VISITOR_SEAT,
  VISITOR_SEAT,
  aVisitRecord,
} from './visit-fixture.ts'
import { Model, brokenOfRecording, isGoingOn } from './visit-model-fixture.ts'

const SEATS = [VISITOR_SEAT, SECOND_VISITOR_SEAT, INMATE_SEAT]
/** Who might say that who is with them; the likely ones more often. */
const COMPANIES = [
  ...[1, 2, 3].map(() => ({ seatId: VISITOR_SEAT, seatIds: [SECOND_VISITOR_SEAT] })),
  { seatId: VISITOR_SEAT, seatIds: [] },
  { seatId: SECOND_VISITOR_SEAT, seatIds: [VISITOR_SEAT] },
  { seatId: INMATE_SEAT, seatIds: [VISITOR_SEAT] },
]
const LET_IN = ['ADMITTED', 'IN']
const MONITORS = ['AV', 'SIGHT_ONLY', 'NONE'] as const

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
    weight: 10,
    arbitrary: onSeat('join', (model, seatId) => {
      requireJoinable(model.visit, seatId, model.now)
      model.links.set(seatId, { kind: 'CONNECTED' })
      model.act(sitDown(seatId, { isRoomDevice: false }))
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
  onSeat('putBack', (model, seatId) => model.act(putBackSeat(seatId, 'SHOW_DOCUMENT'))),
  {
    weight: 16,
    arbitrary: onSeat('letIn', (model, seatId) => {
      model.act(checkSeat(seatId))
      model.act(admitSeat(seatId, OFFICER))
    }),
  },
  onSeat('remove', (model, seatId) => model.act(removeSeat(seatId, 'OTHER'))),
  {
    weight: 6,
    arbitrary: fc.constantFrom(...COMPANIES).map(({ seatId, seatIds }) => ({
      name: `together(${seatId}: ${seatIds.join()})`,
      run: (model: Model) => model.act(sitTogether(seatId, seatIds)),
    })),
  },
  onSeat('advise', (model, seatId) => {
    const before = model.visit
    const { detectors, policy } = before
    const face = { finding: 'NONE', confidence: 0.9 } as const
    const report = { isAway: false, camera: 'ON', microphone: 'SILENT', face } as const
    const findings = findingsOf(report, { detectors, monitor: policy.monitor })
    const told = { seatId, findings, at: model.now, newId: () => seatId }
    model.advice = adviceAfter(model.advice, told).standing
    // [LV-11] However much is advised, nothing follows from it.
    model.act()
    expect(model.visit).toBe(before)
  }),
  fc.constant({
    name: 'endByVisitor',
    run: (model: Model) => model.act(endByParty(VISITOR_SEAT)),
  }),
  {
    weight: 1,
    arbitrary: fc.constant({
      name: 'endByOfficer',
      run: (model: Model) => model.act(endByOfficer(BY_OFFICER, { reason: 'CONDUCT', text: null })),
    }),
  },
  fc.constantFrom(true, true, false).map((isWatched) => ({
    name: `watch(${isWatched})`,
    run: (model: Model) => {
      model.isWatched = isWatched
      model.act()
    },
  })),
  {
    weight: 5,
    arbitrary: fc.constantFrom('STANDS', 'AWAITED', 'MISSING').map((kind) => ({
      name: `recorder(${kind})`,
      run: (model: Model) => {
        model.recording = kind === 'STANDS' ? { kind } : { kind, since: model.now }
        model.act()
      },
    })),
  },
  fc.constant({
    name: 'goOnUnrecorded',
    run: (model: Model) => model.act(goOnUnrecorded(OFFICER, 'An officer says so')),
  }),
  fc.constant({
    name: 'extend',
    run: (model: Model) => model.act(extendByOfficer(5 * 60_000)),
  }),
  fc.constant({
    name: 'makeUp',
    run: (model: Model) => model.act(makeUpLateStart(4 * 60_000)),
  }),
  {
    weight: 4,
    arbitrary: fc.constantFrom(1_000, LEASE_MS, 4 * 60_000, 11 * 60_000).map((ms) => ({
      name: `wait(${ms})`,
      run: (model: Model) => {
        if (isGoingOn(model.visit.session.state)) model.deliveredMs += ms
        model.now = new Date(model.now.getTime() + ms)
        for (const [seatId, link] of model.links) model.links.set(seatId, agedLink(link, model.now))
        model.act()
      },
    })),
  },
)

/** Who is of staff, and sees what they may. */
const STAFF_SINKS: readonly string[] = [OFFICER, STILLS_SINK]

const isThere = (model: Model, party: 'VISITOR' | 'INMATE') =>
  seatsOf(model.visit, party).some(
    (seat) =>
      LET_IN.includes(seat.state) &&
      peopleAt(model.visit, cameraOf(seat)).every(({ state }) => LET_IN.includes(state)) &&
      isReachable(linkOf(model.situation().links, seat.seatId)),
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
    if (!['NOT_ARRIVED', 'REMOVED'].includes(seat.state)) expect(seat.arrivedAt).not.toBeNull()
    const camera = visit.seats.find(({ seatId }) => seatId === seat.cameraSeatId)
    // One step at most to a device, and never across the sides.
    if (camera) expect([camera.cameraSeatId, camera.party]).toEqual([null, seat.party])
  }
  checkCoverage(model)
  expect(brokenOfRecording(model, before)).toEqual([])
  if (isGoingOn(state)) {
    expect(model.now >= visit.startsAt).toBe(true)
    expect([isThere(model, 'VISITOR'), isThere(model, 'INMATE')]).toEqual([true, true])
  }
  checkFlows(visit)
}

/** [OV-7] What must be watched and is not, is marked; what nobody may watch, nobody must. */
function checkCoverage({ visit, isWatched }: Model): void {
  const { state, pauseReason, unwatchedSince } = visit.session
  const isMissed = visit.coverage.mustBeWatched && !isWatched
  if (state === 'LIVE') expect(isMissed).toBe(false)
  if (state === 'MISSING_MONITOR') expect(isMissed).toBe(true)
  if (pauseReason === 'NO_MONITOR' && state !== 'ENDED') expect(unwatchedSince).not.toBeNull()
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
    const isOfStaff = STAFF_SINKS.includes(sink)
    if (isOfStaff) expect(visit.policy.monitor).not.toBe('NONE')
    else expect(stateOf(source)).toBe('IN')
    if (SEATS.includes(sink)) expect(stateOf(sink)).toBe('IN')
    // [LV-3] Nobody who was not let in is in what the parties get, nor gets anything.
    if (isOfStaff) continue
    for (const seatId of [source, sink].filter((each) => SEATS.includes(each))) {
      const states = peopleAt(visit, seatId).map(({ state }) => state)
      expect(states.every((state) => LET_IN.includes(state))).toBe(true)
    }
    expect(visit.seats.find(({ seatId }) => seatId === source)?.cameraSeatId).toBeNull()
  }
}

function isSharedLive({ session, seats }: VisitRecord): boolean {
  const isShared = seats.some(({ cameraSeatId, state }) => cameraSeatId !== null && state === 'IN')
  return isGoingOn(session.state) && isShared
}

describe('a visit, whatever happens', () => {
  it('[LV-1] [LV-3] [LV-5] [LV-7] [LV-8] [LV-11] [OV-7] [RC-3] keeps its promises through any order of happenings', () => {
    let lives = 0
    let shared = 0
    let unrecorded = 0
    fc.assert(
      fc.property(
        fc.record({
          monitor: fc.constantFrom(...MONITORS),
          whenNotWatched: fc.constantFrom(...WHEN_NOT_WATCHED),
          whenNotRecorded: fc.constantFrom('WAIT', 'GO_ON'),
        }),
        fc.array(happening, { maxLength: 40, size: 'max' }),
        ({ monitor, whenNotWatched, whenNotRecorded }, happenings) => {
          const policy = { monitor, isRecorded: monitor === 'AV' }
          const model = new Model(
            aVisitRecord({
              policy,
              coverage: { mustBeWatched: monitor !== 'NONE', whenNotWatched },
              whenNotRecorded,
            }),
          )
          for (const { name, run } of happenings) {
            const before = model.visit
            try {
              run(model)
            } catch (error) {
              if (!(error instanceof Refusal)) throw error
              if (!name.startsWith('letIn')) expect(model.visit).toBe(before)
            }
            if (isGoingOn(model.visit.session.state)) lives += 1
            if (isSharedLive(model.visit)) shared += 1
            if (waitsForRecorder(model.visit)) unrecorded += 1
            checkInvariants(model, before)
          }
        },
      ),
      { numRuns: 600, seed: 11 },
    )
    expect(lives).toBeGreaterThan(100)
    // The promises were kept in visits with a shared camera, too.
    expect(shared).toBeGreaterThan(10)
    expect(unrecorded, 'waits for a recorder').toBeGreaterThan(10)
  }, 60_000)
})
