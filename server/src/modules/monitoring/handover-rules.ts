import type { OfferCause } from '@visavis/contract/coverage'

/** Visits that somebody is to take over. Who watches them is what counts, not who promised to. */
export type OfferRecord = {
  readonly offerId: string
  readonly facilityId: string
  readonly cause: OfferCause
  /** Who offers; null: nobody does, they were left. */
  readonly fromAccountId: string | null
  /** The one colleague who is asked; null: all. */
  readonly toAccountId: string | null
  readonly visitIds: readonly string[]
  readonly at: Date
  readonly expiresAt: Date
  /** Accounts. */
  readonly declinedBy: ReadonlySet<string>
}

/** An officer before a wall; a wall's own id ends with its connection, the officer comes back. */
export type AskedWall = { readonly accountId: string; readonly facilityId: string }

/** A colleague answers soon or not at all; what was left waits as long as any visit lasts. In milliseconds. */
const OFFERED_FOR_MS = { COLLEAGUE: 10 * 60_000, WALL_CLOSED: 43_200_000, NOT_WATCHED: 43_200_000 }

/** Until when an offer stands. */
export function offerEnd(cause: OfferCause, at: Date): Date {
  return new Date(at.getTime() + OFFERED_FOR_MS[cause])
}

/** Whether an offer is put before an officer's wall: who is asked, has not declined, and does not offer it. */
export function isFor(offer: OfferRecord, { accountId, facilityId }: AskedWall): boolean {
  if (offer.facilityId !== facilityId || offer.fromAccountId === accountId) return false
  if (offer.declinedBy.has(accountId)) return false
  return offer.toAccountId === null || offer.toAccountId === accountId
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
export function isDeclined(offer: OfferRecord, walls: readonly AskedWall[]): boolean {
  // What was left waits for whoever opens a wall later.
  if (offer.toAccountId === null && offer.cause !== 'COLLEAGUE') return false
  return !walls.some((wall) => isFor(offer, wall))
}
