import type { Prisma, Tx } from '@visavis/prisma'

/** A child as its guardian's account reaches it. */
export type ChildRow = {
  readonly visitorId: string
  readonly birthDate: string
  readonly consentEndedAt: Date | null
}

const child = { visitorId: true, birthDate: true, consentEndedAt: true } as const

/** Rows of children under the account of a guardian; all inside the caller's transaction. */
export const childrenRepo = {
  /** The eldest first: the database, which has no keys, cannot tell who that is. */
  childrenOf: async (tx: Tx, guardianId: string): Promise<ChildRow[]> => {
    const rows = await tx.visitor.findMany({
      where: { guardianId },
      orderBy: { visitorId: 'asc' },
      select: child,
    })
    return rows.toSorted((a, b) =>
      a.birthDate < b.birthDate ? -1 : Number(a.birthDate > b.birthDate),
    )
  },
  childOf: (tx: Tx, guardianId: string, visitorId: string): Promise<ChildRow | null> =>
    tx.visitor.findFirst({ where: { visitorId, guardianId }, select: child }),
  add: async (tx: Tx, row: Prisma.VisitorUncheckedCreateInput): Promise<void> => {
    await tx.visitor.create({ data: row, select: { visitorId: true } })
  },
}
