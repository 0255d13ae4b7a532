import type { Database } from '@visavis/prisma'
import type { Tx } from '../../platform/transact.ts'

/** What the alarm of the media watch reads and locks. */
export function createAlarmsRepo(db: Database) {
  return {
    facilityOf: async (visitId: string): Promise<string | null> => {
      const visit = await db.visit.findUnique({
        where: { visitId },
        select: { facilityId: true },
      })
      return visit?.facilityId ?? null
    },
    facilityIds: async (): Promise<string[]> => {
      const rows = await db.facility.findMany({ select: { facilityId: true } })
      return rows.map(({ facilityId }) => facilityId)
    },
    /** Whether that epoch's alarm was raised; until the commit nobody else can raise it. */
    async isRaised(tx: Tx, { visitId, epoch }: { visitId: string; epoch: number }) {
      await tx.$executeRaw`
        SELECT pg_advisory_xact_lock(hashtextextended(${`violated/${visitId}`}, 0))`
      const rows = await tx.auditEntry.findMany({
        where: { visitId, action: 'room.violated' },
        select: { bytes: true },
      })
      return rows.some(({ bytes }) => epochOf(bytes) === epoch)
    },
  }
}

export type AlarmsRepo = ReturnType<typeof createAlarmsRepo>

function epochOf(bytes: Uint8Array): unknown {
  const entry = JSON.parse(new TextDecoder().decode(bytes)) as { detail?: { epoch?: unknown } }
  return entry.detail?.epoch
}
