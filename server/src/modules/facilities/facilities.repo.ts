import type { Database } from '@visavis/prisma'
import type { Reach } from '../identity/index.ts'
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
    terminalsWithin: (reach: Reach) =>
      db.terminal.findMany({
        where: 'facilityId' in reach ? reach : { facility: reach },
        orderBy: [{ wing: 'asc' }, { name: 'asc' }],
        select: { terminalId: true, name: true, wing: true, deviceTokenHash: true },
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
        select: { startsAt: true, endsAt: true },
      }),
  }
}
