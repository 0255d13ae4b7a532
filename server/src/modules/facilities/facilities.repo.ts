import { PRESENT_STATES } from '@visavis/contract/seat-lifecycle'
import type { Database } from '@visavis/prisma'
import { NEXT_VISITS_SHOWN } from './enrolment-rules.ts'

const facility = { select: { name: true, timeZone: true } } as const

/** Rows of terminals. */
export type FacilitiesRepo = ReturnType<typeof createFacilitiesRepo>

export function createFacilitiesRepo(db: Database) {
  return {
    /** Every facility that takes part, by name. */
    facilities: () =>
      db.facility.findMany({
        orderBy: [{ name: 'asc' }, { facilityId: 'asc' }],
        select: { facilityId: true, name: true, timeZone: true },
      }),
    terminal: (terminalId: string) =>
      db.terminal.findUnique({
        where: { terminalId },
        select: { terminalId: true, facilityId: true, name: true, wing: true, facility },
      }),
    /** Bookings that end after `now`, the next first. */
    nextBookings: (terminalId: string, now: Date) =>
      db.visit.findMany({
        where: { terminalId, bookingState: 'CONFIRMED', endsAt: { gt: now } },
        orderBy: { startsAt: 'asc' },
        take: NEXT_VISITS_SHOWN,
        select: {
          startsAt: true,
          endsAt: true,
          // Whoever of the family is in the lobby; one is enough to say so.
          seats: {
            where: { party: 'VISITOR', state: { in: [...PRESENT_STATES] } },
            take: 1,
            select: { seatId: true },
          },
        },
      }),
  }
}
