import { mutedSources } from '@visavis/contract/media-graph'
import type { RoomFacts } from '@visavis/contract/media-graph'
import type { Logger } from '@visavis/platform/log'
import type { Peer } from './peer.ts'

type Producer = ReturnType<Peer['producers']>[number]

/** Stops at the SFU what muted seats say (OV-5): nothing of it leaves, to anybody, whatever their pages do. */
export class Mutes {
  /** Those that were told to pause, whether or not the worker has answered yet. */
  readonly #muted = new Set<Producer>()
  readonly #log: Logger

  constructor(log: Logger) {
    this.#log = log
  }

  /** The worker is told before this returns, and works in order; settles when it has done so. */
  async follow(facts: RoomFacts, peers: readonly Peer[]): Promise<void> {
    const muted = new Set(
      mutedSources(
        facts,
        peers.flatMap((peer) => peer.sources()),
      ),
    )
    const producers = peers.flatMap((peer) => peer.producers())
    await Promise.all(producers.map((producer) => this.#set(producer, muted.has(producer.id))))
  }

  async #set(producer: Producer, isMuted: boolean): Promise<void> {
    if (this.#muted.has(producer) === isMuted) return
    if (isMuted) {
      this.#muted.add(producer)
      producer.observer.once('close', () => this.#muted.delete(producer))
    } else this.#muted.delete(producer)
    const told = isMuted ? producer.pause() : producer.resume()
    // One that was closed meanwhile says nothing either.
    await told.catch((error: unknown) => this.#log.warn({ err: error }, 'producer not (un)muted'))
  }
}
