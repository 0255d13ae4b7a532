import type { RtcClient } from '../support/rtc-client.ts'
import type { Mark } from '../support/synthetic-rtp.ts'
import type { LoadFigures } from './load-messages.ts'

/** Counts packets by when they were sent, so that those still on their way at the end count as well. */
export class LoadTally {
  readonly #bestLayer: number
  #fromMs = Infinity
  #toMs = Infinity
  #sent = 0
  #expected = 0
  #arrived = 0
  #latenciesMs: number[] = []

  constructor(bestLayer: number) {
    this.#bestLayer = bestLayer
  }

  /** Counts all that this client sends and gets from now on. */
  follow(client: RtcClient): void {
    client.onSent((mark) => this.#noteSent(mark))
    client.onArrival((mark) => this.#noteArrival(mark))
  }

  /** Begins anew with packets sent within that stretch of `performance.now()`. */
  begin(fromMs: number, toMs: number): void {
    this.#fromMs = fromMs
    this.#toMs = toMs
    this.#sent = 0
    this.#expected = 0
    this.#arrived = 0
    this.#latenciesMs = []
  }

  figures(): LoadFigures {
    return {
      sent: this.#sent,
      expected: this.#expected,
      arrived: this.#arrived,
      latenciesMs: this.#latenciesMs,
    }
  }

  #noteSent(mark: Mark): void {
    if (!this.#isCounted(mark)) return
    this.#sent += 1
    if (this.#isBest(mark)) this.#expected += 1
  }

  #noteArrival(mark: Mark): void {
    // A smaller layer in place of the best one is a loss: the receiver would see it.
    if (!this.#isCounted(mark) || !this.#isBest(mark)) return
    this.#arrived += 1
    this.#latenciesMs.push(performance.now() - mark.sentAtMs)
  }

  #isCounted({ sentAtMs }: Mark): boolean {
    return sentAtMs >= this.#fromMs && sentAtMs < this.#toMs
  }

  #isBest({ kind, layer }: Mark): boolean {
    return kind === 'audio' || layer === this.#bestLayer
  }
}
