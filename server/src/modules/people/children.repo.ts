import type { Prisma, Tx } from '@visavis/prisma'

/** A child as its guardian's account reaches it. */
export type ChildRow = {
  readonly visitorId: string
  readonly birthDate: Date
  readonly consentEndedAt: Date | null
}

const child = { visitorId: true, birthDate: true, consentEndedAt: true } as const

/** Rows of children under the account of a guardian; all inside the caller's transaction. */
export const childrenRepo = {
  childrenOf: (tx: Tx, guardianId: string): Promise<ChildRow[]> =>
    tx.visitor.findMany({
      where: { guardianId },
      orderBy: [{ birthDate: 'asc' }, { visitorId: 'asc' }],
      select: child,
    }),
  childOf: (tx: Tx, guardianId: string, visitorId: string): Promise<ChildRow | null> =>
    tx.visitor.findFirst({ where: { visitorId, guardianId }, select: child }),
  add: async (tx: Tx, row: Prisma.VisitorUncheckedCreateInput): Promise<void> => {
    await tx.visitor.create({ data: row, select: { visitorId: true } })
  },
}
