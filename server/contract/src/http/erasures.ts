import { z } from 'zod'
import { Instant, VisitorId } from '../ids.ts'
import { KEYED, SIGNED_IN, route } from './route.ts'

/** ASKED → WITHDRAWN by the person, KEPT by staff where a law says so, or ERASED by the clock. */
export const ERASURE_STATES = ['ASKED', 'WITHDRAWN', 'KEPT', 'ERASED'] as const
/** By which law a person's data are kept against their wish. */
export const KEPT_REASONS = ['EVIDENCE', 'COURT_ORDER', 'OTHER_LAW'] as const
export const KeptReason = z.enum(KEPT_REASONS)

/** A wish to be erased, as the person sees it: never what staff keep of them, or why it takes longer. */
export const ErasureView = z.object({
  erasureId: z.uuid(),
  state: z.enum(ERASURE_STATES),
  askedAt: Instant,
  /** Nothing is erased before. */
  dueAt: Instant,
  /** There are visits ahead: they take place, or are cancelled, first. */
  hasVisitsAhead: z.boolean(),
  keptReason: KeptReason.nullable(),
})
export type ErasureView = z.output<typeof ErasureView>

/** What of the law stands in the way, for staff. */
export const LAW_OBSTACLES = ['LEGAL_HOLD', 'RESTRICTION'] as const

const MINE = { kind: 'account', roles: ['visitor'] } as const
const ADMIN = { kind: 'account', roles: ['facilityAdmin'] } as const
const Mine = z.object({ erasure: ErasureView.nullable() })

/** The right to be forgotten: asked by the person, decided by staff where a law says to keep. */
export const erasureRoutes = {
  myErasure: route({
    method: 'GET',
    path: '/api/my/erasure',
    summary: 'The newest wish of the signed-in visitor to be erased.',
    access: MINE,
    reply: Mine,
    refusals: SIGNED_IN,
  }),
  askErasure: route({
    method: 'POST',
    path: '/api/my/erasure',
    summary:
      'Asks that the visitor, and the children registered by the visitor, are erased. It is done after a week.',
    access: MINE,
    stepUp: true,
    isKeyed: true,
    reply: Mine,
    refusals: [...SIGNED_IN, ...KEYED],
  }),
  withdrawErasure: route({
    method: 'DELETE',
    path: '/api/my/erasure',
    summary: 'Takes the wish back while nothing was erased.',
    access: MINE,
    isKeyed: true,
    reply: Mine,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND'],
  }),
  erasures: route({
    method: 'GET',
    path: '/api/erasures',
    summary: 'Wishes to be erased that wait for a hold or restriction of the facility.',
    access: ADMIN,
    reply: z.object({
      erasures: z.array(
        z.object({
          erasureId: z.uuid(),
          visitorId: VisitorId,
          displayName: z.string(),
          askedAt: Instant,
          obstacles: z.array(z.enum(LAW_OBSTACLES)),
        }),
      ),
    }),
    refusals: SIGNED_IN,
  }),
  keepAgainstErasure: route({
    method: 'POST',
    path: '/api/erasures/:erasureId/keeping',
    summary: 'Refuses a wish to be erased, by a law that is named.',
    access: ADMIN,
    stepUp: true,
    isKeyed: true,
    params: z.object({ erasureId: z.uuid() }),
    body: z.strictObject({ reason: KeptReason }),
    reply: Mine,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
} as const
