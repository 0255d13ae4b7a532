import { Prisma } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'

/** An entry as it was hashed. */
export type StoredEntry = {
  readonly seq: number
  readonly bytes: Uint8Array
  readonly hash: string
}

/** Which entries; times are of the server that wrote them. */
export type EntryFilter = {
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  readonly actor?: string | undefined
  /** Whole, or its part before a dot. */
  readonly action?: string | undefined
  readonly object?: string | undefined
  readonly outcome?: string | undefined
  readonly visit?: string | undefined
}

type Row = { seq: bigint; bytes: Uint8Array; hash: string }
const stored = ({ seq, bytes, hash }: Row): StoredEntry => ({ seq: Number(seq), bytes, hash })

/** Entries of a log, to be read and never to be written. */
export type EntriesRepo = ReturnType<typeof createEntriesRepo>

export function createEntriesRepo(db: Database) {
  return {
    async find(log: string, seq: number): Promise<StoredEntry | null> {
      const where = { log_seq: { log, seq: BigInt(seq) } }
      const row = await db.auditEntry.findUnique({ where })
      return row && stored(row)
    },
    /** Every entry of a visit, up to the log's size, oldest first. */
    async ofVisit(
      log: string,
      { visitId, size }: { visitId: string; size: number },
    ): Promise<StoredEntry[]> {
      const rows = await db.auditEntry.findMany({
        where: { log, visitId, seq: { lte: BigInt(size) } },
        orderBy: { seq: 'asc' },
      })
      return rows.map(stored)
    },
    /** After a number and up to another, oldest first. */
    async page(
      log: string,
      { after, to, take }: { after: number; to: number; take: number },
    ): Promise<StoredEntry[]> {
      const rows = await db.auditEntry.findMany({
        where: { log, seq: { gt: BigInt(after), lte: BigInt(to) } },
        orderBy: { seq: 'asc' },
        take,
      })
      return rows.map(stored)
    },
    /** Before a number, newest first. */
    async search(
      log: string,
      filter: EntryFilter,
      { before, take }: { before: number; take: number },
    ): Promise<StoredEntry[]> {
      const rows = await db.$queryRaw<Row[]>`
        SELECT seq, bytes, hash FROM audit_entry
        WHERE log = ${log} AND seq < ${before} ${Prisma.join(conditions(filter), ' ')}
        ORDER BY seq DESC LIMIT ${take}`
      return rows.map(stored)
    },
    /** The class of a visit. */
    classOf: async (visitId: string): Promise<'social' | 'official' | 'privileged' | null> => {
      const visit = await db.visit.findUnique({ where: { visitId }, select: { visitClass: true } })
      return visit?.visitClass ?? null
    },
    /** Facilities by their ids; all of them when null. */
    async facilities(facilityId: string | null): Promise<{ facilityId: string; name: string }[]> {
      const where = facilityId === null ? {} : { facilityId }
      const orderBy = { name: 'asc' } as const
      return db.facility.findMany({ where, orderBy, select: { facilityId: true, name: true } })
    },
  }
}

function conditions({
  from,
  to,
  actor,
  action,
  object,
  outcome,
  visit,
}: EntryFilter): Prisma.Sql[] {
  const given: (Prisma.Sql | false)[] = [
    from !== undefined && Prisma.sql`AND ts >= ${from}`,
    to !== undefined && Prisma.sql`AND ts < ${to}`,
    actor !== undefined && Prisma.sql`AND audit_said(bytes, 'actor', 'actorId') = ${actor}`,
    object !== undefined && Prisma.sql`AND audit_said(bytes, 'object', 'objectId') = ${object}`,
    outcome !== undefined && Prisma.sql`AND audit_said(bytes, 'outcome') = ${outcome}`,
    visit !== undefined && Prisma.sql`AND visit_id = ${visit}::uuid`,
    action !== undefined &&
      Prisma.sql`AND (action = ${action} OR starts_with(action, ${`${action}.`}))`,
  ]
  return [Prisma.empty, ...given.filter((one) => one !== false)]
}
