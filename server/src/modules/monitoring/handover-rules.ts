import type { OfferCause } from '@visavis/contract/coverage'

/** Visits that somebody is to take over, in memory only: who watches them is what counts, not who promised to. */
export type OfferRecord = {
  readonly offerId: string
  readonly facilityId: string
  readonly cause: OfferCause
  /** The wall that offers; null: nobody does, they were left. */
  readonly from: { readonly observerId: string; readonly accountId: string } | null
  /** The one wall that is asked; null: all. */
  readonly toObserverId: string | null
  readonly visitIds: readonly string[]
  readonly at: Date
  readonly declinedBy: ReadonlySet<string>
}

/** Whether an offer is put before a wall: it is asked, has not declined, and is not the one that offers. */
export function isFor(
  offer: OfferRecord,
  { observerId, facilityId }: { observerId: string; facilityId: string },
): boolean {
  if (offer.facilityId !== facilityId || offer.from?.observerId === observerId) return false
  if (offer.declinedBy.has(observerId)) return false
  return offer.toObserverId === null || offer.toObserverId === observerId
}

/** The offers without those visits, and the ids of those of which nothing is left. Pure. */
export function withoutVisits(
  offers: readonly OfferRecord[],
  isGone: (offer: OfferRecord, visitId: string) => boolean,
): { readonly left: readonly OfferRecord[]; readonly over: readonly OfferRecord[] } {
  const cut = offers.map((offer) => {
    const visitIds = offer.visitIds.filter((visitId) => !isGone(offer, visitId))
    return visitIds.length === offer.visitIds.length ? offer : { ...offer, visitIds }
  })
  return {
    left: cut.filter(({ visitIds }) => visitIds.length > 0),
    over: cut.filter(({ visitIds }) => visitIds.length === 0),
  }
}

/** Whether nobody of those who are asked is left who might accept. */
export function isDeclined(
  offer: OfferRecord,
  walls: readonly { observerId: string; facilityId: string }[],
): boolean {
  // What was left waits for whoever opens a wall later.
  if (offer.toObserverId === null && offer.cause !== 'COLLEAGUE') return false
  return !walls.some((wall) => isFor(offer, wall))
}
