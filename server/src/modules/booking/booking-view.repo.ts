import { Prisma } from '@visavis/prisma'
import type { PaidBy, Tx } from '@visavis/prisma'
import type { BookingState } from '@visavis/contract/booking-lifecycle'
import type { MonitorMode, VisitClass } from '@visavis/contract/media-policy'
import type { SessionState } from '@visavis/contract/session-lifecycle'
import type { PersonName } from '@visavis/contract/person-names'

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
    const [row] = await select(tx, Prisma.sql`v."visitId" = ${visitId}::uuid`, 1)
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
    facilityId !== undefined && Prisma.sql`v."facilityId" = ${facilityId}::uuid`,
    hasSeatOf(filter.ownVisitorId),
    hasSeatOf(filter.visitorId),
    from && Prisma.sql`v."startsAt" >= ${from}`,
    to && Prisma.sql`v."startsAt" < ${to}`,
    state !== undefined && Prisma.sql`v.state = ${state}::booking_state`,
    inmateId !== undefined && Prisma.sql`v."inmateId" = ${inmateId}::uuid`,
    wing !== undefined && Prisma.sql`v.wing = ${wing}`,
    after && Prisma.sql`(v."startsAt", v."visitId") > (${after.startsAt}, ${after.visitId}::uuid)`,
  ]
  return conditions.filter((one) => typeof one === 'object')
}

function hasSeatOf(visitorId: string | undefined): Prisma.Sql | undefined {
  if (visitorId === undefined) return undefined
  return Prisma.sql`v."visitId" IN (SELECT visit_id FROM seat WHERE visitor_id = ${visitorId}::uuid)`
}

function select(tx: Tx, where: Prisma.Sql, limit: number): Promise<ViewRow[]> {
  return tx.$queryRaw<ViewRow[]>`
    SELECT "visitId", version, "bookingState", "stateReason", "bookingMode", "visitClass", "slotId",
      "startsAt", "endsAt", place, "linkCentreId", "linkCentre", "facilityId", "facilityName",
      "timeZone", "inmateId", inmate, visitors, terminal, "holdExpiresAt", "isHoldExtended",
      "acknowledgedAt", "paidBy", "seriesId", monitor, "isRecorded", "bookedBy", "bookerVisitorId",
      "sessionState", "deliveredMs", "isRebooked"
    FROM booking_view v WHERE ${where}
    ORDER BY v."startsAt", v."visitId" LIMIT ${limit}`
}

/** A row of the view in JSON, where instants are text. */
export type StoredView = {
  readonly [Key in keyof ViewRow]: ViewRow[Key] extends Date
    ? string
    : ViewRow[Key] extends Date | null
      ? string | null
      : ViewRow[Key]
}

/** What a function of the database gave as JSON of `booking_view`. */
export function viewRowOf(stored: StoredView): ViewRow {
  const { startsAt, endsAt, holdExpiresAt, acknowledgedAt, ...row } = stored
  return {
    ...row,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    holdExpiresAt: holdExpiresAt === null ? null : new Date(holdExpiresAt),
    acknowledgedAt: acknowledgedAt === null ? null : new Date(acknowledgedAt),
  }
}
