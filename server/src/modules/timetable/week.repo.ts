import type { Database } from '@visavis/prisma'

/** What a week is shown with. */
export const weekRepo = {
  /** The wings that have inmates or terminals, and the terminals in use. */
  places: async (db: Database, facilityId: string) => {
    const terminals = await db.terminal.findMany({
      where: { facilityId, disabledAt: null },
      orderBy: [{ wing: 'asc' }, { name: 'asc' }],
      select: { terminalId: true, name: true, wing: true },
    })
    const rows = await db.$queryRaw<{ wing: string }[]>`
      SELECT wing FROM inmate WHERE facility_id = ${facilityId}::uuid AND custody = 'IN_CUSTODY'
      UNION SELECT wing FROM terminal WHERE facility_id = ${facilityId}::uuid
      ORDER BY wing`
    return { wings: rows.map(({ wing }) => wing), terminals }
  },
}
