/** The month of keys for what a legal hold keeps: it is over only when nothing is held in it any more. */
export const HELD = 'held'

/**
 * The month by whose key something is wrapped: that of its destruction (`YYYY-MM`, UTC), or `held`. What
 * was due already gets the present month: the keys of those before it are destroyed.
 */
export function keyMonthOf(until: Date | typeof HELD, now: Date): string {
  if (until === HELD) return HELD
  return monthOf(until > now ? until : now)
}

/** The month of an instant, `YYYY-MM`, UTC. */
export function monthOf(at: Date): string {
  return at.toISOString().slice(0, 'YYYY-MM'.length)
}
