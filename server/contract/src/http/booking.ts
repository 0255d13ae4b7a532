import { z } from 'zod'
import { EligibilityReport } from '../eligibility.ts'
import {
  FacilityId,
  InmateId,
  Instant,
  LinkCentreId,
  SeriesId,
  SlotId,
  VisitId,
  VisitorId,
  WaitingId,
  ZoneName,
} from '../ids.ts'
import { MediaPolicyShape, VisitClassShape } from '../visit.ts'
import { DESK, EMPTY, PageQuery, SIGNED_IN, Version, pageOf, route } from './route.ts'

export const BookingStateShape = z.enum([
  'HELD',
  'EXPIRED',
  'REQUESTED',
  'CONFIRMED',
  'REJECTED',
  'WITHDRAWN',
  'CANCELLED',
  'SUSPENDED',
  'FULFILLED',
])
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
    .object({ name: z.string(), address: z.string(), room: z.string(), timeZone: ZoneName })
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
const Party = {
  inmateId: InmateId,
  /** At least one; the signed-in visitor among them. */
  visitorIds: z.array(VisitorId).min(1).max(16),
  place: VisitPlaceShape,
  linkCentreId: LinkCentreId.optional(),
}
/** Ids in a query: separated by commas. */
const VisitorIds = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.uuid()).min(1).max(16))

/** What a hold, a confirmation and the like can be refused with, besides the sign-in. */
const ELIGIBILITY_REFUSALS = [
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
const WRITE_REFUSALS = ['IDEMPOTENCY_KEY_REQUIRED', 'IDEMPOTENCY_KEY_REUSED'] as const
const BOOKING_REFUSALS = [
  ...SIGNED_IN,
  ...WRITE_REFUSALS,
  'BOOKING_NOT_FOUND',
  'BOOKING_WRONG_STATE',
  'VERSION_CHANGED',
] as const
const BOOKERS = ['visitor', ...DESK] as const

/** Booking: places, holds, bookings, series, the waiting list and on-demand rings. */
export const bookingRoutes = {
  bookableInmates: route({
    method: 'GET',
    path: '/api/my/inmates',
    summary:
      'Whom the signed-in visitor may visit, who may come along, and how many visits are left.',
    access: { kind: 'account', roles: ['visitor'] },
    reply: z.object({
      inmates: z.array(
        z.object({
          inmateId: InmateId,
          displayName: z.string(),
          facility: z.object({ facilityId: FacilityId, name: z.string(), timeZone: ZoneName }),
          classes: z.array(VisitClassShape),
          maxVisitors: z.number().int(),
          quota: QuotaView,
          /** Others whom the facility approved for the same inmate and who agreed to be found: the family. */
          companions: z.array(
            z.object({ visitorId: VisitorId, displayName: z.string(), isAdult: z.boolean() }),
          ),
          you: z.object({ visitorId: VisitorId, displayName: z.string() }),
        }),
      ),
    }),
    refusals: SIGNED_IN,
  }),
  places: route({
    method: 'GET',
    path: '/api/places',
    summary: 'Slots with free places for these people, at most 42 days at once (BK-8, BK-10).',
    access: { kind: 'account', roles: BOOKERS },
    query: z.object({
      inmateId: InmateId,
      visitorIds: VisitorIds,
      from: Instant,
      to: Instant,
      visitClass: VisitClassShape.default('social'),
      place: VisitPlaceShape.default('HOME'),
      linkCentreId: LinkCentreId.optional(),
    }),
    reply: z.object({
      facility: z.object({ name: z.string(), timeZone: ZoneName }),
      places: z.array(FreePlace),
      /** Slots that are full, for the waiting list. */
      full: z.array(FreePlace),
    }),
    refusals: [...SIGNED_IN, 'NOT_FOUND', 'LINK_CENTRE_CLOSED'],
  }),
  explainEligibility: route({
    method: 'POST',
    path: '/api/eligibility',
    summary:
      'Every rule that is checked for such a visit, with its verdict; staff also see the true reason.',
    access: { kind: 'account', roles: BOOKERS },
    body: z.strictObject({
      ...Party,
      slotId: SlotId.optional(),
      visitClass: VisitClassShape.default('social'),
    }),
    reply: EligibilityReport,
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  holdVisit: route({
    method: 'POST',
    path: '/api/bookings',
    summary:
      'Holds a place and everything a visit needs (BK-1, BK-2); confirm it before it expires.',
    access: { kind: 'account', roles: BOOKERS },
    isKeyed: true,
    body: z.strictObject({ ...Party, slotId: SlotId }),
    reply: BookingView,
    refusals: [...SIGNED_IN, ...WRITE_REFUSALS, ...ELIGIBILITY_REFUSALS],
  }),
  bookings: route({
    method: 'GET',
    path: '/api/bookings',
    summary: 'Bookings by start: the visitor’s own, or those of the facility.',
    access: { kind: 'account', roles: ['visitor', 'officer', ...DESK] },
    query: z.object({
      ...PageQuery,
      from: Instant.optional(),
      to: Instant.optional(),
      state: BookingStateShape.optional(),
      inmateId: InmateId.optional(),
      visitorId: VisitorId.optional(),
      wing: z.string().max(100).optional(),
    }),
    reply: pageOf(BookingView),
    refusals: SIGNED_IN,
  }),
  booking: route({
    method: 'GET',
    path: '/api/bookings/:visitId',
    summary: 'One booking.',
    access: { kind: 'account', roles: ['visitor', 'officer', ...DESK] },
    params: z.object({ visitId: VisitId }),
    reply: BookingView,
    refusals: [...SIGNED_IN, 'BOOKING_NOT_FOUND'],
  }),
  extendHold: route({
    method: 'POST',
    path: '/api/bookings/:visitId/extension',
    summary: 'Keeps a held place once more for as long (BK-2).',
    access: { kind: 'account', roles: BOOKERS },
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    reply: BookingView,
    refusals: [...BOOKING_REFUSALS, 'HOLD_LOST', 'HOLD_ALREADY_EXTENDED'],
  }),
  confirmBooking: route({
    method: 'POST',
    path: '/api/bookings/:visitId/confirmation',
    summary:
      'Turns a hold, or an offer of the waiting list, into a booking; REQUESTED where a person must approve it.',
    access: { kind: 'account', roles: BOOKERS },
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    reply: BookingView,
    refusals: [...BOOKING_REFUSALS, ...ELIGIBILITY_REFUSALS, 'HOLD_LOST'],
  }),
  releaseHold: route({
    method: 'POST',
    path: '/api/bookings/:visitId/release',
    summary: 'Gives a held place back.',
    access: { kind: 'account', roles: BOOKERS },
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    reply: BookingView,
    refusals: BOOKING_REFUSALS,
  }),
  cancelBooking: route({
    method: 'POST',
    path: '/api/bookings/:visitId/cancellation',
    summary: 'Cancels a booking, or withdraws a request; never once the visit has media (BK-3).',
    access: { kind: 'account', roles: BOOKERS },
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    body: z.strictObject({ reason: z.union([OwnReason, StaffReason]), version: Version }),
    reply: BookingView,
    refusals: BOOKING_REFUSALS,
  }),
  decideBooking: route({
    method: 'POST',
    path: '/api/bookings/:visitId/decision',
    summary: 'Approves or rejects a requested visit.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    body: z.strictObject({
      decision: z.enum(['APPROVE', 'REJECT']),
      reason: StaffReason.optional(),
      version: Version,
    }),
    reply: BookingView,
    refusals: [...BOOKING_REFUSALS, ...ELIGIBILITY_REFUSALS],
  }),
  rebook: route({
    method: 'POST',
    path: '/api/bookings/:visitId/rebooking',
    summary:
      'One click: books the same people in another slot and closes the old booking (BK-12, BK-13).',
    access: { kind: 'account', roles: BOOKERS },
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    body: z.strictObject({ slotId: SlotId }),
    reply: BookingView,
    refusals: [...BOOKING_REFUSALS, ...ELIGIBILITY_REFUSALS],
  }),
  alternatives: route({
    method: 'GET',
    path: '/api/bookings/:visitId/alternatives',
    summary: 'The three free places nearest to a booking’s time, for its people.',
    access: { kind: 'account', roles: BOOKERS },
    params: z.object({ visitId: VisitId }),
    reply: z.object({ places: z.array(FreePlace) }),
    refusals: [...SIGNED_IN, 'BOOKING_NOT_FOUND'],
  }),
  bookSeries: route({
    method: 'POST',
    path: '/api/series',
    summary:
      'Books a weekly series on the facility’s wall clock; what cannot be booked is reported with alternatives (BK-11).',
    access: { kind: 'account', roles: BOOKERS },
    isKeyed: true,
    body: z.strictObject({
      ...Party,
      /** The first visit; the others follow at the same local time. */
      slotId: SlotId,
      everyWeeks: z.number().int().min(1).max(8).default(1),
      count: z.number().int().min(2).max(26),
    }),
    reply: z.object({
      seriesId: SeriesId,
      booked: z.array(BookingView),
      missed: z.array(
        z.object({
          startsAt: Instant,
          report: EligibilityReport.nullable(),
          code: z.string(),
          alternatives: z.array(FreePlace),
        }),
      ),
    }),
    refusals: [...SIGNED_IN, ...WRITE_REFUSALS, ...ELIGIBILITY_REFUSALS],
  }),
  cancelSeries: route({
    method: 'POST',
    path: '/api/series/:seriesId/cancellation',
    summary: 'Cancels the visits of a series from an instant on; the others stay.',
    access: { kind: 'account', roles: BOOKERS },
    isKeyed: true,
    params: z.object({ seriesId: SeriesId }),
    body: z.strictObject({ from: Instant, reason: z.union([OwnReason, StaffReason]) }),
    reply: z.object({ cancelled: z.array(BookingView) }),
    refusals: BOOKING_REFUSALS,
  }),
  waitingList: route({
    method: 'GET',
    path: '/api/waiting-list',
    summary: 'Slots the signed-in visitor waits for, and offers (BK-10).',
    access: { kind: 'account', roles: ['visitor'] },
    reply: z.object({
      entries: z.array(
        z.object({
          waitingId: WaitingId,
          slotId: SlotId,
          startsAt: Instant,
          endsAt: Instant,
          facility: z.object({ name: z.string(), timeZone: ZoneName }),
          inmate: z.object({ inmateId: InmateId, displayName: z.string() }),
          state: z.enum(['WAITING', 'OFFERED', 'TAKEN', 'LAPSED', 'LEFT']),
          /** 1: next in line. */
          position: z.number().int().min(1).nullable(),
          /** While OFFERED: confirm this booking until then. */
          offeredVisitId: VisitId.nullable(),
          offerExpiresAt: Instant.nullable(),
        }),
      ),
    }),
    refusals: SIGNED_IN,
  }),
  joinWaitingList: route({
    method: 'POST',
    path: '/api/waiting-list',
    summary:
      'Waits for a place in a full slot; the first in line gets 15 minutes for each place (BK-10).',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    body: z.strictObject({ ...Party, slotId: SlotId }),
    reply: z.object({ waitingId: WaitingId, position: z.number().int().min(1) }),
    refusals: [...SIGNED_IN, ...WRITE_REFUSALS, ...ELIGIBILITY_REFUSALS, 'ALREADY_WAITING'],
  }),
  leaveWaitingList: route({
    method: 'POST',
    path: '/api/waiting-list/:waitingId/leaving',
    summary: 'Stops waiting; an open offer goes to the next in line.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    params: z.object({ waitingId: WaitingId }),
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...WRITE_REFUSALS, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
  quotaLedger: route({
    method: 'GET',
    path: '/api/inmates/:inmateId/ledger',
    summary: 'Every grant, use, refund and expiry of an inmate’s visits and time credit (BK-9).',
    access: { kind: 'account', roles: [...DESK, 'auditor'] },
    params: z.object({ inmateId: InmateId }),
    reply: z.object({
      quota: QuotaView,
      entries: z.array(
        z.object({
          unit: z.enum(['VISIT', 'MS']),
          kind: z.enum(['GRANT', 'USE', 'REFUND', 'EXPIRY']),
          amount: z.number().int(),
          visitId: VisitId.nullable(),
          period: z.string().nullable(),
          reason: z.string().nullable(),
          createdAt: Instant,
        }),
      ),
    }),
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  ringVisitor: route({
    method: 'POST',
    path: '/api/terminal/rings',
    summary:
      'The inmate rings a visitor for a visit now; 45 s to answer, a missed ring costs nothing (BK-8).',
    access: { kind: 'inmate' },
    isKeyed: true,
    body: z.strictObject({ visitorId: VisitorId }),
    reply: z.object({ visitId: VisitId, ringsUntil: Instant }),
    refusals: [
      'NOT_SIGNED_IN',
      'SESSION_EXPIRED',
      ...WRITE_REFUSALS,
      ...ELIGIBILITY_REFUSALS,
      'ON_DEMAND_NOT_ALLOWED',
    ],
  }),
  ring: route({
    method: 'GET',
    path: '/api/terminal/rings/:visitId',
    summary: 'Whether a ring was answered.',
    access: { kind: 'inmate' },
    params: z.object({ visitId: VisitId }),
    reply: z.object({ state: z.enum(['RINGING', 'ANSWERED', 'DECLINED', 'MISSED']) }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'NOT_FOUND'],
  }),
  myRings: route({
    method: 'GET',
    path: '/api/my/rings',
    summary: 'Who rings the signed-in visitor now.',
    access: { kind: 'account', roles: ['visitor'] },
    reply: z.object({
      rings: z.array(
        z.object({
          visitId: VisitId,
          inmateName: z.string(),
          ringsUntil: Instant,
          endsAt: Instant,
        }),
      ),
    }),
    refusals: SIGNED_IN,
  }),
  answerRing: route({
    method: 'POST',
    path: '/api/my/rings/:visitId/answer',
    summary: 'Takes or declines a ring; taken, the visit can be joined at once.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    body: z.strictObject({ isAccepted: z.boolean() }),
    reply: z.object({ visitId: VisitId, bookingState: BookingStateShape }),
    refusals: [...SIGNED_IN, ...WRITE_REFUSALS, ...ELIGIBILITY_REFUSALS, 'NOT_FOUND', 'RING_OVER'],
  }),
} as const

/** The people and the place that a booking is asked for. */
export const BookingParty = z.strictObject(Party)
export type BookingParty = z.output<typeof BookingParty>
