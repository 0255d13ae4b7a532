import type { AuditCheckpoint, AuditKey, Database, Tx } from '@visavis/prisma'

/** A checkpoint with the lines of its witnesses. */
export type KeptCheckpoint = {
  readonly log: string
  readonly size: number
  readonly root: Buffer
  /** As we signed it. */
  readonly note: string
  readonly signedAt: Date
  readonly shippedAt: Date | null
  readonly cosignatures: readonly { readonly witness: string; readonly line: string }[]
}

/** A new checkpoint. */
export type NewCheckpoint = Pick<KeptCheckpoint, 'log' | 'size' | 'root' | 'note' | 'signedAt'>

const WITH = {
  shipment: { select: { shippedAt: true } },
  cosignatures: { select: { witness: true, line: true }, orderBy: { witness: 'asc' } },
} as const

type Row = AuditCheckpoint & {
  shipment: { shippedAt: Date } | null
  cosignatures: { witness: string; line: string }[]
}

const kept = ({ size, root, shipment, ...row }: Row): KeptCheckpoint => ({
  ...row,
  size: Number(size),
  root: Buffer.from(root, 'base64'),
  shippedAt: shipment?.shippedAt ?? null,
})

/** Checkpoints, and the logs that they are of. */
export type CheckpointsRepo = ReturnType<typeof createCheckpointsRepo>

export function createCheckpointsRepo(db: Database) {
  return { ...readingsOf(db), ...writings, ...beyondOf(db), ...keysOf(db) }
}

function readingsOf(db: Database) {
  return {
    /** The newest entry's number of every log there is; one look at the index for each. */
    async heads(): Promise<{ log: string; size: number }[]> {
      const rows = await db.$queryRaw<{ log: string; size: bigint }[]>`
        WITH RECURSIVE known AS (
          (SELECT log FROM audit_entry ORDER BY log LIMIT 1)
          UNION ALL
          SELECT (SELECT log FROM audit_entry WHERE log > known.log ORDER BY log LIMIT 1)
          FROM known WHERE known.log IS NOT NULL
        )
        SELECT log, (SELECT max(seq) FROM audit_entry WHERE audit_entry.log = known.log) AS size
        FROM known WHERE log IS NOT NULL`
      return rows.map(({ log, size }) => ({ log, size: Number(size) }))
    },
    async head(tx: Database | Tx, log: string): Promise<{ size: number; at: Date } | null> {
      const where = { log }
      const orderBy = { seq: 'desc' } as const
      const row = await tx.auditEntry.findFirst({ where, orderBy, select: { seq: true, ts: true } })
      return row && { size: Number(row.seq), at: row.ts }
    },
    async timeOf(log: string, seq: number): Promise<Date | null> {
      const where = { log_seq: { log, seq: BigInt(seq) } }
      const row = await db.auditEntry.findUnique({ where, select: { ts: true } })
      return row?.ts ?? null
    },
    async newest(log: string, tx: Database | Tx = db): Promise<KeptCheckpoint | null> {
      const orderBy = { size: 'desc' } as const
      const row = await tx.auditCheckpoint.findFirst({ where: { log }, orderBy, include: WITH })
      return row && kept(row)
    },
    async find(log: string, size: number, tx: Database | Tx = db): Promise<KeptCheckpoint | null> {
      const where = { log_size: { log, size: BigInt(size) } }
      const row = await tx.auditCheckpoint.findUnique({ where, include: WITH })
      return row && kept(row)
    },
    /** Of a log after a size, in order. */
    async after(log: string, size: number, take: number): Promise<KeptCheckpoint[]> {
      const where = { log, size: { gt: BigInt(size) } }
      const orderBy = { size: 'asc' } as const
      const rows = await db.auditCheckpoint.findMany({ where, orderBy, take, include: WITH })
      return rows.map(kept)
    },
  }
}

const writings = {
  /** One checkpoint of a log is made at a time, whichever server makes it. */
  async lock(tx: Tx, log: string): Promise<void> {
    await tx.$queryRaw`SELECT 1 AS locked FROM pg_advisory_xact_lock(
      hashtextextended(${`audit-checkpoint/${log}`}, 0))`
  },
  async add(tx: Tx, { size, root, ...row }: NewCheckpoint): Promise<void> {
    const data = { ...row, size: BigInt(size), root: root.toString('base64') }
    await tx.auditCheckpoint.create({ data })
  },
}

/** What others hold of checkpoints: the second place, and witnesses. */
function beyondOf(db: Database) {
  return {
    /** Those that are in no second place yet, the oldest first. */
    async unshipped(take: number): Promise<KeptCheckpoint[]> {
      const where = { shipment: { is: null } }
      const orderBy = [{ signedAt: 'asc' }, { size: 'asc' }] as const
      const rows = await db.auditCheckpoint.findMany({
        where,
        orderBy: [...orderBy],
        take,
        include: WITH,
      })
      return rows.map(kept)
    },
    async shipped(log: string, size: number, shippedAt: Date): Promise<void> {
      const data = [{ log, size: BigInt(size), shippedAt }]
      await db.auditShipment.createMany({ data, skipDuplicates: true })
    },
    async addCosignature(given: {
      log: string
      size: number
      witness: string
      line: string
      cosignedAt: Date
      receivedAt: Date
    }): Promise<void> {
      const data = [{ ...given, size: BigInt(given.size) }]
      await db.auditCosignature.createMany({ data, skipDuplicates: true })
    },
    /** The newest that each witness signed, of a log. */
    async witnessed(log: string): Promise<{ witness: string; size: number; at: Date }[]> {
      const rows = await db.auditCosignature.findMany({
        where: { log },
        distinct: ['witness'],
        orderBy: [{ witness: 'asc' }, { size: 'desc' }],
        select: { witness: true, size: true, cosignedAt: true },
      })
      return rows.map(({ witness, size, cosignedAt: at }) => ({ witness, size: Number(size), at }))
    },
  }
}

function keysOf(db: Database) {
  return {
    keys: (tx: Database | Tx = db): Promise<AuditKey[]> =>
      tx.auditKey.findMany({ orderBy: { number: 'asc' } }),
    async addKey(tx: Tx, key: AuditKey): Promise<void> {
      await tx.auditKey.create({ data: key })
    },
  }
}
