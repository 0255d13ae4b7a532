import type { Prisma } from '@visavis/prisma'
import type { Tx } from '@visavis/prisma'

const READER = {
  select: {
    visitorId: true,
    givenName: true,
    email: true,
    phone: true,
    language: true,
    timeZone: true,
  },
} as const

/** A visitor as a reader. */
export type VisitorReader = Prisma.VisitorGetPayload<typeof READER>

/** What is told about a visit, and to whom. */
const TOLD_VISIT = {
  visitId: true,
  facilityId: true,
  startsAt: true,
  endsAt: true,
  version: true,
  place: true,
  facility: { select: { name: true, timeZone: true } },
  inmate: { select: { inmateId: true, givenName: true, language: true } },
  terminal: { select: { name: true } },
  linkCentreRoom: { select: { linkCentre: { select: { name: true, address: true } } } },
  seats: { where: { party: 'VISITOR' }, select: { visitor: READER } },
} satisfies Prisma.VisitSelect
export type ToldVisit = Prisma.VisitGetPayload<{ select: typeof TOLD_VISIT }>

/** A row to be written. */
export type NewRow = Prisma.NoticeCreateManyInput

/** Rows of notices, in the transaction of what they are about. */
export const noticesRepo = {
  visitor: (tx: Tx, visitorId: string) =>
    tx.visitor.findUnique({ where: { visitorId }, ...READER }),
  inmate: (tx: Tx, inmateId: string) =>
    tx.inmate.findUnique({
      where: { inmateId },
      select: { language: true, facility: { select: { timeZone: true } } },
    }),
  visit: (tx: Tx, visitId: string): Promise<ToldVisit | null> =>
    tx.visit.findUnique({ where: { visitId }, select: TOLD_VISIT }),
  /** Adds rows whose key is new; ids of those. */
  add: async (tx: Tx, rows: readonly NewRow[]): Promise<string[]> => {
    const data = [...rows]
    const added = await tx.notice.createManyAndReturn({
      data,
      skipDuplicates: true,
      select: { noticeId: true },
    })
    return added.map(({ noticeId }) => noticeId)
  },
  /** Takes back what was not told yet; at the terminal, what was not read yet. */
  cancel: (tx: Tx, visitId: string, kinds: readonly string[]) =>
    tx.notice.updateMany({
      where: {
        visitId,
        kind: { in: [...kinds] },
        OR: [{ state: 'QUEUED' }, { state: 'SENT', channel: 'TERMINAL' }],
      },
      data: { state: 'CANCELLED' },
    }),
}
