import type { Prisma, Tx } from '@visavis/prisma'

const NAME = { select: { givenName: true, familyName: true } } as const

/** What is told of a visit that a change of the timetable touches. */
const TOUCHED = {
  visitId: true,
  facilityId: true,
  inmateId: true,
  slotId: true,
  slotPlace: true,
  bookingState: true,
  startsAt: true,
  endsAt: true,
  facility: { select: { operatorId: true } },
  inmate: { select: { wing: true, givenName: true, familyName: true } },
  seats: { where: { party: 'VISITOR' }, select: { visitor: NAME }, orderBy: { seatId: 'asc' } },
} as const

/** Bookings that take a place now: an expired hold blocks nobody (BK-2). */
function liveAt(now: Date): Prisma.VisitWhereInput {
  return {
    OR: [
      { bookingState: { in: ['REQUESTED', 'CONFIRMED'] } },
      { bookingState: 'HELD', holdExpiresAt: { gt: now } },
    ],
  }
}

const IN_ORDER = [{ startsAt: 'asc' }, { visitId: 'asc' }] as const

/** Visits that a change of the timetable would touch. */
export const touchedRepo = {
  /** Live visits in the slots of a template that have not begun. */
  inTemplate: async (tx: Tx, templateId: string, now: Date) => {
    const rows = await tx.visit.findMany({
      where: { slot: { templateId, startsAt: { gt: now } }, ...liveAt(now) },
      orderBy: [...IN_ORDER],
      select: TOUCHED,
    })
    return rows.map((row) => ({ ...row, inmateWing: row.inmate.wing }))
  },
  /** Live visits that fit a condition and have not begun: one that runs is not broken off. */
  where: (tx: Tx, condition: Prisma.VisitWhereInput, now: Date) =>
    tx.visit.findMany({
      where: { AND: [condition, liveAt(now), { startsAt: { gt: now } }] },
      orderBy: [...IN_ORDER],
      select: TOUCHED,
    }),
}
