import { ELIGIBILITY_CHECKS } from '@visavis/contract/eligibility'
import type { EligibilityCheck, EligibilityReport } from '@visavis/contract/eligibility'
import type { z } from 'zod'
import type { EligibilityFacts } from './eligibility-facts.ts'
import { nobodyThere } from './eligibility-rules.ts'
import { plainly } from './judgement.ts'
import type { Judgement } from './judgement.ts'
import { isInForce, isKnown } from './people-rules.ts'

/** About the inmate's life inside: told only to who may visit now. */
const OF_THE_INMATE: readonly EligibilityCheck[] = [
  'CUSTODY',
  'NON_ASSOCIATION',
  'SLOT_GROUP',
  'LEGAL_LIMIT',
  'QUOTA',
  'INMATE_FREE',
]
/** About one visitor's papers and bonds: told in full to that visitor only. */
const OF_ONE_VISITOR: readonly EligibilityCheck[] = [
  'VISITOR_VERIFIED',
  'RELATIONSHIP',
  'PROFESSIONAL',
]
/** Never says whom it is about. */
const OF_NOBODY_NAMED: readonly EligibilityCheck[] = ['RESTRICTION', 'NON_ASSOCIATION']

/** The answer as it goes on the wire. */
export type Report = z.input<typeof EligibilityReport>

/** The whole answer with the true reasons, for the facility's staff. */
export function staffReport(judged: readonly Judgement[]): Report {
  return reportOf(judged, ({ because }) => ({ because }))
}

/** Who asks, of those who want to come; null: none of them in particular. */
export type Asker = { readonly askedBy: string | null }

/**
 * The whole answer as it may be told to who asks (EL-8): the same verdict, nothing about others. Who was
 * never told that the inmate is here hears what everybody hears about nobody (EL-2).
 */
export function publicReport(
  judged: readonly Judgement[],
  { askedBy, ...facts }: EligibilityFacts & Asker,
): Report {
  const asking = facts.visitors.filter(({ visitorId }) => (askedBy ?? visitorId) === visitorId)
  if (!asking.some(({ relationship }) => isKnown(relationship))) {
    return reportOf(nobodyThere(), () => ({}))
  }
  const mayVisit = asking.some(({ relationship }) => isInForce(relationship, facts.now))
  const told = ELIGIBILITY_CHECKS.flatMap((check) => {
    if (!mayVisit && OF_THE_INMATE.includes(check)) return [plainly(check, 'NOT_CHECKED')]
    const lines = judged.filter((line) => line.check === check)
    return toldOf(check, lines, { askedBy, others: othersRefused(judged, askedBy) })
  })
  return reportOf(told, () => ({}))
}

type Told = { readonly askedBy: string | null; readonly others: readonly string[] }

function toldOf(check: EligibilityCheck, lines: Judgement[], told: Told): Judgement[] {
  const { askedBy, others } = told
  if (OF_NOBODY_NAMED.includes(check)) return [asOne(lines, askedBy)]
  if (check === 'VISITORS_FREE') return withoutOthers(lines, askedBy)
  if (!OF_ONE_VISITOR.includes(check)) return lines
  const own = lines.filter(({ visitorId }) => visitorId === null || visitorId === askedBy)
  const all = check === 'RELATIONSHIP' ? [...own, ...others.map(mayNotCome)] : own
  const refused = all.filter(({ verdict }) => verdict === 'REFUSED')
  if (refused.length > 0) return refused
  return own.length > 0 ? own : [plainly(check, 'PASSED')]
}

/** The others of whom papers or bonds fail, each once, in the order asked. */
function othersRefused(judged: readonly Judgement[], askedBy: string | null): string[] {
  const refused = judged.filter((line) => OF_ONE_VISITOR.includes(line.check))
  const ids = refused.flatMap(({ visitorId }) => visitorId ?? [])
  return [...new Set(ids)].filter((visitorId) => visitorId !== askedBy)
}

/** All that is said of another who cannot come, whatever the reason. */
function mayNotCome(visitorId: string): Judgement {
  const refused = plainly('RELATIONSHIP', 'REFUSED')
  return { ...refused, code: 'RELATIONSHIP_MISSING', nextStep: 'CHOOSE_FEWER_PEOPLE', visitorId }
}

/** Several refusals as one that names nobody; its end is told to whose affair it is. */
function asOne(lines: readonly Judgement[], askedBy: string | null): Judgement {
  const [first, ...more] = lines as [Judgement, ...Judgement[]]
  if (first.verdict !== 'REFUSED') return first
  const isOwn = more.length === 0 && first.isOwn && first.visitorId === askedBy
  const nextStep = isOwn ? first.nextStep : 'ASK_FACILITY'
  return { ...first, visitorId: null, nextStep, liftsAt: isOwn ? first.liftsAt : null }
}

function withoutOthers(lines: readonly Judgement[], askedBy: string | null): Judgement[] {
  const told = lines.map((line) =>
    line.visitorId === askedBy ? line : { ...line, visitorId: null },
  )
  return told.filter(
    ({ visitorId }, index) => told.findIndex((line) => line.visitorId === visitorId) === index,
  )
}

type ForWhom = (line: Judgement) => { because?: string | null }

function reportOf(lines: readonly Judgement[], extra: ForWhom): Report {
  const refused = lines.filter(({ verdict }) => verdict === 'REFUSED')
  const isUnknown = lines.some(({ verdict }) => verdict === 'UNKNOWN')
  const otherwise = isUnknown ? 'ASK' : 'MAY'
  return {
    verdict: refused.length > 0 ? 'MAY_NOT' : otherwise,
    checks: lines.map((line) => ({
      check: line.check,
      verdict: line.verdict,
      code: line.code,
      visitorId: line.visitorId,
      liftsAt: line.liftsAt?.toISOString() ?? null,
      nextStep: line.nextStep,
      ...extra(line),
    })),
    liftsAt: lastLift(refused),
  }
}

/** When everything has lifted; null if of anything nobody knows. */
function lastLift(refused: readonly Judgement[]): string | null {
  const dates = refused.flatMap(({ liftsAt }) => liftsAt ?? [])
  if (dates.length === 0 || dates.length < refused.length) return null
  return new Date(Math.max(...dates.map((date) => date.getTime()))).toISOString()
}
