import { Prisma } from '@visavis/prisma'
import type { Tx } from '@visavis/prisma'
import type { VisitClass } from '@visavis/contract/media-policy'
import { LONGEST_BUSY_MS } from './place-rules.ts'
import type { BlackoutLoad, FacilityLoad, SlotLoad, Stretch, VisitLoad } from './place-rules.ts'

/** Whose time is asked for. */
export type LoadAsk = {
  readonly facilityId: string
  readonly visitClass: VisitClass
  readonly from: Date
  readonly to: Date
  /** Whether visits are to be told apart by their terminal's wing. */
  readonly isWingOnly: boolean
  readonly linkCentreId: string | null
  /** Whose other visits are told as well; null: nobody's. */
  readonly people: PeopleAsk | null
  readonly now: Date
}

export type PeopleAsk = {
  readonly inmateId: string
  readonly visitorIds: readonly string[]
  /** A visit of theirs that does not count. */
  readonly exceptVisitId: string | null
}

/** With when one of the people has another visit. */
export type PlacesLoad = FacilityLoad & { readonly own: readonly Stretch[] }

export type PlacesInmate = {
  readonly facilityId: string
  readonly wing: string
  readonly custody: string
  /** How many of the visitors named may visit the inmate (EL-2). */
  readonly bonded: number
}

export type OpenCentre = {
  readonly estateId: string
  readonly timeZone: string
  readonly openingHours: unknown
}

/** What the search for places reads. Times are milliseconds since 1970. */
export const placesRepo = {
  load,
  exact,
  inmate,
  linkCentre: (tx: Tx, linkCentreId: string): Promise<OpenCentre | null> =>
    tx.linkCentre.findUnique({
      where: { linkCentreId },
      select: { estateId: true, timeZone: true, openingHours: true },
    }),
}

export type PlacesRepo = typeof placesRepo

const LIVE = Prisma.raw(`('HELD', 'REQUESTED', 'CONFIRMED')`)
const ms = (column: string): Prisma.Sql =>
  Prisma.raw(`(date_part('epoch', ${column}) * 1000)::bigint`)

async function inmate(
  tx: Tx,
  { inmateId, visitorIds }: Pick<PeopleAsk, 'inmateId' | 'visitorIds'>,
): Promise<PlacesInmate | null> {
  const [row] = await tx.$queryRaw<PlacesInmate[]>`
    SELECT facility_id AS "facilityId", wing, custody::text, (
      SELECT count(*)::int FROM relationship r
      WHERE r.inmate_id = inmate.inmate_id AND r.visitor_id = ANY(${[...visitorIds]}::uuid[])
        AND r.state = 'APPROVED') AS bonded
    FROM inmate WHERE inmate_id = ${inmateId}::uuid`
  return row ?? null
}

type SlotTuple = [
  ...[slotId: string, startsAt: number, endsAt: number, wings: string[]],
  ...[bookingMode: SlotLoad['bookingMode'], capacity: number, waiting: number],
]
type VisitTuple = [
  ...[slotId: string | null, startsAt: number, endsAt: number, busyUntil: number],
  ...[isMonitored: boolean, wing: string | null, count: number],
]
/** What the statement gives: hundreds of slots, so their columns are told apart by place, not by name. */
type StoredLoad = Omit<PlacesLoad, 'slots' | 'visits'> & {
  readonly slots: readonly SlotTuple[]
  readonly visits: readonly VisitTuple[]
  readonly blackouts: readonly BlackoutLoad[]
}

/** Everything of a facility's month that the free places are reckoned from, in one statement. */
async function load(tx: Tx, ask: LoadAsk): Promise<PlacesLoad> {
  // As text: Prisma would take values of the type json apart and put them together again.
  const rows = await tx.$queryRaw<{ load: string }[]>`
    SELECT json_build_object('slots', ${slots(ask)}, 'visits', ${visits(ask)},
      'blackouts', ${blackouts(ask)}, 'own', ${own(ask)},
      'terminals', (SELECT coalesce(json_object_agg(wing, count), '{}') FROM (
        SELECT wing, count(*) FROM terminal
        WHERE facility_id = ${ask.facilityId}::uuid AND disabled_at IS NULL GROUP BY wing
      ) AS by_wing),
      'monitorSeats', (SELECT count(*) FROM monitor_seat
        WHERE facility_id = ${ask.facilityId}::uuid),
      'escorts', (SELECT count(*) FROM escort WHERE facility_id = ${ask.facilityId}::uuid),
      'rooms', (SELECT count(*) FROM link_centre_room
        WHERE link_centre_id = ${ask.linkCentreId}::uuid),
      'roomsTaken', ${roomsTaken(ask)})::text AS load`
  const stored = JSON.parse(rows[0]?.load ?? '') as StoredLoad
  return { ...stored, slots: stored.slots.map(slotOf), visits: stored.visits.map(visitOf) }
}

function slotOf([
  slotId,
  startsAt,
  endsAt,
  wings,
  bookingMode,
  capacity,
  waiting,
]: SlotTuple): SlotLoad {
  return { slotId, startsAt, endsAt, wings, bookingMode, capacity, waiting }
}

function visitOf([
  slotId,
  startsAt,
  endsAt,
  busyUntil,
  isMonitored,
  wing,
  count,
]: VisitTuple): VisitLoad {
  return { slotId, startsAt, endsAt, busyUntil, isMonitored, wing, count }
}

function slots({ facilityId, visitClass, from, to, linkCentreId }: LoadAsk): Prisma.Sql {
  return Prisma.sql`(SELECT coalesce(json_agg(json_build_array(s.slot_id,
      ${ms('s.starts_at')}, ${ms('s.ends_at')}, s.wings, s.booking_mode, s.capacity,
      (SELECT count(*) FROM waiting_entry w
        WHERE w.slot_id = s.slot_id AND w.state = 'WAITING'
          AND (w.place = 'HOME' OR w.link_centre_id = ${linkCentreId}::uuid))) ORDER BY s.starts_at), '[]')
    FROM slot s
    WHERE s.facility_id = ${facilityId}::uuid AND s.starts_at >= ${from} AND s.starts_at < ${to}
      AND s.visit_class = ${visitClass}::visit_class AND s.closed_at IS NULL AND s.capacity > 0)`
}

/**
 * Grouped by their times before anything is compared: a month has thousands of visits, but few times. The
 * columns are those of the index `visit_by_time`, in its order, so that groups come out of it as they are.
 */
function visits({ facilityId, from, to, now, isWingOnly }: LoadAsk): Prisma.Sql {
  const terminal = Prisma.sql`LEFT JOIN terminal t
    ON t.terminal_id = v.terminal_id AND t.facility_id = ${facilityId}::uuid`
  return Prisma.sql`(SELECT coalesce(json_agg(json_build_array(g.slot_id, ${ms('g.starts_at')},
      ${ms('g.ends_at')}, ${ms('g.busy_until')}, g.monitor <> 'NONE', g.wing, g.count)
      ORDER BY g.starts_at), '[]')
    FROM (
      SELECT v.starts_at, v.ends_at, v.busy_until, v.slot_id, v.monitor,
        ${isWingOnly ? Prisma.sql`t.wing` : Prisma.sql`NULL::text AS wing`}, count(*)
      FROM visit v ${isWingOnly ? terminal : Prisma.empty}
      WHERE v.facility_id = ${facilityId}::uuid
        AND v.starts_at >= ${shifted(from, -LONGEST_BUSY_MS)}
        AND v.starts_at < ${shifted(to, LONGEST_BUSY_MS)} AND v.booking_state IN ${LIVE}
        AND (v.hold_expires_at IS NULL OR v.hold_expires_at > ${now})
      GROUP BY v.starts_at, v.ends_at, v.busy_until, v.slot_id, v.monitor
        ${isWingOnly ? Prisma.sql`, t.wing` : Prisma.empty}) AS g)`
}

/** Each column that can name the place has an index, and all of them are asked at once. */
function blackouts({ facilityId, linkCentreId, from, to }: LoadAsk): Prisma.Sql {
  return Prisma.sql`(SELECT coalesce(json_agg(json_build_object('scope', b.scope,
      'startsAt', ${ms('b.starts_at')}, 'endsAt', ${ms('b.ends_at')}, 'wing', coalesce(b.wing,
        (SELECT t.wing FROM terminal t WHERE t.terminal_id = b.terminal_id)))), '[]')
    FROM blackout b
    WHERE b.lifted_at IS NULL AND b.ends_at > ${from}
      AND b.starts_at < ${shifted(to, LONGEST_BUSY_MS)}
      AND (b.facility_id = ${facilityId}::uuid
        OR b.terminal_id = ANY(ARRAY(SELECT t.terminal_id FROM terminal t
          WHERE t.facility_id = ${facilityId}::uuid))
        OR b.link_centre_id = ${linkCentreId}::uuid
        OR b.link_centre_room_id = ANY(ARRAY(SELECT r.link_centre_room_id FROM link_centre_room r
          WHERE r.link_centre_id = ${linkCentreId}::uuid))
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

/** When one of the people has another visit; person by person, as the constraint's index wants it. */
function own({ people, from, to, now }: LoadAsk): Prisma.Sql {
  if (people === null) return Prisma.sql`'[]'::json`
  return Prisma.sql`(SELECT coalesce(json_agg(json_build_object(
      'startsAt', ${ms('c.starts_at')}, 'endsAt', ${ms('c.ends_at')})), '[]')
    FROM (SELECT 'INMATE'::resource_kind AS kind, ${people.inmateId}::uuid AS id
      UNION ALL SELECT 'VISITOR', unnest(${[...people.visitorIds]}::uuid[])) person
    JOIN resource_claim c ON c.kind = person.kind AND c.resource_id = person.id
    WHERE ${isLiveClaim(now)} AND c.visit_id IS DISTINCT FROM ${people.exceptVisitId}::uuid
      AND c.during && tstzrange(${from}, ${shifted(to, LONGEST_BUSY_MS)}))`
}

type ExactAsk = Omit<LoadAsk, 'people'> & {
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
