import { Prisma } from '@visavis/prisma'
import type { Database, Tx } from '@visavis/prisma'
import type { KekName } from './kek-files.ts'
import { HELD } from './key-month-rules.ts'

/** Rows of the months' keys. */
export type KeysRepo = ReturnType<typeof createKeysRepo>

const NAME = { kekId: true, facilityId: true, month: true } as const

export function createKeysRepo(db: Database) {
  return {
    find: (on: Database | Tx, kekId: string) =>
      on.keyMonth.findUnique({ where: { kekId }, select: { ...NAME, destroyedAt: true } }),
    /** The key in use, held until the transaction ends: nobody destroys it meanwhile. */
    async inUse(tx: Tx, { facilityId, month }: Omit<KekName, 'kekId'>): Promise<KekName | null> {
      const rows = await tx.$queryRaw<{ kekId: string }[]>`
        SELECT kek_id AS "kekId" FROM key_month
        WHERE facility_id = ${facilityId}::uuid AND month = ${month} AND destroyed_at IS NULL
        FOR SHARE`
      const kekId = rows[0]?.kekId
      return kekId === undefined ? null : { kekId, facilityId, month }
    },
    /** False: somebody else has just made the one of this month. */
    async add(tx: Tx, { kekId, facilityId, month }: KekName, createdAt: Date): Promise<boolean> {
      const count = await tx.$executeRaw`
        INSERT INTO key_month (kek_id, facility_id, month, created_at)
        VALUES (${kekId}::uuid, ${facilityId}::uuid, ${month}, ${createdAt}::timestamptz)
        ON CONFLICT (facility_id, month) WHERE destroyed_at IS NULL DO NOTHING`
      return count === 1
    },
    /**
     * Marks what is over and keeps nothing any more; answers the ids. `month`: the present one. Two
     * statements: the second sees what was wrapped while the first waited for the lock.
     */
    async markDestroyed(tx: Tx, month: string, now: Date): Promise<string[]> {
      await tx.$queryRaw`
        SELECT kek_id FROM key_month
        WHERE destroyed_at IS NULL AND (month < ${month} OR month = ${HELD})
        ORDER BY kek_id FOR UPDATE`
      const rows = await tx.$queryRaw<{ kekId: string }[]>`
        UPDATE key_month AS kek SET destroyed_at = ${now}::timestamptz
        WHERE kek.destroyed_at IS NULL
          AND CASE WHEN kek.month = ${HELD} THEN ${wrapsNothing()}
            ELSE kek.month < ${month} AND ${keepsNothing(now)} END
        RETURNING kek.kek_id AS "kekId"`
      return rows.map(({ kekId }) => kekId)
    },
    /** All that are destroyed. */
    destroyed: () => db.keyMonth.findMany({ where: { destroyedAt: { not: null } }, select: NAME }),
  }
}

function wrapsNothing(): Prisma.Sql {
  return Prisma.sql`(NOT EXISTS (SELECT FROM recording_key AS k WHERE k.kek_id = kek.kek_id)
    AND NOT EXISTS (SELECT FROM derivative AS k WHERE k.kek_id = kek.kek_id)
    AND NOT EXISTS (SELECT FROM recording_export AS k WHERE k.kek_id = kek.kek_id))`
}

function keepsNothing(now: Date): Prisma.Sql {
  return Prisma.sql`(NOT EXISTS (
      SELECT FROM recording_key AS k JOIN recording AS r ON r.recording_id = k.recording_id
      WHERE k.kek_id = kek.kek_id AND r.destroyed_at IS NULL
        AND (r.destroy_after IS NULL OR r.destroy_after >= ${now}::timestamptz))
    AND NOT EXISTS (
      SELECT FROM legal_hold AS h WHERE h.released_at IS NULL AND h.visit_id IN (
        SELECT k.visit_id FROM recording_key AS k WHERE k.kek_id = kek.kek_id
        UNION SELECT k.visit_id FROM derivative AS k WHERE k.kek_id = kek.kek_id
        UNION SELECT k.visit_id FROM recording_export AS k WHERE k.kek_id = kek.kek_id)))`
}
