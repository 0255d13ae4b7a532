import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { dueCheck, missedCheck, nightCheckAt } from './terminal-check-rules.ts'
import type { TerminalFacts } from './terminal-check-rules.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const TERMINAL_ID = '01890000-0000-7000-8000-00000000001e'
const ZONE = 'Asia/Krasnoyarsk'
/** 30 minutes of spread: 03:00 there, which is UTC+7. */
const NIGHT = new Date('2026-11-21T20:00:00Z')

const at = (ms: number, from = NIGHT): Date => new Date(from.getTime() + ms)
const facts = (more: Partial<TerminalFacts> = {}): TerminalFacts => ({
  terminalId: TERMINAL_ID,
  timeZone: ZONE,
  enrolledAt: at(-48 * HOUR_MS),
  lastNightlyAt: at(-24 * HOUR_MS),
  isInUse: false,
  visits: [],
  ...more,
})
const visit = (startsAt: Date, isTested = false) => ({
  visitId: 'v1',
  startsAt,
  busyUntil: at(35 * MINUTE_MS, startsAt),
  isTested,
})

describe('the night test', () => {
  it('[LV-10] is due at three by the facility’s clock, and no more once it is made', () => {
    expect(dueCheck(facts(), at(-1))).toBeNull()
    expect(dueCheck(facts(), NIGHT)).toEqual({ cause: 'NIGHTLY', visitId: null })
    expect(dueCheck(facts({ lastNightlyAt: NIGHT }), at(HOUR_MS))).toBeNull()
  })

  it('[LV-10] is made later by a terminal that was off, but never beside a visit or a person', () => {
    const [now, visits] = [at(6 * HOUR_MS), [visit(at(6 * HOUR_MS + 10 * MINUTE_MS), true)]]
    expect(dueCheck(facts(), now)).toEqual({ cause: 'NIGHTLY', visitId: null })
    expect(dueCheck(facts({ visits }), now)).toBeNull()
    expect(dueCheck(facts({ isInUse: true }), now)).toBeNull()
  })

  it('[LV-10] is owed by no terminal that was enrolled after it', () => {
    const fresh = facts({ enrolledAt: at(HOUR_MS), lastNightlyAt: null })
    expect(dueCheck(fresh, at(2 * HOUR_MS))).toBeNull()
    expect(missedCheck(fresh, at(5 * HOUR_MS))).toBeNull()
  })

  it('[LV-10] is missed after an hour', () => {
    expect(missedCheck(facts(), at(59 * MINUTE_MS))).toBeNull()
    expect(missedCheck(facts(), at(61 * MINUTE_MS))).toEqual({ cause: 'NIGHTLY', visitId: null })
    expect(missedCheck(facts({ lastNightlyAt: at(1) }), at(61 * MINUTE_MS))).toBeNull()
  })

  it('[LV-10] begins within half an hour of three on every day of every zone, summer time or not', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Krasnoyarsk', 'Australia/Lord_Howe']
    const instant = fc.date({
      min: new Date('2026-01-01T00:00:00Z'),
      max: new Date('2027-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.uuid(), instant, (zone, terminalId, now) => {
        const due = nightCheckAt(terminalId, zone, now)
        expect(due.getTime()).toBeLessThanOrEqual(now.getTime())
        expect(now.getTime() - due.getTime()).toBeLessThan(26 * HOUR_MS)
        const local = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' })
        // A night with a change of clocks may leave a time out: the first instant after it is right.
        expect(local.format(due) >= '02:30' && local.format(due) <= '03:30').toBe(true)
      }),
    )
  })
})

describe('the test before a visit', () => {
  const start = at(8 * HOUR_MS)
  const now = (minutesBefore: number): Date => at(-minutesBefore * MINUTE_MS, start)
  const waiting = (more: Partial<TerminalFacts> = {}) =>
    facts({ lastNightlyAt: NIGHT, visits: [visit(start)], ...more })

  it('[LV-10] is due from twenty minutes before the visit to its start', () => {
    expect(dueCheck(waiting(), now(21))).toBeNull()
    expect(dueCheck(waiting(), now(20))).toEqual({ cause: 'BEFORE_VISIT', visitId: 'v1' })
    expect(dueCheck(waiting({ isInUse: true }), now(10))).toBeNull()
    expect(dueCheck(waiting({ visits: [visit(start, true)] }), now(10))).toBeNull()
    expect(dueCheck(waiting(), start)).toBeNull()
  })

  it('[LV-10] is missed at twelve minutes, unless another visit left no time for it', () => {
    const before = { ...visit(at(-50 * MINUTE_MS, start), true), busyUntil: now(15) }
    expect(missedCheck(waiting(), now(13))).toBeNull()
    expect(missedCheck(waiting(), now(12))).toEqual({ cause: 'BEFORE_VISIT', visitId: 'v1' })
    expect(missedCheck(waiting({ visits: [before, visit(start)] }), now(11))).not.toBeNull()
    const longer = { ...before, busyUntil: now(5) }
    expect(missedCheck(waiting({ visits: [longer, visit(start)] }), now(11))).toBeNull()
  })
})
