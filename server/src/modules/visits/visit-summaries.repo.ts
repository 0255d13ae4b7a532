import type { Database } from '@visavis/prisma'
import type { SeatPerson } from '../identity/index.ts'

const name = { select: { givenName: true, familyName: true } } as const

const summarised = {
  visitId: true,
  visitClass: true,
  monitor: true,
  isRecorded: true,
  startsAt: true,
  endsAt: true,
  acknowledgedAt: true,
  facility: { select: { name: true, timeZone: true } },
  session: { select: { state: true, outcome: true, deliveredMs: true } },
  seats: {
    select: {
      seatId: true,
      party: true,
      role: true,
      visitorId: true,
      inmateId: true,
      visitor: name,
      inmate: name,
    },
  },
} as const

/** Bookings that a party of them may see as a visit; a hold or a request is none yet. */
const SHOWN_STATES: ('CONFIRMED' | 'FULFILLED')[] = ['CONFIRMED', 'FULFILLED']
/** More than anybody's bookings of a month together with their last year's visits. */
const MAX_SHOWN = 100

/** Rows of visits as their parties see them. */
export type VisitSummariesRepo = ReturnType<typeof createVisitSummariesRepo>

export function createVisitSummariesRepo(db: Database) {
  return {
    visitsOf: (person: Partial<SeatPerson>) =>
      db.visit.findMany({
        where: { bookingState: { in: SHOWN_STATES }, seats: { some: person } },
        orderBy: { startsAt: 'desc' },
        take: MAX_SHOWN,
        select: summarised,
      }),
    visit: (visitId: string) =>
      db.visit.findUnique({
        where: { visitId, bookingState: { in: SHOWN_STATES } },
        select: summarised,
      }),
  }
}
