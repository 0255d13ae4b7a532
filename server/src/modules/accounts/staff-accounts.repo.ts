import { ADMINISTERED_ROLES } from '@visavis/contract/http'
import type { Database, Prisma, Tx } from '@visavis/prisma'

const staff = {
  accountId: true,
  login: true,
  role: true,
  officerId: true,
  disabledAt: true,
  officer: { select: { givenName: true, familyName: true } },
  totp: { select: { confirmedAt: true } },
  _count: { select: { passkeys: true } },
  setUpCodes: {
    where: { usedAt: null },
    orderBy: { expiresAt: 'desc' },
    take: 1,
    select: { expiresAt: true },
  },
  signInTries: {
    where: { isAllowed: true },
    orderBy: { at: 'desc' },
    take: 1,
    select: { at: true },
  },
  authSessions: {
    where: { endedAt: null, stage: 'FULL' },
    select: { expiresAt: true, lastSeenAt: true, endedAt: true },
  },
  resets: {
    where: { decidedAt: null },
    select: {
      resetId: true,
      askedAt: true,
      reason: true,
      asker: {
        select: {
          accountId: true,
          login: true,
          officerId: true,
          officer: { select: { givenName: true, familyName: true } },
        },
      },
    },
  },
} as const satisfies Prisma.AccountSelect

export type StaffRow = Prisma.AccountGetPayload<{ select: typeof staff }>
export type ResetRow = NonNullable<Awaited<ReturnType<StaffAccountsRepo['reset']>>>
export type StaffAccountsRepo = ReturnType<typeof createStaffAccountsRepo>

/** A new member of staff; `officer`: the person that an officer is. */
export type NewStaff = {
  readonly account: Prisma.AccountCreateManyInput
  readonly officer: Prisma.OfficerCreateManyInput | null
}

/** Rows of the accounts that a facility's administrator looks after. */
const roles = { in: [...ADMINISTERED_ROLES] }

export function createStaffAccountsRepo(db: Database) {
  return {
    all: async (facilityId: string): Promise<StaffRow[]> => {
      const rows = await db.account.findMany({ where: { facilityId, role: roles }, select: staff })
      return rows.toSorted((a, b) => (a.login < b.login ? -1 : 1))
    },
    /** Null: not of that facility, or none of its staff. */
    one: (tx: Tx, facilityId: string, accountId: string): Promise<StaffRow | null> =>
      tx.account.findFirst({ where: { accountId, facilityId, role: roles }, select: staff }),
    brokenGlass: (facilityId: string, since: Date) =>
      db.authSession.findMany({
        where: { isBreakGlass: true, createdAt: { gt: since }, account: { facilityId } },
        orderBy: { createdAt: 'desc' },
        select: {
          authSessionId: true,
          createdAt: true,
          endedAt: true,
          expiresAt: true,
          account: { select: { accountId: true, login: true, officer: staff.officer } },
        },
      }),
    /** False: somebody has that login. */
    add: async (tx: Tx, { account, officer }: NewStaff): Promise<boolean> => {
      if (officer !== null) await tx.officer.createMany({ data: [officer] })
      return (await tx.account.createMany({ data: [account], skipDuplicates: true })).count === 1
    },
    setDisabled: async (tx: Tx, accountId: string, disabledAt: Date | null): Promise<void> => {
      await tx.account.update({ where: { accountId }, data: { disabledAt } })
    },
    ...resetRows,
  }
}

/** Resets, inside the caller's transaction. */
const resetRows = {
  addReset: async (tx: Tx, data: Prisma.AccountResetCreateManyInput): Promise<void> => {
    await tx.accountReset.createMany({ data: [data] })
  },
  reset: (tx: Tx, facilityId: string, resetId: string) =>
    tx.accountReset.findFirst({
      where: { resetId, account: { facilityId, role: roles } },
      select: {
        resetId: true,
        accountId: true,
        decidedAt: true,
        asker: { select: { accountId: true, officerId: true } },
        account: { select: { accountId: true, officerId: true } },
      },
    }),
  /** False: somebody has decided it by now. */
  decideReset: async (
    tx: Tx,
    resetId: string,
    data: { decidedBy: string; decidedAt: Date; isApproved: boolean },
  ): Promise<boolean> => {
    const where = { resetId, decidedAt: null }
    return (await tx.accountReset.updateMany({ where, data })).count === 1
  },
}
