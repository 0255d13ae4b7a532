import { Prisma } from '@visavis/prisma'
import type { PaidBy, Tx } from '@visavis/prisma'
import type { BookingState } from '@visavis/contract/booking-lifecycle'
import type { MonitorMode, VisitClass } from '@visavis/contract/media-policy'
import type { SessionState } from '@visavis/contract/session-lifecycle'
import type { PersonName } from '@visavis/contract/person-names'
import { isRebookedSql } from './rebook-sql.repo.ts'

type Named = PersonName & { readonly visitorId: string }

/** A booking with everything that its readers see. */
export type ViewRow = {
  readonly visitId: string
  readonly version: number
  readonly bookingState: BookingState
  readonly stateReason: string | null
  readonly bookingMode: 'INSTANT' | 'APPROVAL' | 'ON_DEMAND'
  readonly visitClass: VisitClass
  readonly slotId: string | null
  readonly startsAt: Date
  readonly endsAt: Date
  readonly place: 'HOME' | 'LINK_CENTRE'
  readonly linkCentre: {
    readonly linkCentreId: string
    readonly name: string
    readonly address: string
    readonly room: string
    readonly timeZone: string
  } | null
  readonly linkCentreId: string | null
  readonly facilityId: string
  readonly facilityName: string
  readonly timeZone: string
  readonly inmateId: string
  readonly inmate: PersonName
  readonly visitors: readonly Named[]
  readonly terminal: { readonly name: string; readonly wing: string }
  readonly holdExpiresAt: Date | null
  readonly isHoldExtended: boolean
  readonly acknowledgedAt: Date | null
  readonly paidBy: PaidBy
  readonly seriesId: string | null
  readonly monitor: MonitorMode
  readonly isRecorded: boolean
  readonly bookedBy: string | null
  /** The visitor whose account booked it; null: staff did, or the system. */
  readonly bookerVisitorId: string | null
  readonly sessionState: SessionState | null
  readonly deliveredMs: number | null
  readonly isRebooked: boolean
}

/** Which bookings are listed, and after which one. */
export type ViewFilter = {
  readonly facilityId?: string | undefined
  /** The reader's own. */
  readonly ownVisitorId?: string | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  readonly state?: BookingState | undefined
  readonly inmateId?: string | undefined
  readonly visitorId?: string | undefined
  readonly wing?: string | undefined
  readonly after?: { readonly startsAt: Date; readonly visitId: string } | undefined
  readonly limit: number
}

/** Bookings for their readers, each in one statement. */
export const bookingViewRepo = {
  one: async (tx: Tx, visitId: string): Promise<ViewRow | null> => {
    const [row] = await select(tx, Prisma.sql`v.visit_id = ${visitId}::uuid`, 1)
    return row ?? null
  },
  list: (tx: Tx, filter: ViewFilter) =>
    select(tx, Prisma.join(conditionsOf(filter), ' AND '), filter.limit),
}

export type BookingViewRepo = typeof bookingViewRepo

function conditionsOf(filter: ViewFilter): Prisma.Sql[] {
  const { facilityId, from, to, state, inmateId, wing, after } = filter
  const conditions: (Prisma.Sql | false | undefined)[] = [
    Prisma.sql`true`,
    facilityId !== undefined && Prisma.sql`v.facility_id = ${facilityId}::uuid`,
    hasSeatOf(filter.ownVisitorId),
    hasSeatOf(filter.visitorId),
    from && Prisma.sql`v.starts_at >= ${from}`,
    to && Prisma.sql`v.starts_at < ${to}`,
    state !== undefined && Prisma.sql`v.booking_state = ${state}::booking_state`,
    inmateId !== undefined && Prisma.sql`v.inmate_id = ${inmateId}::uuid`,
    wing !== undefined && Prisma.sql`i.wing = ${wing}`,
    after && Prisma.sql`(v.starts_at, v.visit_id) > (${after.startsAt}, ${after.visitId}::uuid)`,
  ]
  return conditions.filter((one) => typeof one === 'object')
}

function hasSeatOf(visitorId: string | undefined): Prisma.Sql | undefined {
  if (visitorId === undefined) return undefined
  return Prisma.sql`v.visit_id IN (SELECT visit_id FROM seat WHERE visitor_id = ${visitorId}::uuid)`
}

function select(tx: Tx, where: Prisma.Sql, limit: number): Promise<ViewRow[]> {
  return tx.$queryRaw<ViewRow[]>`
    SELECT v.visit_id AS "visitId", v.version, v.booking_state::text AS "bookingState",
      v.state_reason AS "stateReason", v.booking_mode::text AS "bookingMode",
      v.visit_class::text AS "visitClass", v.slot_id AS "slotId", v.starts_at AS "startsAt",
      v.ends_at AS "endsAt", v.place::text AS place, c.link_centre_id AS "linkCentreId",
      CASE WHEN c.link_centre_id IS NOT NULL THEN json_build_object(
        'linkCentreId', c.link_centre_id, 'name', c.name, 'address', c.address, 'room', r.name,
        'timeZone', c.time_zone) END AS "linkCentre",
      v.facility_id AS "facilityId", f.name AS "facilityName", f.time_zone AS "timeZone",
      v.inmate_id AS "inmateId",
      json_build_object('givenName', i.given_name, 'familyName', i.family_name) AS inmate,
      (SELECT coalesce(json_agg(json_build_object('visitorId', p.visitor_id,
          'givenName', p.given_name, 'familyName', p.family_name) ORDER BY x.seat_id), '[]')
        FROM seat x JOIN visitor p ON p.visitor_id = x.visitor_id
        WHERE x.visit_id = v.visit_id) AS visitors,
      json_build_object('name', t.name, 'wing', t.wing) AS terminal,
      v.hold_expires_at AS "holdExpiresAt", v.is_hold_extended AS "isHoldExtended",
      v.acknowledged_at AS "acknowledgedAt", v.paid_by::text AS "paidBy",
      v.series_id AS "seriesId", v.monitor::text AS monitor, v.is_recorded AS "isRecorded",
      v.booked_by AS "bookedBy",
      (SELECT a.visitor_id FROM account a WHERE a.account_id = v.booked_by) AS "bookerVisitorId",
      s.state::text AS "sessionState", s.delivered_ms AS "deliveredMs",
      ${isRebookedSql} AS "isRebooked"
    FROM visit v
    JOIN facility f ON f.facility_id = v.facility_id
    JOIN inmate i ON i.inmate_id = v.inmate_id
    JOIN terminal t ON t.terminal_id = v.terminal_id
    LEFT JOIN visit_session s ON s.visit_id = v.visit_id
    LEFT JOIN link_centre_room r ON r.link_centre_room_id = v.link_centre_room_id
    LEFT JOIN link_centre c ON c.link_centre_id = r.link_centre_id
    WHERE ${where}
    ORDER BY v.starts_at, v.visit_id LIMIT ${limit}`
}
