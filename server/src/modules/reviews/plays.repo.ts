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

/** Whose a playback is and until when; what is played in it is the same as long as `stamp` is. */
export type PlayStanding = {
  readonly accountId: string
  readonly facilityId: string
  readonly expiresAt: Date
  readonly stamp: string
}

/** Rows of playbacks. */
export type PlaysRepo = ReturnType<typeof createPlaysRepo>

export function createPlaysRepo(db: Database) {
  return {
    play: (playId: string): Promise<PlayRow | null> =>
      db.playSession.findUnique({ where: { playId }, select: PLAY }),
    /**
     * One round trip instead of five: a player that looks for a place asks for each of its tracks. Of a
     * recording's row nothing else than what is in the stamp changes once it is played.
     */
    standing: async (playId: string): Promise<PlayStanding | null> => {
      const [found] = await db.$queryRaw<PlayStanding[]>`
        SELECT account_id AS "accountId", facility_id AS "facilityId", expires_at AS "expiresAt", coalesce((
          SELECT string_agg(
            concat_ws(' ', recording_id, state, destroyed_at, result_sha256, key.kek_id), ','
            ORDER BY recording_id)
          FROM recording LEFT JOIN recording_key key USING (recording_id)
          WHERE recording.visit_id = visit.visit_id), '') AS stamp
        FROM play_session play JOIN visit USING (visit_id) WHERE play_id = ${playId}::uuid`
      return found ?? null
    },
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
