/** What happens to a visit that somebody must watch and nobody does (OV-7). */
export const WHEN_NOT_WATCHED = ['PAUSE', 'FLAG', 'HAND_OVER'] as const
export type WhenNotWatched = (typeof WHEN_NOT_WATCHED)[number]

/** How a class of visits is to be watched at a facility. */
export type Coverage = {
  readonly mustBeWatched: boolean
  readonly whenNotWatched: WhenNotWatched
}

/** How often a wall on a visible page says that somebody is there, in milliseconds. */
export const WALL_BEAT_EVERY_MS = 3_000
/** A wall that was not heard for so long watches nothing (OV-7), in milliseconds. */
export const WATCHED_FOR_MS = 10_000

/** Why visits are offered: a colleague asks, a wall closed, or nobody watches them. */
export const OFFER_CAUSES = ['COLLEAGUE', 'WALL_CLOSED', 'NOT_WATCHED'] as const
export type OfferCause = (typeof OFFER_CAUSES)[number]
