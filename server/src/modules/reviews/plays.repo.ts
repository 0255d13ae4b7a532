import type { Database, Prisma, Tx } from '@visavis/prisma'
import { RECORDINGS } from './visits.repo.ts'
import type { OpenedAt } from './budget-rules.ts'

/** A playback to be stored, with the reason given for it. */
export type NewPlay = {
  readonly playId: string
  readonly visitId: string
  readonly accountId: string
  readonly purpose: string
  readonly caseNumber: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

const PLAY = {
  playId: true,
  accountId: true,
  expiresAt: true,
  visit: { select: { visitId: true, facilityId: true, recordings: RECORDINGS } },
} as const satisfies Prisma.PlaySessionSelect

/** A playback with what is played in it. */
export type PlayRow = Prisma.PlaySessionGetPayload<{ select: typeof PLAY }>

/** Rows of playbacks. */
export type PlaysRepo = ReturnType<typeof createPlaysRepo>

export function createPlaysRepo(db: Database) {
  return {
    play: (playId: string): Promise<PlayRow | null> =>
      db.playSession.findUnique({ where: { playId }, select: PLAY }),
    /** What the account opened since then; until the commit nobody else counts for the same account. */
    openedSince: async (tx: Tx, accountId: string, since: Date): Promise<OpenedAt[]> => {
      await tx.$executeRaw`
        SELECT pg_advisory_xact_lock(hashtextextended(${`plays/${accountId}`}, 0))`
      const where = { accountId, createdAt: { gt: since } }
      return tx.playSession.findMany({ where, select: { visitId: true, createdAt: true } })
    },
    add: async (tx: Tx, play: NewPlay): Promise<void> => {
      await tx.playSession.create({ data: play, select: { playId: true } })
    },
    /** Whether an alarm about the account was raised since then, settled or not. */
    isAlarmed: async (tx: Tx, accountId: string, since: Date): Promise<boolean> => {
      const where = {
        kind: 'RECORDING_ALARM',
        subjectId: accountId,
        createdAt: { gt: since },
      } as const
      return (await tx.task.findFirst({ where, select: { taskId: true } })) !== null
    },
  }
}
