/** When a hold's end is said aloud: early enough to act, and once more shortly before. In ms. */
const FIRST_WORD_MS = 120_000
const LAST_WORD_MS = 30_000

/** How near the end of a hold is, as far as it is told. */
export type HoldPhase = 'calm' | 'soon' | 'last' | 'over'

/** The phase with that much time left. */
export function holdPhase(leftMs: number): HoldPhase {
  if (leftMs <= 0) return 'over'
  if (leftMs <= LAST_WORD_MS) return 'last'
  return leftMs <= FIRST_WORD_MS ? 'soon' : 'calm'
}

/** Milliseconds until an instant; nothing once it has passed. */
export function leftUntil(instant: string | null, nowMs: number): number {
  return instant === null ? 0 : Math.max(0, Date.parse(instant) - nowMs)
}

/** What people read to each other on the telephone: eight signs of the visit's id, in two groups. */
export function referenceOf(visitId: string): string {
  // The last ones: ids are ordered by time, so those of one minute begin alike.
  const signs = visitId.replaceAll('-', '').slice(-8).toUpperCase()
  return `${signs.slice(0, 4)} ${signs.slice(4)}`
}
