import { SEAT_FLOWS } from '@visavis/contract/receipt'
import type { FlowStretch } from '@visavis/contract/receipt'
import type { Database, Prisma, Tx } from '@visavis/prisma'
import type { Outcome } from '@visavis/contract/visit'
import { z } from 'zod'

const SeatsSeen = z.record(z.string(), z.enum(SEAT_FLOWS))

/** A stored statement; gaps as the contract has them. */
export type ReceiptRow = {
  readonly visitId: string
  readonly bookedMs: number
  readonly extendedMs: number
  readonly madeUpMs: number
  readonly deliveredMs: number
  readonly gaps: Prisma.InputJsonArray
  readonly outcome: Outcome
  readonly isCounted: boolean
  readonly isGivenBack: boolean
  readonly creditMs: number
  readonly madeAt: Date
}

export type ReceiptsRepo = ReturnType<typeof createReceiptsRepo>
/** A stored statement with its visit's times and who was to be there. */
export type FoundReceipt = NonNullable<Awaited<ReturnType<ReceiptsRepo['find']>>>

export function createReceiptsRepo(db: Database) {
  return {
    /** What the SFU saw of a visit, of all epochs, oldest first. */
    async flowOf(visitId: string, tx: Tx = db): Promise<FlowStretch[]> {
      const rows = await tx.flowStretch.findMany({
        where: { visitId },
        orderBy: [{ fromMs: 'asc' }, { epoch: 'asc' }],
      })
      return rows.map(({ fromMs, ms, isFlowing, seats }) => ({
        fromMs: Number(fromMs),
        ms,
        isFlowing,
        seats: SeatsSeen.parse(seats),
      }))
    },
    async add(tx: Tx, row: ReceiptRow): Promise<void> {
      await tx.visitReceipt.create({ data: row, select: { visitId: true } })
    },
    /** The statement with the visit's times, or null while there is none. */
    find: (visitId: string) =>
      db.visitReceipt.findUnique({
        where: { visitId },
        include: {
          visit: {
            select: {
              startsAt: true,
              endsAt: true,
              seats: { select: { visitorId: true, inmateId: true } },
            },
          },
        },
      }),
  }
}
