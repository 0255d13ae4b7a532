import type { Database, Prisma, Tx } from '@visavis/prisma'
import type { Reach } from '../identity/index.ts'
import type { TaskEnd } from '../tasks/index.ts'

const FLAG = {
  visit: {
    select: {
      ...{ startsAt: true, facilityId: true },
      facility: { select: { name: true, timeZone: true } },
      terminal: { select: { name: true } },
      recordings: {
        select: {
          recordingId: true,
          originAt: true,
          tracks: { select: { startMs: true, durationMs: true } },
        },
      },
    },
  },
} as const satisfies Prisma.FlagInclude

/** A flag with its visit and what was recorded of it. */
export type ListedFlag = Prisma.FlagGetPayload<{ include: typeof FLAG }>
type State = 'OPEN' | 'DONE' | 'DISMISSED'

const FLAGS_SHOWN = 200

/** Rows of flags and of the work they make. */
export type FlagsRepo = ReturnType<typeof createFlagsRepo>

export function createFlagsRepo(db: Database) {
  const flagsOf = (flagIds: readonly string[]): Promise<ListedFlag[]> =>
    db.flag.findMany({ where: { flagId: { in: [...flagIds] } }, include: FLAG })
  return {
    flagsOf,
    /** The tasks of flags within reach, the most urgent first; the settled ones last. */
    tasks: (reach: Reach, state: State | undefined) =>
      db.task.findMany({
        where: {
          kind: 'FLAG_REVIEW',
          ...('facilityId' in reach ? reach : { facility: reach }),
          ...(state === undefined ? {} : { state }),
        },
        orderBy: [{ state: 'asc' }, { dueAt: 'asc' }, { taskId: 'asc' }],
        take: FLAGS_SHOWN,
      }),
    idsOfVisit: async (visitId: string): Promise<string[]> => {
      const where = { visitId, withdrawnAt: null }
      const rows = await db.flag.findMany({ where, select: { flagId: true } })
      return rows.map(({ flagId }) => flagId)
    },
    taskOf: (tx: Tx, flagId: string) =>
      tx.task.findFirst({ where: { kind: 'FLAG_REVIEW', subjectId: flagId } }),
    /** Compare and set: false when somebody else settled it meanwhile. */
    settle: async (
      tx: Tx,
      { taskId, version }: { taskId: string; version: number },
      end: TaskEnd,
    ) => {
      const { count } = await tx.task.updateMany({
        where: { taskId, version, state: 'OPEN' },
        data: { ...end, version: version + 1 },
      })
      return count === 1
    },
  }
}
