/** First wait after a loss: most losses are a blink. */
export const FIRST_DELAY_MS = 300
/** Longest wait: a network that returns must be noticed well within the 8 s of LV-8. */
export const LONGEST_DELAY_MS = 5_000
/** Share of each wait that is random, so that a thousand clients do not return in one instant. */
export const JITTER = 0.25

/** Milliseconds to wait before try `attempt` (0 is the first). `random` gives 0 to 1. */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
  const base = FIRST_DELAY_MS * 2 ** Math.max(0, attempt)
  const spread = 1 + JITTER * (2 * random() - 1)
  return Math.min(LONGEST_DELAY_MS, Math.round(base * spread))
}
