import type { Database } from '@visavis/prisma'
import type { WhatIfTemplate, WhatIfTerminal, WhatIfVisit } from './what-if-facts.ts'

type Stretch = { readonly from: Date; readonly to: Date | null }

const visitColumns = {
  visitId: true,
  terminalId: true,
  inmateId: true,
  visitClass: true,
  startsAt: true,
  endsAt: true,
  createdAt: true,
  seats: {
    where: { visitorId: { not: null } },
    select: { visitor: { select: { birthDate: true } } },
  },
} as const

/** Rows that the what-if command reads; it writes none. */
export const whatIfRepo = {
  terminals: (db: Database, facilityId: string): Promise<WhatIfTerminal[]> =>
    db.terminal.findMany({
      where: { facilityId, disabledAt: null },
      orderBy: [{ wing: 'asc' }, { name: 'asc' }],
      select: { terminalId: true, name: true, wing: true },
    }),
  /** Sessions that are booked by their slots, in force on that day; rings are not (BK-8). */
  templates: (db: Database, facilityId: string, on: Date): Promise<WhatIfTemplate[]> =>
    db.sessionTemplate.findMany({
      where: {
        facilityId,
        bookingMode: { not: 'ON_DEMAND' },
        validFrom: { lte: on },
        OR: [{ validTo: null }, { validTo: { gte: on } }],
      },
      select: {
        weekday: true,
        startMinute: true,
        lengthMinutes: true,
        everyWeeks: true,
        capacity: true,
        visitClass: true,
        wings: true,
      },
    }),
  /** Visits had, booked or asked for that begin in a stretch of time; without an end, all to come. */
  visits: async (
    db: Database,
    facilityId: string,
    { from, to }: Stretch,
  ): Promise<WhatIfVisit[]> => {
    const rows = await db.visit.findMany({
      where: {
        facilityId,
        bookingState: { in: ['REQUESTED', 'CONFIRMED', 'FULFILLED'] },
        startsAt: { gte: from, ...(to === null ? {} : { lt: to }) },
      },
      select: visitColumns,
    })
    return rows.map(({ seats, createdAt, ...row }) => ({
      ...row,
      bookedAt: createdAt,
      birthDates: seats.flatMap(({ visitor }) => visitor?.birthDate ?? []),
    }))
  },
  waiting: (db: Database, facilityId: string, { from, to }: { from: Date; to: Date }) =>
    db.waitingEntry.count({
      where: { state: 'WAITING', slot: { facilityId, startsAt: { gte: from, lt: to } } },
    }),
}
