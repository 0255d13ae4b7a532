import type { Database, Tx } from '@visavis/prisma'
import type { OfferRecord } from './handover-rules.ts'

/** Rows of offers, so that a restart loses none that nobody has taken (OV-7). */
export type HandoversRepo = ReturnType<typeof createHandoversRepo>

export function createHandoversRepo(db: Database) {
  return {
    /** The open offers of a facility whose time is not over, the oldest first. */
    async open(facilityId: string, now: Date): Promise<readonly OfferRecord[]> {
      const rows = await db.handover.findMany({
        where: { facilityId, state: 'OPEN', expiresAt: { gt: now } },
        orderBy: [{ offeredAt: 'asc' }, { offerId: 'asc' }],
      })
      return rows.map(({ declinedBy, offeredAt, ...row }) => ({
        ...row,
        at: offeredAt,
        declinedBy: new Set(declinedBy),
      }))
    },
    async add(tx: Tx, offer: OfferRecord): Promise<void> {
      const { offerId, facilityId, cause, fromAccountId, toAccountId, at, expiresAt } = offer
      const ids = { offerId, facilityId, cause, fromAccountId, toAccountId }
      const visitIds = [...offer.visitIds]
      await tx.handover.create({ data: { ...ids, visitIds, offeredAt: at, expiresAt } })
    },
    /** False: somebody else was faster, or it is over. */
    async take(
      tx: Tx,
      offerId: string,
      { takenBy, now }: { takenBy: string; now: Date },
    ): Promise<boolean> {
      const { count } = await tx.handover.updateMany({
        where: { offerId, state: 'OPEN', expiresAt: { gt: now } },
        data: { state: 'TAKEN', takenBy, version: { increment: 1 } },
      })
      return count === 1
    },
    async decline(tx: Tx, offerId: string, accountId: string): Promise<void> {
      await tx.handover.updateMany({
        where: { offerId, state: 'OPEN' },
        data: { declinedBy: { push: accountId }, version: { increment: 1 } },
      })
    },
    /** Leaves less of an offer. */
    async narrow(offerId: string, visitIds: readonly string[]): Promise<void> {
      await db.handover.updateMany({
        where: { offerId, state: 'OPEN' },
        data: { visitIds: [...visitIds], version: { increment: 1 } },
      })
    },
    async close(offerIds: readonly string[]): Promise<void> {
      await db.handover.updateMany({
        where: { offerId: { in: [...offerIds] }, state: 'OPEN' },
        data: { state: 'CLOSED', version: { increment: 1 } },
      })
    },
  }
}
