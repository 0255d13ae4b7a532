import type { Prisma, Tx } from '@visavis/prisma'
import type { SeriesSlot } from '../timetable/index.ts'
import { takeLock } from './lock-order.repo.ts'

/** Rows of weekly series and their visits (BK-11). */
export const seriesRepo = {
  /** False if the series is there already: its request is repeated. */
  add: async (tx: Tx, data: Prisma.BookingSeriesCreateManyInput): Promise<boolean> =>
    (await tx.bookingSeries.createMany({ data: [data], skipDuplicates: true })).count === 1,
  /** One writer at a time for each visit of a series, until the end of the transaction. */
  lockOccurrence: (tx: Tx, seriesId: string, startsAt: Date): Promise<void> =>
    takeLock(tx, { kind: 'occurrence', seriesId, startsAt }),
  /** The visit that was booked for that time, whatever became of it. */
  visitAt: async (tx: Tx, seriesId: string, startsAt: Date): Promise<string | null> => {
    const found = await tx.visit.findFirst({
      where: { seriesId, startsAt },
      select: { visitId: true },
    })
    return found?.visitId ?? null
  },
  /** A series as far as who may touch it depends on it. */
  reach: async (tx: Tx, seriesId: string) => {
    const series = await tx.bookingSeries.findUnique({
      where: { seriesId },
      select: {
        createdBy: true,
        visits: {
          select: {
            facilityId: true,
            seats: { where: { party: 'VISITOR', role: 'PERSON' }, select: { visitorId: true } },
          },
        },
      },
    })
    if (series === null) return null
    const creator = await tx.account.findUnique({
      where: { accountId: series.createdBy },
      select: { visitorId: true },
    })
    return { creatorVisitorId: creator?.visitorId ?? null, visits: series.visits }
  },
  /** Its live visits from an instant on, in order. */
  liveFrom: async (tx: Tx, seriesId: string, from: Date): Promise<string[]> => {
    const rows = await tx.visit.findMany({
      where: {
        seriesId,
        startsAt: { gte: from },
        bookingState: { in: ['HELD', 'REQUESTED', 'CONFIRMED'] },
      },
      orderBy: { startsAt: 'asc' },
      select: { visitId: true },
    })
    return rows.map(({ visitId }) => visitId)
  },
}

export type SeriesRepo = typeof seriesRepo
export type SlotRow = NonNullable<SeriesSlot['slot']>
