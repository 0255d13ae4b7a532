import type { Database, Tx } from '@visavis/prisma'
import type { trackRow } from './writing-rules.ts'

type TrackRow = NonNullable<ReturnType<typeof trackRow>>

/** Rows of recordings that are being made. */
export type WritingRepo = ReturnType<typeof createWritingRepo>

export function createWritingRepo(db: Database) {
  return {
    /** The recording with its visit's facility and seats, or null. */
    find: (recordingId: string) =>
      db.recording.findUnique({
        where: { recordingId },
        select: {
          recordingId: true,
          visitId: true,
          epoch: true,
          state: true,
          folder: true,
          visit: {
            select: { facilityId: true, seats: { select: { seatId: true, party: true } } },
          },
        },
      }),
    open: async (
      tx: Tx,
      row: { recordingId: string; visitId: string; epoch: number; startedAt: Date; folder: string },
    ): Promise<void> => {
      await tx.recording.create({ data: { ...row, state: 'OPEN' }, select: { recordingId: true } })
    },
    /** The recorder was told to stop; its files are being made. False when it was stopped already. */
    stopped: (tx: Tx, recordingId: string, endedAt: Date) =>
      changed(tx, { recordingId, from: ['OPEN'], data: { state: 'RECORDED', endedAt } }),
    /** False when it has ended for good already: then nothing was changed. */
    failed: (tx: Tx, recordingId: string, end: { endedAt: Date; failure: string }) =>
      changed(tx, { recordingId, from: ['OPEN', 'RECORDED'], data: { state: 'FAILED', ...end } }),
    /** Stores the tracks; false when they were stored before. */
    async finished(
      tx: Tx,
      recordingId: string,
      { endedAt, tracks }: { endedAt: Date; tracks: readonly TrackRow[] },
    ): Promise<boolean> {
      await changed(tx, { recordingId, from: ['OPEN'], data: { state: 'RECORDED', endedAt } })
      const isNew = await changed(tx, {
        recordingId,
        from: ['RECORDED'],
        data: { state: 'FINISHED' },
      })
      if (isNew) await tx.recordingTrack.createMany({ data: [...tracks] })
      return isNew
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
    data: { state: State; endedAt?: Date; failure?: string }
  },
): Promise<boolean> {
  const { count } = await tx.recording.updateMany({
    where: { recordingId, state: { in: from } },
    data,
  })
  return count === 1
}
