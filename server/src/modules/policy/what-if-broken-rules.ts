import { DateTime } from 'luxon'
import { isOfAge } from '@visavis/contract/coming-of-age'
import { leadAgeUnder } from '@visavis/contract/limits'
import type { FacilityPolicy } from '@visavis/prisma'
import type { WhatIfFacts, WhatIfVisit } from './what-if-facts.ts'

const MINUTE_MS = 60_000

/** A booking that would not be possible as it stands, and the setting that says so. */
export type Broken = { readonly visitId: string; readonly startsAt: Date; readonly setting: string }

type Given = {
  readonly facts: WhatIfFacts
  readonly policy: FacilityPolicy
  /** Of social visits; null: as they are. */
  readonly visitMinutes: number | null
}
type Breaks = (visit: WhatIfVisit, given: Given) => boolean

const CHECKS: Readonly<Record<string, Breaks>> = {
  visitMinutes: runsIntoNext,
  turnaroundMinutes: runsIntoNext,
  noticeDays: ({ visitClass, startsAt, bookedAt }, { policy }) =>
    visitClass !== 'privileged' && startsAt.getTime() - bookedAt.getTime() < policy.noticeMs,
  horizonDays: ({ startsAt, bookedAt }, { policy }) =>
    startsAt.getTime() - bookedAt.getTime() > policy.horizonMs,
  maxVisitors: ({ birthDates }, { policy, facts }) =>
    birthDates.length > Math.min(policy.maxVisitors, facts.limits.maxPeople ?? policy.maxVisitors),
  adultAge: ({ birthDates, startsAt }, { policy, facts }) => {
    const day = DateTime.fromJSDate(startsAt, { zone: facts.timeZone }).toFormat('yyyy-MM-dd')
    const age = leadAgeUnder({ policy, limits: facts.limits })
    return birthDates.length > 0 && !birthDates.some((birthDate) => isOfAge(birthDate, age, day))
  },
  quotaVisits: isBeyondQuota,
}

/** Bookings to come that the settings tried out would break; each once a setting, the next first. */
export function brokenBookings(
  facts: WhatIfFacts,
  policy: FacilityPolicy,
  settings: readonly string[],
): Broken[] {
  const visitMinutes = settings.includes('visitMinutes') ? policy.visitMinutes : null
  const given = { facts, policy, visitMinutes }
  const inOrder = facts.bookings.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  return inOrder.flatMap((visit) =>
    settings
      .filter((setting) => CHECKS[setting]?.(visit, given))
      .map((setting) => ({ visitId: visit.visitId, startsAt: visit.startsAt, setting })),
  )
}

/** What of the settings the law does not allow, in words for the terminal. */
export function againstTheLaw({ limits }: WhatIfFacts, policy: FacilityPolicy): string[] {
  const { maxVisitMinutes, maxPeople, leadVisitorAge } = limits
  return [
    ...above('visitMinutes', policy.visitMinutes, maxVisitMinutes),
    ...above('maxVisitors', policy.maxVisitors, maxPeople),
    ...(leadVisitorAge !== undefined && policy.adultAge < leadVisitorAge
      ? [`adultAge: the law asks for ${leadVisitorAge}`]
      : []),
  ]
}

function above(name: string, value: number, limit: number | undefined): string[] {
  return limit !== undefined && value > limit ? [`${name}: the law allows ${limit} at most`] : []
}

/** With its new length and turnaround it would not be over when the next one at its terminal begins. */
function runsIntoNext(visit: WhatIfVisit, { facts, policy, visitMinutes }: Given): boolean {
  const isChanged = visit.visitClass === 'social' && visitMinutes !== null
  const endMs = isChanged
    ? visit.startsAt.getTime() + visitMinutes * MINUTE_MS
    : visit.endsAt.getTime()
  return facts.bookings.some(
    (next) =>
      next.terminalId === visit.terminalId &&
      next.startsAt > visit.startsAt &&
      next.startsAt.getTime() < endMs + policy.terminalTurnaroundMs,
  )
}

/** Earlier ones of its period have used up what an inmate would have. */
function isBeyondQuota(visit: WhatIfVisit, { facts, policy }: Given): boolean {
  const { visits } = policy.quota
  if (visits === null || visit.visitClass !== 'social') return false
  const unit = policy.quota.period === 'YEAR' ? 'year' : 'month'
  const local = (at: Date): DateTime => DateTime.fromJSDate(at, { zone: facts.timeZone })
  const earlier = facts.bookings.filter(
    (other) =>
      other.inmateId === visit.inmateId &&
      other.visitClass === 'social' &&
      other.startsAt < visit.startsAt &&
      local(other.startsAt).hasSame(local(visit.startsAt), unit),
  )
  return earlier.length >= visits
}
