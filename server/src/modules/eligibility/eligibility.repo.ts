import { Prisma } from '@visavis/prisma'
import type { Tx } from '@visavis/prisma'
import { accountSql } from '../ledger/index.ts'
import { facilitySql } from '../policy/index.ts'
import { FactsRow } from './facts-row.ts'
import {
  blackoutsSql,
  busySql,
  diarySql,
  linkCentreSql,
  nonAssociationsSql,
  restrictionsSql,
  slotSql,
  suspensionsSql,
  visitorsSql,
} from './facts-sql.repo.ts'
import type { FactsAsk } from './facts-sql.repo.ts'

export type { FactsAsk }

/** What is left of the things that a visit takes besides its place, at a time. */
export type FreeAsk = {
  readonly facilityId: string
  /** Null: any wing's terminals will do. */
  readonly wing: string | null
  readonly linkCentreId: string | null
  readonly visitId: string | null
  readonly startsAt: Date
  readonly busyUntil: Date
  readonly escortUntil: Date
}
export type FreeRow = {
  readonly terminals: number
  readonly monitorSeats: number
  readonly escorts: number
  readonly rooms: number
}

/** Rows that eligibility is decided on; on the database or in a transaction. */
export const eligibilityRepo = {
  /** Everything in one round trip: this is asked inside each hold. */
  facts: async (on: Tx, ask: FactsAsk): Promise<FactsRow> => {
    const [row] = await on.$queryRaw<{ facts: unknown }[]>`
      WITH ${peopleSql(ask)}, ${timeSql(ask)}
      SELECT jsonb_build_object(
        'inmate', (SELECT to_jsonb(i) FROM i),
        'during', (SELECT to_jsonb(t) FROM t),
        'slot', (SELECT to_jsonb(s) FROM s),
        'visitors', ${visitorsSql(ask)},
        'restrictions', ${restrictionsSql(ask)},
        'nonAssociations', ${nonAssociationsSql(ask)},
        'suspensions', ${suspensionsSql},
        'blackouts', ${blackoutsSql(ask)},
        'linkCentre', ${linkCentreSql(ask)},
        'diary', ${diarySql(ask)},
        'busyIds', ${busySql(ask)},
        'facility', ${facilitySql(Prisma.sql`(SELECT i."facilityId" FROM i)`)},
        'account', ${ask.needsAccount ? accountSql(ask.inmateId) : Prisma.sql`NULL::jsonb`}) AS facts`
    return FactsRow.parse(row?.facts)
  },
  isAt: async (db: Tx, where: { inmateId: string; facilityId: string }): Promise<boolean> =>
    (await db.inmate.count({ where })) > 0,
  /** A booking as it is asked about. */
  booking: async (db: Tx, visitId: string) => {
    const row = await db.visit.findUnique({
      where: { visitId },
      select: {
        ...{ visitId: true, inmateId: true, place: true, slotId: true, visitClass: true },
        bookingState: true,
        linkCentreRoom: { select: { linkCentreId: true } },
        seats: { where: { party: 'VISITOR' }, select: { visitorId: true } },
      },
    })
    if (row === null) return null
    const { seats, linkCentreRoom, slotId, ...booking } = row
    return {
      ...booking,
      slotId: slotId ?? undefined,
      visitorIds: seats.flatMap(({ visitorId }) => visitorId ?? []),
      linkCentreId: linkCentreRoom?.linkCentreId,
    }
  },
  /** Things that nobody has claimed then; a room only where a link centre is named. */
  free: async (on: Tx, ask: FreeAsk): Promise<FreeRow> => {
    const [row] = await on.$queryRaw<FreeRow[]>`
      SELECT ${unclaimedSql('TERMINAL', ask)} AS terminals,
        ${unclaimedSql('MONITOR_SEAT', ask)} AS "monitorSeats",
        ${unclaimedSql('ESCORT', ask)} AS escorts,
        ${unclaimedSql('LINK_CENTRE_ROOM', ask)} AS rooms`
    return row ?? { terminals: 0, monitorSeats: 0, escorts: 0, rooms: 0 }
  },
}

/** The inmate with the facility; nobody, for a visitor who was never told (EL-2). */
function peopleSql({ inmateId, askedBy }: FactsAsk): Prisma.Sql {
  const mayKnow =
    askedBy === null
      ? Prisma.empty
      : Prisma.sql`AND EXISTS (
          SELECT 1 FROM relationship told
          WHERE told.visitor_id = ${askedBy}::uuid AND told.inmate_id = inmate.inmate_id
            AND told.state NOT IN ('REJECTED', 'ENDED'))`
  return Prisma.sql`i AS MATERIALIZED (
    SELECT inmate_id AS "inmateId", wing, custody, facility_id AS "facilityId",
      estate_id AS "estateId", operator_id AS "operatorId", time_zone AS "timeZone",
      jurisdiction, register_seen_at AS "registerSeenAt"
    FROM inmate JOIN facility USING (facility_id)
    WHERE inmate_id = ${inmateId}::uuid ${mayKnow})`
}

/** When it would be: the slot's time, else the one named, else the visit's own. */
function timeSql({ slotId, visitId, startsAt, endsAt, now }: FactsAsk): Prisma.Sql {
  return Prisma.sql`
    s AS MATERIALIZED (${slotSql({ slotId, visitId, now })}),
    t AS MATERIALIZED (
      SELECT at.starts_at AS "startsAt", at.ends_at AS "endsAt", at.visit_class AS "visitClass"
      FROM (
        SELECT 1 AS rank, "startsAt" AS starts_at, "endsAt" AS ends_at, "visitClass" AS visit_class
        FROM s
        UNION ALL
        SELECT 2, ${startsAt}::timestamptz, ${endsAt}::timestamptz, NULL
        WHERE ${startsAt}::timestamptz IS NOT NULL
        UNION ALL
        SELECT 3, starts_at, ends_at, visit_class FROM visit WHERE visit_id = ${visitId}::uuid
      ) at ORDER BY at.rank LIMIT 1)`
}

type Counted = 'TERMINAL' | 'MONITOR_SEAT' | 'ESCORT' | 'LINK_CENTRE_ROOM'

function unclaimedSql(kind: Counted, ask: FreeAsk): Prisma.Sql {
  const until = kind === 'ESCORT' ? ask.escortUntil : ask.busyUntil
  return Prisma.sql`(
    SELECT count(*)::int FROM (${thingsSql(kind, ask)}) thing (resource_id)
    WHERE NOT EXISTS (
      SELECT 1 FROM resource_claim claim
      WHERE claim.kind = ${kind}::resource_kind AND claim.resource_id = thing.resource_id
        AND claim.during && tstzrange(${ask.startsAt}, ${until})
        AND claim.state IN ('HELD', 'BOOKED')
        AND claim.visit_id IS DISTINCT FROM ${ask.visitId}::uuid))`
}

function thingsSql(kind: Counted, { facilityId, wing, linkCentreId }: FreeAsk): Prisma.Sql {
  switch (kind) {
    case 'TERMINAL':
      return Prisma.sql`SELECT terminal_id FROM terminal WHERE facility_id = ${facilityId}::uuid
        AND disabled_at IS NULL AND (${wing}::text IS NULL OR wing = ${wing}::text)`
    case 'MONITOR_SEAT':
      return Prisma.sql`SELECT monitor_seat_id FROM monitor_seat
        WHERE facility_id = ${facilityId}::uuid`
    case 'ESCORT':
      return Prisma.sql`SELECT escort_id FROM escort WHERE facility_id = ${facilityId}::uuid`
    case 'LINK_CENTRE_ROOM':
      return Prisma.sql`SELECT link_centre_room_id FROM link_centre_room
        WHERE link_centre_id = ${linkCentreId}::uuid`
  }
}
