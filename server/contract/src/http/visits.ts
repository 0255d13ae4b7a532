import { z } from 'zod'
import { Instant, SeatId, VisitId, ZoneName } from '../ids.ts'
import { VisitReceipt } from '../receipt.ts'
import {
  MediaPolicyShape,
  OutcomeShape,
  PartyShape,
  SessionStateShape,
  VisitClassShape,
} from '../visit.ts'
import { route } from './route.ts'

/** A visit in a list, as a party of it sees it. */
export const VisitSummary = z.object({
  visitId: VisitId,
  seatId: SeatId,
  party: PartyShape,
  visitClass: VisitClassShape,
  state: SessionStateShape,
  startsAt: Instant,
  endsAt: Instant,
  /** From here on the lobby is open. */
  opensAt: Instant,
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  /** First names of the other side. */
  withWhom: z.array(z.string()),
  notice: MediaPolicyShape,
  outcome: OutcomeShape.nullable(),
  deliveredMs: z.number().int().min(0),
  bookedMs: z.number().int().min(0),
  /** When the inmate said: I know, I will come. */
  acknowledgedAt: Instant.nullable(),
})
export type VisitSummary = z.output<typeof VisitSummary>

/** What the parties read about their visits. */
export const visitRoutes = {
  myVisits: route({
    method: 'GET',
    path: '/api/my/visits',
    summary: 'Visits of the signed-in visitor, next first, past ones last.',
    access: { kind: 'account', roles: ['visitor'] },
    isForRoomDevice: true,
    reply: z.object({ visits: z.array(VisitSummary) }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED', 'FORBIDDEN'],
  }),
  myVisit: route({
    method: 'GET',
    path: '/api/my/visits/:visitId',
    summary: 'One visit of the signed-in visitor.',
    access: { kind: 'account', roles: ['visitor'] },
    isForRoomDevice: true,
    params: z.object({ visitId: VisitId }),
    reply: VisitSummary,
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED', 'FORBIDDEN', 'VISIT_NOT_FOUND'],
  }),
  myVisitReceipt: route({
    method: 'GET',
    path: '/api/my/visits/:visitId/receipt',
    summary: 'What a visit of the signed-in visitor came to, second by second, once it has ended.',
    access: { kind: 'account', roles: ['visitor'] },
    isForRoomDevice: true,
    params: z.object({ visitId: VisitId }),
    reply: VisitReceipt,
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED', 'FORBIDDEN', 'VISIT_NOT_FOUND'],
  }),
  terminalVisitReceipt: route({
    method: 'GET',
    path: '/api/terminal/visits/:visitId/receipt',
    summary: 'What a visit of the inmate at this terminal came to, second by second.',
    access: { kind: 'inmate' },
    params: z.object({ visitId: VisitId }),
    reply: VisitReceipt,
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED', 'VISIT_NOT_FOUND'],
  }),
  terminalVisits: route({
    method: 'GET',
    path: '/api/terminal/visits',
    summary: 'Visits of the inmate signed in at this terminal.',
    access: { kind: 'inmate' },
    reply: z.object({ visits: z.array(VisitSummary) }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED'],
  }),
} as const
