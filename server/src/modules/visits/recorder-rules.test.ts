import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '@visavis/contract/errors'
import { RECORDER_AWAITED_MS } from '@visavis/contract/recorder-awaited'
import { attentionOf } from './attention.ts'
import { isUntold, toldVersionOf } from './coverage-rules.ts'
import { barByRestriction, resumeByOfficer } from './intervention-rules.ts'
import { goOnUnrecorded, isAskingForRecorder, isUnrecorded } from './recorder-rules.ts'
import type { RecordingStanding } from './recorder-rules.ts'
import type { Decide } from './session-rules.ts'
import { settle } from './settle-rules.ts'
import { timelineNotesOf } from './timeline-notes.ts'
import { auditFactOf } from './visit-audit.ts'
import {
  INMATE_SEAT,
  OFFICER,
  SECOND_VISITOR_SEAT,
  VISITOR_SEAT,
  aSeat,
  aVisitRecord,
  at,
} from './visit-fixture.ts'
import type { SeatRecord, VisitRecord } from './visit-record.ts'
import { applyStep } from './visit-step.ts'
import { waitingReasonOf } from './waiting-reason.ts'

const INTERVENTION_ID = '00000000-0000-4000-8000-0000000000e1'
const STANDS: RecordingStanding = { kind: 'STANDS' }
const MISSING: RecordingStanding = { kind: 'MISSING', since: at(2) }
const AWAITED: RecordingStanding = { kind: 'AWAITED', since: at(2) }
const SEATS = [VISITOR_SEAT, SECOND_VISITOR_SEAT, INMATE_SEAT]

function people(state: SeatRecord['state']) {
  return SEATS.map((seatId) => ({
    ...aSeat(seatId, seatId === INMATE_SEAT ? 'INMATE' : 'VISITOR'),
    ...{ state, arrivedAt: at(-5), admittedAt: at(-4) },
  }))
}

const aLiveVisit = (given: Parameters<typeof aVisitRecord>[0] = {}) =>
  aVisitRecord({ session: { state: 'LIVE', liveSince: at(0) }, seats: people('IN'), ...given })
const aReadyVisit = (given: Parameters<typeof aVisitRecord>[0] = {}) =>
  aVisitRecord({ session: { state: 'READY' }, seats: people('ADMITTED'), ...given })

type Given = { recording: RecordingStanding; now?: Date; decide?: Decide; isWatched?: boolean }

/** What an act of the server would do: the steps, and the visit after them with its counted versions. */
function acted(visit: VisitRecord, { now = at(3), decide, ...given }: Given) {
  const links = new Map(SEATS.map((seatId) => [seatId, { kind: 'CONNECTED' } as const]))
  const situation = { visit, links, deliveredMs: 0, now, isWatched: true, ...given }
  const wished = decide?.(situation) ?? []
  const decided = wished.reduce((before, step) => applyStep(before, step, now), visit)
  const steps = [...wished, ...settle({ ...situation, visit: decided })]
  const after = steps.reduce((before, step) => applyStep(before, step, now), visit)
  const { version, untoldSteps } = visit.session
  const counted =
    steps.length === 0
      ? {}
      : { version: version + 1, untoldSteps: untoldSteps + (steps.every(isUntold) ? 1 : 0) }
  return { steps, situation, visit: { ...after, session: { ...after.session, ...counted } } }
}

describe('a visit that is to be recorded', () => {
  it('[RC-3] does not begin before its recording stands, and then at once', () => {
    const ready = aReadyVisit()
    expect(acted(ready, { recording: AWAITED }).steps).toEqual([])
    const begun = acted(ready, { recording: STANDS }).visit
    expect(begun.session).toMatchObject({ state: 'LIVE', unrecordedSince: null })
    const early = acted(ready, { recording: MISSING, now: at(-1) })
    expect(early.steps).toEqual([])
  })

  it('[RC-3] [OV-3] waits at its door without one, told as a wait for staff, until an officer decides', () => {
    const kept = acted(aReadyVisit(), { recording: MISSING }).visit
    expect(kept.session).toMatchObject({ state: 'READY', unrecordedSince: at(2) })
    expect(attentionOf(kept, at(3))).toBe('NO_RECORDER')
    const [seat] = kept.seats
    expect(seat && waitingReasonOf(kept, seat, at(3))).toBe('STAFF')
    expect(toldVersionOf(kept)).toBe(1)
    const decide = goOnUnrecorded(OFFICER, 'The hearing is tomorrow')
    const begun = acted(kept, { recording: MISSING, decide }).visit
    expect(begun.session).toMatchObject({ state: 'LIVE', goesOnUnrecordedAt: at(3) })
    expect(attentionOf(begun, at(3))).toBeNull()
  })

  it('[RC-3] goes on for the moment of a takeover, then waits, and goes on by itself', () => {
    const live = aLiveVisit()
    expect(acted(live, { recording: AWAITED }).steps).toEqual([])
    const lost = acted(live, { recording: MISSING }).visit
    expect(lost.session).toMatchObject({
      ...{ state: 'PAUSED', pauseReason: 'NO_RECORDER', unrecordedSince: at(2) },
    })
    expect(toldVersionOf(lost)).toBe(1)
    expect(acted(lost, { recording: AWAITED, now: at(4) }).steps).toEqual([])
    const back = acted(lost, { recording: STANDS, now: at(5) }).visit
    expect(back.session).toMatchObject({
      ...{ state: 'LIVE', pauseReason: null, unrecordedSince: null },
    })
  })

  it('[RC-3] asks an officer after half a minute, whose word ends with the gap it was about', () => {
    const lost = acted(aLiveVisit(), { recording: MISSING }).visit
    const asksAt = at(2).getTime() + RECORDER_AWAITED_MS
    expect(isAskingForRecorder(lost, new Date(asksAt - 1))).toBe(false)
    expect(isAskingForRecorder(lost, new Date(asksAt))).toBe(true)
    const decide = goOnUnrecorded(OFFICER, 'Nobody else can decide')
    const allowed = acted(lost, { recording: MISSING, now: at(4), decide })
    expect(allowed.visit.session).toMatchObject({ state: 'LIVE', pauseReason: null })
    expect(isAskingForRecorder(allowed.visit, at(9))).toBe(false)
    const back = acted(allowed.visit, { recording: STANDS, now: at(5) }).visit
    expect(back.session).toMatchObject({ unrecordedSince: null, goesOnUnrecordedAt: null })
    const again = { kind: 'MISSING', since: at(6) } as const
    expect(acted(back, { recording: again, now: at(7) }).visit.session.state).toBe('PAUSED')
    expect(() => acted(back, { recording: STANDS, decide })).toThrow('VISIT_WRONG_STATE')
  })

  it('[RC-3] never waits where the facility says so', () => {
    const begun = acted(aReadyVisit({ whenNotRecorded: 'GO_ON' }), { recording: MISSING })
    expect(begun.visit.session).toMatchObject({ state: 'LIVE', unrecordedSince: at(2) })
    const lost = acted(aLiveVisit({ whenNotRecorded: 'GO_ON' }), { recording: MISSING }).visit
    expect(lost.session).toMatchObject({ state: 'LIVE', unrecordedSince: at(2) })
    expect(attentionOf(lost, at(3))).toBeNull()
  })
})

describe('a visit without the recording that is to be made of it', () => {
  it.each(['GO_ON', 'WAIT'] as const)(
    '[RC-3] [OV-3] tells its parties while they meet unrecorded, and when that is over (%s)',
    (whenNotRecorded) => {
      const before = aLiveVisit({ whenNotRecorded })
      const lost = acted(before, { recording: MISSING }).visit
      // While it waits there is nothing to record, and the pause is what they are told.
      expect(isUnrecorded(lost)).toBe(whenNotRecorded === 'GO_ON')
      const decide = goOnUnrecorded(OFFICER, 'A last good-bye')
      const without =
        whenNotRecorded === 'GO_ON'
          ? lost
          : acted(lost, { recording: MISSING, now: at(4), decide }).visit
      expect(isUnrecorded(without)).toBe(true)
      const back = acted(without, { recording: STANDS, now: at(5) }).visit
      expect(isUnrecorded(back)).toBe(false)
      const told = [before, lost, without, back].map(toldVersionOf)
      expect(told).toEqual(whenNotRecorded === 'GO_ON' ? [0, 1, 1, 2] : [0, 1, 2, 3])
    },
  )

  it('[RC-3] [OV-3] whatever becomes of its recording, its parties are told as soon as that is so', () => {
    const happening = fc.record({
      recording: fc.constantFrom(STANDS, MISSING, AWAITED),
      decide: fc.constantFrom<Decide>(() => [], goOnUnrecorded(OFFICER, 'A last good-bye')),
    })
    let unrecorded = 0
    fc.assert(
      fc.property(
        fc.constantFrom('GO_ON', 'WAIT'),
        fc.array(happening, { maxLength: 12, size: 'max' }),
        (whenNotRecorded, happenings) => {
          let visit = aLiveVisit({ whenNotRecorded })
          happenings.forEach((given, index) => {
            const before = visit
            try {
              visit = acted(visit, { ...given, now: at(3 + index / 10) }).visit
            } catch (error) {
              if (!(error instanceof Refusal)) throw error
              return
            }
            const isNews = isUnrecorded(visit) !== isUnrecorded(before)
            if (isNews) expect(toldVersionOf(visit)).toBe(toldVersionOf(before) + 1)
            if (isUnrecorded(visit)) unrecorded += 1
            if (given.recording === STANDS) expect(isUnrecorded(visit)).toBe(false)
          })
        },
      ),
      { numRuns: 200, seed: 20261122 },
    )
    expect(unrecorded).toBeGreaterThan(50)
  })

  it('[RC-3] [OV-7] [EL-4] waits on for a graver reason, and for this one again after it', () => {
    const lost = acted(aLiveVisit(), { recording: MISSING }).visit
    const decide = barByRestriction(INTERVENTION_ID)
    const barred = acted(lost, { recording: STANDS, decide }).visit
    expect(barred.session).toMatchObject({ state: 'PAUSED', pauseReason: 'RESTRICTION' })
    const cleared = { recording: MISSING, decide: resumeByOfficer(OFFICER) }
    const again = acted(barred, cleared).visit
    expect(again.session).toMatchObject({ state: 'PAUSED', pauseReason: 'NO_RECORDER' })
    const coverage = { mustBeWatched: true, whenNotWatched: 'PAUSE' } as const
    const both = acted(aLiveVisit({ coverage }), { recording: MISSING, isWatched: false }).visit
    expect(both.session).toMatchObject({ pauseReason: 'NO_RECORDER', unwatchedSince: at(3) })
    expect(attentionOf(both, at(3))).toBe('NO_RECORDER')
  })

  it('[RC-3] [LV-6] [TR-1] notes and enters what was missed, and by whose word it went on', () => {
    const lost = acted(aLiveVisit(), { recording: MISSING })
    const kinds = timelineNotesOf(lost.steps, lost.situation).map(({ kind, detail }) => [
      ...[kind, detail['code']],
    ])
    expect(kinds).toEqual([
      ['UNRECORDED', 'WAIT'],
      ['PAUSED', 'NO_RECORDER'],
    ])
    const decide = goOnUnrecorded(OFFICER, 'A last good-bye')
    const { steps } = acted(lost.visit, { recording: MISSING, decide })
    const [first] = steps
    const fact = first && auditFactOf(lost.visit, first, { cause: null, isWished: true })
    expect(fact).toMatchObject({ action: 'visit.goOnUnrecorded', reason: 'A last good-bye' })
  })
})

describe('a visit that nobody records', () => {
  it.each([
    ['by policy', { policy: { monitor: 'AV', isRecorded: false } as const }],
    [
      'by its class, whatever its row says',
      { visitClass: 'privileged', policy: { monitor: 'NONE', isRecorded: true } } as const,
    ],
  ])('[RC-1] [RC-3] waits for no recorder (%s)', (_why, given) => {
    expect(acted(aReadyVisit(given), { recording: MISSING }).visit.session.state).toBe('LIVE')
    expect(acted(aLiveVisit(given), { recording: MISSING }).steps).toEqual([])
  })
})
