import type { Database, Prisma, Tx } from '@visavis/prisma'

/** More than anybody reads at a terminal. */
const MOST_AT_TERMINAL = 50

const HANGING = {
  noticeId: true,
  kind: true,
  state: true,
  visitId: true,
  details: true,
  dueAt: true,
} satisfies Prisma.NoticeSelect

/** Rows that hang at the terminal, and the inmate's answers. */
export type TerminalNoticesRepo = ReturnType<typeof createTerminalNoticesRepo>

export function createTerminalNoticesRepo(db: Database) {
  return {
    atTerminal: (inmateId: string, now: Date) =>
      db.notice.findMany({
        where: {
          inmateId,
          channel: 'TERMINAL',
          state: { in: ['SENT', 'READ'] },
          dueAt: { lte: now },
        },
        orderBy: { noticeId: 'desc' },
        take: MOST_AT_TERMINAL,
        select: HANGING,
      }),
    /** Marks it read; null when the inmate has no such notice, false when it was read before. */
    read: async (
      tx: Tx,
      { noticeId, inmateId }: { noticeId: string; inmateId: string },
    ): Promise<boolean | null> => {
      const own = { noticeId, inmateId, channel: 'TERMINAL' as const }
      const read = await tx.notice.updateMany({
        where: { ...own, state: 'SENT' },
        data: { state: 'READ' },
      })
      if (read.count === 1) return true
      const known = await tx.notice.findFirst({
        where: { ...own, state: 'READ' },
        select: { noticeId: true },
      })
      return known === null ? null : false
    },
    visitOf: (tx: Tx, { visitId, inmateId }: { visitId: string; inmateId: string }) =>
      tx.visit.findFirst({
        where: { visitId, inmateId },
        select: { bookingState: true, acknowledgedAt: true },
      }),
    /** Compare-and-set; does not touch the version, which is about what was booked. */
    acknowledge: async (tx: Tx, visitId: string, acknowledgedAt: Date): Promise<boolean> => {
      const set = await tx.visit.updateMany({
        where: { visitId, bookingState: 'CONFIRMED', acknowledgedAt: null },
        data: { acknowledgedAt },
      })
      return set.count === 1
    },
  }
}
