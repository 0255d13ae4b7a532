import type { Tx } from '@visavis/prisma'
import { LOBBY_OPENS_BEFORE_MS } from '../booking/index.ts'
import type { PinRecord } from './pin-rules.ts'

/** An inmate whose PIN may be tried, with how it fared lately. */
export type PinCandidate = PinRecord & {
  readonly inmateId: string
  readonly pinHash: string | null
  readonly givenName: string
  readonly familyName: string
  readonly language: string
}

/** Rows behind a PIN; all of them inside the attempt's own transaction. */
export const inmateSignInRepo = {
  /** Visits at the terminal whose window is open at `now`, the earliest first. */
  openVisits: (tx: Tx, terminalId: string, now: Date) =>
    tx.visit.findMany({
      where: {
        terminalId,
        bookingState: 'CONFIRMED',
        startsAt: { lte: new Date(now.getTime() + LOBBY_OPENS_BEFORE_MS) },
        endsAt: { gt: now },
        session: { state: { not: 'ENDED' } },
      },
      orderBy: { startsAt: 'asc' },
      select: { visitId: true, inmateId: true, endsAt: true },
    }),
  /** Locks the rows: two guesses at one PIN are counted one after the other. */
  lockCandidates: async (tx: Tx, inmateIds: readonly string[]): Promise<PinCandidate[]> => {
    await tx.$queryRaw`
      SELECT 1 FROM inmate WHERE inmate_id = ANY(${[...inmateIds]}::uuid[])
      ORDER BY inmate_id FOR NO KEY UPDATE`
    return tx.inmate.findMany({
      where: { inmateId: { in: [...inmateIds] } },
      orderBy: { inmateId: 'asc' },
      select: {
        inmateId: true,
        pinHash: true,
        pinFailures: true,
        pinLockedUntil: true,
        givenName: true,
        familyName: true,
        language: true,
      },
    })
  },
  setPinRecord: async (tx: Tx, inmateId: string, record: PinRecord) => {
    const { pinFailures, pinLockedUntil } = record
    await tx.inmate.update({ where: { inmateId }, data: { pinFailures, pinLockedUntil } })
  },
}

export type InmateSignInRepo = typeof inmateSignInRepo
