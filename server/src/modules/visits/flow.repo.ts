import type { Database, Tx } from '@visavis/prisma'
import type { EpochStretch } from './flow-book.ts'

/** Keeps what the SFU measured of visits (LV-5). */
export function createFlowStore(db: Database) {
  return {
    /** Both-way milliseconds by now; a smaller number than the stored one changes nothing. */
    async storeDelivered(visitId: string, deliveredMs: number): Promise<void> {
      await db.visitSession.updateMany({
        where: { visitId, deliveredMs: { lt: deliveredMs } },
        data: { deliveredMs },
      })
    },
    /** What the SFU saw; a stretch that was stored shorter grows. */
    async storeFlow(
      visitId: string,
      stretches: readonly EpochStretch[],
      tx: Tx = db,
    ): Promise<void> {
      if (stretches.length === 0) return
      const rows = stretches.map(({ epoch, stretch: { fromMs, ms, isFlowing, seats } }) => ({
        ...{ epoch, from_ms: fromMs, ms, is_flowing: isFlowing, seats },
      }))
      await tx.$executeRaw`
        INSERT INTO flow_stretch (visit_id, epoch, from_ms, ms, is_flowing, seats)
        SELECT ${visitId}::uuid, row.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS row (epoch integer, from_ms bigint, ms integer, is_flowing boolean, seats jsonb)
        ON CONFLICT (visit_id, epoch, from_ms) DO UPDATE SET ms = EXCLUDED.ms
          WHERE flow_stretch.ms < EXCLUDED.ms`
    },
  }
}
