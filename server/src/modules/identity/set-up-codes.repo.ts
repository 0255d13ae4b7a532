import type { Prisma, Tx } from '@visavis/prisma'

/** Rows of one-time codes. */
export const setUpCodesRepo = {
  add: async (tx: Tx, data: Prisma.SetUpCodeCreateManyInput): Promise<void> => {
    await tx.setUpCode.createMany({ data: [data] })
  },
  /** What is open of the account is void from `now` on. */
  voidOpen: async (tx: Tx, accountId: string, now: Date): Promise<void> => {
    await tx.setUpCode.updateMany({ where: { accountId, usedAt: null }, data: { usedAt: now } })
  },
  use: async (
    tx: Tx,
    which: { accountId: string; codeHash: string },
    now: Date,
  ): Promise<boolean> => {
    const where = { ...which, usedAt: null, expiresAt: { gt: now } }
    return (await tx.setUpCode.updateMany({ where, data: { usedAt: now } })).count === 1
  },
}
