import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RECORDER_SINK, allowedFlows, allowedLoopFlows } from './media-graph.ts'
import type { Flow, RoomFacts, SeatSource } from './media-graph.ts'
import { MONITOR_MODES, VISIT_CLASSES } from './media-policy.ts'
import { SEAT_STATES } from './seat-lifecycle.ts'
import { SESSION_STATES } from './session-lifecycle.ts'

const VISITOR = 'visitor'
const INMATE = 'inmate'
const OFFICER = 'officer'
const TALKING = ['LIVE', 'RECONNECTING', 'MISSING_MONITOR']

const sourcesOf = (seatId: string): SeatSource[] => [
  { producerId: `${seatId} audio`, seatId, kind: 'audio' },
  { producerId: `${seatId} video`, seatId, kind: 'video' },
]
const SOURCES = [...sourcesOf(VISITOR), ...sourcesOf(INMATE)]

function combinations<A, B>(as: readonly A[], bs: readonly B[]): [A, B][] {
  return as.flatMap((a) => bs.map((b): [A, B] => [a, b]))
}

const policies = combinations(MONITOR_MODES, [true, false]).map(([monitor, isRecorded]) => ({
  monitor,
  isRecorded,
}))
const seatPairs = combinations(SEAT_STATES, SEAT_STATES).map(([visitor, inmate]) => [
  { seatId: VISITOR, party: 'VISITOR' as const, state: visitor },
  { seatId: INMATE, party: 'INMATE' as const, state: inmate },
])
const observerLists = [
  [],
  [{ observerId: OFFICER, hasFocus: false }],
  [{ observerId: OFFICER, hasFocus: true }],
]

/** Every room of one visitor and one inmate that can be: each class, policy, state, seat, observer and grant. */
const everyRoom: RoomFacts[] = combinations(
  combinations(combinations(VISIT_CLASSES, policies), combinations(SESSION_STATES, seatPairs)),
  combinations(observerLists, [true, false]),
).map(([[[visitClass, policy], [state, seats]], [observers, hasRecordingGrant]]) => ({
  visitClass,
  policy,
  state,
  seats,
  observers,
  hasRecordingGrant,
}))

/** Rooms that break a rule; an empty list is the proof, and its first entry the counterexample. */
function breaking(rule: (facts: RoomFacts, flows: Flow[]) => boolean): RoomFacts[] {
  return everyRoom.filter((facts) => !rule(facts, allowedFlows(facts, SOURCES)))
}

const stateOf = (facts: RoomFacts, seatId: string) =>
  facts.seats.find((seat) => seat.seatId === seatId)?.state
const reaches = (flows: Flow[], producerId: string, sink: string) =>
  flows.some((flow) => flow.producerId === producerId && flow.sink === sink)
const goTo = (flows: Flow[], sink: string) => flows.filter((flow) => flow.sink === sink)
const isSound = ({ producerId }: Flow) => producerId.endsWith('audio')

describe('allowedFlows, over every room there can be', () => {
  it('explores them all', () => {
    expect(everyRoom).toHaveLength(3 * 6 * 9 * 64 * 3 * 2)
  })

  it('[LV-3] the parties receive each other exactly while they may talk and both are IN', () => {
    const broken = breaking((facts, flows) => {
      const areTalking =
        TALKING.includes(facts.state) &&
        stateOf(facts, VISITOR) === 'IN' &&
        stateOf(facts, INMATE) === 'IN'
      return SOURCES.every(({ producerId, seatId }) => {
        const other = seatId === VISITOR ? INMATE : VISITOR
        return reaches(flows, producerId, other) === areTalking
      })
    })
    expect(broken).toEqual([])
  })

  it('[LV-3] an observer sees a person only once their check has begun', () => {
    const before = ['NOT_ARRIVED', 'WAITING', 'REFUSED', 'DISCONNECTED', 'REMOVED']
    const broken = breaking((facts, flows) =>
      [VISITOR, INMATE].every(
        (seatId) =>
          !before.includes(stateOf(facts, seatId) ?? '') ||
          !reaches(flows, `${seatId} video`, OFFICER),
      ),
    )
    expect(broken).toEqual([])
  })

  it('[OV-1] a privileged visit is never heard by an observer and never recorded, whatever the facts wish', () => {
    const broken = breaking(
      ({ visitClass }, flows) =>
        visitClass !== 'privileged' ||
        (goTo(flows, RECORDER_SINK).length === 0 && !goTo(flows, OFFICER).some(isSound)),
    )
    expect(broken).toEqual([])
  })

  it('[OV-1] a privileged visit is watched only under SIGHT_ONLY', () => {
    const broken = breaking(
      ({ visitClass, policy }, flows) =>
        visitClass !== 'privileged' ||
        policy.monitor === 'SIGHT_ONLY' ||
        goTo(flows, OFFICER).length === 0,
    )
    expect(broken).toEqual([])
  })

  it('[OV-2] SIGHT_ONLY gives no observer sound, NONE gives no observer anything', () => {
    const broken = breaking(({ policy }, flows) => {
      if (policy.monitor === 'NONE') return goTo(flows, OFFICER).length === 0
      return policy.monitor === 'AV' || !goTo(flows, OFFICER).some(isSound)
    })
    expect(broken).toEqual([])
  })

  it('[OV-4] sound goes only to an observer with focus', () => {
    const broken = breaking(
      ({ observers }, flows) =>
        observers.some(({ hasFocus }) => hasFocus) || !goTo(flows, OFFICER).some(isSound),
    )
    expect(broken).toEqual([])
  })

  it('[RC-1] the recorder receives exactly what is granted, recorded, heard and talking', () => {
    const broken = breaking((facts, flows) => {
      const { visitClass, policy, hasRecordingGrant, state } = facts
      const isRecorded =
        hasRecordingGrant &&
        visitClass !== 'privileged' &&
        policy.isRecorded &&
        policy.monitor === 'AV' &&
        TALKING.includes(state)
      return SOURCES.every(
        ({ producerId, seatId }) =>
          reaches(flows, producerId, RECORDER_SINK) ===
          (isRecorded && stateOf(facts, seatId) === 'IN'),
      )
    })
    expect(broken).toEqual([])
  })

  it('nothing flows before the lobby has opened a check, nor after the end', () => {
    const broken = breaking(
      ({ state }, flows) => !['SCHEDULED', 'LOBBY', 'ENDED'].includes(state) || flows.length === 0,
    )
    expect(broken).toEqual([])
  })

  it('neither the list of observers nor their focus changes anything for the parties (OV-3)', () => {
    const forParties = (facts: RoomFacts) =>
      allowedFlows(facts, SOURCES).filter(({ sink }) => sink !== OFFICER)
    const broken = everyRoom.filter(
      (facts) =>
        JSON.stringify(forParties(facts)) !==
        JSON.stringify(forParties({ ...facts, observers: [] })),
    )
    expect(broken).toEqual([])
  })
})

const SEAT_IDS = ['s1', 's2', 's3', 's4', 's5']
const OBSERVER_IDS = ['o1', 'o2', 'o3']

const someFacts: fc.Arbitrary<RoomFacts> = fc.record({
  visitClass: fc.constantFrom(...VISIT_CLASSES),
  policy: fc.record({ monitor: fc.constantFrom(...MONITOR_MODES), isRecorded: fc.boolean() }),
  state: fc.constantFrom(...SESSION_STATES),
  seats: fc.uniqueArray(
    fc.record({
      seatId: fc.constantFrom(...SEAT_IDS),
      party: fc.constantFrom('VISITOR' as const, 'INMATE' as const),
      state: fc.constantFrom(...SEAT_STATES),
    }),
    { selector: ({ seatId }) => seatId },
  ),
  observers: fc.uniqueArray(
    fc.record({ observerId: fc.constantFrom(...OBSERVER_IDS), hasFocus: fc.boolean() }),
    { selector: ({ observerId }) => observerId },
  ),
  hasRecordingGrant: fc.boolean(),
})
const someSources = fc.uniqueArray(
  fc.record({
    producerId: fc.stringMatching(/^p[0-9]$/),
    seatId: fc.constantFrom(...SEAT_IDS, 'stranger'),
    kind: fc.constantFrom('audio' as const, 'video' as const),
  }),
  { selector: ({ producerId }) => producerId },
)

const textOf = ({ producerId, sink }: Flow) => `${producerId} ${sink}`
const isWithin = (fewer: Flow[], more: Flow[]) => {
  const known = new Set(more.map(textOf))
  return fewer.every((flow) => known.has(textOf(flow)))
}

describe('allowedFlows, over rooms of any size', () => {
  it('gives sorted, unique flows from known seats, and nobody their own', () => {
    fc.assert(
      fc.property(someFacts, someSources, (facts, sources) => {
        const flows = allowedFlows(facts, sources)
        const order = (a: Flow, b: Flow) =>
          a.producerId === b.producerId
            ? Number(a.sink > b.sink) - Number(a.sink < b.sink)
            : Number(a.producerId > b.producerId) - Number(a.producerId < b.producerId)
        expect(flows).toEqual([...flows].sort(order))
        expect(new Set(flows.map(textOf)).size).toBe(flows.length)
        const seatOf = new Map(sources.map(({ producerId, seatId }) => [producerId, seatId]))
        for (const { producerId, sink } of flows) {
          const seatId = seatOf.get(producerId)
          expect(sink).not.toBe(seatId)
          expect(facts.seats.map((seat) => seat.seatId)).toContain(seatId)
        }
      }),
    )
  })

  it('[OV-1] wrong facts about class, policy or grant can only take away from the true ones', () => {
    fc.assert(
      fc.property(someFacts, someSources, (facts, sources) => {
        const most = allowedFlows(
          {
            ...facts,
            visitClass: 'social',
            policy: { monitor: 'AV', isRecorded: true },
            hasRecordingGrant: true,
          },
          sources,
        )
        expect(isWithin(allowedFlows(facts, sources), most)).toBe(true)
        const asPrivileged = allowedFlows({ ...facts, visitClass: 'privileged' }, sources)
        expect(isWithin(asPrivileged, allowedFlows(facts, sources))).toBe(true)
      }),
    )
  })

  it('[TR-3] taking a seat, an observer or the grant away never adds a flow', () => {
    fc.assert(
      fc.property(someFacts, someSources, (facts, sources) => {
        const all = allowedFlows(facts, sources)
        const fewer = [
          { ...facts, seats: facts.seats.slice(1) },
          { ...facts, observers: facts.observers.slice(1) },
          { ...facts, hasRecordingGrant: false },
        ]
        for (const one of fewer) expect(isWithin(allowedFlows(one, sources), all)).toBe(true)
      }),
    )
  })
})

describe('allowedLoopFlows', () => {
  it('[LV-10] [OV-1] brings back to one client what that client sends, and nothing else to anybody', () => {
    const loopIds = fc.constantFrom('one', 'two', 'three')
    const kind = fc.constantFrom('audio' as const, 'video' as const)
    const source = fc.record({ producerId: fc.uuid(), loopId: loopIds, kind })
    fc.assert(
      fc.property(loopIds, fc.array(source), (loopId, sources) => {
        const own = sources.filter((each) => each.loopId === loopId)
        const flows = allowedLoopFlows(loopId, sources)
        expect(flows.map(({ producerId }) => producerId)).toEqual(
          own.map(({ producerId }) => producerId).toSorted(),
        )
        expect(flows.every(({ sink }) => sink === loopId)).toBe(true)
      }),
    )
  })
})
