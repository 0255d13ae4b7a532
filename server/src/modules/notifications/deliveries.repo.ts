import type { Database, Prisma, Tx } from '@visavis/prisma'

const SENT_ROW = {
  noticeId: true,
  kind: true,
  channel: true,
  address: true,
  language: true,
  details: true,
  state: true,
  attempts: true,
  visitId: true,
  visitorId: true,
  visit: { select: { facilityId: true, bookingState: true, startsAt: true } },
} satisfies Prisma.NoticeSelect

/** A notice that is to be sent. */
export type QueuedNotice = Prisma.NoticeGetPayload<{ select: typeof SENT_ROW }>

/** Rows of notices on their way out. */
export type DeliveriesRepo = ReturnType<typeof createDeliveriesRepo>

export function createDeliveriesRepo(db: Database) {
  return {
    queued: (noticeIds: readonly string[]): Promise<QueuedNotice[]> =>
      db.notice.findMany({
        where: { noticeId: { in: [...noticeIds] }, state: 'QUEUED' },
        orderBy: { noticeId: 'asc' },
        select: SENT_ROW,
      }),
    /** What became of it. One that was cancelled while it was under way has left all the same. */
    settle: async (
      tx: Tx,
      noticeId: string,
      data: Pick<Prisma.NoticeUncheckedUpdateManyInput, 'state' | 'sentAt' | 'failure' | 'details'>,
    ): Promise<boolean> => {
      const settled = await tx.notice.updateMany({
        where: {
          noticeId,
          state: { in: data.state === 'SENT' ? ['QUEUED', 'CANCELLED'] : ['QUEUED'] },
        },
        data: { ...data, attempts: { increment: 1 } },
      })
      return settled.count === 1
    },
    /** Taken back before it left. */
    cancel: (noticeId: string) =>
      db.notice.updateMany({
        where: { noticeId, state: 'QUEUED' },
        data: { state: 'CANCELLED' },
      }),
    /** The facility that knows a visitor best: that of the newest relationship. */
    facilityOfVisitor: async (tx: Tx, visitorId: string): Promise<string | null> => {
      const found = await tx.relationship.findFirst({
        where: { visitorId },
        orderBy: { createdAt: 'desc' },
        select: { inmate: { select: { facilityId: true } } },
      })
      return found?.inmate.facilityId ?? null
    },
  }
}
