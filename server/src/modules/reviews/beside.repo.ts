import type { Database, Tx } from '@visavis/prisma'

/** What stands beside a visit's media. */
export type BesideRepo = ReturnType<typeof createBesideRepo>

const ACCOUNT = {
  select: { login: true, officer: { select: { givenName: true, familyName: true } } },
} as const

/** A member of staff, as others read the name. */
export type StaffName = {
  readonly login: string
  readonly officer: { readonly givenName: string; readonly familyName: string } | null
}

export function createBesideRepo(db: Database) {
  const ofVisit = (visitId: string) => ({ where: { visitId } })
  return {
    gaps: (visitId: string) =>
      db.recordingGap.findMany({
        ...ofVisit(visitId),
        orderBy: [{ fromAt: 'asc' }, { gapId: 'asc' }],
      }),
    flags: (visitId: string) =>
      db.flag.findMany({
        where: { visitId, withdrawnAt: null },
        orderBy: [{ at: 'asc' }, { flagId: 'asc' }],
      }),
    notes: (visitId: string) =>
      db.reviewNote.findMany({
        ...ofVisit(visitId),
        orderBy: [{ writtenAt: 'asc' }, { noteId: 'asc' }],
        include: { author: ACCOUNT },
      }),
    /** Whose seat is whose. */
    seats: (visitId: string) =>
      db.seat.findMany({
        ...ofVisit(visitId),
        select: {
          seatId: true,
          visitor: { select: { givenName: true, familyName: true } },
          inmate: { select: { givenName: true, familyName: true } },
        },
      }),
    addNote: async (tx: Tx, note: NewNote): Promise<void> => {
      await tx.reviewNote.create({ data: note, select: { noteId: true } })
    },
  }
}

/** A note to be kept; `atMs` in the visit's line of time, null: about the whole. */
export type NewNote = {
  readonly noteId: string
  readonly visitId: string
  readonly writtenBy: string
  readonly writtenAt: Date
  readonly atMs: number | null
  readonly text: string
}
