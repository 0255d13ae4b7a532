import type { EligibilityFacts, RestrictionFact } from './eligibility-facts.ts'
import type { Finding, KnownFacts, Refused, Rule } from './judgement.ts'
import { isAdult } from './people-rules.ts'

/**
 * EL-4. Nobody in the visit is kept from it. What begins before its end, or is not over now, binds: who may
 * not meet today does not book for tomorrow either.
 */
export const nobodyIsRestricted: Rule = (facts): Finding => {
  const binding = facts.restrictions.filter((restriction) => binds(restriction, facts))
  const refused = binding.flatMap((restriction) => refusals(restriction, facts))
  if (refused.length > 0) return refused
  const conditional = binding.find((restriction) => isConditional(restriction, facts))
  if (conditional === undefined) return []
  return {
    unknown: `restriction/${conditional.restrictionId}`,
    nextStep: 'WAIT_FOR_FACILITY',
  }
}

function binds({ startsAt, endsAt }: RestrictionFact, { during, now }: EligibilityFacts): boolean {
  const hasBegun = during === null ? startsAt <= now : startsAt < during.endsAt
  return hasBegun && (endsAt === null || endsAt > now)
}

function refusals(restriction: RestrictionFact, facts: KnownFacts): Refused[] {
  const visitorIds = keptAway(restriction, facts).filter(
    (visitorId) => !isOverridden(restriction, { visitorId, facts }),
  )
  const { endsAt, kind, restrictionId } = restriction
  return visitorIds.map((visitorId) => ({
    code: 'RESTRICTED',
    nextStep: endsAt === null ? 'ASK_FACILITY' : 'WAIT_UNTIL_LIFTED',
    because: `restriction/${restrictionId}`,
    visitorId,
    liftsAt: endsAt,
    // A child-protection order is the inmate's affair.
    isOwn: kind !== 'CHILD_PROTECTION',
  }))
}

/** Which of the visitors a restriction keeps from this inmate. */
function keptAway(restriction: RestrictionFact, facts: KnownFacts): string[] {
  const { inmate, visitors } = facts
  const named = visitors.filter(({ visitorId }) => visitorId === restriction.visitorId)
  switch (restriction.kind) {
    case 'NO_CONTACT':
      return restriction.inmateId === inmate.inmateId ? idsOf(named) : []
    case 'BAN':
      return restriction.facilityId === inmate.facility.facilityId ? idsOf(named) : []
    case 'CHILD_PROTECTION':
      return isOnInmate(restriction, facts)
        ? idsOf(visitors.filter((visitor) => !isAdult(visitor, facts)))
        : []
    case 'CLOSED_ONLY':
      return []
  }
}

/** CLOSED_ONLY: they may meet on conditions, which a person sees to. */
function isConditional(restriction: RestrictionFact, facts: KnownFacts): boolean {
  if (restriction.kind !== 'CLOSED_ONLY' || !isOnInmate(restriction, facts)) return false
  return idsOf(facts.visitors).some((visitorId) => !isOverridden(restriction, { visitorId, facts }))
}

function isOnInmate({ inmateId }: RestrictionFact, { inmate }: KnownFacts): boolean {
  return inmateId === inmate.inmateId
}

type OnWhom = { readonly visitorId: string; readonly facts: EligibilityFacts }

/** EL-5. A second person's exception lifts the facility's own restriction until it expires; never a court's. */
function isOverridden(restriction: RestrictionFact, { visitorId, facts }: OnWhom): boolean {
  if (restriction.source === 'COURT') return false
  const until = facts.during?.endsAt ?? facts.now
  return restriction.overrides.some(
    (override) => override.visitorId === visitorId && override.expiresAt >= until,
  )
}

function idsOf(visitors: readonly { readonly visitorId: string }[]): string[] {
  return visitors.map(({ visitorId }) => visitorId)
}

/** EL-7. Everyone against everyone, in both directions. */
export const nobodyIsKeptApart: Rule = ({ nonAssociations }) =>
  nonAssociations.map(({ nonAssociationId }) => ({
    code: 'NOT_TOGETHER',
    nextStep: 'ASK_FACILITY',
    because: `non-association/${nonAssociationId}`,
  }))

/** BK-12. Visits of this class are not stopped; when a suspension is lifted, nobody knows before. */
export const visitsAreNotSuspended: Rule = ({ suspensions, visitClass, during, now }) =>
  suspensions
    .filter(({ classes, startsAt }) => {
      const hasBegun = during === null ? startsAt <= now : startsAt < during.endsAt
      return hasBegun && classes.includes(visitClass)
    })
    .map(({ suspensionId }) => ({
      code: 'VISITS_SUSPENDED',
      nextStep: 'WAIT_UNTIL_LIFTED',
      because: `suspension/${suspensionId}`,
    }))

/** EL-9. Without a recent word from the custody register nobody can say who is where. */
export const registerIsFresh: Rule = ({ inmate, now }): Finding => {
  const { registerSeenAt, policy } = inmate.facility
  if (registerSeenAt === null || policy.registerMaxAgeMs === null) return []
  const ageMs = now.getTime() - registerSeenAt.getTime()
  if (ageMs <= policy.registerMaxAgeMs) return []
  return { unknown: `register/${registerSeenAt.toISOString()}`, nextStep: 'WAIT_FOR_FACILITY' }
}
