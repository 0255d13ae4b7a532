import type { Database, Prisma, Tx } from '@visavis/prisma'

/** Whose recordings: exactly one of the two. */
export type Person = { readonly visitorId: string } | { readonly inmateId: string }

/** As many of the latest visits as anybody reads. */
const VISITS_SHOWN = 100

/** Rows behind "what was recorded of me". */
export type RecordedRepo = ReturnType<typeof createRecordedRepo>
/** A visit that somebody was in, with what was kept of it. */
export type RecordedRow = Awaited<ReturnType<RecordedRepo['visits']>>[number]

export function createRecordedRepo(db: Database) {
  return {
    /** Visits that are over and that the person came to, the latest first; looks until `toldUntil` only. */
    visits: (person: Person, toldUntil: Date) =>
      db.visit.findMany({
        where: {
          session: { state: 'ENDED' },
          seats: { some: { ...person, arrivedAt: { not: null } } },
        },
        orderBy: [{ startsAt: 'desc' }, { visitId: 'desc' }],
        take: VISITS_SHOWN,
        select: recordedOf(person, toldUntil),
      }),
    /** Whether the person was in that visit and something of it is kept. */
    kept: (tx: Tx, person: Person, visitId: string) =>
      tx.visit.findFirst({
        where: {
          visitId,
          seats: { some: person },
          recordings: { some: { destroyedAt: null } },
        },
        select: { facilityId: true },
      }),
    addObjection: async (
      tx: Tx,
      row: Prisma.RecordingObjectionUncheckedCreateInput,
    ): Promise<void> => {
      await tx.recordingObjection.create({ data: row, select: { objectionId: true } })
    },
    hasObjected: async (tx: Tx, person: Person, visitId: string): Promise<boolean> =>
      (await tx.recordingObjection.count({ where: { visitId, ...person } })) > 0,
    /** Nobody of the visit objects meanwhile. */
    lock: async (tx: Tx, visitId: string): Promise<void> => {
      await tx.$queryRaw`
        SELECT 1 FROM visit WHERE visit_id = ${visitId}::uuid FOR NO KEY UPDATE`
    },
    objection: (tx: Tx, objectionId: string) =>
      tx.recordingObjection.findUnique({ where: { objectionId }, select: OBJECTION }),
  }
}

const OBJECTION = {
  ...{ objectionId: true, visitId: true, at: true, code: true, text: true, visitorId: true },
  visit: {
    select: {
      ...{ facilityId: true, startsAt: true },
      legalHolds: { where: { releasedAt: null }, select: { holdId: true } },
      recordings: { where: { destroyedAt: null }, select: { destroyAfter: true } },
    },
  },
} as const satisfies Prisma.RecordingObjectionSelect

/** An objection with what is kept of its visit. */
export type ObjectionRow = Prisma.RecordingObjectionGetPayload<{ select: typeof OBJECTION }>

/** What of a visit concerns one person: their own tracks, those who looked long enough ago, their objection. */
function recordedOf(person: Person, toldUntil: Date) {
  return {
    ...{ visitId: true, facilityId: true, startsAt: true, isRecorded: true },
    facility: { select: { name: true, timeZone: true } },
    inmate: { select: { givenName: true } },
    seats: {
      select: {
        ...{ seatId: true, cameraSeatId: true, visitorId: true, inmateId: true },
        visitor: { select: { givenName: true } },
      },
    },
    recordings: {
      select: {
        ...{ destroyAfter: true, destroyedAt: true },
        tracks: { select: { seatId: true, kind: true, durationMs: true } },
      },
    },
    legalHolds: { where: { releasedAt: null }, select: { holdId: true } },
    playSessions: {
      where: { createdAt: { lte: toldUntil } },
      select: { createdAt: true, account: { select: { role: true } } },
    },
    exports: {
      where: { downloads: { gt: 0 }, decidedAt: { lte: toldUntil } },
      select: { decidedAt: true },
    },
    objections: {
      where: person,
      select: { at: true, code: true, task: { select: { state: true, resolution: true } } },
    },
  } as const satisfies Prisma.VisitSelect
}
