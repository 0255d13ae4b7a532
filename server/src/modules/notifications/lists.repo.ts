import type { Database, Prisma } from '@visavis/prisma'

const LISTED = {
  noticeId: true,
  kind: true,
  channel: true,
  state: true,
  visitId: true,
  inmateId: true,
  dueAt: true,
  sentAt: true,
  attempts: true,
  failure: true,
} satisfies Prisma.NoticeSelect

/** Which notices of a facility are listed, the newest first. */
export type NoticeFilter = {
  readonly facilityId: string
  readonly visitId?: string | undefined
  readonly state?: Prisma.EnumNoticeStateFilter['equals']
  /** The last one of the page before. */
  readonly before?: string | undefined
  readonly limit: number
}

const MOVED = {
  visitId: true,
  startsAt: true,
  endsAt: true,
  acknowledgedAt: true,
  inmate: {
    select: { inmateId: true, inmateNumber: true, givenName: true, familyName: true, wing: true },
  },
  terminal: { select: { name: true, wing: true } },
} satisfies Prisma.VisitSelect

/** Rows that staff read. */
export type ListsRepo = ReturnType<typeof createListsRepo>

export function createListsRepo(db: Database) {
  return {
    /** Ids of notices grow with time. */
    notices: ({ facilityId, visitId, state, before, limit }: NoticeFilter) =>
      db.notice.findMany({
        where: {
          visit: { facilityId },
          ...(visitId === undefined ? {} : { visitId }),
          ...(state === undefined ? {} : { state }),
          ...(before === undefined ? {} : { noticeId: { lt: before } }),
        },
        orderBy: { noticeId: 'desc' },
        take: limit,
        select: LISTED,
      }),
    /** Visits that move somebody in a stretch of time, earlier ones of that day too. */
    movements: (where: { facilityId: string; from: Date; to: Date; wing?: string | undefined }) =>
      db.visit.findMany({
        where: {
          facilityId: where.facilityId,
          startsAt: { gte: where.from, lt: where.to },
          bookingState: { in: ['CONFIRMED', 'FULFILLED'] },
          ...(where.wing === undefined ? {} : { inmate: { wing: where.wing } }),
        },
        orderBy: [{ inmate: { wing: 'asc' } }, { startsAt: 'asc' }, { visitId: 'asc' }],
        select: MOVED,
      }),
  }
}
