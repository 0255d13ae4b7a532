/**
 * A browser takes no notice of a request for a key frame within 300 ms of the one before, and the worker repeats
 * it only after a second: two who ask too close to one another cost the second one more than waiting does.
 */
const APART_MS = 350
/** How long the end of a receiver that is told of a picture may take to be built. */
const BUILDING_MS = 600

/** Keeps the beat and a party's first picture from asking the same sender too close to one another. */
export class KeyFrameTurns {
  readonly #beatAtMs = new Map<string, number>()
  /** Until when the beat had better not ask. */
  readonly #heldUntilMs = new Map<string, number>()

  /** A sender is asked by the beat. */
  noteBeat(producerId: string, nowMs: number): void {
    this.#beatAtMs.set(producerId, nowMs)
  }

  /** A receiver is told of the picture, and will begin with it before long. */
  expectBegin(producerId: string, nowMs: number): void {
    this.#hold(producerId, nowMs + BUILDING_MS)
  }

  /** It is ready to begin; returns in how many milliseconds it had better. */
  takeBegin(producerId: string, nowMs: number): number {
    const freeAtMs = (this.#beatAtMs.get(producerId) ?? -Infinity) + APART_MS
    const waitMs = Math.max(0, freeAtMs - nowMs)
    this.#hold(producerId, nowMs + waitMs + APART_MS)
    return waitMs
  }

  /** In how many milliseconds the beat had better ask. */
  beatInMs(producerId: string, nowMs: number): number {
    return Math.max(0, (this.#heldUntilMs.get(producerId) ?? -Infinity) - nowMs)
  }

  /** Its track is gone. */
  forget(producerId: string): void {
    this.#beatAtMs.delete(producerId)
    this.#heldUntilMs.delete(producerId)
  }

  #hold(producerId: string, untilMs: number): void {
    const standing = this.#heldUntilMs.get(producerId) ?? -Infinity
    this.#heldUntilMs.set(producerId, Math.max(standing, untilMs))
  }
}
