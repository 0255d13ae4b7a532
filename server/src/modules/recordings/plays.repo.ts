import type { Database, Tx } from '@visavis/prisma'
import type { Reach } from '../identity/index.ts'

const summarised = {
  recordingId: true,
  visitId: true,
  epoch: true,
  state: true,
  startedAt: true,
  visit: {
    select: {
      facilityId: true,
      facility: { select: { name: true, timeZone: true } },
      terminal: { select: { name: true } },
    },
  },
  tracks: {
    orderBy: { startMs: 'asc' },
    select: {
      trackId: true,
      seatId: true,
      party: true,
      kind: true,
      startMs: true,
      durationMs: true,
      file: true,
    },
  },
} as const

/** A playback to be stored, with the reason given for it. */
export type NewPlay = {
  readonly playId: string
  readonly recordingId: string
  readonly accountId: string
  readonly purpose: string
  readonly caseNumber: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** Rows behind the review of recordings. */
export type PlaysRepo = ReturnType<typeof createPlaysRepo>

export function createPlaysRepo(db: Database) {
  return {
    recordingsWithin: (
      tx: Tx,
      { reach, limit, before }: { reach: Reach; limit: number; before: Date | null },
    ) =>
      tx.recording.findMany({
        where: {
          visit: 'facilityId' in reach ? reach : { facility: reach },
          ...(before === null ? {} : { startedAt: { lt: before } }),
        },
        orderBy: { startedAt: 'desc' },
        take: limit,
        select: summarised,
      }),
    recording: (recordingId: string) =>
      db.recording.findUnique({ where: { recordingId }, select: summarised }),
    addPlay: (tx: Tx, play: NewPlay) =>
      tx.playSession.create({ data: play, select: { playId: true } }),
    play: (playId: string) =>
      db.playSession.findUnique({
        where: { playId },
        select: {
          playId: true,
          accountId: true,
          expiresAt: true,
          recording: { select: { ...summarised, folder: true } },
        },
      }),
  }
}
