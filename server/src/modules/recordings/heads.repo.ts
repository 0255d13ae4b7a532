import type { Database, Tx } from '@visavis/prisma'
import type { ToldHead } from './recorder-links.ts'

/** A head, and whose log it goes into. */
export type HeadRow = ToldHead & { readonly facilityId: string }

/** Rows of heads. */
export type HeadsRepo = ReturnType<typeof createHeadsRepo>

export function createHeadsRepo(db: Database) {
  return {
    /** The heads of recordings that there are, each with its facility. */
    async withFacility(heads: readonly ToldHead[]): Promise<HeadRow[]> {
      const rows = await db.recording.findMany({
        where: { recordingId: { in: heads.map(({ recordingId }) => recordingId) } },
        select: { recordingId: true, visitId: true, visit: { select: { facilityId: true } } },
      })
      return heads.flatMap((head) => {
        const row = rows.find(({ recordingId }) => recordingId === head.recordingId)
        const isOwn = row !== undefined && row.visitId === head.visitId
        return isOwn ? [{ ...head, facilityId: row.visit.facilityId }] : []
      })
    },
    /** Adds those that are new; answers how many. */
    async add(tx: Tx, heads: readonly HeadRow[]): Promise<number> {
      const { count } = await tx.recordingHead.createMany({
        data: heads.map(({ recordingId, chunks, chain, bytes, at }) => ({
          ...{ recordingId, chunks, chain, at },
          bytes: BigInt(bytes),
        })),
        skipDuplicates: true,
      })
      return count
    },
  }
}
