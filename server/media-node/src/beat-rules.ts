/**
 * Every sender that officers may see is asked for key frames with a steady beat, looked at or not. What an
 * officer's coming needs waits for it, so that the sender cannot tell (OV-3); a recording can be cut there.
 */
export const BEAT_EVERY_MS = 4_000

/**
 * When somebody has just become visible to officers, all that happens to them anyway hides two more beats:
 * whoever checks them sees them a second later, and not four.
 */
const FIRST_BEATS_MS: readonly number[] = [0, 1_000, 2_000]

/** When the beats of one room are due; in milliseconds of any clock that is never set. */
export class BeatPlan {
  readonly #offsetMs: number
  #first: number[] = []
  #lookedAtMs: number

  /** The room's id decides where in the four seconds its beat lies, so that not all are asked at once. */
  constructor(visitId: string, nowMs: number) {
    this.#offsetMs = offsetOf(visitId)
    this.#lookedAtMs = nowMs
  }

  /** Somebody is there who was not visible to officers before. */
  begin(nowMs: number): void {
    this.#first = FIRST_BEATS_MS.map((afterMs) => nowMs + afterMs)
  }

  /** Whether a beat was due since the last question; several that were missed are one. */
  isDue(nowMs: number): boolean {
    const isRegular =
      beatsUntil(nowMs, this.#offsetMs) > beatsUntil(this.#lookedAtMs, this.#offsetMs)
    const isFirst = this.#first.some((dueMs) => dueMs <= nowMs)
    this.#first = this.#first.filter((dueMs) => dueMs > nowMs)
    this.#lookedAtMs = nowMs
    return isRegular || isFirst
  }
}

function beatsUntil(atMs: number, offsetMs: number): number {
  return Math.floor((atMs - offsetMs) / BEAT_EVERY_MS)
}

/** FNV-1a: ids that differ in one place lie far apart. */
function offsetOf(visitId: string): number {
  let hash = 0x811c_9dc5
  for (const letter of visitId) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x0100_0193)
  return (hash >>> 0) % BEAT_EVERY_MS
}

/** What is known of one picture at a beat. */
export type PictureLook = {
  /** Simulcast layers that come from its sender now, the smallest first. */
  readonly arriving: readonly number[]
  /** The best layer that is passed on to a party or the recorder now; null: none is. */
  readonly passed: number | null
  /** Whether the beat asks for each layer, and not only for the passed ones. */
  readonly isAskedInAll: boolean
}

/**
 * The layer that an officer gets until the next beat, or null for none: the smallest, and for the chosen
 * visit what the parties get. So whatever asks for a key frame of it asks at the beat, or for them as well.
 */
export function observedLayer(
  { arriving, passed, isAskedInAll }: PictureLook,
  hasFocus: boolean,
): number | null {
  const [smallest = null] = arriving
  if (smallest === null) return null
  if (!isAskedInAll) return passed ?? smallest
  // Who is checked is not passed on to anybody yet, and is to be recognised.
  return hasFocus ? (passed ?? arriving.at(-1) ?? smallest) : smallest
}
