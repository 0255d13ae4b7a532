import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SEAT_FLOWS } from '@visavis/contract/receipt'
import type { FlowStretch, GapCause } from '@visavis/contract/receipt'
import { TIMELINE_KINDS } from '@visavis/contract/timeline'
import { OUTCOMES } from '@visavis/contract/visit'
import { receiptOf, tilesOf } from './receipt-rules.ts'
import type { VisitCourse } from './receipt-rules.ts'
import type { CourseNote } from './course-rules.ts'

const VISITOR = '00000000-0000-4000-8000-000000000001'
const INMATE = '00000000-0000-4000-8000-000000000002'
const MINUTE = 60_000
const START = 1_800_000_000_000
const BOOKED = 20 * MINUTE

type SeatsSeen = Partial<Record<'visitor' | 'inmate', FlowStretch['seats'][string]>>

function stretch(fromMin: number, min: number, seen: SeatsSeen | 'flowing'): FlowStretch {
  const seats = seen === 'flowing' ? ({ visitor: 'OK', inmate: 'OK' } as const) : seen
  return {
    fromMs: START + fromMin * MINUTE,
    ms: min * MINUTE,
    isFlowing: seen === 'flowing',
    seats: { [VISITOR]: seats.visitor ?? 'OK', [INMATE]: seats.inmate ?? 'OK' },
  }
}

function note(atMin: number, kind: CourseNote['kind'], more: Partial<CourseNote> = {}): CourseNote {
  return { atMs: START + atMin * MINUTE, kind, seatId: null, code: null, ...more }
}

const HERE = [note(-5, 'ARRIVED', { seatId: VISITOR }), note(-4, 'ARRIVED', { seatId: INMATE })]

function course(changes: Partial<VisitCourse>): VisitCourse {
  return {
    startsMs: START,
    endsMs: START + BOOKED,
    endedMs: START + BOOKED,
    outcome: 'COMPLETED',
    seats: [
      { seatId: VISITOR, party: 'VISITOR' },
      { seatId: INMATE, party: 'INMATE' },
    ],
    flow: [],
    notes: [...HERE, note(0, 'STARTED')],
    ...changes,
  }
}

/** Gaps as `[from minute, minutes, cause]`. */
function gapsOf(given: VisitCourse): [number, number, GapCause | null][] {
  return receiptOf(given).gaps.map(({ fromMs, ms, cause }) => [
    (fromMs - START) / MINUTE,
    ms / MINUTE,
    cause,
  ])
}

describe('[LV-6] the receipt', () => {
  it('of an undisturbed visit has no gap', () => {
    const given = course({ flow: [stretch(0, 20, 'flowing')] })
    expect(receiptOf(given)).toEqual({ deliveredMs: BOOKED, gaps: [] })
  })

  it.each<[string, SeatsSeen, GapCause]>([
    ['the visitor sends nothing', { visitor: 'NOT_SENDING' }, 'VISITOR_NETWORK'],
    ['the visitor receives nothing', { visitor: 'NOT_RECEIVING' }, 'VISITOR_NETWORK'],
    ['the visitor is cut off', { visitor: 'NO_TRANSPORT' }, 'VISITOR_NETWORK'],
    ['the terminal sends nothing', { inmate: 'NOT_SENDING' }, 'FACILITY_NETWORK'],
    ['the terminal is gone', { inmate: 'NO_TRANSPORT' }, 'TERMINAL'],
    ['both are gone', { visitor: 'NO_TRANSPORT', inmate: 'NO_TRANSPORT' }, 'PLATFORM'],
    ['both are well and yet nothing flows', {}, 'PLATFORM'],
  ])('puts a gap down to whose transport lost what: %s', (_name, seen, cause) => {
    const flow = [stretch(0, 5, 'flowing'), stretch(5, 2, seen), stretch(7, 13, 'flowing')]
    expect(gapsOf(course({ flow }))).toEqual([[5, 2, cause]])
  })

  it('takes a hole in what the SFU saw as our own', () => {
    const flow = [stretch(0, 5, 'flowing'), stretch(8, 12, 'flowing')]
    expect(gapsOf(course({ flow }))).toEqual([[5, 3, 'PLATFORM']])
  })

  it('tells who was late, and the facility while nobody is there', () => {
    const notes = [
      note(3, 'ARRIVED', { seatId: INMATE }),
      note(6, 'ARRIVED', { seatId: VISITOR }),
      note(7, 'STARTED'),
    ]
    expect(gapsOf(course({ notes, flow: [stretch(7, 13, 'flowing')] }))).toEqual([
      [0, 3, 'INMATE_ABSENT'],
      [3, 3, 'VISITOR_ABSENT'],
      [6, 1, 'WAITING_FOR_CHECK'],
    ])
  })

  it.each<[string, GapCause]>([
    ['RESTRICTION', 'STAFF_PAUSE'],
    ['OFFICER', 'STAFF_PAUSE'],
    ['ADULT_MISSING', 'ADULT_MISSING'],
    ['NO_MONITOR', 'MONITOR_ABSENT'],
    ['NO_RECORDER', 'STAFF_PAUSE'],
  ])('charges a pause for %s to %s', (code, cause) => {
    const notes = [...HERE, note(0, 'STARTED'), note(5, 'PAUSED', { code }), note(9, 'RESUMED')]
    const flow = [stretch(0, 5, 'flowing'), stretch(9, 11, 'flowing')]
    expect(gapsOf(course({ notes, flow }))).toEqual([[5, 4, cause]])
  })

  it('tells a side that left from one that was cut off', () => {
    const flow = [stretch(0, 5, 'flowing'), stretch(5, 15, { visitor: 'NO_TRANSPORT' })]
    const left = [...HERE, note(0, 'STARTED'), note(5, 'LEFT', { seatId: VISITOR })]
    const lost = [...HERE, note(0, 'STARTED'), note(5, 'DROPPED', { seatId: VISITOR })]
    expect(gapsOf(course({ flow, notes: left }))).toEqual([[5, 15, 'VISITOR_ABSENT']])
    expect(gapsOf(course({ flow, notes: lost }))).toEqual([[5, 15, 'VISITOR_NETWORK']])
  })

  it('puts what is left after an end down to who ended it', () => {
    const flow = [stretch(0, 5, 'flowing')]
    const endedMs = START + 5 * MINUTE
    const given = course({ flow, endedMs, outcome: 'INMATE_EARLY' })
    expect(gapsOf(given)).toEqual([[5, 15, 'INMATE_ENDED']])
  })
})

const instant = fc.integer({ min: START - 10 * MINUTE, max: START + BOOKED + 10 * MINUTE })
const anyStretch = fc.record({
  fromMs: instant,
  ms: fc.integer({ min: 0, max: 10 * MINUTE }),
  isFlowing: fc.boolean(),
  seats: fc.record({
    [VISITOR]: fc.constantFrom(...SEAT_FLOWS),
    [INMATE]: fc.constantFrom(...SEAT_FLOWS),
  }),
})
const anyNote = fc.record({
  atMs: instant,
  kind: fc.constantFrom(...TIMELINE_KINDS),
  seatId: fc.constantFrom(VISITOR, INMATE, null),
  code: fc.constantFrom('RESTRICTION', 'ADULT_MISSING', 'NO_MONITOR', 'NO_RECORDER', null),
})
const anyCourse = fc
  .record({
    endsMs: fc.integer({ min: START, max: START + 40 * MINUTE }),
    endedMs: instant,
    outcome: fc.constantFrom(...OUTCOMES),
    flow: fc.array(anyStretch, { maxLength: 12 }),
    notes: fc.array(anyNote, { maxLength: 12 }),
  })
  .map(({ notes, ...rest }) => {
    const inOrder = notes.toSorted((a, b) => a.atMs - b.atMs)
    return course({ ...rest, notes: inOrder })
  })

describe('[LV-6] whatever was noted', () => {
  it('delivered time and gaps add up to the booked time, and tiles leave no hole', () => {
    fc.assert(
      fc.property(anyCourse, (given) => {
        const length = given.endsMs - given.startsMs
        const { deliveredMs, gaps } = receiptOf(given)
        expect(deliveredMs + gaps.reduce((sum, { ms }) => sum + ms, 0)).toBe(length)
        let at = given.startsMs
        for (const { fromMs, ms } of tilesOf(given)) {
          expect(fromMs).toBe(at)
          expect(ms).toBeGreaterThan(0)
          at += ms
        }
        expect(at).toBe(given.endsMs)
      }),
      { numRuns: 1_000 },
    )
  })

  it('nothing is delivered that the SFU did not see flowing', () => {
    fc.assert(
      fc.property(anyCourse, (given) => {
        const seen = given.flow
          .filter(({ isFlowing }) => isFlowing)
          .reduce((sum, { ms }) => sum + ms, 0)
        expect(receiptOf(given).deliveredMs).toBeLessThanOrEqual(seen)
      }),
      { numRuns: 500 },
    )
  })
})
