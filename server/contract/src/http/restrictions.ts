import { z } from 'zod'
import {
  InmateId,
  Instant,
  NonAssociationId,
  OverrideId,
  RestrictionId,
  VisitId,
  VisitorId,
} from '../ids.ts'
import { RestrictionKind, RestrictionSource, NoteText, RestrictionView } from './people-shapes.ts'
import { DESK, EMPTY, KEYED, SIGNED_IN, route } from './route.ts'

/** Restrictions, exceptions from them, and people who may not meet. */
export const restrictionRoutes = {
  addRestriction: route({
    method: 'POST',
    path: '/api/restrictions',
    summary:
      'Enters an order, ban or condition; it counts at once, also for visits that run (EL-4).',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    body: z.strictObject({
      kind: RestrictionKind,
      source: RestrictionSource,
      visitorId: VisitorId.optional(),
      inmateId: InmateId.optional(),
      startsAt: Instant,
      endsAt: Instant.nullable(),
      reason: NoteText,
    }),
    reply: z.object({ restriction: RestrictionView, affectedVisits: z.array(VisitId) }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND'],
  }),
  liftRestriction: route({
    method: 'POST',
    path: '/api/restrictions/:restrictionId/lifting',
    summary: 'Lifts a restriction; a court’s needs its decision as the reason.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ restrictionId: RestrictionId }),
    body: z.strictObject({ reason: NoteText }),
    reply: RestrictionView,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
  askOverride: route({
    method: 'POST',
    path: '/api/restrictions/:restrictionId/overrides',
    summary: 'Asks a second person for an exception; never from a court order (EL-5).',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ restrictionId: RestrictionId }),
    body: z.strictObject({
      visitorId: VisitorId,
      inmateId: InmateId,
      reason: NoteText,
      expiresAt: Instant,
    }),
    reply: z.object({ overrideId: OverrideId }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'COURT_ORDER_BINDS'],
  }),
  grantOverride: route({
    method: 'POST',
    path: '/api/overrides/:overrideId/grant',
    summary: 'The second person’s yes.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ overrideId: OverrideId }),
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'SECOND_PERSON_REQUIRED', 'ALREADY_DECIDED'],
  }),
  addNonAssociation: route({
    method: 'POST',
    path: '/api/non-associations',
    summary: 'Enters that two people may not be in one visit (EL-7).',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    body: z.strictObject({
      one: z.strictObject({ kind: z.enum(['VISITOR', 'INMATE']), personId: z.uuid() }),
      other: z.strictObject({ kind: z.enum(['VISITOR', 'INMATE']), personId: z.uuid() }),
      reason: NoteText,
    }),
    reply: z.object({ nonAssociationId: NonAssociationId, affectedVisits: z.array(VisitId) }),
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
  liftNonAssociation: route({
    method: 'POST',
    path: '/api/non-associations/:nonAssociationId/lifting',
    summary: 'Lifts it.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ nonAssociationId: NonAssociationId }),
    body: z.strictObject({ reason: NoteText }),
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
} as const
