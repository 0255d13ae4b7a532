import { Prisma, claimResources, newId } from '@visavis/prisma'
import type { Claim, Tx } from '@visavis/prisma'
import type { MonitorMode, VisitClass } from '@visavis/contract/media-policy'

/** A slot and the inmate who is to have it, before anything is locked. */
export type HoldFacts = {
  readonly slotId: string
  readonly facilityId: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly visitClass: VisitClass
  readonly bookingMode: 'INSTANT' | 'APPROVAL' | 'ON_DEMAND'
  readonly inmateFacilityId: string | null
  readonly wing: string | null
}

/** A stretch of a facility's time, with the people who are to have it. */
export type Wanted = {
  readonly facilityId: string
  readonly slotId: string | null
  readonly inmateId: string
  readonly visitorIds: readonly string[]
  readonly wing: string
  readonly startsAt: Date
  readonly endsAt: Date
  /** The end with the terminal's turnaround, and with the escort's. */
  readonly busyUntil: Date
  readonly escortUntil: Date
  readonly isWingOnly: boolean
  readonly linkCentreId: string | null
  /** Only this terminal will do; null: any. */
  readonly terminalId: string | null
}

/** What is free for it at this moment; null where nothing is. */
export type Picked = {
  readonly isOpen: boolean
  readonly slotPlace: number | null
  readonly terminalId: string | null
  readonly monitorSeatId: string | null
  readonly escortId: string | null
  readonly linkCentreRoomId: string | null
  /** Holds that are over and still stand in the way. */
  readonly stale: readonly string[]
  /** Those who wait for a place like this one in the slot (BK-10). */
  readonly waiting: number
}

export type NewVisit = {
  readonly visitId: string
  readonly wanted: Wanted
  readonly picked: Picked
  readonly visitClass: VisitClass
  readonly bookingMode: HoldFacts['bookingMode']
  readonly monitor: MonitorMode
  readonly isRecorded: boolean
  readonly holdExpiresAt: Date
  readonly bookedBy: string | null
  readonly seriesId: string | null
  readonly rebookOf: string | null
  readonly place: 'HOME' | 'LINK_CENTRE'
  readonly usesEscorts: boolean
  readonly now: Date
}

type Stretch = Pick<Wanted, 'facilityId' | 'startsAt' | 'busyUntil' | 'escortUntil'>

const LIVE = Prisma.raw(`('HELD', 'REQUESTED', 'CONFIRMED')`)
const DAY_MS = 86_400_000

/** The statements of a hold: few and plain, because ten thousand people may want the same place (BK-4). */
export const holdRepo = {
  facts: async (tx: Tx, slotId: string, inmateId: string): Promise<HoldFacts | null> => {
    const [row] = await tx.$queryRaw<HoldFacts[]>`
      SELECT s.slot_id AS "slotId", s.facility_id AS "facilityId", s.starts_at AS "startsAt",
        s.ends_at AS "endsAt", s.visit_class::text AS "visitClass",
        s.booking_mode::text AS "bookingMode", i.facility_id AS "inmateFacilityId", i.wing
      FROM slot s LEFT JOIN inmate i ON i.inmate_id = ${inmateId}::uuid
      WHERE s.slot_id = ${slotId}::uuid`
    return row ?? null
  },
  inmate: (tx: Tx, inmateId: string) =>
    tx.inmate.findUnique({ where: { inmateId }, select: { facilityId: true, wing: true } }),
  lockPeople,
  lockDays,
  pick,
  insert,
  freePlaces,
}

/** Whose locks a transaction takes: nobody else may book for `exclusive` ones meanwhile. */
export type PersonLocks = {
  readonly shared: readonly string[]
  readonly exclusive: readonly string[]
}

/** Person locks, in one order whoever asks. */
async function lockPeople(tx: Tx, { shared, exclusive }: PersonLocks): Promise<void> {
  const people = [...exclusive, ...shared].toSorted()
  const isExclusive = people.map((personId) => exclusive.includes(personId))
  await tx.$executeRaw`
    SELECT CASE WHEN is_exclusive THEN pg_advisory_xact_lock(lock)
      ELSE pg_advisory_xact_lock_shared(lock) END
    FROM (SELECT hashtextextended('person/' || person_id, 0) AS lock, is_exclusive
      FROM unnest(${people}::text[], ${isExclusive}::boolean[])
        WITH ORDINALITY AS given (person_id, is_exclusive, place) ORDER BY place) AS locks`
}

/**
 * One writer at a time for each facility and day (UTC): who chooses a terminal then sees what the one
 * before chose, instead of choosing the same and losing. The stretch may reach into the next day.
 */
async function lockDays(tx: Tx, wanted: Stretch): Promise<void> {
  const { facilityId } = wanted
  const first = Math.floor(wanted.startsAt.getTime() / DAY_MS)
  const last = Math.floor(lastOf(wanted).getTime() / DAY_MS)
  const names = [`booking/${facilityId}/${first}`]
  if (last !== first) names.push(`booking/${facilityId}/${last}`)
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(name, 0))
    FROM unnest(${names}::text[]) WITH ORDINALITY AS locks (name, place) ORDER BY place`
}

/** When the last of its things is free again. */
function lastOf({ busyUntil, escortUntil }: Stretch): Date {
  return busyUntil > escortUntil ? busyUntil : escortUntil
}

function isFree(kind: Claim['kind'], resource: string, wanted: Wanted): Prisma.Sql {
  const until = { TERMINAL: wanted.busyUntil, ESCORT: wanted.escortUntil }
  const end = kind === 'TERMINAL' || kind === 'ESCORT' ? until[kind] : wanted.endsAt
  return Prisma.sql`NOT EXISTS (SELECT 1 FROM resource_claim c
    WHERE c.kind = ${kind}::resource_kind AND c.resource_id = ${Prisma.raw(resource)}
      AND c.state IN ('HELD', 'BOOKED') AND c.during && tstzrange(${wanted.startsAt}, ${end}))`
}

function isNotBlackedOut(where: Prisma.Sql, { startsAt, endsAt }: Wanted): Prisma.Sql {
  return Prisma.sql`NOT EXISTS (SELECT 1 FROM blackout b
    WHERE (${where}) AND b.lifted_at IS NULL AND b.starts_at < ${endsAt} AND b.ends_at > ${startsAt})`
}

/** The nearest terminal, and the first free of the others; under the lock of the day. */
function pick(tx: Tx, wanted: Wanted, now: Date): Promise<Picked> {
  const { facilityId, slotId, wing, terminalId, linkCentreId } = wanted
  return one(tx.$queryRaw<Picked[]>`
    WITH s AS MATERIALIZED (
      SELECT capacity, closed_at FROM slot WHERE slot_id = ${slotId}::uuid FOR SHARE)
    SELECT
      ${slotId}::uuid IS NULL OR EXISTS (SELECT 1 FROM s WHERE closed_at IS NULL) AS "isOpen",
      (SELECT min(n)::int FROM s, generate_series(1, s.capacity) n
        WHERE NOT EXISTS (SELECT 1 FROM visit v
          WHERE v.slot_id = ${slotId}::uuid AND v.slot_place = n AND v.booking_state IN ${LIVE})
      ) AS "slotPlace",
      (SELECT t.terminal_id FROM terminal t
        WHERE t.facility_id = ${facilityId}::uuid AND t.disabled_at IS NULL
          AND (${terminalId}::uuid IS NULL OR t.terminal_id = ${terminalId}::uuid)
          AND (NOT ${wanted.isWingOnly} OR t.wing = ${wing})
          AND ${isFree('TERMINAL', 't.terminal_id', wanted)}
          AND ${isNotBlackedOut(
            Prisma.sql`b.terminal_id = t.terminal_id
              OR (b.scope = 'WING' AND b.facility_id = t.facility_id AND b.wing = t.wing)`,
            wanted,
          )}
        ORDER BY t.wing <> ${wing}, t.name LIMIT 1) AS "terminalId",
      (SELECT m.monitor_seat_id FROM monitor_seat m
        WHERE m.facility_id = ${facilityId}::uuid
          AND ${isFree('MONITOR_SEAT', 'm.monitor_seat_id', wanted)}
        ORDER BY m.number LIMIT 1) AS "monitorSeatId",
      (SELECT e.escort_id FROM escort e
        WHERE e.facility_id = ${facilityId}::uuid AND ${isFree('ESCORT', 'e.escort_id', wanted)}
        ORDER BY e.number LIMIT 1) AS "escortId",
      (SELECT r.link_centre_room_id FROM link_centre_room r
        WHERE r.link_centre_id = ${linkCentreId}::uuid
          AND ${isFree('LINK_CENTRE_ROOM', 'r.link_centre_room_id', wanted)}
          AND ${isNotBlackedOut(
            Prisma.sql`b.link_centre_room_id = r.link_centre_room_id
              OR b.link_centre_id = r.link_centre_id`,
            wanted,
          )}
        ORDER BY r.name LIMIT 1) AS "linkCentreRoomId",
      ARRAY(${staleHolds(wanted, now)}) AS stale,
      (SELECT count(*)::int FROM waiting_entry w JOIN inmate i ON i.inmate_id = w.inmate_id
        WHERE w.slot_id = ${slotId}::uuid AND w.state = 'WAITING'
          AND (w.place = 'HOME' OR w.link_centre_id = ${linkCentreId}::uuid)
          AND (NOT ${wanted.isWingOnly} OR i.wing = ${wing})) AS waiting`)
}

/** Holds that are over, and near enough to stand in the way. */
function staleHolds(wanted: Wanted, now: Date): Prisma.Sql {
  return Prisma.sql`SELECT v.visit_id FROM visit v
    WHERE v.booking_state = 'HELD' AND v.hold_expires_at <= ${now}
      AND v.starts_at < ${lastOf(wanted)} AND v.ends_at + interval '2 hours' > ${wanted.startsAt}
      AND (v.facility_id = ${wanted.facilityId}::uuid OR v.inmate_id = ${wanted.inmateId}::uuid
        OR EXISTS (SELECT 1 FROM seat x WHERE x.visit_id = v.visit_id
          AND x.visitor_id = ANY(${[...wanted.visitorIds]}::uuid[]))
        OR EXISTS (SELECT 1 FROM link_centre_room r
          WHERE r.link_centre_room_id = v.link_centre_room_id
            AND r.link_centre_id = ${wanted.linkCentreId}::uuid))`
}

/** How many such visits could be held now; under the lock of the day. */
async function freePlaces(tx: Tx, { wanted, monitor, usesEscorts }: NewVisit): Promise<number> {
  const { facilityId, slotId, wing } = wanted
  const [row] = await tx.$queryRaw<{ free: number }[]>`
    SELECT LEAST(
      (SELECT s.capacity - (SELECT count(*) FROM visit v
        WHERE v.slot_id = s.slot_id AND v.booking_state IN ${LIVE})
      FROM slot s WHERE s.slot_id = ${slotId}::uuid),
      (SELECT count(*) FROM terminal t
        WHERE t.facility_id = ${facilityId}::uuid AND t.disabled_at IS NULL
          AND (NOT ${wanted.isWingOnly} OR t.wing = ${wing})
          AND ${isFree('TERMINAL', 't.terminal_id', wanted)}),
      CASE WHEN ${monitor !== 'NONE'} THEN (SELECT count(*) FROM monitor_seat m
        WHERE m.facility_id = ${facilityId}::uuid
          AND ${isFree('MONITOR_SEAT', 'm.monitor_seat_id', wanted)}) END,
      CASE WHEN ${usesEscorts} THEN (SELECT count(*) FROM escort e
        WHERE e.facility_id = ${facilityId}::uuid
          AND ${isFree('ESCORT', 'e.escort_id', wanted)}) END)::int AS free`
  return row?.free ?? 0
}

/** The visit, its seats and its claims. An overlap ends the transaction with 23P01 or 23505. */
async function insert(tx: Tx, given: NewVisit): Promise<void> {
  const { wanted, picked, visitId } = given
  const seats = [wanted.inmateId, ...wanted.visitorIds]
  await tx.$executeRaw`
    WITH v AS (
      INSERT INTO visit (visit_id, facility_id, inmate_id, terminal_id, visit_class, booking_state,
        starts_at, ends_at, busy_until, slot_id, slot_place, booking_mode, hold_expires_at, booked_by,
        series_id, rebook_of, place, link_centre_room_id, monitor, is_recorded, created_at)
      VALUES (${visitId}::uuid, ${wanted.facilityId}::uuid, ${wanted.inmateId}::uuid,
        ${picked.terminalId}::uuid, ${given.visitClass}::visit_class, 'HELD', ${wanted.startsAt},
        ${wanted.endsAt}, ${wanted.busyUntil}, ${wanted.slotId}::uuid, ${picked.slotPlace}::int,
        ${given.bookingMode}::booking_mode, ${given.holdExpiresAt}, ${given.bookedBy}::uuid,
        ${given.seriesId}::uuid, ${given.rebookOf}::uuid, ${given.place}::visit_place,
        ${picked.linkCentreRoomId}::uuid, ${given.monitor}::monitor_mode, ${given.isRecorded},
        ${given.now})
      RETURNING visit_id)
    INSERT INTO seat (seat_id, visit_id, party, inmate_id, visitor_id)
    SELECT x.seat_id, v.visit_id, CASE WHEN x.place = 1 THEN 'INMATE' ELSE 'VISITOR' END::party,
      CASE WHEN x.place = 1 THEN x.person_id END, CASE WHEN x.place > 1 THEN x.person_id END
    FROM v, unnest(${seats.map(() => newId())}::uuid[], ${seats}::uuid[])
      WITH ORDINALITY AS x (seat_id, person_id, place)`
  const { holdExpiresAt } = given
  await claimResources(tx, { visitId, claims: claimsOf(given), holdExpiresAt, newId })
}

/** BK-1. Everything scarce that a visit takes, each for its own time. */
function claimsOf({ wanted, picked, monitor, usesEscorts }: NewVisit): Claim[] {
  const { startsAt, endsAt } = wanted
  const claim = (kind: Claim['kind'], resourceId: string | null, until = endsAt): Claim[] =>
    resourceId === null ? [] : [{ kind, resourceId, startsAt, endsAt: until }]
  return [
    ...claim('INMATE', wanted.inmateId),
    ...wanted.visitorIds.flatMap((visitorId) => claim('VISITOR', visitorId)),
    ...claim('TERMINAL', picked.terminalId, wanted.busyUntil),
    ...claim('LINK_CENTRE_ROOM', wanted.linkCentreId === null ? null : picked.linkCentreRoomId),
    ...claim('MONITOR_SEAT', monitor === 'NONE' ? null : picked.monitorSeatId),
    ...claim('ESCORT', usesEscorts ? picked.escortId : null, wanted.escortUntil),
  ]
}

async function one<Row>(rows: Promise<Row[]>): Promise<Row> {
  const [row] = await rows
  return row as Row
}
