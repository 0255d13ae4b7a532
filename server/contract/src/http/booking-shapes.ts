import { z } from 'zod'
import { BOOKING_STATES } from '../booking-lifecycle.ts'
import {
  FacilityId,
  InmateId,
  Instant,
  LinkCentreId,
  SeriesId,
  SlotId,
  VisitId,
  VisitorId,
  ZoneName,
} from '../ids.ts'
import { MediaPolicyShape, VisitClassShape } from '../visit.ts'
import { DESK, KEYED, SIGNED_IN, Version } from './route.ts'

export const BookingStateShape = z.enum(BOOKING_STATES)
export const BookingModeShape = z.enum(['INSTANT', 'APPROVAL', 'ON_DEMAND'])
export const VisitPlaceShape = z.enum(['HOME', 'LINK_CENTRE'])

/** Why a booking was rejected, cancelled or suspended; the clients have the words. */
export const BOOKING_REASONS = [
  'RELEASED_BY_OWNER',
  'HOLD_EXPIRED',
  'CHANGED_MIND',
  'ILLNESS',
  'NO_DEVICE',
  'INMATE_DECLINED',
  'FACILITY_STAFFING',
  'FACILITY_SECURITY',
  'TERMINAL_OUT_OF_ORDER',
  'INMATE_TRANSFERRED',
  'INMATE_RELEASED',
  'INMATE_DIED',
  'BANNED',
  'RESTRICTED',
  'ELIGIBILITY_UNVERIFIED',
  'NEEDS_APPROVAL',
  'NOT_APPROVED',
  'SUSPENDED',
  'REBOOKED',
  'RING_MISSED',
  'RING_DECLINED',
  'RING_TAKEN_BACK',
] as const
export const BookingReason = z.enum(BOOKING_REASONS)
export type BookingReason = (typeof BOOKING_REASONS)[number]
/** Reasons that the people outside may give. */
export const OwnReason = z.enum(['CHANGED_MIND', 'ILLNESS', 'NO_DEVICE'])
/** Reasons that staff may give. */
export const StaffReason = z.enum([
  'FACILITY_STAFFING',
  'FACILITY_SECURITY',
  'TERMINAL_OUT_OF_ORDER',
  'INMATE_DECLINED',
  'NOT_APPROVED',
])

/** What can be done with a booking now; a pure function of its state, offered by pages and guarded by the server. */
export const BOOKING_ACTIONS = [
  'EXTEND',
  'CONFIRM',
  'RELEASE',
  'WITHDRAW',
  'CANCEL',
  'APPROVE',
  'REJECT',
  'REBOOK',
] as const
export const BookingAction = z.enum(BOOKING_ACTIONS)
export type BookingAction = (typeof BOOKING_ACTIONS)[number]

/** A slot in which a visit can be booked. */
export const FreePlace = z.object({
  slotId: SlotId,
  startsAt: Instant,
  endsAt: Instant,
  visitClass: VisitClassShape,
  bookingMode: BookingModeShape,
  /** Places left: of the slot, and of terminals, monitor seats and escorts at that time. */
  free: z.number().int().min(0),
})

/** A booking as its people and the visits staff see it. */
export const BookingView = z.object({
  visitId: VisitId,
  version: Version,
  bookingState: BookingStateShape,
  reason: BookingReason.nullable(),
  bookingMode: BookingModeShape,
  visitClass: VisitClassShape,
  slotId: SlotId.nullable(),
  startsAt: Instant,
  endsAt: Instant,
  place: VisitPlaceShape,
  linkCentre: z
    .object({
      linkCentreId: LinkCentreId,
      name: z.string(),
      address: z.string(),
      room: z.string(),
      timeZone: ZoneName,
    })
    .nullable(),
  facility: z.object({ facilityId: FacilityId, name: z.string(), timeZone: ZoneName }),
  inmate: z.object({ inmateId: InmateId, displayName: z.string() }),
  visitors: z.array(z.object({ visitorId: VisitorId, displayName: z.string() })),
  /** For staff; null for the family. */
  terminal: z.object({ name: z.string(), wing: z.string() }).nullable(),
  /** While HELD: until when the place is kept. */
  holdExpiresAt: Instant.nullable(),
  isHoldExtended: z.boolean(),
  acknowledgedAt: Instant.nullable(),
  paidBy: z.enum(['QUOTA', 'CREDIT', 'NOTHING']),
  seriesId: SeriesId.nullable(),
  /** What may be seen and kept of it (OV-3). */
  notice: MediaPolicyShape,
  actions: z.array(BookingAction),
  /** Where one booking is read: cancelled by its people before then, it takes no visit (BK-9). */
  freeCancelUntil: Instant.optional(),
})
export type BookingView = z.output<typeof BookingView>

/** Visits left to an inmate in this period, and the minutes owed (BK-9, LV-7). */
export const QuotaView = z.object({
  /** Null: this facility counts no visits. */
  left: z.number().int().nullable(),
  renewsAt: Instant.nullable(),
  creditMs: z.number().int().min(0),
})

/** Who comes, whom they see and where they sit. */
export const PARTY_FIELDS = {
  inmateId: InmateId,
  /** At least one; the signed-in visitor among them. */
  visitorIds: z.array(VisitorId).min(1).max(16),
  place: VisitPlaceShape,
  linkCentreId: LinkCentreId.optional(),
}
/** Ids in a query: separated by commas. */
export const VisitorIds = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.uuid()).min(1).max(16))

/** What a hold, a confirmation and the like can be refused with, besides the sign-in. */
export const ELIGIBILITY_REFUSALS = [
  'VISITOR_NOT_VERIFIED',
  'RELATIONSHIP_MISSING',
  'RELATIONSHIP_PENDING',
  'RELATIONSHIP_SUSPENDED',
  'RELATIONSHIP_BANNED',
  'INMATE_NOT_AVAILABLE',
  'TOO_MANY_VISITORS',
  'ADULT_REQUIRED',
  'RESTRICTED',
  'NOT_TOGETHER',
  'PROFESSIONAL_REQUIRED',
  'VISITS_SUSPENDED',
  'TOO_SOON',
  'TOO_FAR_AHEAD',
  'SLOT_NOT_FOUND',
  'SLOT_CLOSED',
  'SLOT_NOT_FOR_INMATE',
  'BLACKED_OUT',
  'QUOTA_USED',
  'LEGAL_LIMIT',
  'INMATE_BUSY',
  'VISITOR_BUSY',
  'LINK_CENTRE_CLOSED',
  'NO_PLACE',
] as const
export const BOOKING_REFUSALS = [
  ...SIGNED_IN,
  ...KEYED,
  'BOOKING_NOT_FOUND',
  'BOOKING_WRONG_STATE',
  'VERSION_CHANGED',
] as const
export const BOOKERS = ['visitor', ...DESK] as const

/** The people and the place that a booking is asked for. */
export const BookingParty = z.strictObject(PARTY_FIELDS)
export type BookingParty = z.output<typeof BookingParty>
