import { z } from 'zod'
import { EligibilityReport } from '../eligibility.ts'
import {
  FacilityId,
  InmateId,
  Instant,
  LinkCentreId,
  SlotId,
  VisitId,
  VisitorId,
  ZoneName,
} from '../ids.ts'
import { VisitClassShape } from '../visit.ts'
import {
  BookingStateShape,
  VisitPlaceShape,
  OwnReason,
  StaffReason,
  FreePlace,
  BookingView,
  QuotaView,
  PARTY_FIELDS,
  VisitorIds,
  ELIGIBILITY_REFUSALS,
  BOOKING_REFUSALS,
  BOOKERS,
} from './booking-shapes.ts'
import { DESK, KEYED, SIGNED_IN, PageQuery, Version, pageOf, route } from './route.ts'

/** Places, holds, bookings, and why not. */
export const bookingCoreRoutes = {
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
      'Every rule that is checked for such a visit, or for a booking, with its verdict; staff also see the true reason.',
    access: { kind: 'account', roles: BOOKERS },
    body: z.union([
      /** A booking there is: its people, its slot and its place, without counting itself. */
      z.strictObject({ visitId: VisitId }),
      z.strictObject({
        ...PARTY_FIELDS,
        slotId: SlotId.optional(),
        visitClass: VisitClassShape.default('social'),
      }),
    ]),
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
    body: z.strictObject({ ...PARTY_FIELDS, slotId: SlotId }),
    reply: BookingView,
    refusals: [...SIGNED_IN, ...KEYED, ...ELIGIBILITY_REFUSALS],
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
} as const
