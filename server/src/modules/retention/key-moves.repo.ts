import { Prisma } from '@visavis/prisma'
import type { Database, Tx } from '@visavis/prisma'

/** A key that is wrapped under another month's than it should be. */
export type MisplacedKey = {
  readonly of: 'RECORDING' | 'DERIVATIVE'
  readonly objectId: string
  readonly visitId: string
  readonly facilityId: string
  readonly kekId: string
  readonly wrapped: Uint8Array<ArrayBuffer>
  /** Until when it is to be kept; null: it is held. */
  readonly until: Date | null
}

/** Rows of keys, by the month that they are wrapped for. */
export type KeyMovesRepo = ReturnType<typeof createKeyMovesRepo>

export function createKeyMovesRepo(db: Database) {
  return {
    /** Keys of one visit that are to be wrapped anew. */
    ofVisit: (tx: Tx, visitId: string, now: Date): Promise<MisplacedKey[]> =>
      tx.$queryRaw<MisplacedKey[]>`
        ${misplaced(Prisma.sql`key.visit_id = ${visitId}::uuid`, now)} ORDER BY key.object_id`,
    /** Visits with such keys, by id. */
    visits: async (now: Date, after: string, take: number): Promise<string[]> => {
      const rows = await db.$queryRaw<{ visitId: string }[]>`
        SELECT DISTINCT "visitId" FROM (
          ${misplaced(Prisma.sql`key.visit_id > ${after}::uuid`, now)}) AS misplaced
        ORDER BY "visitId" LIMIT ${take}`
      return rows.map(({ visitId }) => visitId)
    },
    /** Stores the new form; false when somebody else wrapped or destroyed it meanwhile. */
    store: async (
      tx: Tx,
      { of, objectId, kekId }: MisplacedKey,
      data: { kekId: string; wrapped: Uint8Array<ArrayBuffer> },
    ): Promise<boolean> => {
      const { count } =
        of === 'RECORDING'
          ? await tx.recordingKey.updateMany({ where: { recordingId: objectId, kekId }, data })
          : await tx.derivative.updateMany({ where: { derivativeId: objectId, kekId }, data })
      return count === 1
    },
  }
}

/** What is due and not held stays where it is: it is about to be destroyed. */
function misplaced(where: Prisma.Sql, now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT key.of, key.object_id AS "objectId", key.visit_id AS "visitId",
      visit.facility_id AS "facilityId", key.kek_id AS "kekId", key.wrapped,
      CASE WHEN held.is_held THEN NULL ELSE kept.until END AS until
    FROM (
      SELECT 'RECORDING' AS of, recording_id AS object_id, visit_id, kek_id, wrapped
      FROM recording_key
      UNION ALL SELECT 'DERIVATIVE', derivative_id, visit_id, kek_id, wrapped
      FROM derivative WHERE wrapped IS NOT NULL) AS key
    JOIN visit ON visit.visit_id = key.visit_id
    JOIN key_month month ON month.kek_id = key.kek_id
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM legal_hold hold
      WHERE hold.visit_id = key.visit_id AND hold.released_at IS NULL) AS is_held) AS held
    CROSS JOIN LATERAL (SELECT max(destroy_after) AS until FROM recording
      WHERE recording.visit_id = key.visit_id AND recording.destroyed_at IS NULL) AS kept
    WHERE ${where} AND (held.is_held OR kept.until > ${now}::timestamptz)
      AND month.month <> CASE WHEN held.is_held THEN 'held'
        ELSE to_char(kept.until AT TIME ZONE 'UTC', 'YYYY-MM') END`
}
