import { Prisma, claimResources, newId, setHoldExpiry, sqlStateOf } from '@visavis/prisma'
import type { PaidBy, Tx } from '@visavis/prisma'
import type { BookingState } from '@visavis/contract/booking-lifecycle'
import type { VisitClass } from '@visavis/contract/media-policy'
import type { SessionState } from '@visavis/contract/session-lifecycle'
import { isRebookedSql } from './rebook-sql.repo.ts'

/** A booking as its moves need it. */
export type BookingRow = {
  readonly visitId: string
  readonly facilityId: string
  readonly inmateId: string
  readonly terminalId: string
  readonly slotId: string | null
  readonly seriesId: string | null
  readonly rebookOf: string | null
  readonly bookingState: BookingState
  readonly bookingMode: 'INSTANT' | 'APPROVAL' | 'ON_DEMAND'
  readonly visitClass: VisitClass
  readonly version: number
  readonly startsAt: Date
  readonly endsAt: Date
  readonly busyUntil: Date
  readonly holdExpiresAt: Date | null
  readonly isHoldExtended: boolean
  readonly bookedBy: string | null
  /** The visitor whose account booked it; null: staff did, or the system. */
  readonly bookerVisitorId: string | null
  readonly place: 'HOME' | 'LINK_CENTRE'
  readonly linkCentreId: string | null
  readonly visitorIds: readonly string[]
  readonly sessionState: SessionState | null
  readonly deliveredMs: number | null
  readonly isRebooked: boolean
}

/** What a move of a booking writes besides its state. */
export type Move = {
  readonly to: BookingState
  readonly reason: string | null
  /** Who did it: an account's id, or `system`. */
  readonly by: string
  readonly confirmedAt?: Date
  readonly paidBy?: PaidBy
}

/** Rows of bookings, inside the caller's transaction. */
export const bookingRepo = {
  rows: (tx: Tx, visitIds: readonly string[]) => rowsOf(tx, visitIds, Prisma.empty),
  /** Locks sessions before visits, as the live side does at the end of a visit, and each in one order. */
  lock: async (tx: Tx, visitIds: readonly string[]): Promise<BookingRow[]> => {
    await tx.$queryRaw`
      SELECT 1 FROM visit_session WHERE visit_id = ANY(${[...visitIds]}::uuid[])
      ORDER BY visit_id FOR SHARE`
    return rowsOf(tx, visitIds, Prisma.sql`FOR UPDATE OF v`)
  },
  move,
  /** BK-2. Once; false if it was extended before. */
  extend: async (tx: Tx, visitId: string, holdExpiresAt: Date): Promise<void> => {
    await tx.$executeRaw`
      UPDATE visit SET hold_expires_at = ${holdExpiresAt}, is_hold_extended = true,
        version = version + 1 WHERE visit_id = ${visitId}::uuid`
    await setHoldExpiry(tx, { visitId, holdExpiresAt })
  },
  /** Holds that are over, oldest first. */
  due: async (tx: Tx, now: Date, limit: number): Promise<string[]> => {
    const rows = await tx.$queryRaw<{ visitId: string }[]>`
      SELECT visit_id AS "visitId" FROM visit
      WHERE booking_state = 'HELD' AND hold_expires_at <= ${now}
      ORDER BY hold_expires_at LIMIT ${limit}`
    return rows.map(({ visitId }) => visitId)
  },
  isTerminalFree,
  claimTerminal,
  whoIsBusy,
  stateOf: sqlStateOf,
}

export type BookingRepo = typeof bookingRepo

function rowsOf(tx: Tx, visitIds: readonly string[], lock: Prisma.Sql): Promise<BookingRow[]> {
  return tx.$queryRaw<BookingRow[]>`
    SELECT v.visit_id AS "visitId", v.facility_id AS "facilityId", v.inmate_id AS "inmateId",
      v.terminal_id AS "terminalId", v.slot_id AS "slotId", v.series_id AS "seriesId",
      v.rebook_of AS "rebookOf",
      v.booking_state::text AS "bookingState", v.booking_mode::text AS "bookingMode",
      v.visit_class::text AS "visitClass", v.version, v.starts_at AS "startsAt",
      v.ends_at AS "endsAt", v.busy_until AS "busyUntil", v.hold_expires_at AS "holdExpiresAt",
      v.is_hold_extended AS "isHoldExtended", v.booked_by AS "bookedBy",
      (SELECT a.visitor_id FROM account a WHERE a.account_id = v.booked_by) AS "bookerVisitorId",
      v.place::text AS place,
      (SELECT r.link_centre_id FROM link_centre_room r
        WHERE r.link_centre_room_id = v.link_centre_room_id) AS "linkCentreId",
      ARRAY(SELECT x.visitor_id FROM seat x
        WHERE x.visit_id = v.visit_id AND x.visitor_id IS NOT NULL AND x.role = 'PERSON'
        ORDER BY x.seat_id) AS "visitorIds",
      (SELECT s.state::text FROM visit_session s
        WHERE s.visit_id = v.visit_id) AS "sessionState",
      (SELECT s.delivered_ms FROM visit_session s
        WHERE s.visit_id = v.visit_id) AS "deliveredMs",
      ${isRebookedSql} AS "isRebooked"
    FROM visit v WHERE v.visit_id = ANY(${[...visitIds]}::uuid[])
    ORDER BY v.visit_id ${lock}`
}

/**
 * Compare and set, with its claims and, where it is CONFIRMED now, its session: one round trip. False if
 * the booking is not what it was any more.
 */
async function move(
  tx: Tx,
  { visitId, version, bookingState }: BookingRow,
  to: Move,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ isMoved: boolean }]>`
    SELECT move_booking(${visitId}::uuid, ${version}::integer,
      ARRAY[${bookingState}, ${to.to}]::booking_state[], ${to.reason}, ${to.by},
      ${to.confirmedAt ?? null}::timestamptz, ${to.paidBy ?? null}::paid_by) AS "isMoved"`
  return row.isMoved
}

/** Whether it is a terminal of that facility, in service and free for the visit's time. */
async function isTerminalFree(tx: Tx, row: BookingRow, terminalId: string): Promise<boolean> {
  const { facilityId, startsAt, endsAt, busyUntil } = row
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM terminal t
    WHERE t.terminal_id = ${terminalId}::uuid AND t.facility_id = ${facilityId}::uuid
      AND t.disabled_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM resource_claim c
        WHERE c.kind = 'TERMINAL' AND c.resource_id = t.terminal_id
          AND c.state IN ('HELD', 'BOOKED') AND c.during && tstzrange(${startsAt}, ${busyUntil}))
      AND NOT EXISTS (SELECT 1 FROM blackout b
        WHERE (b.terminal_id = t.terminal_id
            OR (b.scope = 'WING' AND b.facility_id = t.facility_id AND b.wing = t.wing))
          AND b.lifted_at IS NULL AND b.starts_at < ${endsAt} AND b.ends_at > ${startsAt})`
  return rows.length > 0
}

/** Swaps the terminal's claim for another's, for the same time; 23P01 if that one is taken. */
async function claimTerminal(tx: Tx, row: BookingRow, terminalId: string): Promise<void> {
  const { visitId, startsAt, busyUntil, holdExpiresAt } = row
  await tx.$executeRaw`
    UPDATE resource_claim SET state = 'RELEASED', hold_expires_at = NULL
    WHERE visit_id = ${visitId}::uuid AND kind = 'TERMINAL' AND state IN ('HELD', 'BOOKED')`
  await claimResources(tx, {
    visitId,
    claims: [{ kind: 'TERMINAL', resourceId: terminalId, startsAt, endsAt: busyUntil }],
    newId,
    ...(row.bookingState === 'HELD' && holdExpiresAt ? { holdExpiresAt } : {}),
  })
  await tx.$executeRaw`
    UPDATE visit SET terminal_id = ${terminalId}::uuid, version = version + 1
    WHERE visit_id = ${visitId}::uuid`
}

/** Which of these people has another visit in that time, after a claim was lost. */
async function whoIsBusy(
  tx: Tx,
  given: { inmateId: string; visitorIds: readonly string[]; startsAt: Date; endsAt: Date },
): Promise<'INMATE' | 'VISITOR' | null> {
  const rows = await tx.$queryRaw<{ kind: 'INMATE' | 'VISITOR' }[]>`
    SELECT kind::text FROM resource_claim
    WHERE ((kind = 'INMATE' AND resource_id = ${given.inmateId}::uuid)
        OR (kind = 'VISITOR' AND resource_id = ANY(${[...given.visitorIds]}::uuid[])))
      AND state IN ('HELD', 'BOOKED')
      AND during && tstzrange(${given.startsAt}, ${given.endsAt})
    ORDER BY kind LIMIT 1`
  return rows[0]?.kind ?? null
}
