import { HELP_ANSWERS, HELP_NEEDS } from '@visavis/contract/help-kinds'
import type { HelpAnswer, HelpNeed } from '@visavis/contract/help-kinds'
import { SEAT_STATES } from '@visavis/contract/seat-lifecycle'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attentionOf } from './attention.ts'
import { HELP_PAUSE_MS, answerHelp, callHelp } from './help-rules.ts'
import { INMATE_SEAT, START, VISITOR_SEAT, aVisitRecord, at } from './visit-fixture.ts'
import type { VisitRecord } from './visit-record.ts'
import { applyStep } from './visit-step.ts'
import { snapshotOf, wallVisitOf } from './visit-view.ts'
import type { Decide } from './session-rules.ts'

const FIGURES = {
  roundTripMs: 80,
  lossInPercent: 2,
  lossOutPercent: 0,
  kbitIn: 600,
  kbitOut: 500,
  framesPerSecond: 24,
  protocol: 'udp',
  isRelayed: false,
} as const
const after = (ms: number) => new Date(START.getTime() + ms)
const live = aVisitRecord({ session: { state: 'LIVE' } })

function decide(visit: VisitRecord, wish: Decide, now: Date): VisitRecord {
  const situation = { visit, links: new Map(), deliveredMs: 0, now, doorOpenSince: START }
  return wish(situation).reduce((each, step) => applyStep(each, step, now), visit)
}
const call = (visit: VisitRecord, need: HelpNeed | null, now = START) =>
  decide(visit, callHelp(VISITOR_SEAT, { need, figures: FIGURES }), now)
const answer = (visit: VisitRecord, words: HelpAnswer, now = START) =>
  decide(visit, answerHelp(VISITOR_SEAT, words), now)
const helpOf = (visit: VisitRecord) => visit.seats.find((s) => s.seatId === VISITOR_SEAT)?.help
const moment = (now: Date) => ({
  ...{ now, deliveredMs: 0, isFlowing: true, measuredAt: null, adultMissingSince: null },
  reports: new Map(),
  advice: [],
  links: new Map(),
  quality: { told: new Map(), measured: new Map() },
})

describe('[OV-9] a call for help', () => {
  it('is the most urgent thing on the wall until somebody answers, whatever else is wrong', () => {
    const seats = live.seats.map((seat) =>
      seat.seatId === INMATE_SEAT ? { ...seat, state: 'WAITING' as const } : seat,
    )
    const calling = call({ ...live, seats }, 'NO_SOUND')
    expect(attentionOf(calling, START)).toBe('HELP_CALLED')
    expect(attentionOf(answer(calling, 'SEEN'), START)).toBe('ID_PENDING')
    expect(attentionOf(call(calling, null), START)).toBe('ID_PENDING')
  })

  it('tells the wall who, since when and how the line fares, of a privileged visit too', () => {
    const visitClass = 'privileged' as const
    const privileged = {
      ...live,
      visitClass,
      policy: { monitor: 'NONE', isRecorded: false } as const,
    }
    const calling = call(privileged, 'NOT_HEARD')
    const tile = wallVisitOf(calling, moment(at(1)), false)
    expect(tile.attention).toBe('HELP_CALLED')
    expect(tile.help).toEqual([
      {
        ...{ seatId: VISITOR_SEAT, party: 'VISITOR', need: 'NOT_HEARD', figures: FIGURES },
        ...{ calledAt: START.toISOString(), answer: null, answeredAt: null },
      },
    ])
  })

  it('[EL-8] is told to its caller, with the answer, and to nobody else', () => {
    const answered = answer(call(live, 'NO_PICTURE'), 'COMING', at(1))
    const own = snapshotOf(answered, VISITOR_SEAT, moment(at(1)))
    const other = snapshotOf(answered, INMATE_SEAT, moment(at(1)))
    expect(own.help).toMatchObject({ need: 'NO_PICTURE', answer: 'COMING' })
    expect(JSON.stringify(other)).not.toContain('NO_PICTURE')
    expect(other.help).toBeNull()
  })

  it('keeps its place in time when it becomes another need, and begins anew after an answer', () => {
    const changed = call(call(live, 'NO_SOUND'), 'OTHER', after(HELP_PAUSE_MS))
    expect(helpOf(changed)).toMatchObject({ need: 'OTHER', calledAt: START })
    const again = call(answer(changed, 'SEEN'), 'OTHER', at(5))
    expect(helpOf(again)).toMatchObject({ calledAt: at(5), answer: null, answeredAt: null })
  })

  it('that stands already changes nothing; the next one must wait for a moment', () => {
    const calling = call(live, 'NO_SOUND')
    expect(call(calling, 'NO_SOUND')).toBe(calling)
    const tooSoon = () => call(calling, 'OTHER', after(HELP_PAUSE_MS - 1))
    expect(tooSoon).toThrow('TOO_MANY_REQUESTS')
    // Also for who takes it back in between; taking back itself is always possible.
    const takenBack = call(calling, null, after(1))
    expect(() => call(takenBack, 'OTHER', after(HELP_PAUSE_MS))).toThrow('TOO_MANY_REQUESTS')
  })

  it('is for whoever is not turned away, in a visit that is not over', () => {
    for (const state of SEAT_STATES) {
      const seats = live.seats.map((seat) => ({ ...seat, state }))
      const isOut = state === 'REFUSED' || state === 'REMOVED'
      const calling = () => call({ ...live, seats }, 'OTHER')
      if (isOut) expect(calling).toThrow('SEAT_REFUSED')
      else expect(helpOf(calling())?.need).toBe('OTHER')
    }
    const ended = aVisitRecord({ session: { state: 'ENDED' } })
    expect(() => call(ended, 'OTHER')).toThrow('VISIT_ENDED')
    expect(() => answer(ended, 'SEEN')).toThrow('VISIT_ENDED')
    expect(() => answer(live, 'SEEN')).toThrow('HELP_NOT_CALLED')
    expect(() => answer(call(live, null), 'SEEN')).toThrow('HELP_NOT_CALLED')
  })

  it('whatever happens: an answer stands for a call only, and calls are never closer than the pause', () => {
    const acts = fc.oneof(
      fc.record({ need: fc.option(fc.constantFrom(...HELP_NEEDS)) }),
      fc.record({ answer: fc.constantFrom(...HELP_ANSWERS) }),
    )
    const course = fc.array(fc.tuple(acts, fc.integer({ min: 0, max: 8_000 })), { maxLength: 20 })
    fc.assert(
      fc.property(course, (steps) => {
        let visit = live
        let nowMs = START.getTime()
        let calledMs = -Infinity
        for (const [act, passedMs] of steps) {
          nowMs += passedMs
          const before = visit
          try {
            const now = new Date(nowMs)
            visit = 'need' in act ? call(visit, act.need, now) : answer(visit, act.answer, now)
          } catch {
            continue
          }
          const help = helpOf(visit)
          if (help?.answer) expect(help.need).not.toBeNull()
          if (visit === before || !('need' in act) || act.need === null) continue
          expect(nowMs - calledMs).toBeGreaterThanOrEqual(HELP_PAUSE_MS)
          calledMs = nowMs
        }
      }),
    )
  })
})
