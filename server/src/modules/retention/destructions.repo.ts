import type { Database, Prisma, Tx } from '@visavis/prisma'
import type { Place } from '../../platform/cursor.ts'
import { NAMED } from './staff-rules.ts'

const ASKED = {
  asker: NAMED,
  visit: { select: { facilityId: true } },
} as const satisfies Prisma.DestructionInclude

/** A destruction that somebody asked for, or that is done. */
export type DestructionRow = Prisma.DestructionGetPayload<{ include: typeof ASKED }>

/** Which facilities' tombstones are listed; null: all. */
export type TombstonePage = {
  readonly within: Prisma.VisitWhereInput | null
  readonly after: Place | null
  readonly take: number
}

/** Rows of destructions that take two people, and of tombstones. */
export type DestructionsRepo = ReturnType<typeof createDestructionsRepo>

export function createDestructionsRepo(db: Database) {
  return {
    one: (tx: Tx, destructionId: string): Promise<DestructionRow | null> =>
      tx.destruction.findUnique({ where: { destructionId }, include: ASKED }),
    /** Somebody wants it destroyed before its time; another person decides. */
    ask: async (
      tx: Tx,
      row: {
        destructionId: string
        visitId: string
        askedBy: string
        askedAt: Date
        reason: string
      },
    ): Promise<void> => {
      await tx.destruction.create({
        data: { ...row, cause: 'EARLY', state: 'ASKED' },
        select: { destructionId: true },
      })
    },
    /** False when somebody else decided meanwhile. */
    refuse: async (
      tx: Tx,
      destructionId: string,
      end: { decidedBy: string; decidedAt: Date },
    ): Promise<boolean> => {
      const { count } = await tx.destruction.updateMany({
        where: { destructionId, state: 'ASKED' },
        data: { ...end, state: 'REFUSED' },
      })
      return count === 1
    },
    ...tombstoneReads(db),
  }
}

/** What is left of what was destroyed. */
function tombstoneReads(db: Database) {
  return {
    tombstones: ({ within, after, take }: TombstonePage) =>
      db.destruction.findMany({
        where: {
          state: 'DONE',
          ...(within === null ? {} : { visit: within }),
          ...(after === null ? {} : { OR: olderThan(after) }),
        },
        orderBy: [{ destroyedAt: 'desc' }, { destructionId: 'desc' }],
        take,
        select: {
          ...{ destructionId: true, visitId: true, destroyedAt: true, cause: true },
          ...{ files: true, filesRemovedAt: true, sha256: true },
          visit: { select: { startsAt: true } },
        },
      }),
    tombstone: (destructionId: string) =>
      db.destruction.findUnique({
        where: { destructionId },
        select: {
          tombstone: true,
          visit: { select: { facilityId: true, facility: { select: { operatorId: true } } } },
        },
      }),
  }
}

function olderThan({ at, id }: Place): Prisma.DestructionWhereInput[] {
  return [{ destroyedAt: { lt: at } }, { destroyedAt: at, destructionId: { lt: id } }]
}
