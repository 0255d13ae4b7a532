import { z } from 'zod'
import { SeatId, VisitId } from '../ids.ts'
import { SeatStateShape } from '../visit.ts'
import { DESK, KEYED, SIGNED_IN, route } from './route.ts'

const OF_SEAT = z.object({ visitId: VisitId, seatId: SeatId })

/** The people of a visit as staff deal with them around the live visit (LV-3). */
export const visitPeopleRoutes = {
  seatPicture: route({
    method: 'GET',
    path: '/api/visits/:visitId/seats/:seatId/picture',
    summary:
      'The picture on file of somebody who is here to be let in; in the audit log before the first byte.',
    access: { kind: 'account', roles: ['officer'] },
    params: OF_SEAT,
    reply: null,
    refusals: [...SIGNED_IN, 'NOT_FOUND', 'SEAT_NOT_FOUND', 'SEAT_WRONG_STATE'],
  }),
  interpreters: route({
    method: 'GET',
    path: '/api/visits/:visitId/interpreters',
    summary: 'Who interprets in a visit.',
    access: { kind: 'account', roles: DESK },
    params: z.object({ visitId: VisitId }),
    reply: z.object({
      interpreters: z.array(z.object({ seatId: SeatId, name: z.string(), state: SeatStateShape })),
    }),
    refusals: [...SIGNED_IN, 'VISIT_NOT_FOUND'],
  }),
  addInterpreter: route({
    method: 'POST',
    path: '/api/visits/:visitId/interpreters',
    summary: 'Gives a confirmed visit an interpreter, who has an account and was verified.',
    access: { kind: 'account', roles: DESK },
    params: z.object({ visitId: VisitId }),
    body: z.strictObject({ email: z.string().trim().toLowerCase().min(3).max(254) }),
    reply: z.object({ seatId: SeatId, name: z.string() }),
    refusals: [
      ...SIGNED_IN,
      ...KEYED,
      'NOT_FOUND',
      'VISIT_NOT_FOUND',
      'VISIT_WRONG_STATE',
      'ALREADY_DECIDED',
      'VISITOR_NOT_VERIFIED',
      'VISITOR_BUSY',
      'RESTRICTED',
      'NOT_TOGETHER',
    ],
    isKeyed: true,
  }),
  removeInterpreter: route({
    method: 'POST',
    path: '/api/visits/:visitId/interpreters/:seatId/removal',
    summary: 'Takes an interpreter who has not come out of a visit again.',
    access: { kind: 'account', roles: DESK },
    params: OF_SEAT,
    reply: z.object({}),
    refusals: [...SIGNED_IN, ...KEYED, 'VISIT_NOT_FOUND', 'SEAT_NOT_FOUND', 'SEAT_WRONG_STATE'],
    isKeyed: true,
  }),
} as const
