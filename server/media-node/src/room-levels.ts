import { meteredSources } from '@visavis/contract/media-graph'
import type { RoomFacts, Source } from '@visavis/contract/media-graph'
import { watchPermit } from '@visavis/contract/media-permits'
import type { Levels } from './levels.ts'
import type { MediaRouter } from './media-router.ts'
import { SerialQueue } from './serial.ts'

/** Has exactly those of a room measured whom an officer could hear (OV-2); on a private router nobody. */
export class RoomLevels {
  readonly #levels: Levels
  readonly #router: MediaRouter
  readonly #measured = new Set<string>()
  readonly #queue = new SerialQueue()
  #latest: readonly [RoomFacts | null, readonly Source[]] = [null, []]

  constructor(levels: Levels, router: MediaRouter) {
    this.#levels = levels
    this.#router = router
  }

  /** Null facts: the room is closed. Settles when the worker has followed; one change after another. */
  follow(facts: RoomFacts | null, sources: readonly Source[]): Promise<void> {
    this.#latest = [facts, sources]
    return this.#queue.run(() => this.#followLatest())
  }

  async #followLatest(): Promise<void> {
    const router = this.#router
    const [facts, sources] = this.#latest
    if (router.pool !== 'open') return
    const wanted = new Set(facts ? meteredSources(facts, sources) : [])
    const permit = facts && watchPermit(facts.visitClass, facts.policy, 'SOUND')
    const over = [...this.#measured].filter((producerId) => !wanted.has(producerId))
    const begun = [...wanted].filter((producerId) => !this.#measured.has(producerId))
    for (const producerId of over) this.#measured.delete(producerId)
    for (const producerId of begun) this.#measured.add(producerId)
    await Promise.all([
      ...over.map((producerId) => this.#levels.remove(router, producerId)),
      ...begun.map((producerId) => this.#levels.add(router, producerId, permit)),
    ])
  }
}
