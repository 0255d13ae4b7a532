import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Coverage } from '@visavis/contract/coverage'
import { WHEN_NOT_WATCHED } from '@visavis/contract/coverage'
import { Refusal } from '@visavis/contract/errors'
import { isUntold, toldStateOf, toldVersionOf } from './coverage-rules.ts'
import { flagVisit, unflagVisit } from './flag-rules.ts'
import { barByRestriction, resumeByOfficer } from './intervention-rules.ts'
import type { SeatLink } from './seat-link.ts'
import { settle } from './settle-rules.ts'
import type { Decide } from './session-rules.ts'
import { timelineNotesOf } from './timeline-notes.ts'
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
import type { VisitRecord } from './visit-record.ts'
import { applyStep } from './visit-step.ts'
import type { VisitStep } from './visit-step.ts'

const FLAG_ID = '00000000-0000-4000-8000-0000000000e1'
const HERE: SeatLink = { kind: 'CONNECTED' }
const GONE: SeatLink = { kind: 'GONE', since: at(1), hasLeft: false }
const inside = { state: 'IN' as const, arrivedAt: START, admittedAt: START }

function aLiveVisit(coverage: Coverage, given: Parameters<typeof aVisitRecord>[0] = {}) {
  return aVisitRecord({
    coverage,
    session: { state: 'LIVE', liveSince: START },
    seats: [VISITOR_SEAT, SECOND_VISITOR_SEAT, INMATE_SEAT].map((seatId) => ({
      ...aSeat(seatId, seatId === INMATE_SEAT ? 'INMATE' : 'VISITOR'),
      ...inside,
    })),
    ...given,
  })
}

type Given = { isWatched: boolean; inmate?: SeatLink; now?: Date; decide?: Decide }

/** What an act of the server would do: the steps, and the visit after them with its counted versions. */
function acted(
  visit: VisitRecord,
  given: Given,
): { steps: readonly VisitStep[]; visit: VisitRecord } {
  const now = given.now ?? at(2)
  const links = new Map<string, SeatLink>([
    ...[VISITOR_SEAT, SECOND_VISITOR_SEAT].map((seatId) => [seatId, HERE] as const),
    [INMATE_SEAT, given.inmate ?? HERE],
  ])
  const situation = { visit, links, deliveredMs: 0, now, freshId: FLAG_ID, ...given }
  const wished = given.decide?.(situation) ?? []
  const decided = wished.reduce((before, step) => applyStep(before, step, now), visit)
  const steps = [...wished, ...settle({ ...situation, visit: decided })]
  const after = steps.reduce((before, step) => applyStep(before, step, now), visit)
  if (steps.length === 0) return { steps, visit }
  const { version, untoldSteps } = visit.session
  const told = { version: version + 1, untoldSteps: untoldSteps + (steps.every(isUntold) ? 1 : 0) }
  return { steps, visit: { ...after, session: { ...after.session, ...told } } }
}

describe('a visit that must be watched', () => {
  it.each(['FLAG', 'HAND_OVER'] as const)(
    '[OV-7] [OV-3] misses its monitor, goes on, and its parties learn nothing of it (%s)',
    (whenNotWatched) => {
      const before = aLiveVisit({ mustBeWatched: true, whenNotWatched })
      const lost = acted(before, { isWatched: false }).visit
      expect(lost.session).toMatchObject({ state: 'MISSING_MONITOR', unwatchedSince: at(2) })
      const found = acted(lost, { isWatched: true, now: at(3) }).visit
      expect(found.session).toMatchObject({ state: 'LIVE', unwatchedSince: null, version: 2 })
      for (const visit of [lost, found]) {
        expect(toldVersionOf(visit)).toBe(toldVersionOf(before))
        expect(toldStateOf(visit.session.state)).toBe('LIVE')
      }
    },
  )

  it('[OV-7] waits for somebody where the facility says so, and goes on by itself', () => {
    const before = aLiveVisit({ mustBeWatched: true, whenNotWatched: 'PAUSE' })
    const lost = acted(before, { isWatched: false }).visit
    expect(lost.session).toMatchObject({ state: 'PAUSED', pauseReason: 'NO_MONITOR' })
    expect(toldVersionOf(lost)).toBe(1)
    expect(acted(lost, { isWatched: false, now: at(9) }).steps).toEqual([])
    const found = acted(lost, { isWatched: true, now: at(10) }).visit
    expect(found.session).toMatchObject({ state: 'LIVE', pauseReason: null, unwatchedSince: null })
  })

  it('[OV-7] [EL-4] waits on for a graver reason, and for this one again after it', () => {
    const before = aLiveVisit({ mustBeWatched: true, whenNotWatched: 'PAUSE' })
    const lost = acted(before, { isWatched: false }).visit
    const barred = acted(lost, { isWatched: true, decide: barByRestriction(FLAG_ID) }).visit
    expect(barred.session).toMatchObject({ state: 'PAUSED', pauseReason: 'RESTRICTION' })
    const again = acted(barred, { isWatched: false, decide: resumeByOfficer(OFFICER) }).visit
    expect(again.session).toMatchObject({ state: 'PAUSED', pauseReason: 'NO_MONITOR' })
  })

  it('[OV-7] [OV-6] goes on with one flag, however often nobody watches', () => {
    let visit = aLiveVisit({ mustBeWatched: true, whenNotWatched: 'FLAG' })
    for (const [minute, isWatched] of [
      [2, false],
      [3, true],
      [4, false],
    ] as const) {
      visit = acted(visit, { isWatched, now: at(minute) }).visit
    }
    expect(visit.flags).toMatchObject([
      { flagId: FLAG_ID, category: 'NOT_WATCHED', flaggedBy: null, fromAt: at(1.5), toAt: at(2.5) },
    ])
  })

  it('[OV-3] tells of a lost connection the same whether or not somebody watches', () => {
    const watched = aLiveVisit({ mustBeWatched: false, whenNotWatched: 'FLAG' })
    const unwatched = aLiveVisit({ mustBeWatched: true, whenNotWatched: 'HAND_OVER' })
    const course = [
      { now: at(2) },
      { inmate: GONE, now: at(3) },
      { now: at(4) },
      { inmate: GONE, now: at(5) },
    ]
    const toldOf = (start: VisitRecord): unknown[] => {
      let visit = start
      return course.flatMap((given) => {
        const before = visit
        visit = acted(visit, { isWatched: false, ...given }).visit
        if (toldVersionOf(before) === toldVersionOf(visit)) return []
        return [{ version: toldVersionOf(visit), state: toldStateOf(visit.session.state) }]
      })
    }
    expect(toldOf(unwatched)).toEqual(toldOf(watched))
    expect(toldOf(watched)).toHaveLength(3)
  })

  it('[OV-7] [LV-6] notes when nobody watched, and as a pause only what was one', () => {
    const kinds = (whenNotWatched: Coverage['whenNotWatched']) => {
      const visit = aLiveVisit({ mustBeWatched: true, whenNotWatched })
      const { steps } = acted(visit, { isWatched: false })
      const situation = { visit, links: new Map(), deliveredMs: 0, now: at(2) }
      return timelineNotesOf(steps, situation).map(({ kind, detail }) => [kind, detail['code']])
    }
    expect(kinds('HAND_OVER')).toEqual([['UNWATCHED', 'HAND_OVER']])
    expect(kinds('PAUSE')).toEqual([
      ['UNWATCHED', 'PAUSE'],
      ['PAUSED', 'NO_MONITOR'],
    ])
  })
})

describe('coverage, whatever happens', () => {
  const happening = fc.record({
    isWatched: fc.boolean(),
    inmate: fc.constantFrom(HERE, GONE),
    decide: fc.constantFrom<Decide>(() => [], barByRestriction(FLAG_ID), resumeByOfficer(OFFICER)),
  })

  it('[OV-7] [OV-3] what is missed is marked, what is watched goes on, and nothing of it is told', () => {
    let missed = 0
    fc.assert(
      fc.property(
        fc.record({
          mustBeWatched: fc.boolean(),
          whenNotWatched: fc.constantFrom(...WHEN_NOT_WATCHED),
        }),
        fc.array(happening, { maxLength: 20, size: 'max' }),
        (coverage, happenings) => {
          let visit = aLiveVisit(coverage)
          happenings.forEach((given, index) => {
            const before = visit
            try {
              visit = acted(visit, { ...given, now: at(2 + index / 10) }).visit
            } catch (error) {
              if (!(error instanceof Refusal)) throw error
              return
            }
            const { state, pauseReason, unwatchedSince } = visit.session
            const isMissing = coverage.mustBeWatched && !given.isWatched
            expect(unwatchedSince !== null).toBe(isMissing)
            expect(state === 'LIVE' && isMissing).toBe(false)
            expect(state === 'MISSING_MONITOR' && !isMissing).toBe(false)
            expect(pauseReason === 'NO_MONITOR').toBe(
              pauseReason === 'NO_MONITOR' && isMissing && coverage.whenNotWatched === 'PAUSE',
            )
            if (toldVersionOf(before) === toldVersionOf(visit)) {
              expect(toldStateOf(visit.session.state)).toBe(toldStateOf(before.session.state))
              expect(pauseReason).toBe(before.session.pauseReason)
            }
            if (state === 'MISSING_MONITOR') missed += 1
          })
        },
      ),
      { numRuns: 300, seed: 20261122 },
    )
    expect(missed).toBeGreaterThan(50)
  })
})

describe('flags', () => {
  const given = {
    flagId: FLAG_ID,
    flaggedBy: OFFICER,
    category: 'CONTRABAND',
    reason: 'SEEN',
    note: 'x',
  } as const
  const COVERAGE = { mustBeWatched: false, whenNotWatched: 'FLAG' } as const
  const flaggedVisit = (policy: VisitRecord['policy']) =>
    acted(aLiveVisit(COVERAGE, { policy }), { isWatched: true, decide: flagVisit(given) }).visit

  it('[OV-6] mark half a minute around the moment, of what is only seen the moment alone', () => {
    const [both] = flaggedVisit({ monitor: 'AV', isRecorded: false }).flags
    expect(both).toMatchObject({ at: at(2), fromAt: at(1.5), toAt: at(2.5) })
    const [seen] = flaggedVisit({ monitor: 'SIGHT_ONLY', isRecorded: false }).flags
    expect(seen).toMatchObject({ at: at(2), fromAt: null, toAt: null })
    expect(() => flaggedVisit({ monitor: 'NONE', isRecorded: false })).toThrow(
      'MEDIA_POLICY_FORBIDS',
    )
  })

  it('[OV-6] are taken back by who set them, in the first ten seconds', () => {
    const visit = flaggedVisit({ monitor: 'AV', isRecorded: false })
    const undo = (by: string, now: Date) =>
      acted(visit, { isWatched: true, now, decide: unflagVisit(FLAG_ID, by) }).visit
    expect(undo(OFFICER, at(2.1)).flags).toEqual([])
    expect(() => undo(INMATE_SEAT, at(2.1))).toThrow('NOT_FOUND')
    expect(() => undo(OFFICER, at(2.2))).toThrow('ALREADY_DECIDED')
  })
})
