import type { NonAssociation, Tx } from '@visavis/prisma'
import { fullNameOf } from '@visavis/contract/person-names'
import type { Lifted } from './obstacles.ts'

export type NonAssociationRow = NonAssociation
export type NewNonAssociation = Omit<NonAssociationRow, 'liftedAt' | 'liftedBy' | 'liftedReason'>

/** Rows of people who may not meet in one visit; all inside the caller's transaction. */
export const nonAssociationsRepo = {
  /** False: the two are kept apart already. */
  add: async (tx: Tx, row: NewNonAssociation): Promise<boolean> => {
    const added = await tx.nonAssociation.createMany({ data: [row], skipDuplicates: true })
    return added.count === 1
  },
  nonAssociation: (tx: Tx, nonAssociationId: string): Promise<NonAssociationRow | null> =>
    tx.nonAssociation.findUnique({ where: { nonAssociationId } }),
  /** False: it was lifted before. */
  lift: async (tx: Tx, nonAssociationId: string, data: Lifted): Promise<boolean> => {
    const where = { nonAssociationId, liftedAt: null }
    return (await tx.nonAssociation.updateMany({ where, data })).count === 1
  },
  liveOf: (tx: Tx, personId: string): Promise<NonAssociationRow[]> =>
    tx.nonAssociation.findMany({
      where: { liftedAt: null, OR: [{ oneId: personId }, { otherId: personId }] },
      orderBy: { createdAt: 'asc' },
    }),
  /** Full names of visitors and inmates, by id. */
  namesOf: async (tx: Tx, personIds: readonly string[]): Promise<Map<string, string>> => {
    const ids = { in: [...personIds] }
    const name = { givenName: true, familyName: true } as const
    const visitors = await tx.visitor.findMany({
      where: { visitorId: ids },
      select: { visitorId: true, ...name },
    })
    const inmates = await tx.inmate.findMany({
      where: { inmateId: ids },
      select: { inmateId: true, ...name },
    })
    return new Map([
      ...visitors.map((row) => [row.visitorId, fullNameOf(row)] as const),
      ...inmates.map((row) => [row.inmateId, fullNameOf(row)] as const),
    ])
  },
}
