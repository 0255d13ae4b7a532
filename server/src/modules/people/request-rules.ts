import type { RelationshipState } from '@visavis/contract/relationship-lifecycle'
import { relationshipStateAt } from '@visavis/contract/relationship-lifecycle'

/** Open requests a visitor may have at once: a family's worth, and no list of guesses. */
export const MOST_OPEN_REQUESTS = 5

/** What a request has become, as far as its visitor may tell. */
export type VisibleState = RelationshipState | 'WITHDRAWN'
type RequestState = 'REQUESTED' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN'
type Standing = { readonly state: RelationshipState; readonly until: Date | null }

/**
 * EL-2. The state that a visitor sees: REQUESTED until the inmate has agreed, since the facility's yes
 * alone would say that such a person is inside. `relationship` is what the facility's yes made, if it did.
 */
export function visibleState(
  request: RequestState,
  relationship: Standing | null,
  now: Date,
): VisibleState {
  // Taken back by the visitor: what became of it inside ends with it.
  if (request !== 'APPROVED' || relationship === null) return request
  return relationshipStateAt(relationship, now)
}

/** A rejection by codes of the contract. */
export type Rejection = { readonly reason: string; readonly field: string | null }

/** Reasons and fields that could only be told of somebody who is inside. */
const ABOUT_THE_INMATE = new Set([
  ...['NOT_CONFIRMED', 'NAME_DIFFERS', 'BIRTH_DATE_DIFFERS', 'INMATE_DECLINED'],
  'FACILITY_DECISION',
])
const INMATES_FIELDS = new Set(['INMATE', 'NAME', 'BIRTH_DATE'])
/** The one answer to "not found", "does not match" and "does not want to". */
export const NOT_CONFIRMED = { reason: 'NOT_CONFIRMED', field: 'INMATE' } as const

/** EL-2. A rejection as its visitor is told it; what is about the visitor's own proofs stays as it is. */
export function publicRejection(rejection: Rejection): Rejection {
  const { reason, field } = rejection
  const isOfInmate = ABOUT_THE_INMATE.has(reason) || (field !== null && INMATES_FIELDS.has(field))
  return isOfInmate ? NOT_CONFIRMED : rejection
}
