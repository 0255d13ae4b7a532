/** What a flag is about (OV-6); each has words in every catalogue. */
export const FLAG_CATEGORIES = [
  'CONTRABAND',
  'THREAT',
  'THIRD_PERSON',
  'CONDUCT',
  'WELFARE',
  'OTHER',
] as const
export type FlagCategory = (typeof FLAG_CATEGORIES)[number]

/** Those, and ours: nobody watched though somebody must (OV-7). */
export const ANY_FLAG_CATEGORIES = [...FLAG_CATEGORIES, 'NOT_WATCHED'] as const
export type AnyFlagCategory = (typeof ANY_FLAG_CATEGORIES)[number]

/** How it came to the officer's notice; each has words in every catalogue. */
export const FLAG_REASONS = ['SEEN', 'HEARD', 'TOLD', 'SUSPECTED'] as const
export type FlagReason = (typeof FLAG_REASONS)[number]

/** Longest note of a flag, in characters. */
export const MAX_FLAG_NOTE = 500
/** How much before and after the moment belongs to it, in milliseconds. */
export const FLAG_AROUND_MS = 30_000
/** For how long a flag can be taken back, in milliseconds. */
export const FLAG_UNDO_MS = 10_000
