import type { ErrorCode } from '@visavis/contract/errors'
import type { EligibilityCheck, NextStep } from '@visavis/contract/eligibility'
import type { EligibilityFacts, InmateFact } from './eligibility-facts.ts'

/** A refusal as a rule finds it. */
export type Refused = {
  readonly code: ErrorCode
  readonly nextStep: NextStep
  /** The row of ours that says so, for staff. */
  readonly because: string
  readonly visitorId?: string
  readonly liftsAt?: Date | null
  /** The reason is the affair of `visitorId`, who may hear when it lifts. */
  readonly isOwn?: boolean
}

/** What a rule says: passed where the list is empty, refused for each of its members. */
export type Finding =
  readonly Refused[] | 'NOT_CHECKED' | { readonly unknown: string; readonly nextStep: NextStep }

/** Facts about a visit to somebody who is there. */
export type KnownFacts = EligibilityFacts & { readonly inmate: InmateFact }
export type Rule = (facts: KnownFacts) => Finding

/** One line of the answer, with everything in it that is for staff only. */
export type Judgement = {
  readonly check: EligibilityCheck
  readonly verdict: 'PASSED' | 'REFUSED' | 'UNKNOWN' | 'NOT_CHECKED'
  readonly code: ErrorCode | null
  readonly visitorId: string | null
  readonly liftsAt: Date | null
  readonly nextStep: NextStep | null
  readonly because: string | null
  readonly isOwn: boolean
}

/** A line that says no more than its verdict. */
export function plainly(
  check: EligibilityCheck,
  verdict: 'PASSED' | 'NOT_CHECKED' | 'REFUSED',
): Judgement {
  const nothing = { code: null, visitorId: null, liftsAt: null, nextStep: null, because: null }
  return { check, verdict, ...nothing, isOwn: false }
}
