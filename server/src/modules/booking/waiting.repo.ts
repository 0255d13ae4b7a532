import { Prisma } from '@visavis/prisma'
import type { Tx } from '@visavis/prisma'
import { NO_LOCK, beforeCommit } from '../../platform/transact.ts'
import { takeLock } from './lock-order.repo.ts'
import type { WaitingState } from './waiting-rules.ts'

export type NewWaiting = Omit<Prisma.WaitingEntryUncheckedCreateInput, 'visitorIds' | 'number'> & {
  readonly visitorIds: string[]
}
/** A move from one state to another, with what an offer has besides. */
export type WaitingMove = {
  readonly from: WaitingState
  readonly to: WaitingState
  readonly offeredVisitId?: string
  readonly offerExpiresAt?: Date
}

const person = { givenName: true, familyName: true } as const

/** Rows of the waiting lines (BK-10). */
export const waitingRepo = {
  /**
   * One at a time for each slot's line, until the end of the transaction, so that nobody overtakes. It is
   * taken before anything else, and whoever moves a WAITING entry holds it: see `lock-order.repo.ts`.
   */
  lockLine: (tx: Tx, slotId: string): Promise<void> => takeLock(tx, { kind: 'line', slotId }),
  add: async (tx: Tx, data: NewWaiting): Promise<void> => {
    await tx.waitingEntry.create({ data, select: { waitingId: true } })
  },
  /** Those of a slot who wait or have an offer. */
  live: (tx: Tx, slotId: string) =>
    tx.waitingEntry.findMany({ where: { slotId, state: { in: ['WAITING', 'OFFERED'] } } }),
  one: (tx: Tx, waitingId: string) =>
    tx.waitingEntry.findUnique({
      where: { waitingId },
      include: { slot: { select: { facilityId: true } } },
    }),
  /** By compare-and-set: false if the entry is not what it was any more. */
  move: async (
    tx: Tx,
    waitingId: string,
    { from, to, ...offer }: WaitingMove,
  ): Promise<boolean> => {
    const moved = await tx.waitingEntry.updateMany({
      where: { waitingId, state: from },
      data: { state: to, ...offer },
    })
    return moved.count === 1
  },
  /** An offer lasts as long as it lasts: it is no hold that could be extended. */
  makeFinal: async (tx: Tx, visitId: string): Promise<void> => {
    await tx.visit.updateMany({ where: { visitId }, data: { isHoldExtended: true } })
  },
  moveOffered: async (tx: Tx, offeredVisitId: string, to: WaitingState): Promise<void> => {
    const call = Prisma.sql`move_offered(${offeredVisitId}::uuid, ${to}::waiting_state)`
    // Who took it is done with the line; of who did not, more is written in the same transaction.
    if (to === 'TAKEN') await beforeCommit(tx, { lock: NO_LOCK, call })
    else await tx.$executeRaw`SELECT ${call}`
  },
  /** Slots for which somebody waits, those that have begun included: who waits for them waits in vain. */
  waitedFor: async (tx: Tx): Promise<string[]> => {
    const rows = await tx.waitingEntry.findMany({
      where: { state: 'WAITING' },
      distinct: ['slotId'],
      select: { slotId: true },
    })
    return rows.map(({ slotId }) => slotId)
  },
  /** A visitor's entries for slots that are not over, the earliest first. */
  ofVisitor: (tx: Tx, visitorId: string, now: Date) =>
    tx.waitingEntry.findMany({
      where: { visitorIds: { has: visitorId }, slot: { endsAt: { gt: now } } },
      orderBy: [{ slot: { startsAt: 'asc' } }, { number: 'asc' }],
      include: {
        slot: {
          select: {
            startsAt: true,
            endsAt: true,
            facility: { select: { name: true, timeZone: true } },
            waiting: { where: { state: 'WAITING' } },
          },
        },
      },
    }),
  inmates: (tx: Tx, inmateIds: string[]) =>
    tx.inmate.findMany({
      where: { inmateId: { in: inmateIds } },
      select: { inmateId: true, facilityId: true, ...person },
    }),
}

export type WaitingRepo = typeof waitingRepo
export type WaitingRow = Awaited<ReturnType<WaitingRepo['live']>>[number]
export type WaitedRow = Awaited<ReturnType<WaitingRepo['ofVisitor']>>[number]
