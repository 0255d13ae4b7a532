import { Prisma } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import type { Place } from '../../platform/cursor.ts'
import { HOLD } from './holds.repo.ts'
import { NAMED } from './staff-rules.ts'

/** A page of what a facility keeps, soonest gone first. */
export type KeptPage = {
  readonly facilityId: string
  readonly isHeld: boolean | null
  readonly after: Place | null
  readonly take: number
}

/** One line of it: the visit, and the day of the last of its recordings. */
export type KeptLine = {
  readonly visitId: string
  readonly destroyAfter: Date
  readonly bytes: bigint
}

const KEPT = {
  ...{ visitId: true, visitClass: true, startsAt: true },
  facility: { select: { name: true, timeZone: true } },
  terminal: { select: { name: true } },
  legalHolds: { where: { releasedAt: null }, orderBy: { placedAt: 'asc' }, include: HOLD },
  destructions: {
    where: { state: 'ASKED' },
    select: { destructionId: true, askedAt: true, reason: true, asker: NAMED },
  },
} as const satisfies Prisma.VisitSelect

/** A visit of which something is kept. */
export type KeptRow = Prisma.VisitGetPayload<{ select: typeof KEPT }>

/** What is kept of visits. */
export type KeptRepo = ReturnType<typeof createKeptRepo>

export function createKeptRepo(db: Database) {
  return {
    /** A recording that came to nothing is not listed; it goes on its day like the others. */
    lines: ({ facilityId, isHeld, after, take }: KeptPage): Promise<KeptLine[]> => {
      const held = Prisma.sql`EXISTS (SELECT FROM legal_hold hold
        WHERE hold.visit_id = visit.visit_id AND hold.released_at IS NULL)`
      const wanted = isHeld === null ? Prisma.sql`true` : Prisma.sql`${held} = ${isHeld}`
      const following = after
        ? Prisma.sql`(max(destroy_after), visit.visit_id) >
            (${after.at}::timestamptz, ${after.id}::uuid)`
        : Prisma.sql`true`
      return db.$queryRaw<KeptLine[]>`
        SELECT visit.visit_id AS "visitId", max(destroy_after) AS "destroyAfter",
          sum(bytes)::bigint AS bytes
        FROM recording JOIN visit USING (visit_id)
        WHERE visit.facility_id = ${facilityId}::uuid AND destroyed_at IS NULL
          AND destroy_after IS NOT NULL AND ${wanted}
          AND (state <> 'FINISHED' OR EXISTS (SELECT FROM recording_track track
            WHERE track.recording_id = recording.recording_id))
        GROUP BY visit.visit_id HAVING ${following}
        ORDER BY max(destroy_after), visit.visit_id LIMIT ${take}`
    },
    visits: (visitIds: readonly string[]): Promise<KeptRow[]> =>
      db.visit.findMany({ where: { visitId: { in: [...visitIds] } }, select: KEPT }),
  }
}
