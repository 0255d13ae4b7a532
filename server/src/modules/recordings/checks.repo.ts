import type { Database, Tx } from '@visavis/prisma'

export type ChecksRepo = ReturnType<typeof createChecksRepo>
/** A recording with what its files are compared with. */
export type CheckedRecording = NonNullable<Awaited<ReturnType<ChecksRepo['recording']>>>

/** The checks of recordings' files. */
export function createChecksRepo(db: Database) {
  return {
    recording: (recordingId: string) =>
      db.recording.findUnique({
        where: { recordingId },
        select: {
          recordingId: true,
          visitId: true,
          state: true,
          destroyedAt: true,
          visit: { select: { facilityId: true } },
          manifests: {
            orderBy: { number: 'desc' },
            take: 1,
            select: { number: true, bytes: true, sha256: true },
          },
          heads: { orderBy: { chunks: 'asc' }, select: { chunks: true, chain: true } },
        },
      }),
    /** Ids of finished recordings that nobody has checked since, those that waited longest first. */
    async uncheckedSince(since: Date, limit: number): Promise<string[]> {
      const rows = await db.$queryRaw<{ recordingId: string }[]>`
        SELECT recording.recording_id AS "recordingId"
        FROM recording
        LEFT JOIN LATERAL (
          SELECT max(checked_at) AS at FROM recording_check
          WHERE recording_check.recording_id = recording.recording_id
        ) AS newest ON true
        WHERE recording.state = 'FINISHED' AND recording.destroyed_at IS NULL
          AND coalesce(newest.at, recording.started_at) < ${since}::timestamptz
        ORDER BY newest.at NULLS FIRST, recording.started_at
        LIMIT ${limit}`
      return rows.map(({ recordingId }) => recordingId)
    },
    async add(
      tx: Tx,
      check: { recordingId: string; checkedAt: Date; isOk: boolean; finding: string },
    ): Promise<void> {
      await tx.recordingCheck.create({ data: check, select: { recordingId: true } })
    },
  }
}
