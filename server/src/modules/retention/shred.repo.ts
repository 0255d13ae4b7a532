import type { Database, Prisma, Tx } from '@visavis/prisma'

const FACTS = {
  facilityId: true,
  legalHolds: { where: { releasedAt: null }, select: { holdId: true } },
  recordings: {
    where: { destroyedAt: null },
    orderBy: { epoch: 'asc' },
    select: {
      recordingId: true,
      epoch: true,
      state: true,
      destroyAfter: true,
      manifests: {
        orderBy: { number: 'desc' },
        take: 1,
        select: { number: true, sha256: true, root: true, bytes: true },
      },
    },
  },
  derivatives: { orderBy: { derivativeId: 'asc' }, select: { derivativeId: true } },
  exports: { orderBy: { exportId: 'asc' }, select: { exportId: true, sha256: true } },
  destructions: {
    where: { state: 'ASKED' },
    select: { destructionId: true, askedBy: true, askedAt: true },
  },
} as const satisfies Prisma.VisitSelect

/** What is read of a visit before its recordings are destroyed. */
export type ShredFacts = Prisma.VisitGetPayload<{ select: typeof FACTS }>

/** The row of a destruction that is done. */
export type DoneRow = {
  readonly destructionId: string
  readonly visitId: string
  readonly cause: 'EXPIRED' | 'EARLY'
  readonly decidedBy: string | null
  readonly destroyedAt: Date
  readonly files: number
  readonly tombstone: Uint8Array<ArrayBuffer>
  readonly sha256: string
}

/** Rows of what is destroyed. */
export type ShredRepo = ReturnType<typeof createShredRepo>

export function createShredRepo(db: Database) {
  return {
    /** Nobody holds or destroys this visit's recordings meanwhile. */
    lock: async (tx: Tx, visitId: string): Promise<void> => {
      await tx.$queryRaw`
        SELECT 1 FROM visit WHERE visit_id = ${visitId}::uuid FOR NO KEY UPDATE`
    },
    facts: (tx: Tx, visitId: string): Promise<ShredFacts | null> =>
      tx.visit.findUnique({ where: { visitId }, select: FACTS }),
    hadRecordings: async (tx: Tx, visitId: string): Promise<boolean> =>
      (await tx.recording.count({ where: { visitId } })) > 0,
    /** Visits all of whose recordings are past their day and which nothing holds, by id. */
    expired: async (now: Date, after: string, take: number): Promise<string[]> => {
      const rows = await db.$queryRaw<{ visitId: string }[]>`
        SELECT visit_id AS "visitId" FROM recording
        WHERE destroyed_at IS NULL AND visit_id > ${after}::uuid
          AND NOT EXISTS (SELECT FROM legal_hold hold
            WHERE hold.visit_id = recording.visit_id AND hold.released_at IS NULL)
        GROUP BY visit_id HAVING bool_and(destroy_after <= ${now}::timestamptz)
        ORDER BY visit_id LIMIT ${take}`
      return rows.map(({ visitId }) => visitId)
    },
    dropKeys,
    /** Stores the tombstone: in the row of whoever asked, or in one of its own. */
    async done(tx: Tx, { destructionId, visitId, decidedBy, ...end }: DoneRow): Promise<void> {
      const decidedAt = decidedBy === null ? null : end.destroyedAt
      const data = { ...end, state: 'DONE' as const, decidedBy, decidedAt }
      const { count } = await tx.destruction.updateMany({ where: { destructionId }, data })
      if (count === 1) return
      await tx.destruction.create({
        data: { destructionId, visitId, ...data },
        select: { destructionId: true },
      })
    },
    ...fileRows(db),
  }
}

/** What of the files is still to be removed. */
function fileRows(db: Database) {
  return {
    withFiles: (after: string, take: number) =>
      db.destruction.findMany({
        where: { state: 'DONE', filesRemovedAt: null, destructionId: { gt: after } },
        orderBy: { destructionId: 'asc' },
        take,
        select: { destructionId: true, visitId: true },
      }),
    filesRemoved: async (destructionId: string, filesRemovedAt: Date): Promise<void> => {
      await db.destruction.updateMany({
        where: { destructionId, filesRemovedAt: null },
        data: { filesRemovedAt },
      })
    },
    /** Months whose key was destroyed, for the log. */
    months: (tx: Tx, kekIds: readonly string[]) =>
      tx.keyMonth.findMany({
        where: { kekId: { in: [...kekIds] } },
        select: { kekId: true, facilityId: true, month: true },
      }),
  }
}

/** Deletes every wrapped key of the visit: from here on nobody reads its recordings and copies. */
async function dropKeys(tx: Tx, visitId: string, destroyedAt: Date): Promise<void> {
  const gone = { kekId: null, wrapped: null }
  await tx.recordingKey.deleteMany({ where: { visitId } })
  await tx.derivative.updateMany({
    where: { visitId, state: { in: ['WAITING', 'BEING_MADE'] } },
    data: { ...gone, state: 'FAILED', failure: 'DESTROYED' },
  })
  await tx.derivative.updateMany({ where: { visitId, wrapped: { not: null } }, data: gone })
  await tx.recordingExport.updateMany({
    where: { visitId, state: { in: ['APPROVED', 'READY'] } },
    data: { ...gone, state: 'EXPIRED' },
  })
  await tx.recordingExport.updateMany({
    where: { visitId, wrapped: { not: null } },
    data: gone,
  })
  await tx.recording.updateMany({
    where: { visitId, destroyedAt: null },
    data: { destroyedAt },
  })
}
