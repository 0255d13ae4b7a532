import type { Prisma, RestrictionOverride, Tx } from '@visavis/prisma'
import type { Lifted } from './obstacles.ts'

const restriction = {
  include: { overrides: { orderBy: { requestedAt: 'asc' } } },
} as const satisfies Prisma.RestrictionDefaultArgs
export type RestrictionRow = Prisma.RestrictionGetPayload<typeof restriction>
export type OverrideRow = RestrictionOverride

/** Rows of restrictions and of exceptions from them; all inside the caller's transaction. */
export const restrictionsRepo = {
  add: (tx: Tx, data: Prisma.RestrictionUncheckedCreateInput): Promise<RestrictionRow> =>
    tx.restriction.create({ data, ...restriction }),
  /** Nobody else writes about this restriction until the transaction ends. */
  lock: async (tx: Tx, restrictionId: string): Promise<RestrictionRow | null> => {
    await tx.$queryRaw`
      SELECT 1 FROM restriction WHERE restriction_id = ${restrictionId}::uuid FOR NO KEY UPDATE`
    return tx.restriction.findUnique({ where: { restrictionId }, ...restriction })
  },
  lift: (tx: Tx, restrictionId: string, data: Lifted): Promise<RestrictionRow> =>
    tx.restriction.update({ where: { restrictionId }, data, ...restriction }),
  /** Those on an inmate, wherever they were entered: they bind where the inmate is. */
  ofInmate: (tx: Tx, inmateId: string): Promise<RestrictionRow[]> =>
    tx.restriction.findMany({
      where: { inmateId },
      orderBy: { createdAt: 'desc' },
      ...restriction,
    }),
  /** Those on a visitor that this facility entered or that concern its inmates. */
  ofVisitorAt: (tx: Tx, visitorId: string, facilityId: string): Promise<RestrictionRow[]> =>
    tx.$queryRaw<{ restriction_id: string }[]>`
      SELECT restriction_id FROM restriction LEFT JOIN inmate USING (inmate_id)
      WHERE visitor_id = ${visitorId}::uuid
        AND ${facilityId}::uuid IN (restriction.facility_id, inmate.facility_id)`.then((rows) =>
      tx.restriction.findMany({
        where: { restrictionId: { in: rows.map((row) => row.restriction_id) } },
        orderBy: { createdAt: 'desc' },
        ...restriction,
      }),
    ),
  addOverride: async (tx: Tx, data: Prisma.RestrictionOverrideUncheckedCreateInput) => {
    await tx.restrictionOverride.create({ data, select: { overrideId: true } })
  },
  override: (tx: Tx, overrideId: string): Promise<OverrideRow | null> =>
    tx.restrictionOverride.findUnique({ where: { overrideId } }),
  decideOverride: async (
    tx: Tx,
    overrideId: string,
    data: Prisma.RestrictionOverrideUncheckedUpdateInput,
  ): Promise<void> => {
    await tx.restrictionOverride.update({
      where: { overrideId },
      data,
      select: { overrideId: true },
    })
  },
  /** The officer behind an account, where it names one. */
  officerOf: async (tx: Tx, accountId: string): Promise<string | null> => {
    const where = { accountId }
    const account = await tx.account.findUnique({ where, select: { officerId: true } })
    return account?.officerId ?? null
  },
}
