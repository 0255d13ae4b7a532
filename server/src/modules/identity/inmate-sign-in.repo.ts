import { LOBBY_OPENS_BEFORE_MS, visitWindow } from '@visavis/contract/visit-window'
import type { VisitWindow } from '@visavis/contract/visit-window'
import type { Tx } from '@visavis/prisma'
import { DESK_LIFE_MS } from './identity-rules.ts'
import type { Count } from './limit-rules.ts'
import { pinCounts } from './pin-counts.repo.ts'

/** An inmate whose PIN may be tried, with how it fared lately at that terminal. */
export type PinCandidate = {
  readonly inmateId: string
  readonly count: Count | null
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
      select: { visitId: true, inmateId: true, endsAt: true, bookingMode: true },
    }),
  /** The visit that needs the terminal now, or the first one whose window opens in a desk sign-in's life. */
  nextWindow: async (tx: Tx, terminalId: string, now: Date): Promise<VisitWindow | null> => {
    const soon = now.getTime() + LOBBY_OPENS_BEFORE_MS + DESK_LIFE_MS
    const visit = await tx.visit.findFirst({
      where: {
        terminalId,
        bookingState: 'CONFIRMED',
        startsAt: { lte: new Date(soon) },
        endsAt: { gt: now },
        session: { state: { not: 'ENDED' } },
      },
      orderBy: { startsAt: 'asc' },
      select: { startsAt: true, endsAt: true },
    })
    return visit && visitWindow(visit)
  },
  /** Who has that number and is in the facility's custody; null: nobody. */
  inmateOfNumber: async (tx: Tx, which: { facilityId: string; inmateNumber: string }) => {
    const inmate = await tx.inmate.findFirst({
      where: { ...which, custody: 'IN_CUSTODY' },
      select: { inmateId: true },
    })
    return inmate?.inmateId ?? null
  },
  /** Locks their counts at the terminal: two guesses at one PIN there are counted one after the other. */
  lockCandidates: async (
    tx: Tx,
    at: { terminalId: string; inmateIds: readonly string[]; now: Date },
  ): Promise<PinCandidate[]> => {
    const counts = await pinCounts.lock(tx, at)
    const inmates = await tx.inmate.findMany({
      where: { inmateId: { in: [...at.inmateIds] } },
      orderBy: { inmateId: 'asc' },
      select: {
        inmateId: true,
        pinHash: true,
        givenName: true,
        familyName: true,
        language: true,
      },
    })
    return inmates.map((inmate) => ({ ...inmate, count: counts.get(inmate.inmateId) ?? null }))
  },
  putCount: pinCounts.put,
}

export type InmateSignInRepo = typeof inmateSignInRepo
