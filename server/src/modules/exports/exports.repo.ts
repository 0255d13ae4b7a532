import type { Database, Prisma, Tx } from '@visavis/prisma'
import type { Place } from '../../platform/cursor.ts'
import type { Reach } from '../identity/index.ts'

const PERSON = {
  select: {
    accountId: true,
    officerId: true,
    login: true,
    officer: { select: { givenName: true, familyName: true } },
  },
} as const

const EXPORT = {
  exportId: true,
  visitId: true,
  state: true,
  purpose: true,
  caseNumber: true,
  recipient: true,
  derivativeIds: true,
  askedBy: true,
  askedAt: true,
  decidedBy: true,
  decidedAt: true,
  reason: true,
  bytes: true,
  sha256: true,
  kekId: true,
  wrapped: true,
  expiresAt: true,
  downloads: true,
  visit: { select: { startsAt: true, facilityId: true } },
  asker: PERSON,
  decider: PERSON,
} as const satisfies Prisma.RecordingExportSelect

const KEPT = {
  visitId: true,
  facilityId: true,
  visitClass: true,
  startsAt: true,
  endsAt: true,
  facility: { select: { name: true, timeZone: true } },
  recordings: {
    orderBy: [{ epoch: 'asc' }, { startedAt: 'asc' }],
    select: {
      recordingId: true,
      epoch: true,
      state: true,
      destroyedAt: true,
      key: { select: { kekId: true, wrapped: true } },
      manifests: {
        orderBy: { number: 'desc' },
        take: 1,
        select: { number: true, bytes: true, sha256: true },
      },
    },
  },
  derivatives: {
    where: { state: 'MADE' },
    select: { derivativeId: true, kekId: true, wrapped: true },
  },
} as const satisfies Prisma.VisitSelect

/** A page of a list of exports. */
export type ExportsPage = {
  readonly reach: Reach
  /** Those that nobody has decided yet, or the others; null: all. */
  readonly isWaiting: boolean | null
  readonly after: Place | null
  readonly take: number
}

export type StoredExport = Prisma.RecordingExportGetPayload<{ select: typeof EXPORT }>
/** A visit with what an export of it takes. */
export type KeptVisit = Prisma.VisitGetPayload<{ select: typeof KEPT }>
export type ExportsRepo = ReturnType<typeof createExportsRepo>

type State = StoredExport['state']

const within = (reach: Reach): Prisma.VisitWhereInput =>
  'facilityId' in reach ? reach : { facility: reach }

function askedBefore({ at, id }: Place): Prisma.RecordingExportWhereInput[] {
  return [{ askedAt: { lt: at } }, { askedAt: at, exportId: { lt: id } }]
}

/** Exports, and what goes into them. */
export function createExportsRepo(db: Database) {
  return {
    visit: (visitId: string, reach?: Reach, tx: Tx = db) =>
      tx.visit.findFirst({
        where: { visitId, isPrivileged: false, ...(reach ? within(reach) : {}) },
        select: KEPT,
      }),
    /** Newest first. */
    list: ({ reach, isWaiting, after, take }: ExportsPage) =>
      db.recordingExport.findMany({
        where: {
          visit: within(reach),
          ...(isWaiting === null ? {} : { state: isWaiting ? 'ASKED' : { not: 'ASKED' } }),
          ...(after === null ? {} : { OR: askedBefore(after) }),
        },
        orderBy: [{ askedAt: 'desc' }, { exportId: 'desc' }],
        take,
        select: EXPORT,
      }),
    find: (exportId: string, { reach, tx = db }: { reach?: Reach; tx?: Tx } = {}) =>
      tx.recordingExport.findFirst({
        where: { exportId, ...(reach ? { visit: within(reach) } : {}) },
        select: EXPORT,
      }),
    async add(tx: Tx, row: Prisma.RecordingExportUncheckedCreateInput): Promise<void> {
      await tx.recordingExport.create({ data: row, select: { exportId: true } })
    },
    async remove(tx: Tx, exportId: string): Promise<boolean> {
      const { count } = await tx.recordingExport.deleteMany({ where: { exportId, state: 'ASKED' } })
      return count === 1
    },
    move,
    /** Those whose time is over, and those that are over and whose archive may still lie there. */
    overBy: (now: Date) =>
      db.recordingExport.findMany({
        where: {
          OR: [
            { state: 'READY', expiresAt: { lte: now } },
            { state: { in: ['EXPIRED', 'FAILED'] }, file: { not: null } },
          ],
        },
        select: EXPORT,
      }),
    async forgetFile(exportId: string): Promise<void> {
      await db.recordingExport.updateMany({
        where: { exportId, state: { in: ['EXPIRED', 'FAILED'] } },
        data: { file: null },
      })
    },
  }
}

/** Compare and set; false when it was in none of these states. */
async function move(
  tx: Tx,
  { exportId, from }: { exportId: string; from: State[] },
  data: Prisma.RecordingExportUncheckedUpdateManyInput,
): Promise<boolean> {
  const where = { exportId, state: { in: from } }
  const { count } = await tx.recordingExport.updateMany({ where, data })
  return count === 1
}
