import { z } from 'zod'
import { defineCommand, defineEvent } from './command.ts'
import { OFFER_CAUSES } from './coverage.ts'
import { MAX_FLAG_NOTE } from './flag-kinds.ts'
import { FlagCategoryShape, FlagReasonShape } from './flags.ts'
import { Instant, ObserverId, VisitId } from './ids.ts'

/** Most visits that are offered at a time: a wall full of live ones, and its stills. */
const MOST_OFFERED = 225

const ofVisit = { visitId: VisitId }
const noSuch = ['NOT_JOINED', 'NOT_FOUND'] as const

/** Who watches, who takes over, and what is to be looked at again. */
export const coverageCommands = {
  /** Somebody is before this wall; what it has on screen counts as watched for ten seconds more (OV-7). */
  beat: defineCommand({
    name: 'wall:beat',
    payload: z.strictObject({
      /** Whether anybody touched the page since the last beat: a wall alone keeps no sign-in from going idle (TR-3). */
      isTouched: z.boolean().default(false),
    }),
    reply: z.object({}),
    refusals: ['NOT_JOINED'],
    isByMachine: true,
  }),
  /** The facility's other open walls. */
  colleagues: defineCommand({
    name: 'wall:colleagues',
    payload: z.strictObject({}),
    reply: z.object({
      colleagues: z.array(
        z.object({
          observerId: ObserverId,
          name: z.string(),
          /** How many visits this wall shows. */
          visits: z.number().int().min(0),
          /** Whether its page was heard of in the last ten seconds. */
          isHeard: z.boolean(),
        }),
      ),
    }),
    refusals: ['NOT_JOINED'],
    isByMachine: true,
  }),
  /** Offers visits to one colleague's wall, or, with null, to all; who accepts first has them. */
  offerVisits: defineCommand({
    name: 'handover:offer',
    payload: z.strictObject({
      visitIds: z.array(VisitId).min(1).max(MOST_OFFERED),
      toObserverId: ObserverId.nullable(),
    }),
    reply: z.object({ offerId: z.uuid() }),
    refusals: [...noSuch, 'VISIT_NOT_FOUND', 'VISIT_ENDED'],
  }),
  /** Takes what was offered, or not. `ALREADY_DECIDED`: a colleague was faster, or it is over. */
  answerOffer: defineCommand({
    name: 'handover:answer',
    payload: z.strictObject({ offerId: z.uuid(), isAccepted: z.boolean() }),
    reply: z.object({ visitIds: z.array(VisitId) }),
    refusals: ['NOT_JOINED', 'ALREADY_DECIDED'],
  }),
  /** Marks this moment of a visit, with half a minute around it where it is seen and heard (OV-6). */
  flag: defineCommand({
    name: 'flag:add',
    payload: z.strictObject({
      ...ofVisit,
      category: FlagCategoryShape,
      reason: FlagReasonShape,
      note: z.string().trim().max(MAX_FLAG_NOTE).default(''),
    }),
    reply: z.object({ flagId: z.uuid() }),
    refusals: ['VISIT_NOT_FOUND', 'VISIT_WRONG_STATE', 'VISIT_ENDED', 'MEDIA_POLICY_FORBIDS'],
  }),
  /** Takes the own flag back, in its first ten seconds; `ALREADY_DECIDED` after. */
  unflag: defineCommand({
    name: 'flag:undo',
    payload: z.strictObject({ ...ofVisit, flagId: z.uuid() }),
    reply: z.object({}),
    refusals: ['VISIT_NOT_FOUND', 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
} as const

/** Visits that a wall may take over. */
export const Offer = z.object({
  offerId: z.uuid(),
  cause: z.enum(OFFER_CAUSES),
  /** The colleague who offers; null: nobody does, they were left. */
  fromName: z.string().nullable(),
  visitIds: z.array(VisitId),
  at: Instant,
})
export type Offer = z.output<typeof Offer>

export const coverageEvents = {
  offered: defineEvent('handover:offered', Offer),
  /** An offer is over: taken by somebody, declined by all, or nothing is left of it. */
  offerClosed: defineEvent('handover:closed', z.object({ offerId: z.uuid() })),
  /** A colleague has taken what this wall offered; it may let go of it. */
  handedOver: defineEvent(
    'handover:taken',
    z.object({ offerId: z.uuid(), toName: z.string(), visitIds: z.array(VisitId) }),
  ),
} as const
