import { z } from 'zod'
import { ANY_FLAG_CATEGORIES, FLAG_CATEGORIES, FLAG_REASONS } from './flag-kinds.ts'
import { Instant } from './ids.ts'

export const FlagCategoryShape = z.enum(FLAG_CATEGORIES)
export const AnyFlagCategoryShape = z.enum(ANY_FLAG_CATEGORIES)
export const FlagReasonShape = z.enum(FLAG_REASONS)

/** A flag as officers see it on the wall. */
export const WallFlag = z.object({
  flagId: z.uuid(),
  category: AnyFlagCategoryShape,
  /** Null: the server flagged it. */
  reason: FlagReasonShape.nullable(),
  note: z.string(),
  at: Instant,
  /** Until when it can be taken back. */
  undoUntil: Instant,
})
export type WallFlag = z.output<typeof WallFlag>
