import fc from 'fast-check'
import { expect, it } from 'vitest'
import { STILLS_SINK, allowedFlows, meteredSources } from './media-graph.ts'
import type { RoomFacts, Source } from './media-graph.ts'
import { MONITOR_MODES, VISIT_CLASSES } from './media-policy.ts'
import { SEAT_STATES } from './seat-lifecycle.ts'
import { SESSION_STATES } from './session-lifecycle.ts'

const SEATS = ['visitor', 'inmate']
const SOURCES: Source[] = SEATS.flatMap((seatId) => [
  { producerId: `${seatId} audio`, seatId, kind: 'audio' as const },
  { producerId: `${seatId} video`, seatId, kind: 'video' as const },
])

const seatState = fc.constantFrom(...SEAT_STATES)
const observers = fc.uniqueArray(
  fc.record({ observerId: fc.constantFrom('a', 'b', 'c'), hasFocus: fc.boolean() }),
  { selector: ({ observerId }) => observerId },
)
const rooms = fc.record<RoomFacts>({
  visitClass: fc.constantFrom(...VISIT_CLASSES),
  policy: fc.record({ monitor: fc.constantFrom(...MONITOR_MODES), isRecorded: fc.boolean() }),
  state: fc.constantFrom(...SESSION_STATES),
  seats: fc.tuple(seatState, seatState).map(([visitor, inmate]) => [
    { seatId: 'visitor', party: 'VISITOR' as const, state: visitor },
    { seatId: 'inmate', party: 'INMATE' as const, state: inmate },
  ]),
  observers,
  hasRecordingGrant: fc.boolean(),
})

const goTo = (facts: RoomFacts, sink: string): string[] =>
  allowedFlows(facts, SOURCES).flatMap((flow) => (flow.sink === sink ? [flow.producerId] : []))

/** What an officer who had chosen the visit would get. */
const seenAndHeard = (facts: RoomFacts): string[] =>
  goTo({ ...facts, observers: [{ observerId: 'officer', hasFocus: true }] }, 'officer')

it('[OV-4] stills are of the pictures that an officer could see, and of no privileged visit', () => {
  fc.assert(
    fc.property(rooms, (facts) => {
      const seen = seenAndHeard(facts).filter((producerId) => producerId.endsWith('video'))
      const isPrivileged = facts.visitClass === 'privileged'
      expect(goTo(facts, STILLS_SINK)).toEqual(isPrivileged ? [] : seen)
    }),
    { numRuns: 3_000 },
  )
})

it('[OV-2] levels are of the sound that an officer could hear, and of no privileged visit', () => {
  fc.assert(
    fc.property(rooms, (facts) => {
      const heard = seenAndHeard(facts).filter((producerId) => producerId.endsWith('audio'))
      expect(meteredSources(facts, SOURCES).toSorted()).toEqual(heard)
      if (facts.visitClass === 'privileged') expect(heard).toEqual([])
    }),
    { numRuns: 3_000 },
  )
})

it('[OV-3] neither depends on who watches', () => {
  fc.assert(
    fc.property(rooms, observers, (facts, others) => {
      const other = { ...facts, observers: others }
      expect(goTo(other, STILLS_SINK)).toEqual(goTo(facts, STILLS_SINK))
      expect(meteredSources(other, SOURCES)).toEqual(meteredSources(facts, SOURCES))
    }),
  )
})

it('[OV-5] a speaking officer is neither a still nor measured', () => {
  fc.assert(
    fc.property(rooms, (facts) => {
      const speech: Source[] = [
        { producerId: 'voice', speakerId: 's', kind: 'audio' },
        { producerId: 'face', speakerId: 's', kind: 'video' },
      ]
      const speaking = { ...facts, speakerId: 's' }
      expect(allowedFlows(speaking, speech).some(({ sink }) => sink === STILLS_SINK)).toBe(false)
      expect(meteredSources(speaking, speech)).toEqual([])
    }),
  )
})
