import { z } from 'zod'

/** A copy for looking at, side by side with clock and visit burned in: of the whole, or of a stretch (RC-4). */
export const DERIVATIVE_KINDS = ['REVIEW_COPY', 'CLIP'] as const
export const DerivativeKind = z.enum(DERIVATIVE_KINDS)
