import type { Tx } from '@visavis/prisma'

/** Whom an alarm about a log concerns, and whether they have been told. */
export type AlarmsRepo = typeof alarmsRepo

export const alarmsRepo = {
  /** The facility of a log; all of them when null. A log of no facility that is known concerns nobody. */
  async facilitiesOf(tx: Tx, log: string | null): Promise<string[]> {
    const where = log === null ? {} : { facilityId: log.slice(log.indexOf('/') + 1) }
    const rows = await tx.facility.findMany({ where, select: { facilityId: true } })
    return rows.map(({ facilityId }) => facilityId)
  },
  async isOpen(tx: Tx, facilityId: string): Promise<boolean> {
    const where = { facilityId, kind: 'AUDIT_ALARM', state: 'OPEN' } as const
    return (await tx.task.count({ where })) > 0
  },
}
