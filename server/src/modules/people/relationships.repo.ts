import type { Prisma, Tx } from '@visavis/prisma'
import { inmateRow, visitorRow } from './rows.repo.ts'

const relationship = {
  include: { visitor: { select: visitorRow }, inmate: { select: inmateRow } },
} as const satisfies Prisma.RelationshipDefaultArgs
export type RelationshipRow = Prisma.RelationshipGetPayload<typeof relationship>

/** Rows of relationships; all inside the caller's transaction. */
export const relationshipsRepo = {
  relationship: (tx: Tx, relationshipId: string): Promise<RelationshipRow | null> =>
    tx.relationship.findUnique({ where: { relationshipId }, ...relationship }),
  ofInmate: (tx: Tx, inmateId: string): Promise<RelationshipRow[]> =>
    tx.relationship.findMany({
      where: { inmateId },
      orderBy: { createdAt: 'asc' },
      ...relationship,
    }),
  ofVisitorAt: (tx: Tx, visitorId: string, facilityId: string): Promise<RelationshipRow[]> =>
    tx.relationship.findMany({
      where: { visitorId, inmate: { facilityId } },
      orderBy: { createdAt: 'asc' },
      ...relationship,
    }),
  hasLive: async (tx: Tx, visitorId: string, inmateId: string): Promise<boolean> => {
    const notLive: RelationshipRow['state'][] = ['REJECTED', 'ENDED']
    const where = { visitorId, inmateId, state: { notIn: notLive } }
    return (await tx.relationship.count({ where })) > 0
  },
  add: async (tx: Tx, row: Prisma.RelationshipUncheckedCreateInput): Promise<void> => {
    await tx.relationship.create({ data: row, select: { relationshipId: true } })
  },
  /** Compare-and-set on the version; false: somebody else was first. */
  move: async (
    tx: Tx,
    { relationshipId, version }: { relationshipId: string; version: number },
    data: Prisma.RelationshipUncheckedUpdateManyInput,
  ): Promise<boolean> => {
    const moved = await tx.relationship.updateMany({
      where: { relationshipId, version },
      data: { ...data, version: { increment: 1 } },
    })
    return moved.count === 1
  },
}
