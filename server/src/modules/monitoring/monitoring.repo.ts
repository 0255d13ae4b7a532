import type { Database } from '@visavis/prisma'

/** Reads what a wall needs besides the visits. */
export type MonitoringRepo = {
  /** The facility's IANA zone, or null when there is no such facility. */
  readonly zoneOf: (facilityId: string) => Promise<string | null>
}

export function createMonitoringRepo(db: Database): MonitoringRepo {
  return {
    async zoneOf(facilityId) {
      const row = await db.facility.findUnique({
        where: { facilityId },
        select: { timeZone: true },
      })
      return row?.timeZone ?? null
    },
  }
}
