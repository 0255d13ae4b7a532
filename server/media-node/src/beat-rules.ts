/**
 * Every sender that officers may see is asked for key frames with a steady beat, looked at or not. What an
 * officer's coming needs waits for it, so that the sender cannot tell (OV-3); a recording can be cut there.
 */
export const BEAT_EVERY_MS = 4_000

/**
 * When somebody has just become visible to officers, all that happens to them anyway hides three more beats of
 * theirs: whoever checks them sees them within a second, and not after four. The first comes after the parties'
 * own pictures of them have begun, for a sender takes no notice of whoever asks too soon after another.
 */
const FIRST_BEATS_MS: readonly number[] = [600, 1_600, 2_600]

/** Whose senders are asked at a beat. */
export type Beat = { readonly isOfAll: boolean; readonly producerIds: ReadonlySet<string> }

/** When the beats of one room are due; in milliseconds of any clock that is never set. */
export class BeatPlan {
  readonly #offsetMs: number
  /** Beats of one picture alone, by its producer. */
  readonly #own = new Map<string, readonly number[]>()
  #lookedAtMs: number

  /** The room's id decides where in the four seconds its beat lies, so that not all are asked at once. */
  constructor(visitId: string, nowMs: number) {
    this.#offsetMs = offsetOf(visitId)
    this.#lookedAtMs = nowMs
  }

  /** A picture is there that was not visible to officers before. */
  begin(producerId: string, nowMs: number): void {
    this.#own.set(
      producerId,
      FIRST_BEATS_MS.map((afterMs) => nowMs + afterMs),
    )
  }

  /** That sender is asked at this time as well. */
  ask(producerId: string, atMs: number): void {
    this.#own.set(producerId, [...(this.#own.get(producerId) ?? []), atMs])
  }

  /** What was due since the last question; several that were missed are one. */
  due(nowMs: number): Beat {
    const isOfAll = beatsUntil(nowMs, this.#offsetMs) > beatsUntil(this.#lookedAtMs, this.#offsetMs)
    this.#lookedAtMs = nowMs
    return { isOfAll, producerIds: this.#takeOwn(nowMs) }
  }

  #takeOwn(nowMs: number): Set<string> {
    const due = new Set<string>()
    for (const [producerId, times] of this.#own) {
      const left = times.filter((dueMs) => dueMs > nowMs)
      if (left.length < times.length) due.add(producerId)
      if (left.length > 0) this.#own.set(producerId, left)
      else this.#own.delete(producerId)
    }
    return due
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
