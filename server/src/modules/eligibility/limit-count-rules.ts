import { DateTime } from 'luxon'
import type { DateTimeUnit } from 'luxon'
import type { Stretch } from './eligibility-facts.ts'
import type { Finding, KnownFacts, Refused, Rule } from './judgement.ts'

const MINUTE_MS = 60_000

/** Counts of the law by calendar unit at the facility. */
const COUNTS = [
  { code: 'visitsPerDay', unit: 'day' },
  { code: 'visitsPerMonth', unit: 'month' },
  { code: 'visitsPerYear', unit: 'year' },
] as const

/** What the law allows of social visits: how long, how many, how much a month. */
export const lawAllows: Rule = (facts): Finding => {
  const { during, visitClass } = facts
  if (during === null || visitClass !== 'social') return 'NOT_CHECKED'
  const refused = [
    ...tooLong(during, facts),
    ...COUNTS.flatMap((count) => tooMany(during, facts, count)),
    ...tooMuch(during, facts),
  ]
  return refused.map((one) => ({
    ...one,
    because: `${facts.inmate.facility.jurisdiction}/${one.because}`,
  }))
}

function tooLong(during: Stretch, { inmate }: KnownFacts): Refused[] {
  const { maxVisitMinutes } = inmate.facility.limits
  if (maxVisitMinutes === undefined || minutesOf(during) <= maxVisitMinutes) return []
  return [refused('maxVisitMinutes', null)]
}

function tooMany(
  during: Stretch,
  facts: KnownFacts,
  { code, unit }: (typeof COUNTS)[number],
): Refused[] {
  const limit = facts.inmate.facility.limits[code]
  if (limit === undefined || sameUnit(during, facts, unit).length < limit) return []
  return [refused(code, nextStart(during, facts, unit))]
}

function tooMuch(during: Stretch, facts: KnownFacts): Refused[] {
  const { minutesPerMonth } = facts.inmate.facility.limits
  if (minutesPerMonth === undefined) return []
  const booked = [during, ...sameUnit(during, facts, 'month')]
  const minutes = booked.reduce((sum, visit) => sum + minutesOf(visit), 0)
  if (minutes <= minutesPerMonth) return []
  // Longer than a whole month's minutes: no other month helps.
  const isEverPossible = minutesOf(during) <= minutesPerMonth
  return [refused('minutesPerMonth', isEverPossible ? nextStart(during, facts, 'month') : null)]
}

function refused(because: string, liftsAt: Date | null): Refused {
  return { code: 'LEGAL_LIMIT', nextStep: 'CHOOSE_OTHER_TIME', because, liftsAt }
}

function sameUnit(during: Stretch, facts: KnownFacts, unit: DateTimeUnit): Stretch[] {
  const start = localStart(during, facts)
  return facts.diary.filter((visit) => localStart(visit, facts).hasSame(start, unit))
}

function nextStart(during: Stretch, facts: KnownFacts, unit: 'day' | 'month' | 'year'): Date {
  const next = localStart(during, facts)
    .startOf(unit)
    .plus({ [unit]: 1 })
  return next.startOf('day').toJSDate()
}

function localStart({ startsAt }: Stretch, { inmate }: KnownFacts): DateTime {
  return DateTime.fromJSDate(startsAt, { zone: inmate.facility.timeZone })
}

function minutesOf({ startsAt, endsAt }: Stretch): number {
  return (endsAt.getTime() - startsAt.getTime()) / MINUTE_MS
}

/** BK-9. A visit of the quota is left, or time credit that covers the whole visit. */
export const quotaIsLeft: Rule = ({ quota, during }): Finding => {
  if (quota === null) return 'NOT_CHECKED'
  const lengthMs = during === null ? 0 : during.endsAt.getTime() - during.startsAt.getTime()
  const isCredited = lengthMs > 0 && quota.creditMs >= lengthMs
  if (quota.left === null || quota.left > 0 || isCredited) return []
  const nextStep = quota.renewsAt === null ? 'ASK_FACILITY' : 'WAIT_UNTIL_LIFTED'
  return [{ code: 'QUOTA_USED', nextStep, liftsAt: quota.renewsAt, because: 'quota' }]
}
