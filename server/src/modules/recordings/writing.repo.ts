import type { Database, Prisma, Tx } from '@visavis/prisma'
import type { WrappedKey } from './recording-keys.ts'

/** Rows of recordings that are being made. */
export type WritingRepo = ReturnType<typeof createWritingRepo>

type NewRow = {
  readonly recordingId: string
  readonly visitId: string
  /** Its own among the visit's. */
  readonly epoch: number
  readonly roomEpoch: number
  readonly startedAt: Date
  readonly folder: string
  readonly grantSha256: string
  readonly destroyAfter: Date
}

const FOUND = {
  recordingId: true,
  visitId: true,
  epoch: true,
  roomEpoch: true,
  state: true,
  visit: { select: { facilityId: true } },
  key: { select: { kekId: true, wrapped: true } },
} as const satisfies Prisma.RecordingSelect

export function createWritingRepo(db: Database) {
  return {
    /** The recording with its visit's facility and its key, or null. */
    find: (recordingId: string) =>
      db.recording.findUnique({
        where: { recordingId },
        select: FOUND,
      }),
    /** The number of a visit's next recording; one server at a time begins one. */
    nextNumber: async (visitId: string): Promise<number> => {
      const { _max: newest } = await db.recording.aggregate({
        where: { visitId },
        _max: { epoch: true },
      })
      return (newest.epoch ?? 0) + 1
    },
    open: async (tx: Tx, row: NewRow): Promise<void> => {
      await tx.recording.create({ data: { ...row, state: 'OPEN' }, select: { recordingId: true } })
    },
    addKey: async (
      tx: Tx,
      { recordingId, visitId }: Pick<NewRow, 'recordingId' | 'visitId'>,
      { kekId, wrapped }: WrappedKey,
    ): Promise<void> => {
      const data = { recordingId, visitId, kekId, wrapped }
      await tx.recordingKey.create({ data, select: { recordingId: true } })
    },
    /** The recorder was told to stop, or died over it; its files are being made. False when it was stopped already. */
    stopped: (tx: Tx, recordingId: string, end: { endedAt: Date; isRecovered: boolean }) =>
      changed(tx, { recordingId, from: ['OPEN'], data: { state: 'RECORDED', ...end } }),
    /** It could not go on; what there is of it is being made. False when it was ended for good already. */
    broken: (tx: Tx, recordingId: string, end: { endedAt: Date; failure: string }) =>
      changed(tx, { recordingId, from: ['OPEN', 'RECORDED'], data: { state: 'RECORDED', ...end } }),
    /** False when it has ended for good already: then nothing was changed. */
    failed: (tx: Tx, recordingId: string, end: { endedAt: Date; failure: string }) =>
      changed(tx, { recordingId, from: ['OPEN', 'RECORDED'], data: { state: 'FAILED', ...end } }),
    /** Nothing ever came; false when it was stored before. */
    finishedEmpty: (tx: Tx, recordingId: string, endedAt: Date) =>
      changed(tx, {
        recordingId,
        from: ['OPEN', 'RECORDED'],
        data: { state: 'FINISHED', endedAt },
      }),
    /** Until when a visit's recordings are kept. */
    async keepUntil(visitId: string, destroyAfter: Date): Promise<void> {
      await db.recording.updateMany({
        where: { visitId, destroyedAt: null },
        data: { destroyAfter },
      })
    },
  }
}

type State = 'OPEN' | 'RECORDED' | 'FINISHED' | 'FAILED'

async function changed(
  tx: Tx,
  {
    recordingId,
    from,
    data,
  }: {
    recordingId: string
    from: State[]
    data: { state: State; endedAt?: Date; failure?: string; isRecovered?: boolean }
  },
): Promise<boolean> {
  const { count } = await tx.recording.updateMany({
    where: { recordingId, state: { in: from } },
    data,
  })
  return count === 1
}
