import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverageOf, hoursOf, incidentsOf, unionMs, waitFigures, waitsOf } from './shift-rules.ts'
import type { ShiftNote, ShiftVisit } from './shift-rules.ts'

const START = Date.parse('2026-11-22T10:00:00.000Z')
const at = (minutes: number): number => START + minutes * 60_000
const note = (
  minute: number,
  kind: ShiftNote['kind'],
  over: Partial<ShiftNote> = {},
): ShiftNote => ({
  ...{ atMs: at(minute), kind, seatId: null, code: null },
  ...over,
})
const aVisit = (over: Partial<ShiftVisit> = {}): ShiftVisit => ({
  ...{ visitId: 'v', visitClass: 'social', monitor: 'AV', state: 'ENDED', outcome: 'COMPLETED' },
  ...{ startsMs: at(0), endsMs: at(30), endedMs: at(30), openCalls: 0 },
  ...{ terminalName: 'K-01', wing: 'A', notes: [note(0, 'STARTED')], watched: [] },
  ...over,
})
const DAY = { fromMs: at(-60), toMs: at(120) }
const MINUTES = { mustMs: 60_000 }

describe('coverage', () => {
  const figures = (visit: ShiftVisit, nowMs = at(120)) =>
    coverageOf([visit], { within: DAY, nowMs, isMust: (of) => of === 'social' })

  it('[OV-7] counts each minute once, however many walls show the visit', () => {
    const watched = [
      { fromMs: at(-5), toMs: at(10) },
      { fromMs: at(5), toMs: at(15) },
      { fromMs: at(20), toMs: null },
    ]
    expect(figures(aVisit({ watched }))).toMatchObject({
      allMs: 30 * MINUTES.mustMs,
      allWatchedMs: 25 * MINUTES.mustMs,
    })
  })

  it('[OV-7] of those that must be watched takes away when nobody did', () => {
    const notes = [
      note(0, 'STARTED'),
      note(4, 'UNWATCHED'),
      note(9, 'WATCHED'),
      note(25, 'UNWATCHED'),
    ]
    expect(figures(aVisit({ notes }))).toMatchObject({
      mustMs: 30 * MINUTES.mustMs,
      mustWatchedMs: 20 * MINUTES.mustMs,
    })
  })

  it('[OV-7] knows nothing of visits that nobody may watch or that never began', () => {
    const none = { mustMs: 0, mustWatchedMs: 0, allMs: 0, allWatchedMs: 0 }
    expect(figures(aVisit({ monitor: 'NONE', visitClass: 'privileged' }))).toEqual(none)
    expect(figures(aVisit({ notes: [] }))).toEqual(none)
  })

  it('[OV-7] is a share: never more than there was, never less than nothing', () => {
    const span = fc.record({
      fromMs: fc.integer({ min: 0, max: 99 }),
      toMs: fc.integer({ min: 0, max: 99 }),
    })
    fc.assert(
      fc.property(fc.array(span), (spans) => {
        const covered = new Set(
          spans.flatMap(({ fromMs, toMs }) =>
            Array.from({ length: Math.max(0, toMs - fromMs) }, (_, index) => fromMs + index),
          ),
        )
        expect(unionMs(spans)).toBe(covered.size)
      }),
    )
  })
})

describe('waits', () => {
  it('run from a call to its answer, and from coming to being let in', () => {
    const one = { seatId: 's1' }
    const notes = [
      note(-9, 'ARRIVED', one),
      note(-8, 'ARRIVED', { seatId: 's2' }),
      note(-5, 'ADMITTED', one),
      note(1, 'HELP_CALLED', one),
      note(2, 'HELP_ANSWERED', { ...one, code: 'TAKEN_BACK' }),
      note(3, 'HELP_ANSWERED', { ...one, code: 'SEEN' }),
    ]
    const { help, admission } = waitFigures([aVisit({ notes })])
    expect(help).toMatchObject({ count: 1, medianMs: 2 * 60_000 })
    expect(admission).toMatchObject({ count: 1, longestMs: 4 * 60_000 })
    expect(waitsOf([])).toEqual({ count: 0, medianMs: null, p90Ms: null, longestMs: null })
    expect(waitsOf([9, 1, 5])).toEqual({ count: 3, medianMs: 5, p90Ms: 9, longestMs: 9 })
  })
})

describe('a shift', () => {
  it('names what happened in it, and nothing that was before or after', () => {
    const notes = [note(-61, 'WARNED'), note(1, 'FLAGGED', { code: 'THREAT' }), note(3, 'QUALITY')]
    const failed = aVisit({ outcome: 'FAILED_TECH_PLATFORM', notes })
    expect(incidentsOf([failed], DAY)).toMatchObject([
      { kind: 'FLAGGED', code: 'THREAT' },
      { kind: 'FAILED', code: 'FAILED_TECH_PLATFORM' },
    ])
  })

  it('counts each visit in the hour it starts in', () => {
    const visits = [
      aVisit({ startsMs: at(0) }),
      aVisit({ startsMs: at(59), outcome: 'NO_SHOW_VISITOR' }),
      aVisit({ startsMs: at(60), state: 'PAUSED', outcome: null }),
      aVisit({ startsMs: at(61), state: 'LOBBY', outcome: null }),
      aVisit({ startsMs: at(-500) }),
    ]
    expect(hoursOf(visits, { fromMs: at(0), toMs: at(120) })).toMatchObject([
      { at: '2026-11-22T10:00:00.000Z', planned: 0, running: 0, completed: 1, failed: 1 },
      { planned: 1, running: 1, completed: 0, failed: 0 },
    ])
  })
})
