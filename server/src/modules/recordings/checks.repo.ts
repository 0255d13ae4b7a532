import type { Database, Prisma, Tx } from '@visavis/prisma'

const CHECK = {
  ...{ checkedAt: true, finding: true, problems: true },
  asker: {
    select: { login: true, officer: { select: { givenName: true, familyName: true } } },
  },
} as const satisfies Prisma.RecordingCheckSelect

const ASKED = {
  visitId: true,
  state: true,
  destroyedAt: true,
  visit: { select: { facilityId: true } },
  _count: { select: { manifests: true } },
} as const satisfies Prisma.RecordingSelect

const COMPARED = {
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
} as const satisfies Prisma.RecordingSelect

type NewCheck = Prisma.RecordingCheckUncheckedCreateInput & { readonly checkedAt: Date }

/** Somebody's wish for a check of a recording. */
export type AskedOf = {
  readonly recordingId: string
  readonly askedBy: string
  readonly askedAt: Date
}
export type StoredCheck = Prisma.RecordingCheckGetPayload<{ select: typeof CHECK }>
export type AskedRecording = Prisma.RecordingGetPayload<{ select: typeof ASKED }>

/** So many checks are listed: years of one each month. */
const LISTED = 100

export type ChecksRepo = ReturnType<typeof createChecksRepo>
/** A recording with what its files are compared with. */
export type CheckedRecording = NonNullable<Awaited<ReturnType<ChecksRepo['recording']>>>

/** The checks of recordings' files. */
export function createChecksRepo(db: Database) {
  return {
    recording: (recordingId: string) =>
      db.recording.findUnique({ where: { recordingId }, select: COMPARED }),
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
    /** Two of one moment are told apart by a millisecond. */
    async add(tx: Tx, { checkedAt, ...check }: NewCheck): Promise<void> {
      const { recordingId } = check
      const { _max: newest } = await tx.recordingCheck.aggregate({
        where: { recordingId },
        _max: { checkedAt: true },
      })
      const afterLastMs = (newest.checkedAt?.getTime() ?? -Infinity) + 1
      const at = new Date(Math.max(checkedAt.getTime(), afterLastMs))
      await tx.recordingCheck.create({
        data: { ...check, checkedAt: at },
        select: { recordingId: true },
      })
    },
    /** A recording as whoever asks for a check meets it. */
    asked: (recordingId: string, tx: Tx = db) =>
      tx.recording.findUnique({ where: { recordingId }, select: ASKED }),
    /** The first check that somebody got who asked for it then. */
    madeSince: ({ recordingId, askedBy, askedAt }: AskedOf) =>
      db.recordingCheck.findFirst({
        where: { recordingId, askedBy, checkedAt: { gte: askedAt } },
        orderBy: { checkedAt: 'asc' },
        select: CHECK,
      }),
    /** Newest first. */
    list: (recordingId: string) =>
      db.recordingCheck.findMany({
        where: { recordingId },
        orderBy: { checkedAt: 'desc' },
        take: LISTED,
        select: CHECK,
      }),
  }
}
