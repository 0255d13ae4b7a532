import { fullNameOf } from '@visavis/contract/person-names'
import type { Database } from '@visavis/prisma'

/** Reads what a wall needs besides the visits. */
export type MonitoringRepo = {
  /** The facility's IANA zone, or null when there is no such facility. */
  readonly zoneOf: (facilityId: string) => Promise<string | null>
  /** What colleagues call the officers behind accounts. */
  readonly namesOf: (
    accountIds: readonly string[],
  ) => Promise<readonly { readonly accountId: string; readonly name: string }[]>
  /** Until when a wall of that sign-in opens again without another proof. */
  readonly keepMonitoring: (authSessionId: string, monitorsUntil: Date) => Promise<void>
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
    async namesOf(accountIds) {
      const rows = await db.account.findMany({
        where: { accountId: { in: [...accountIds] } },
        select: { accountId: true, officer: { select: { givenName: true, familyName: true } } },
      })
      return rows.map(({ accountId, officer }) => ({
        accountId,
        name: officer ? fullNameOf(officer) : '',
      }))
    },
    async keepMonitoring(authSessionId, monitorsUntil) {
      await db.authSession.updateMany({ where: { authSessionId }, data: { monitorsUntil } })
    },
  }
}
