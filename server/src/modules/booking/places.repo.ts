import { Prisma } from '@visavis/prisma'
import type { Tx } from '@visavis/prisma'
import type { VisitClass } from '@visavis/contract/media-policy'
import { LONGEST_BUSY_MS } from './place-rules.ts'
import type { FacilityLoad, Stretch } from './place-rules.ts'

/** Whose time is asked for. */
export type LoadAsk = {
  readonly facilityId: string
  readonly visitClass: VisitClass
  readonly from: Date
  readonly to: Date
  /** Whether visits are to be told apart by their terminal's wing. */
  readonly isWingOnly: boolean
  readonly linkCentreId: string | null
  readonly now: Date
}

export type OpenCentre = {
  readonly estateId: string
  readonly timeZone: string
  readonly openingHours: unknown
}

/** What the search for places reads. Times are milliseconds since 1970. */
export const placesRepo = {
  load,
  ownTimes,
  exact,
  inmate: (tx: Tx, inmateId: string) =>
    tx.inmate.findUnique({
      where: { inmateId },
      select: { facilityId: true, wing: true, custody: true },
    }),
  linkCentre: (tx: Tx, linkCentreId: string): Promise<OpenCentre | null> =>
    tx.linkCentre.findUnique({
      where: { linkCentreId },
      select: { estateId: true, timeZone: true, openingHours: true },
    }),
  /** How many of these visitors may visit the inmate (EL-2). */
  bonded: (tx: Tx, visitorIds: readonly string[], inmateId: string): Promise<number> =>
    tx.relationship.count({
      where: { inmateId, visitorId: { in: [...visitorIds] }, state: 'APPROVED' },
    }),
}

export type PlacesRepo = typeof placesRepo

const LIVE = Prisma.raw(`('HELD', 'REQUESTED', 'CONFIRMED')`)
const ms = (column: string): Prisma.Sql =>
  Prisma.raw(`(extract(epoch FROM ${column}) * 1000)::float8`)

/** Everything of a facility's month that the free places are reckoned from, in one statement. */
async function load(tx: Tx, ask: LoadAsk): Promise<FacilityLoad> {
  const [row] = await tx.$queryRaw<FacilityLoad[]>`
    SELECT ${slots(ask)} AS slots, ${visits(ask)} AS visits, ${blackouts(ask)} AS blackouts,
      (SELECT coalesce(json_object_agg(wing, count), '{}') FROM (
        SELECT wing, count(*) FROM terminal
        WHERE facility_id = ${ask.facilityId}::uuid AND disabled_at IS NULL GROUP BY wing
      ) AS by_wing) AS terminals,
      (SELECT count(*)::int FROM monitor_seat
        WHERE facility_id = ${ask.facilityId}::uuid) AS "monitorSeats",
      (SELECT count(*)::int FROM escort WHERE facility_id = ${ask.facilityId}::uuid) AS escorts,
      (SELECT count(*)::int FROM link_centre_room
        WHERE link_centre_id = ${ask.linkCentreId}::uuid) AS rooms,
      ${roomsTaken(ask)} AS "roomsTaken"`
  return row as FacilityLoad
}

function slots({ facilityId, visitClass, from, to, linkCentreId }: LoadAsk): Prisma.Sql {
  return Prisma.sql`(SELECT coalesce(json_agg(json_build_object('slotId', s.slot_id,
      'startsAt', ${ms('s.starts_at')}, 'endsAt', ${ms('s.ends_at')}, 'wings', s.wings,
      'bookingMode', s.booking_mode, 'capacity', s.capacity,
      'waiting', (SELECT count(*) FROM waiting_entry w
        WHERE w.slot_id = s.slot_id AND w.state = 'WAITING'
          AND (w.place = 'HOME' OR w.link_centre_id = ${linkCentreId}::uuid))) ORDER BY s.starts_at), '[]')
    FROM slot s
    WHERE s.facility_id = ${facilityId}::uuid AND s.starts_at >= ${from} AND s.starts_at < ${to}
      AND s.visit_class = ${visitClass}::visit_class AND s.closed_at IS NULL AND s.capacity > 0)`
}

/** Grouped by their times before anything is compared: a month has thousands of visits, but few times. */
function visits({ facilityId, from, to, now, isWingOnly }: LoadAsk): Prisma.Sql {
  const wing = isWingOnly
    ? Prisma.sql`(SELECT t.wing FROM terminal t WHERE t.terminal_id = v.terminal_id)`
    : Prisma.sql`NULL::text`
  return Prisma.sql`(SELECT coalesce(json_agg(json_build_object('slotId', g.slot_id,
      'startsAt', ${ms('g.starts_at')}, 'endsAt', ${ms('g.ends_at')}, 'wing', g.wing,
      'busyUntil', ${ms('g.busy_until')}, 'isMonitored', g.is_monitored, 'count', g.count)
      ORDER BY g.starts_at), '[]')
    FROM (
      SELECT v.slot_id, v.starts_at, v.ends_at, v.busy_until, v.monitor <> 'NONE' AS is_monitored,
        ${wing} AS wing, count(*)
      FROM visit v
      WHERE v.facility_id = ${facilityId}::uuid
        AND v.starts_at >= ${shifted(from, -LONGEST_BUSY_MS)}
        AND v.starts_at < ${shifted(to, LONGEST_BUSY_MS)} AND v.booking_state IN ${LIVE}
        AND (v.hold_expires_at IS NULL OR v.hold_expires_at > ${now})
      GROUP BY 1, 2, 3, 4, 5, 6) AS g)`
}

function blackouts({ facilityId, linkCentreId, from, to }: LoadAsk): Prisma.Sql {
  return Prisma.sql`(SELECT coalesce(json_agg(json_build_object('scope', b.scope,
      'startsAt', ${ms('b.starts_at')}, 'endsAt', ${ms('b.ends_at')},
      'wing', coalesce(b.wing, t.wing))), '[]')
    FROM blackout b LEFT JOIN terminal t ON t.terminal_id = b.terminal_id
    WHERE b.lifted_at IS NULL AND b.ends_at > ${from}
      AND b.starts_at < ${shifted(to, LONGEST_BUSY_MS)}
      AND (b.facility_id = ${facilityId}::uuid OR t.facility_id = ${facilityId}::uuid
        OR b.link_centre_id = ${linkCentreId}::uuid
        OR b.link_centre_room_id IN (SELECT r.link_centre_room_id FROM link_centre_room r
          WHERE r.link_centre_id = ${linkCentreId}::uuid)
        OR b.estate_id = (SELECT f.estate_id FROM facility f
          WHERE f.facility_id = ${facilityId}::uuid)))`
}

function roomsTaken({ linkCentreId, from, to, now }: LoadAsk): Prisma.Sql {
  return Prisma.sql`(SELECT coalesce(json_agg(json_build_object(
      'startsAt', ${ms('c.starts_at')}, 'endsAt', ${ms('c.ends_at')})), '[]')
    FROM link_centre_room r JOIN resource_claim c
      ON c.kind = 'LINK_CENTRE_ROOM' AND c.resource_id = r.link_centre_room_id
    WHERE r.link_centre_id = ${linkCentreId}::uuid AND ${isLiveClaim(now)}
      AND c.during && tstzrange(${from}, ${shifted(to, LONGEST_BUSY_MS)}))`
}

function isLiveClaim(now: Date): Prisma.Sql {
  return Prisma.sql`c.state IN ('HELD', 'BOOKED')
    AND (c.hold_expires_at IS NULL OR c.hold_expires_at > ${now})`
}

/** When one of these people has another visit. */
function ownTimes(
  tx: Tx,
  given: {
    readonly inmateId: string
    readonly visitorIds: readonly string[]
    readonly from: Date
    readonly to: Date
    readonly now: Date
    /** A visit of theirs that does not count. */
    readonly exceptVisitId: string | null
  },
): Promise<Stretch[]> {
  return tx.$queryRaw<Stretch[]>`
    SELECT ${ms('c.starts_at')} AS "startsAt", ${ms('c.ends_at')} AS "endsAt"
    FROM unnest(${[given.inmateId, ...given.visitorIds]}::uuid[]) WITH ORDINALITY AS p (id, place)
    JOIN resource_claim c ON c.resource_id = p.id
      AND c.kind = CASE WHEN p.place = 1 THEN 'INMATE' ELSE 'VISITOR' END::resource_kind
    WHERE ${isLiveClaim(given.now)}
      AND c.visit_id IS DISTINCT FROM ${given.exceptVisitId}::uuid
      AND c.during && tstzrange(${given.from}, ${shifted(given.to, LONGEST_BUSY_MS)})`
}

type ExactAsk = LoadAsk & {
  readonly slotIds: readonly string[]
  readonly wing: string
  readonly terminalTurnaroundMs: number
  readonly escortTurnaroundMs: number
  readonly isMonitored: boolean
  readonly usesEscorts: boolean
}

/** Free places of a few slots where counting is not enough: each thing is looked at by itself. */
async function exact(tx: Tx, ask: ExactAsk): Promise<Map<string, number>> {
  const free = (kind: string, resource: string, afterMs: number) => Prisma.sql`NOT EXISTS (
    SELECT 1 FROM resource_claim c WHERE c.kind = ${kind}::resource_kind
      AND c.resource_id = ${Prisma.raw(resource)} AND ${isLiveClaim(ask.now)}
      AND c.during && tstzrange(s.starts_at, s.ends_at + ${afterMs} * interval '1 ms'))`
  const rows = await tx.$queryRaw<{ slotId: string; free: number }[]>`
    SELECT s.slot_id AS "slotId", LEAST(
      (SELECT count(*) FROM terminal t
        WHERE t.facility_id = s.facility_id AND t.disabled_at IS NULL
          AND (NOT ${ask.isWingOnly} OR t.wing = ${ask.wing})
          AND ${free('TERMINAL', 't.terminal_id', ask.terminalTurnaroundMs)}
          AND NOT EXISTS (SELECT 1 FROM blackout b
            WHERE (b.terminal_id = t.terminal_id
                OR (b.scope = 'WING' AND b.facility_id = t.facility_id AND b.wing = t.wing))
              AND b.lifted_at IS NULL AND b.starts_at < s.ends_at AND b.ends_at > s.starts_at)),
      CASE WHEN ${ask.isMonitored} THEN (SELECT count(*) FROM monitor_seat m
        WHERE m.facility_id = s.facility_id AND ${free('MONITOR_SEAT', 'm.monitor_seat_id', 0)}) END,
      CASE WHEN ${ask.usesEscorts} THEN (SELECT count(*) FROM escort e
        WHERE e.facility_id = s.facility_id
          AND ${free('ESCORT', 'e.escort_id', ask.escortTurnaroundMs)}) END,
      CASE WHEN ${ask.linkCentreId}::uuid IS NOT NULL THEN (SELECT count(*) FROM link_centre_room r
        WHERE r.link_centre_id = ${ask.linkCentreId}::uuid
          AND ${free('LINK_CENTRE_ROOM', 'r.link_centre_room_id', 0)}) END)::int AS free
    FROM slot s WHERE s.slot_id = ANY(${[...ask.slotIds]}::uuid[])`
  return new Map(rows.map(({ slotId, free: count }) => [slotId, count]))
}

function shifted(instant: Date, byMs: number): Date {
  return new Date(instant.getTime() + byMs)
}
