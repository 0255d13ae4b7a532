import { instantOf, localDateOf } from '../timetable/index.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** When terminals test themselves, by the facility's own clock: nobody is about, and staff come in after. */
const NIGHT_MINUTE = 3 * 60
/** Terminals of one facility share its line, so they spread over an hour around that. */
const SPREAD_MINUTES = 60
/** Long enough before a visit for an officer to bring the inmate to another terminal. */
export const BEFORE_VISIT_MS = 20 * MINUTE_MS
/** A test takes half a minute; whoever owes one this long is not going to make it. */
const MISSED_AFTER_MS = HOUR_MS
const MISSED_BEFORE_VISIT_MS = 12 * MINUTE_MS

/** What is known of a terminal and its tests. */
export type TerminalFacts = {
  readonly terminalId: string
  readonly timeZone: string
  readonly enrolledAt: Date
  readonly lastNightlyAt: Date | null
  /** Somebody is signed in there. */
  readonly isInUse: boolean
  /** Booked visits of the last hour and the next half; `isTested`: a test was made for it. */
  readonly visits: readonly {
    readonly visitId: string
    readonly startsAt: Date
    readonly busyUntil: Date
    readonly isTested: boolean
  }[]
}

/** A test that a terminal is to make. */
export type DueCheck = {
  readonly cause: 'NIGHTLY' | 'BEFORE_VISIT'
  readonly visitId: string | null
}

/** The test that is due now; null: none, or somebody needs the terminal. */
export function dueCheck(facts: TerminalFacts, now: Date): DueCheck | null {
  if (facts.isInUse) return null
  const next = facts.visits.find(
    ({ startsAt, isTested }) => !isTested && isWithin(now, [lead(startsAt), startsAt]),
  )
  if (next) return { cause: 'BEFORE_VISIT', visitId: next.visitId }
  if (isTaken(facts, [now, now])) return null
  return owesNight(facts, now) ? { cause: 'NIGHTLY', visitId: null } : null
}

/**
 * The test that was not made although there was time for it; null: none. A terminal that was in use all
 * the while has shown that it works.
 */
export function missedCheck(facts: TerminalFacts, now: Date): DueCheck | null {
  if (facts.isInUse) return null
  const missed = facts.visits.find(({ startsAt, isTested }) => {
    const latest = new Date(startsAt.getTime() - MISSED_BEFORE_VISIT_MS)
    const hadTime = facts.enrolledAt < lead(startsAt) && !isOccupied(facts, lead(startsAt), latest)
    return !isTested && isWithin(now, [latest, startsAt]) && hadTime
  })
  if (missed) return { cause: 'BEFORE_VISIT', visitId: missed.visitId }
  const since = new Date(now.getTime() - MISSED_AFTER_MS)
  const owed = owesNight(facts, since) && !isTaken(facts, [since, now])
  return owed ? { cause: 'NIGHTLY', visitId: null } : null
}

/** The latest instant not after `now` at which this terminal's night test begins (BK-6: by the local clock). */
export function nightCheckAt(terminalId: string, timeZone: string, now: Date): Date {
  const minute = NIGHT_MINUTE - SPREAD_MINUTES / 2 + spreadOf(terminalId)
  const today = instantOf({ date: localDateOf(now, timeZone), minute }, timeZone)
  if (today <= now) return today
  const yesterday = new Date(now.getTime() - DAY_MS)
  return instantOf({ date: localDateOf(yesterday, timeZone), minute }, timeZone)
}

function owesNight({ terminalId, timeZone, enrolledAt, lastNightlyAt }: TerminalFacts, now: Date) {
  const due = nightCheckAt(terminalId, timeZone, now)
  return enrolledAt < due && (lastNightlyAt === null || lastNightlyAt < due)
}

/** Minutes, the same every night for a terminal, spread by its id. */
function spreadOf(terminalId: string): number {
  const digits = Number.parseInt(terminalId.slice(-6), 16)
  return Number.isNaN(digits) ? 0 : digits % SPREAD_MINUTES
}

const lead = (startsAt: Date): Date => new Date(startsAt.getTime() - BEFORE_VISIT_MS)

function isWithin(now: Date, [from, to]: readonly [Date, Date]): boolean {
  return from <= now && now < to
}

/** Whether a visit, or the minutes before one, are in that stretch. */
function isTaken({ visits }: TerminalFacts, [from, to]: readonly [Date, Date]): boolean {
  return visits.some(({ startsAt, busyUntil }) => lead(startsAt) <= to && from < busyUntil)
}

/** Whether other visits leave no moment of that stretch free. */
function isOccupied({ visits }: TerminalFacts, from: Date, to: Date): boolean {
  return visits.some(({ startsAt, busyUntil }) => startsAt <= from && to <= busyUntil)
}
