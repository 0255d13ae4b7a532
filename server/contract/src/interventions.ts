import { z } from 'zod'
import { Instant, LanguageTag, SeatId } from './ids.ts'

/** What an officer may do in a visit, gentlest first (OV-5). */
export const INTERVENTION_KINDS = ['WARN', 'MUTE', 'PAUSE', 'SPEAK', 'TERMINATE'] as const
export type InterventionKind = (typeof INTERVENTION_KINDS)[number]

/** Why an officer pauses a visit; each has words in every catalogue. */
export const PAUSE_CAUSES = ['CONDUCT', 'SECURITY', 'EMERGENCY', 'TECHNICAL', 'OTHER'] as const

/** Longest text that an officer types or a facility keeps ready, in characters. */
export const MAX_INTERVENTION_TEXT = 200
/** Texts of one and the same content by language tag. */
export const TextsShape = z.record(LanguageTag, z.string().trim().min(1).max(MAX_INTERVENTION_TEXT))
export type Texts = z.output<typeof TextsShape>

const InterventionId = z.uuid()
const Side = z.enum(['VISITOR', 'INMATE'])

/** A warning as the person it is for sees it; stays until it is acknowledged (OV-5). */
export const WarningView = z.object({
  warningId: InterventionId,
  at: Instant,
  /** The text in every language it is ready in, or in the one language it was typed in. */
  texts: TextsShape,
  /** Typed by hand: nobody has translated it. */
  isTyped: z.boolean(),
  /** Rises each time it is to be shown and sounded again. */
  toldTimes: z.number().int().min(1),
})
export type WarningView = z.output<typeof WarningView>

/** A warning as officers see it. */
export const WallWarning = WarningView.extend({
  /** Whom it is for, at whose device, and when each has acknowledged it; null: not yet. */
  seats: z.array(z.object({ seatId: SeatId, acknowledgedAt: Instant.nullable() })),
})

/** What officers have done in a visit and what stands of it. */
export const WallInterventions = z.object({
  mutedParties: z.array(Side),
  /** The pause that stands, by an officer or a restriction (EL-4). */
  pause: z
    .object({
      at: Instant,
      /** One of {@link PAUSE_CAUSES}; null for a restriction. */
      reason: z.string().nullable(),
      /** It has lasted so long that an officer is asked what to do. */
      isAsked: z.boolean(),
      /** An officer wants it to stay. */
      isKept: z.boolean(),
    })
    .nullable(),
  speakerId: z.uuid().nullable(),
  /** The latest few, newest first. */
  warnings: z.array(WallWarning),
})
export type WallInterventions = z.output<typeof WallInterventions>
