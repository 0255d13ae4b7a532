import type { types } from 'mediasoup'
import { Refusal } from '@visavis/contract/errors'
import type { MediaKind } from '@visavis/contract/rtc'
import { messageOf } from './client-connect.ts'
import type { ClientTransport, MediaRouter } from './media-router.ts'

/** A track as its sender's end publishes it; `appData` says whose it is. */
export type SentTrack<Owner extends types.AppData> = Pick<
  types.ProducerOptions<Owner>,
  'rtpParameters' | 'appData' | 'keyFrameRequestDelay'
> & { readonly kind: MediaKind }

/** What one end sends: at most one track of each kind. */
export class SentTracks<Owner extends types.AppData> {
  readonly #router: MediaRouter
  readonly #onChange: () => void
  readonly #producers = new Map<MediaKind, types.Producer<Owner>>()

  /** `onChange` is told whenever a track has come or gone. */
  constructor(router: MediaRouter, onChange: () => void) {
    this.#router = router
    this.#onChange = onChange
  }

  /** The tracks that stand. */
  all(): types.Producer<Owner>[] {
    return [...this.#producers.values()]
  }

  /** Publishes a track in the place of one of its kind; its producer's id. Refuses with PRODUCER_REFUSED. */
  async publish(send: ClientTransport, track: SentTrack<Owner>): Promise<string> {
    try {
      this.#router.checkProducible(track.kind, track.rtpParameters)
      // One that was there may use the same SSRCs, so it goes first; what is refused above changes nothing.
      this.#producers.get(track.kind)?.close()
      return this.#keep(await send.produce(track))
    } catch (error) {
      throw new Refusal('PRODUCER_REFUSED', { why: messageOf(error) })
    }
  }

  #keep(producer: types.Producer<Owner>): string {
    const { kind } = producer
    // Two commands at once: the one that was carried out last stands.
    this.#producers.get(kind)?.close()
    this.#producers.set(kind, producer)
    producer.observer.once('close', () => {
      if (this.#producers.get(kind) === producer) this.#producers.delete(kind)
      this.#onChange()
    })
    this.#onChange()
    return producer.id
  }
}
