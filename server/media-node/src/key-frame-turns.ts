import { setTimeout as pause } from 'node:timers/promises'

/**
 * A browser takes no notice of a request for a key frame within 300 ms of the one before, and the worker repeats
 * it only after a second: whoever comes too early waits for longer than whoever waits here.
 */
const APART_MS = 350
/** Whoever asks so soon after another gets the same picture: no encoder has made it yet. */
const SAME_PICTURE_MS = 20

/** When each sender may be asked for a key frame: what would be lost comes a little later instead. */
export class KeyFrameTurns {
  readonly #monotonicMs: () => number
  /** By producer; of somebody who waits it lies ahead. */
  readonly #askedAtMs = new Map<string, number>()

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
  }

  /** The sender is asked now, by somebody who does not wait. */
  note(producerId: string): void {
    this.#askedAtMs.set(producerId, this.#monotonicMs())
  }

  /** Takes the next turn, and says in how many milliseconds it is; who comes meanwhile shares it. */
  take(producerId: string): number {
    const nowMs = this.#monotonicMs()
    const sinceMs = nowMs - (this.#askedAtMs.get(producerId) ?? -Infinity)
    if (sinceMs < 0) return -sinceMs
    if (sinceMs <= SAME_PICTURE_MS) return 0
    const inMs = Math.max(0, APART_MS - sinceMs)
    this.#askedAtMs.set(producerId, nowMs + inMs)
    return inMs
  }

  /** Resolves when it is one's turn to ask. */
  async wait(producerId: string): Promise<void> {
    const inMs = this.take(producerId)
    if (inMs > 0) await pause(inMs, undefined, { ref: false })
  }

  /** Its track is gone. */
  forget(producerId: string): void {
    this.#askedAtMs.delete(producerId)
  }
}
