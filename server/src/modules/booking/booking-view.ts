import { BookingReason, DESK } from '@visavis/contract/http'
import type { BookingView } from '@visavis/contract/http'
import type { z } from 'zod'
import type { Actor } from '../identity/index.ts'
import { firstNameOf, fullNameOf } from '@visavis/contract/person-names'
import { bookingActions } from './booking-rules.ts'
import type { Who } from './booking-rules.ts'
import type { ViewRow } from './booking-view.repo.ts'

/** A booking on the wire, before it is checked against its schema. */
export type BookingViewInput = z.input<typeof BookingView>

/** Who reads it, and what they can do with it; `visitorId` of oneself. */
export type Reader = {
  readonly who: Who
  readonly isStaff: boolean
  readonly visitorId: string | null
}
type ReadRow = Pick<ViewRow, 'facilityId' | 'visitors' | 'bookerVisitorId'>

/** Roles that run a facility's visits; an officer only reads. */
const DESK_ROLES: readonly string[] = DESK

/** What this actor is to the booking; null: nothing, so for them it is not there (EL-2). */
export function readerOf(row: ReadRow, actor: Actor | null): Reader | null {
  if (actor === null) return { who: 'STAFF', isStaff: true, visitorId: null }
  if (actor.kind !== 'account') return null
  if (actor.role === 'visitor') return familyReader(row, actor.visitorId)
  if (actor.facilityId !== row.facilityId) return null
  const who = DESK_ROLES.includes(actor.role) ? 'STAFF' : 'GUEST'
  return { who, isStaff: true, visitorId: null }
}

function familyReader(row: ReadRow, visitorId: string | null): Reader | null {
  const isIn = row.visitors.some((visitor) => visitor.visitorId === visitorId)
  if (!isIn) return null
  // What staff booked for a family is any of theirs.
  const isOwner = row.bookerVisitorId === null || row.bookerVisitorId === visitorId
  return { who: isOwner ? 'OWNER' : 'GUEST', isStaff: false, visitorId }
}

/** The booking as the reader sees it. Full names are for staff and for oneself (EL-8). */
export function viewOf(row: ViewRow, reader: Reader, now: Date): BookingViewInput {
  const { who, isStaff, visitorId } = reader
  const inmateName = isStaff ? fullNameOf(row.inmate) : firstNameOf(row.inmate)
  return {
    visitId: row.visitId,
    version: row.version,
    bookingState: row.bookingState,
    reason: BookingReason.nullable().catch(null).parse(row.stateReason),
    bookingMode: row.bookingMode,
    visitClass: row.visitClass,
    slotId: row.slotId,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    place: row.place,
    linkCentre: row.linkCentre,
    facility: { facilityId: row.facilityId, name: row.facilityName, timeZone: row.timeZone },
    inmate: { inmateId: row.inmateId, displayName: inmateName },
    visitors: row.visitors.map((visitor) => ({
      visitorId: visitor.visitorId,
      displayName:
        isStaff || visitor.visitorId === visitorId ? fullNameOf(visitor) : firstNameOf(visitor),
    })),
    terminal: isStaff ? row.terminal : null,
    holdExpiresAt: row.holdExpiresAt?.toISOString() ?? null,
    isHoldExtended: row.isHoldExtended,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    paidBy: row.paidBy,
    seriesId: row.seriesId,
    notice: { monitor: row.monitor, isRecorded: row.isRecorded },
    actions: bookingActions(row, who, now),
  }
}
