import type { Database, Prisma, Tx } from '@visavis/prisma'

const RECORDING = {
  recordingId: true,
  visitId: true,
  epoch: true,
  state: true,
  startedAt: true,
  endedAt: true,
  failure: true,
  originAt: true,
  lastMs: true,
  grantSha256: true,
  resultSha256: true,
  isRecovered: true,
  destroyedAt: true,
} as const satisfies Prisma.RecordingSelect

const SEATS = { select: { seatId: true, party: true } } as const

const VISIT = {
  visitId: true,
  facilityId: true,
  visitClass: true,
  isRecorded: true,
  session: { select: { state: true, endedAt: true } },
  seats: SEATS,
  flow: { orderBy: { fromMs: 'asc' }, select: { fromMs: true, ms: true, seats: true } },
  recordings: {
    orderBy: [{ epoch: 'asc' }, { startedAt: 'asc' }],
    select: { ...RECORDING, key: { select: { kekId: true } } },
  },
  recordingGaps: {
    orderBy: [{ fromAt: 'asc' }, { seatId: { sort: 'asc', nulls: 'first' } }, { kind: 'asc' }],
    select: { fromAt: true, toAt: true, cause: true, seatId: true, kind: true },
  },
  derivatives: {
    where: { state: 'MADE' },
    orderBy: { derivativeId: 'asc' },
    select: { derivativeId: true, kind: true, fromMs: true, toMs: true, proof: true },
  },
} as const satisfies Prisma.VisitSelect

/** What a recorder's files made of a recording. */
export type TakenResult = {
  readonly recordingId: string
  readonly endedAt: Date
  readonly originAt: Date
  readonly lastMs: number
  readonly grantSha256: string
  readonly resultSha256: string
  readonly bytes: number
  readonly tracks: readonly Prisma.RecordingTrackCreateManyInput[]
}

export type ResultsRepo = ReturnType<typeof createResultsRepo>
/** A recorded visit with all that its gaps and manifests follow from. */
export type ResultVisit = NonNullable<Awaited<ReturnType<ResultsRepo['visit']>>>
export type ResultRecording = ResultVisit['recordings'][number]

/** Recordings whose files are made, and the visits that they are of. */
export function createResultsRepo(db: Database) {
  return {
    recording: (recordingId: string) =>
      db.recording.findUnique({
        where: { recordingId },
        select: {
          ...RECORDING,
          visit: { select: { facilityId: true, seats: SEATS } },
        },
      }),
    visit: (visitId: string) => db.visit.findUnique({ where: { visitId }, select: VISIT }),
    /** Stores what was made; false when it was stored before, or the recording is destroyed. */
    async take(
      tx: Tx,
      { recordingId, tracks, bytes, endedAt, ...made }: TakenResult,
    ): Promise<boolean> {
      await tx.recording.updateMany({
        where: { recordingId, endedAt: null },
        data: { endedAt },
      })
      const { count } = await tx.recording.updateMany({
        where: { recordingId, state: { in: ['OPEN', 'RECORDED', 'FAILED'] }, destroyedAt: null },
        data: { state: 'FINISHED', bytes: BigInt(bytes), ...made },
      })
      if (count === 1) await tx.recordingTrack.createMany({ data: [...tracks] })
      return count === 1
    },
    /** Ids of visits that ended after `since`, were to be recorded, and may have gaps nobody has looked for. */
    async endedSince(since: Date): Promise<string[]> {
      const rows = await db.visitSession.findMany({
        where: { state: 'ENDED', endedAt: { gte: since }, visit: { isRecorded: true } },
        select: { visitId: true },
      })
      return rows.map(({ visitId }) => visitId)
    },
  }
}
