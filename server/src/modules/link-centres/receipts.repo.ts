import type { Database } from '@visavis/prisma'

const name = { select: { givenName: true, familyName: true } } as const

/** Rows of visits as their receipt tells them. */
export type ReceiptsRepo = ReturnType<typeof createReceiptsRepo>
export type ReceiptRow = NonNullable<Awaited<ReturnType<ReceiptsRepo['visit']>>>

export function createReceiptsRepo(db: Database) {
  return {
    visit: (visitId: string) =>
      db.visit.findUnique({
        where: { visitId, bookingState: { in: ['CONFIRMED', 'FULFILLED'] } },
        select: {
          visitId: true,
          facilityId: true,
          visitClass: true,
          startsAt: true,
          endsAt: true,
          facility: { select: { name: true, timeZone: true } },
          inmate: name,
          linkCentreRoom: {
            select: {
              name: true,
              linkCentreId: true,
              linkCentre: { select: { name: true, address: true, timeZone: true } },
            },
          },
          session: { select: { state: true, outcome: true, deliveredMs: true } },
          seats: {
            orderBy: { seatId: 'asc' },
            select: { seatId: true, visitorId: true, inmateId: true, visitor: name, inmate: name },
          },
        },
      }),
  }
}
