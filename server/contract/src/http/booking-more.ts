import { z } from 'zod'
import { EligibilityReport } from '../eligibility.ts'
import {
  InmateId,
  Instant,
  SeriesId,
  SlotId,
  VisitId,
  VisitorId,
  WaitingId,
  ZoneName,
} from '../ids.ts'
import {
  BookingStateShape,
  OwnReason,
  StaffReason,
  FreePlace,
  BookingView,
  QuotaView,
  PARTY_FIELDS,
  ELIGIBILITY_REFUSALS,
  BOOKING_REFUSALS,
  BOOKERS,
} from './booking-shapes.ts'
import { DESK, EMPTY, KEYED, SIGNED_IN, route } from './route.ts'

/** Series, waiting lists, rings and the ledger of visits. */
export const bookingMoreRoutes = {
  bookSeries: route({
    method: 'POST',
    path: '/api/series',
    summary:
      'Books a weekly series on the facility’s wall clock; what cannot be booked is reported with alternatives (BK-11).',
    access: { kind: 'account', roles: BOOKERS },
    isKeyed: true,
    body: z.strictObject({
      ...PARTY_FIELDS,
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
    refusals: [...SIGNED_IN, ...KEYED, ...ELIGIBILITY_REFUSALS],
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
    body: z.strictObject({ ...PARTY_FIELDS, slotId: SlotId }),
    reply: z.object({ waitingId: WaitingId, position: z.number().int().min(1) }),
    refusals: [...SIGNED_IN, ...KEYED, ...ELIGIBILITY_REFUSALS, 'ALREADY_WAITING'],
  }),
  leaveWaitingList: route({
    method: 'POST',
    path: '/api/waiting-list/:waitingId/leaving',
    summary: 'Stops waiting; an open offer goes to the next in line.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    params: z.object({ waitingId: WaitingId }),
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
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
      'SESSION_ENDED',
      ...KEYED,
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
    reply: z.object({ state: z.enum(['RINGING', 'ANSWERED', 'DECLINED', 'MISSED', 'TAKEN_BACK']) }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED', 'NOT_FOUND'],
  }),
  takeBackRing: route({
    method: 'POST',
    path: '/api/terminal/rings/:visitId/taking-back',
    summary: 'The inmate stops ringing; it cost nothing (BK-8).',
    access: { kind: 'inmate' },
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    reply: EMPTY,
    refusals: [
      'NOT_SIGNED_IN',
      'SESSION_EXPIRED',
      'SESSION_ENDED',
      ...KEYED,
      'NOT_FOUND',
      'RING_OVER',
    ],
  }),
  enterRing: route({
    method: 'POST',
    path: '/api/terminal/rings/:visitId/entry',
    summary:
      'Takes the inmate who rang from the desk to the visit that was answered, without the PIN again (TR-5).',
    access: { kind: 'inmate' },
    params: z.object({ visitId: VisitId }),
    reply: EMPTY,
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED', 'OUTSIDE_VISIT_WINDOW'],
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
    refusals: [...SIGNED_IN, ...KEYED, ...ELIGIBILITY_REFUSALS, 'NOT_FOUND', 'RING_OVER'],
  }),
} as const
