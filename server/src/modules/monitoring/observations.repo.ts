import type { MonitorMode } from '@visavis/contract/media-policy'
import type { WatchKind } from '@visavis/contract/media-permits'
import type { Database, Tx } from '@visavis/prisma'

/** A row of who watched what; made before the media flows, and open until it stops. */
export type ObservationRow = {
  readonly observationId: string
  readonly visitId: string
  readonly monitor: MonitorMode
  readonly kind: WatchKind
  readonly accountId: string
  readonly observerId: string
  readonly serverId: string
  readonly beganAt: Date
}

/** One that was ended, as its log's entry needs it. */
export type EndedRow = {
  readonly observationId: string
  readonly visitId: string
  readonly facilityId: string
  readonly kind: WatchKind
}

/** Rows of who watches what, and of the servers that have the walls. */
export type ObservationsRepo = ReturnType<typeof createObservationsRepo>

export function createObservationsRepo(db: Database) {
  return {
    insert: async (tx: Tx, rows: readonly ObservationRow[]): Promise<void> => {
      await tx.observation.createMany({ data: [...rows] })
    },
    /** Ends those that are open still, and gives them. */
    async end(tx: Tx, observationIds: readonly string[], endedAt: Date): Promise<EndedRow[]> {
      return tx.$queryRaw<EndedRow[]>`
        UPDATE observation o SET ended_at = GREATEST(o.began_at, ${endedAt}::timestamptz)
        FROM visit v
        WHERE v.visit_id = o.visit_id AND o.ended_at IS NULL
          AND o.observation_id = ANY (${[...observationIds]}::uuid[])
        RETURNING o.observation_id AS "observationId", o.visit_id AS "visitId",
          v.facility_id AS "facilityId", o.kind::text AS kind`
    },
    /** This server lives at `beatAt`. */
    beat: async (serverId: string, beatAt: Date): Promise<void> => {
      await db.wallServer.upsert({
        where: { serverId },
        create: { serverId, beatAt },
        update: { beatAt },
        select: { serverId: true },
      })
    },
    /** Ends, where they were heard last, what servers left open that were not heard since `heardBefore`; gives it. */
    async endAbandoned(
      tx: Tx,
      { serverId, heardBefore }: { serverId: string; heardBefore: Date },
    ): Promise<EndedRow[]> {
      return tx.$queryRaw<EndedRow[]>`
        UPDATE observation o SET ended_at = GREATEST(o.began_at, s.beat_at)
        FROM wall_server s, visit v
        WHERE s.server_id = o.server_id AND v.visit_id = o.visit_id AND o.ended_at IS NULL
          AND s.server_id <> ${serverId}::uuid AND s.beat_at < ${heardBefore}::timestamptz
        RETURNING o.observation_id AS "observationId", o.visit_id AS "visitId",
          v.facility_id AS "facilityId", o.kind::text AS kind`
    },
  }
}
