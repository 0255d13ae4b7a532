import { z } from 'zod'
import { SeatId, VisitId } from '../ids.ts'
import { SIGNED_IN, route } from './route.ts'

/** Still pictures for officers' walls (OV-4). */
export const stillRoutes = {
  wallStill: route({
    method: 'GET',
    path: '/api/wall/stills/:visitId/:seatId',
    summary:
      'The latest still picture of somebody in a visit that a wall of this sign-in shows; WebP. With If-None-Match and the ETag of the last one: 304 while there is no newer.',
    access: { kind: 'account', roles: ['officer'] },
    params: z.object({ visitId: VisitId, seatId: SeatId }),
    reply: null,
    isByMachine: true,
    refusals: [...SIGNED_IN, 'NOT_FOUND', 'VISIT_NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
} as const
