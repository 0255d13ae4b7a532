import type { GapCause } from '@visavis/contract/recording-manifest'
import type { Database, Prisma, Tx } from '@visavis/prisma'

const NAME = { select: { givenName: true, familyName: true } } as const

/** A visit's recordings with their wrapped keys and tracks. */
export const RECORDINGS = {
  orderBy: { epoch: 'asc' },
  select: {
    recordingId: true,
    visitId: true,
    state: true,
    folder: true,
    startedAt: true,
    originAt: true,
    destroyAfter: true,
    destroyedAt: true,
    resultSha256: true,
    key: { select: { kekId: true, wrapped: true } },
    tracks: {
      orderBy: [{ startMs: 'asc' }, { trackId: 'asc' }],
      select: {
        trackId: true,
        recordingId: true,
        seatId: true,
        party: true,
        kind: true,
        file: true,
        startMs: true,
        durationMs: true,
      },
    },
  },
} as const satisfies Prisma.Visit$recordingsArgs

/** Stretches in which nothing was sent: nothing of them could be kept. */
const NOT_SENT = ['MUTED', 'SWITCHED_OFF', 'LINE_LOST', 'DEVICE_LOST'] satisfies GapCause[]

const KEPT = {
  visitId: true,
  facilityId: true,
  startsAt: true,
  facility: { select: { name: true, timeZone: true } },
  terminal: { select: { name: true } },
  inmate: { select: { givenName: true, familyName: true, inmateNumber: true } },
  session: { select: { outcome: true } },
  seats: {
    orderBy: { seatId: 'asc' },
    select: { seatId: true, party: true, visitor: NAME, inmate: NAME },
  },
  flags: { where: { withdrawnAt: null }, orderBy: { at: 'asc' }, select: { category: true } },
  legalHolds: { where: { releasedAt: null }, select: { holdId: true } },
  _count: {
    select: { reviewNotes: true, recordingGaps: { where: { cause: { notIn: [...NOT_SENT] } } } },
  },
  recordings: RECORDINGS,
} as const satisfies Prisma.VisitSelect

/** A recorded visit with all that its review needs, except what others wrote beside it. */
export type KeptVisit = Prisma.VisitGetPayload<{ select: typeof KEPT }>
export type KeptVisitRecording = KeptVisit['recordings'][number]
export type KeptTrack = KeptVisitRecording['tracks'][number]

/** Recorded visits, as reviews read them. */
export type KeptVisitsRepo = ReturnType<typeof createKeptVisitsRepo>

export function createKeptVisitsRepo(db: Database) {
  return {
    one: (visitId: string, tx: Tx | Database = db): Promise<KeptVisit | null> =>
      tx.visit.findUnique({ where: { visitId }, select: KEPT }),
    /** In the order of the ids. */
    many: async (tx: Tx, visitIds: readonly string[]): Promise<KeptVisit[]> => {
      const where = { visitId: { in: [...visitIds] } }
      const found = await tx.visit.findMany({ where, select: KEPT })
      return found.toSorted((a, b) => visitIds.indexOf(a.visitId) - visitIds.indexOf(b.visitId))
    },
  }
}
