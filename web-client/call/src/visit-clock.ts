import type { VisitClock } from '@visavis/contract/visit'

/** How many of the last lags the shortest is looked for in: long enough to hold a prompt message. */
const LAGS_KEPT = 30
/** Words further back than what is shown are of no use. */
const WORDS_KEPT = 5
/** What is shown is so old: by then both sides have heard of it, unless a line is very bad. */
export const SHOWN_LATE_MS = 1_000

type Word = { readonly atMs: number; readonly leftMs: number }

/** What was heard of a visit's clock; local instants are milliseconds of a clock that is never set. */
export type HeardClock = {
  /** The last words of the server, by the server's instants, oldest first. */
  readonly words: readonly Word[]
  /** Local instant of hearing minus the server's, of the last words; the shortest was prompt. */
  readonly lags: readonly number[]
}

/** The clock after another word of it. How the device's own clock is set does not matter. */
export function hearClock(
  before: HeardClock | null,
  { at, leftMs }: VisitClock,
  heardAtMs: number,
): HeardClock {
  const atMs = Date.parse(at)
  const earlier = before?.words.filter((word) => word.atMs < atMs) ?? []
  return {
    words: [...earlier, { atMs, leftMs }].slice(-WORDS_KEPT),
    lags: [...(before?.lags ?? []), heardAtMs - atMs].slice(-LAGS_KEPT),
  }
}

/**
 * LV-5. The milliseconds left to show at a local instant: what was so a second ago, between the two words
 * around it. Both sides show the same then, whenever they heard it; nothing is guessed that may have to
 * be taken back.
 */
export function leftNow({ words, lags }: HeardClock, nowMs: number): number {
  const shownMs = nowMs - Math.min(...lags) - SHOWN_LATE_MS
  const last = words.findLast(({ atMs }) => atMs <= shownMs) ?? words[0]
  if (!last) return 0
  const next = words.find(({ atMs }) => atMs > shownMs)
  if (!next || next.atMs <= last.atMs) return last.leftMs
  const share = (shownMs - last.atMs) / (next.atMs - last.atMs)
  return last.leftMs + (next.leftMs - last.leftMs) * share
}
