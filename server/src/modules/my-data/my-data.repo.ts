import type { Database, Prisma, Tx } from '@visavis/prisma'

const EXPORT = {
  exportId: true,
  visitorId: true,
  askedBy: true,
  language: true,
  state: true,
  askedAt: true,
  expiresAt: true,
  keySalt: true,
  bytes: true,
  sha256: true,
  downloads: true,
  visitor: { select: { givenName: true, familyName: true } },
  asker: { select: { visitorId: true } },
} as const satisfies Prisma.DataExportSelect

export type StoredDataExport = Prisma.DataExportGetPayload<{ select: typeof EXPORT }>
export type MyDataRepo = ReturnType<typeof createMyDataRepo>
type State = StoredDataExport['state']

/** So many are listed: years of asking. */
const LISTED = 50

/** Exports of own data. */
export function createMyDataRepo(db: Database) {
  return {
    list: (askedBy: string) =>
      db.dataExport.findMany({
        where: { askedBy },
        orderBy: [{ askedAt: 'desc' }, { exportId: 'desc' }],
        take: LISTED,
        select: EXPORT,
      }),
    find: (exportId: string, tx: Tx = db) =>
      tx.dataExport.findUnique({ where: { exportId }, select: EXPORT }),
    /** False: one of that person lives already. */
    async add(tx: Tx, row: Prisma.DataExportCreateManyInput): Promise<boolean> {
      const { count } = await tx.dataExport.createMany({ data: [row], skipDuplicates: true })
      return count === 1
    },
    /** Compare and set; false when it was in none of these states. */
    async move(
      tx: Tx,
      { exportId, from }: { exportId: string; from: State[] },
      data: Prisma.DataExportUncheckedUpdateManyInput,
    ): Promise<boolean> {
      const where = { exportId, state: { in: from } }
      return (await tx.dataExport.updateMany({ where, data })).count === 1
    },
    /** Those whose time is over; of everybody, or of one visitor. */
    overBy: (tx: Tx, now: Date, visitorId?: string) =>
      tx.dataExport.findMany({
        where: {
          ...{ state: 'READY', expiresAt: { lte: now } },
          ...(visitorId === undefined ? {} : { visitorId }),
        },
        select: EXPORT,
      }),
    liveOf: (tx: Tx, visitorId: string) =>
      tx.dataExport.findMany({
        where: { visitorId, state: { in: ['ASKED', 'READY'] } },
        select: EXPORT,
      }),
    /** Those that are over and whose archive may still lie there. */
    withFiles: () =>
      db.dataExport.findMany({
        where: { state: { in: ['EXPIRED', 'FAILED'] }, hasFile: true },
        select: { exportId: true },
      }),
    async forgetFile(exportId: string): Promise<void> {
      await db.dataExport.updateMany({
        where: { exportId, state: { in: ['EXPIRED', 'FAILED'] } },
        data: { hasFile: false },
      })
    },
  }
}
