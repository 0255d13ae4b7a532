import { ELIGIBILITY_CHECKS } from '@visavis/contract/eligibility'
import type { EligibilityCheck } from '@visavis/contract/eligibility'
import {
  nobodyIsKeptApart,
  nobodyIsRestricted,
  registerIsFresh,
  visitsAreNotSuspended,
} from './bond-rules.ts'
import type { CheckPoint, EligibilityFacts } from './eligibility-facts.ts'
import { plainly } from './judgement.ts'
import type { Finding, Judgement, KnownFacts, Rule } from './judgement.ts'
import { lawAllows, quotaIsLeft } from './limit-count-rules.ts'
import {
  adultComes,
  inmateIsInCustody,
  partyIsSmallEnough,
  professionalsAreVerified,
  relationshipsAreApproved,
  visitorsAreVerified,
} from './people-rules.ts'
import {
  inmateIsFree,
  linkCentreIsOpen,
  nothingIsBlackedOut,
  placeIsFree,
  slotIsForInmate,
  slotIsInWindow,
  slotIsOpen,
  visitorsAreFree,
} from './time-rules.ts'

const RULES: Readonly<Record<EligibilityCheck, Rule>> = {
  VISITOR_VERIFIED: visitorsAreVerified,
  RELATIONSHIP: relationshipsAreApproved,
  PROFESSIONAL: professionalsAreVerified,
  CUSTODY: inmateIsInCustody,
  PARTY_SIZE: partyIsSmallEnough,
  ADULT: adultComes,
  RESTRICTION: nobodyIsRestricted,
  NON_ASSOCIATION: nobodyIsKeptApart,
  SUSPENSION: visitsAreNotSuspended,
  REGISTER: registerIsFresh,
  SLOT_OPEN: slotIsOpen,
  SLOT_GROUP: slotIsForInmate,
  BOOKING_WINDOW: slotIsInWindow,
  BLACKOUT: nothingIsBlackedOut,
  LEGAL_LIMIT: lawAllows,
  QUOTA: quotaIsLeft,
  LINK_CENTRE_OPEN: linkCentreIsOpen,
  INMATE_FREE: inmateIsFree,
  VISITORS_FREE: visitorsAreFree,
  CAPACITY: placeIsFree,
}

/** A booking that stands was made in time, whenever somebody looks at it. */
const WHILE_EARLY_ENOUGH: readonly CheckPoint[] = ['EXPLAIN', 'HOLD']
const WHILE_CHOOSING: readonly CheckPoint[] = ['EXPLAIN', 'REVIEW', 'HOLD']
const WHILE_BOOKING: readonly CheckPoint[] = ['EXPLAIN', 'REVIEW', 'HOLD', 'CONFIRM']

/**
 * What binds only until something is chosen or booked; the rest binds for as long as the visit is to come
 * (EL-4). A hold that was in time stays in time while it is being confirmed, and a visit stays in a slot
 * that was closed after it.
 */
const ASKED_ONLY: Partial<Record<EligibilityCheck, readonly CheckPoint[]>> = {
  SLOT_OPEN: WHILE_CHOOSING,
  SLOT_GROUP: WHILE_CHOOSING,
  BOOKING_WINDOW: WHILE_EARLY_ENOUGH,
  BLACKOUT: WHILE_BOOKING,
  LEGAL_LIMIT: WHILE_BOOKING,
  QUOTA: WHILE_CHOOSING,
  LINK_CENTRE_OPEN: WHILE_BOOKING,
  INMATE_FREE: WHILE_CHOOSING,
  VISITORS_FREE: WHILE_CHOOSING,
  CAPACITY: WHILE_CHOOSING,
}

/** Every check in order, with the true reasons; one line for each thing that stands in the way. */
export function judge(facts: EligibilityFacts): Judgement[] {
  const { inmate } = facts
  if (inmate === null) return nobodyThere()
  return ELIGIBILITY_CHECKS.flatMap((check) => judgeOne(check, { ...facts, inmate }))
}

/** EL-2. The one answer about somebody who is not there and about somebody of whom one may not know. */
export function nobodyThere(): Judgement[] {
  return ELIGIBILITY_CHECKS.map((check) => {
    if (check !== 'RELATIONSHIP') return plainly(check, 'NOT_CHECKED')
    const refused = plainly(check, 'REFUSED')
    return { ...refused, code: 'RELATIONSHIP_MISSING', nextStep: 'REQUEST_RELATIONSHIP' }
  })
}

function judgeOne(check: EligibilityCheck, facts: KnownFacts): Judgement[] {
  const isAsked = ASKED_ONLY[check]?.includes(facts.at) ?? true
  return linesOf(check, isAsked ? RULES[check](facts) : 'NOT_CHECKED')
}

function linesOf(check: EligibilityCheck, finding: Finding): Judgement[] {
  if (finding === 'NOT_CHECKED') return [plainly(check, 'NOT_CHECKED')]
  if ('unknown' in finding) {
    const { unknown: because, nextStep } = finding
    return [{ ...plainly(check, 'NOT_CHECKED'), verdict: 'UNKNOWN', because, nextStep }]
  }
  if (finding.length === 0) return [plainly(check, 'PASSED')]
  const refused = plainly(check, 'REFUSED')
  return finding.map((one) => ({ ...refused, ...one, liftsAt: one.liftsAt ?? null }))
}
