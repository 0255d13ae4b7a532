import { Refusal } from '@visavis/contract/errors'
import type { BookingReason } from '@visavis/contract/http'
import { requireFacility } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { isOwnReason } from './booking-rules.ts'

type Party = { readonly visitorIds: readonly string[]; readonly facilityId: string }

/** TR-3, EL-2. Visitors book for themselves and who comes along, staff at their facility. */
export function requireParty(actor: AccountActor, { visitorIds, facilityId }: Party): void {
  if (actor.role !== 'visitor') requireFacility(actor, facilityId, 'SLOT_NOT_FOUND')
  else if (!visitorIds.some((visitorId) => visitorId === actor.visitorId)) {
    const fields = [{ field: 'visitorIds', cure: 'Name yourself among the visitors.' }]
    throw new Refusal('BAD_REQUEST', { fields })
  }
}

/** A family gives its own reasons: what the facility answers for is not the family's to say (BK-9). */
export function requireOwnReason(actor: AccountActor, reason: BookingReason): void {
  if (actor.role !== 'visitor' || isOwnReason(reason)) return
  const cure = 'Say CHANGED_MIND, ILLNESS or NO_DEVICE.'
  throw new Refusal('BAD_REQUEST', { fields: [{ field: 'reason', cure }] })
}
