import type { Database, Tx } from '@visavis/prisma'
import { tellVisitChanged, tellVisitHit } from '../life-events/index.ts'
import { HELP_COLUMNS } from '../visits/index.ts'

const name = { select: { givenName: true, familyName: true } } as const

const deskVisit = {
  visitId: true,
  facilityId: true,
  bookingState: true,
  bookedBy: true,
  startsAt: true,
  endsAt: true,
  facility: { select: { name: true, timeZone: true } },
  inmate: name,
  linkCentreRoom: { select: { linkCentreRoomId: true, name: true, linkCentreId: true } },
  session: { select: { state: true, outcome: true } },
  seats: {
    where: { party: 'VISITOR' },
    orderBy: { seatId: 'asc' },
    select: {
      seatId: true,
      visitorId: true,
      checkIn: { select: { checkedAt: true } },
      ...HELP_COLUMNS,
      visitor: {
        select: {
          givenName: true,
          familyName: true,
          birthDate: true,
          verification: true,
          accounts: {
            where: { role: 'visitor', disabledAt: null },
            orderBy: { accountId: 'asc' },
            take: 1,
            select: { accountId: true },
          },
        },
      },
    },
  },
} as const

/** Bookings that a desk has to do with; a hold or a request is none yet, a cancelled one none any more. */
const SHOWN_STATES: ('CONFIRMED' | 'FULFILLED')[] = ['CONFIRMED', 'FULFILLED']

/** Rows of visits as a link centre's desk sees them. */
export type DeskRepo = ReturnType<typeof createDeskRepo>
export type DeskRow = NonNullable<Awaited<ReturnType<DeskRepo['visit']>>>
export type DeskSeatRow = DeskRow['seats'][number]

export function createDeskRepo(db: Database) {
  return {
    ...deviceRows,
    /** Visits of the centre that begin in [from, to), the first on top. */
    visitsOf: (linkCentreId: string, { from, to }: { from: Date; to: Date }) =>
      db.visit.findMany({
        where: {
          linkCentreRoom: { linkCentreId },
          startsAt: { gte: from, lt: to },
          bookingState: { in: SHOWN_STATES },
        },
        orderBy: [{ startsAt: 'asc' }, { visitId: 'asc' }],
        select: deskVisit,
      }),
    visit: (tx: Tx, visitId: string) =>
      tx.visit.findUnique({
        where: { visitId, bookingState: { in: SHOWN_STATES } },
        select: deskVisit,
      }),
    /** Locks the visit's row: two codes of one visit are made one after the other. */
    lockVisit: async (tx: Tx, visitId: string) => {
      await tx.$queryRaw`SELECT 1 FROM visit WHERE visit_id = ${visitId}::uuid FOR NO KEY UPDATE`
    },
    /** Has every server look again at the visit, at the commit. */
    tellVisit: tellVisitHit,
    /** False: this person was checked in before. */
    addCheckIn: async (
      tx: Tx,
      checkIn: {
        checkInId: string
        seatId: string
        visitId: string
        documentName: string
        checkedBy: string
        checkedAt: Date
      },
    ) => {
      const { count } = await tx.deskCheckIn.createMany({ data: [checkIn], skipDuplicates: true })
      return count === 1
    },
  }
}

/** Rows of room devices, and of who is at them. */
const deviceRows = {
  /** Which of the visits have a room device signed in at `now`. */
  readyRooms: async (tx: Tx, visitIds: readonly string[], now: Date): Promise<Set<string>> => {
    const rows = await tx.authSession.findMany({
      where: {
        visitId: { in: [...visitIds] },
        accountId: { not: null },
        endedAt: null,
        expiresAt: { gt: now },
      },
      select: { visitId: true },
    })
    return new Set(rows.flatMap(({ visitId }) => visitId ?? []))
  },
  /** With whose account the visit's room device is signed in at `now`; null: none is. */
  deviceAccount: async (tx: Tx, visitId: string, now: Date): Promise<string | null> => {
    const row = await tx.authSession.findFirst({
      where: { visitId, accountId: { not: null }, endedAt: null, expiresAt: { gt: now } },
      select: { accountId: true },
    })
    return row?.accountId ?? null
  },
  /** Everybody who is checked in is at the camera of that seat, whose own camera it is. */
  gatherSeats: async (tx: Tx, visitId: string, cameraSeatId: string) => {
    // Before the seats, as whoever runs the visit does it.
    await tellVisitChanged(tx, visitId)
    await tx.seat.update({ where: { seatId: cameraSeatId }, data: { cameraSeatId: null } })
    await tx.seat.updateMany({
      where: {
        visitId,
        party: 'VISITOR',
        seatId: { not: cameraSeatId },
        checkIn: { isNot: null },
      },
      data: { cameraSeatId },
    })
  },
}
