/**
 * Waits before the first tries: most losses are a blink, and a server that restarts takes one to
 * three seconds, more on a busy machine, so the tries are close until six seconds are over.
 */
const DELAYS_MS = [0, 300, 600, 600, 600, 600, 600, 1_200, 1_200, 2_400, 4_800] as const
/**
 * Longest wait, jitter included. A network that returns unannounced is noticed within this and one
 * repeated SYN (1 s), so that media is back within the 8 s of LV-8.
 */
export const LONGEST_DELAY_MS = 5_000
/** Share of each wait that is random, so that a thousand clients do not return in one instant. */
export const JITTER = 0.25

/** Milliseconds to wait before try `attempt` (0 is the first, at once). `random` gives 0 to 1. */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
  const base = DELAYS_MS[Math.max(0, attempt)] ?? DELAYS_MS[DELAYS_MS.length - 1] ?? 0
  const spread = 1 + JITTER * (2 * random() - 1)
  return Math.min(LONGEST_DELAY_MS, Math.round(base * spread))
}
