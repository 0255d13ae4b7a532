import { UNDER_WAY_STATES } from '@visavis/contract/session-lifecycle'
import { fullNameOf } from '@visavis/contract/person-names'
import type { Database, Tx } from '@visavis/prisma'

/** Rows of who watches what, and of who may see that. */
export type WatchingRepo = ReturnType<typeof createWatchingRepo>

export function createWatchingRepo(db: Database) {
  return {
    /** What is on the walls of a facility now, first begun first. */
    open: async (facilityId: string) => {
      const rows = await db.observation.findMany({
        where: { endedAt: null, visit: { facilityId } },
        orderBy: [{ beganAt: 'asc' }, { observationId: 'asc' }],
        select: {
          ...{ visitId: true, kind: true, beganAt: true, observerId: true, accountId: true },
          visit: { select: { terminal: { select: { name: true } } } },
          account: { select: { officer: { select: { givenName: true, familyName: true } } } },
        },
      })
      return rows.map(({ visit, account, ...row }) => ({
        ...row,
        terminalName: visit.terminal.name,
        name: account.officer ? fullNameOf(account.officer) : '',
      }))
    },
    /** The visits under way that may be watched. */
    underWay: async (facilityId: string) => {
      const rows = await db.visit.findMany({
        where: {
          facilityId,
          monitor: { not: 'NONE' },
          session: { state: { in: [...UNDER_WAY_STATES] } },
        },
        orderBy: [{ startsAt: 'asc' }, { visitId: 'asc' }],
        select: {
          ...{ visitId: true, visitClass: true },
          terminal: { select: { name: true, wing: true } },
          session: { select: { unwatchedSince: true } },
        },
      })
      return rows.map(({ session, ...row }) => ({
        ...row,
        unwatchedSince: session?.unwatchedSince ?? null,
      }))
    },
    ...officersOf(db),
  }
}

/** Who leads shifts. */
function officersOf(db: Database) {
  return {
    isShiftLeader: async (officerId: string): Promise<boolean> => {
      const row = await db.officer.findUnique({
        where: { officerId },
        select: { isShiftLeader: true },
      })
      return row?.isShiftLeader ?? false
    },
    /** Officers with an account in use, by name. */
    officers: async (facilityId: string) => {
      const rows = await db.officer.findMany({
        where: { facilityId, accounts: { some: { role: 'officer', disabledAt: null } } },
        orderBy: [{ familyName: 'asc' }, { givenName: 'asc' }, { officerId: 'asc' }],
        select: { officerId: true, givenName: true, familyName: true, isShiftLeader: true },
      })
      return rows.map(({ officerId, isShiftLeader, ...name }) => ({
        ...{ officerId, isShiftLeader, name: fullNameOf(name) },
      }))
    },
    /** False: the facility has no such officer. */
    setShiftLeader: async (
      tx: Tx,
      where: { officerId: string; facilityId: string },
      isShiftLeader: boolean,
    ): Promise<boolean> => {
      const { count } = await tx.officer.updateMany({ where, data: { isShiftLeader } })
      return count === 1
    },
  }
}
