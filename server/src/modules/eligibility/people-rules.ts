import { DateTime } from 'luxon'
import { dayOfAge, isOfAge } from '@visavis/contract/coming-of-age'
import type { NextStep } from '@visavis/contract/eligibility'
import type { ErrorCode } from '@visavis/contract/errors'
import { leadAgeUnder } from '@visavis/contract/limits'
import type { EligibilityFacts, RelationshipFact, VisitorFact } from './eligibility-facts.ts'
import type { Finding, KnownFacts, Refused, Rule } from './judgement.ts'

/** Staff must have seen who each of them is. */
export const visitorsAreVerified: Rule = ({ visitors }) =>
  visitors
    .filter(({ verification }) => verification !== 'VERIFIED')
    .map(({ visitorId, verification }) => ({
      code: 'VISITOR_NOT_VERIFIED',
      nextStep: verification === 'SUBMITTED' ? 'WAIT_FOR_FACILITY' : 'UPLOAD_DOCUMENTS',
      because: `visitor/${visitorId}`,
      visitorId,
    }))

/** Those who come to meet the inmate; who interprets between them is there for them only. */
function guestsOf({ visitors }: Pick<EligibilityFacts, 'visitors'>): readonly VisitorFact[] {
  return visitors.filter(({ isInterpreter }) => isInterpreter !== true)
}

/** EL-1. Facility and inmate have approved each of them, and the guardian of a child agrees. */
export const relationshipsAreApproved: Rule = ({ now, ...facts }) =>
  guestsOf(facts).flatMap(({ visitorId, relationship, hasConsent }): Refused[] => {
    if (!hasConsent) return [{ ...NO_CONSENT, visitorId, because: `consent/${visitorId}` }]
    const refused = relationshipRefusal(relationship, now)
    if (refused === null) return []
    const because = relationship ? `relationship/${relationship.relationshipId}` : 'no relationship'
    return [{ ...refused, visitorId, isOwn: true, because }]
  })

/** Whether a relationship lets somebody visit: approved by both sides, or its suspension is over. */
export function isInForce(relationship: RelationshipFact | null, now: Date): boolean {
  return relationshipRefusal(relationship, now) === null
}

/** Whether somebody has been told already that the other is inside: what they ask reveals nothing new. */
export function isKnown(relationship: RelationshipFact | null): boolean {
  return relationship !== null && !['REJECTED', 'ENDED'].includes(relationship.state)
}

type ByState = { code: ErrorCode; nextStep: NextStep; liftsAt?: Date | null }

const NO_CONSENT = { code: 'RELATIONSHIP_MISSING', nextStep: 'ASK_FACILITY' } as const
const MISSING: ByState = { code: 'RELATIONSHIP_MISSING', nextStep: 'REQUEST_RELATIONSHIP' }

function relationshipRefusal(relationship: RelationshipFact | null, now: Date): ByState | null {
  if (relationship === null) return MISSING
  switch (relationship.state) {
    case 'APPROVED':
      return null
    case 'REQUESTED':
      return { code: 'RELATIONSHIP_PENDING', nextStep: whoIsAwaited(relationship) }
    case 'SUSPENDED':
      return untilPast(relationship, now, 'RELATIONSHIP_SUSPENDED')
    case 'BANNED':
      return untilPast(relationship, now, 'RELATIONSHIP_BANNED')
    case 'REJECTED':
    case 'ENDED':
      return MISSING
  }
}

function whoIsAwaited({ isFacilityApproved }: RelationshipFact): NextStep {
  return isFacilityApproved ? 'WAIT_FOR_INMATE' : 'WAIT_FOR_FACILITY'
}

function untilPast({ until }: RelationshipFact, now: Date, code: ErrorCode): ByState | null {
  if (until === null) return { code, nextStep: 'ASK_FACILITY' }
  return until <= now ? null : { code, nextStep: 'WAIT_UNTIL_LIFTED', liftsAt: until }
}

const PROFESSIONS = { privileged: ['LAWYER'], official: ['LAWYER', 'OFFICIAL'] } as const

/** Nobody is in a visit that is not heard but verified professionals who are here as such. */
export const professionalsAreVerified: Rule = (facts) => {
  const { visitClass } = facts
  if (visitClass === 'social') return 'NOT_CHECKED'
  const kinds: readonly string[] = PROFESSIONS[visitClass]
  const until = facts.during?.endsAt ?? facts.now
  return guestsOf(facts).flatMap((visitor) => {
    const { visitorId, professional, relationship } = visitor
    const isHereAsSuch = relationship !== null && kinds.includes(relationship.kind)
    if (isHereAsSuch && isVerifiedUntil(professional, until)) return []
    const nextStep =
      professional?.state === 'SUBMITTED' ? 'WAIT_FOR_FACILITY' : 'REGISTER_AS_PROFESSIONAL'
    const because = `professional/${visitorId}`
    return [{ code: 'PROFESSIONAL_REQUIRED', nextStep, visitorId, because }] satisfies Refused[]
  })
}

function isVerifiedUntil(professional: VisitorFact['professional'], until: Date): boolean {
  if (professional?.state !== 'VERIFIED') return false
  return professional.validUntil === null || professional.validUntil > until
}

/** Only who is in custody here can be visited. */
export const inmateIsInCustody: Rule = ({ inmate }) =>
  inmate.custody === 'IN_CUSTODY'
    ? []
    : [
        {
          code: 'INMATE_NOT_AVAILABLE',
          nextStep: 'ASK_FACILITY',
          because: `inmate/${inmate.inmateId}`,
        },
      ]

/** EL-6. Not more people, and not more grown-ups, than facility and law allow. */
export const partyIsSmallEnough: Rule = (facts) => {
  const { policy, limits } = facts.inmate.facility
  const people = Math.min(policy.maxVisitors, limits.maxPeople ?? policy.maxVisitors)
  const guests = guestsOf(facts)
  const adults = guests.filter((visitor) => isAdult(visitor, facts)).length
  const tooMany = (because: string): Refused[] => [
    { code: 'TOO_MANY_VISITORS', nextStep: 'CHOOSE_FEWER_PEOPLE', because },
  ]
  if (guests.length > people) return tooMany(`at most ${people} people`)
  if (adults > (limits.maxAdults ?? adults)) return tooMany(`at most ${limits.maxAdults} adults`)
  return []
}

/** EL-6. Somebody is of age on the day of the visit, at the facility; that all are verified is a rule above. */
export const adultComes: Rule = (facts): Finding => {
  if (guestsOf(facts).some((visitor) => isAdult(visitor, facts))) return []
  const refused = { code: 'ADULT_REQUIRED', nextStep: 'BRING_ADULT' } as const
  return [{ ...refused, liftsAt: comesOfAge(facts), because: `adult from ${adultAge(facts)}` }]
}

/** Of age on the local day of the visit; nobody of that id is nobody of age. */
export function isAdult({ birthDate }: VisitorFact, facts: KnownFacts): boolean {
  if (birthDate === null) return false
  const day = DateTime.fromJSDate(dayOf(facts), { zone: facts.inmate.facility.timeZone })
  return isOfAge(birthDate, adultAge(facts), day.toFormat('yyyy-MM-dd'))
}

function adultAge({ inmate }: KnownFacts): number {
  return leadAgeUnder(inmate.facility)
}

function dayOf({ during, now }: EligibilityFacts): Date {
  return during?.startsAt ?? now
}

/** Of somebody alone, the day of coming of age; of several it would tell one the birth date of another. */
function comesOfAge(facts: KnownFacts): Date | null {
  const [visitor, ...others] = facts.visitors
  if (!visitor?.birthDate || others.length > 0) return null
  const day = dayOfAge(visitor.birthDate, adultAge(facts))
  return DateTime.fromISO(day, { zone: facts.inmate.facility.timeZone }).toJSDate()
}
