import type { OwnedConsumer } from './peer.ts'

/** What one observer's picture does. */
type ObserverPicture = {
  /** Its receiver has built its end. */
  isBuilt: boolean
  isFlowing: boolean
  /** The layer that it was last told to pass on. */
  layer: number | null
}

/**
 * The pictures of officers. They begin, and change their layers, at a beat and never in between; they stop at
 * any time, for that asks nobody for anything (OV-3).
 */
export class ObserverPictures {
  readonly #pictures = new Map<OwnedConsumer, ObserverPicture>()

  /** Takes charge of a consumer that is paused. */
  add(consumer: OwnedConsumer): void {
    this.#pictures.set(consumer, { isBuilt: false, isFlowing: false, layer: null })
    consumer.observer.once('close', () => this.#pictures.delete(consumer))
    // A layer that comes back would be asked for by the worker at once, in between.
    consumer.on('score', ({ producerScores }) => {
      const layer = this.#pictures.get(consumer)?.layer ?? null
      if (layer !== null && !((producerScores[layer] ?? 0) > 0)) this.hold(consumer)
    })
  }

  has(consumer: OwnedConsumer): boolean {
    return this.#pictures.has(consumer)
  }

  /** Its receiver has built its end: from the next beat on it gets the picture. */
  built(consumer: OwnedConsumer): void {
    const picture = this.#pictures.get(consumer)
    if (picture) picture.isBuilt = true
  }

  /** Stops a picture until the next beat. */
  hold(consumer: OwnedConsumer): void {
    const picture = this.#pictures.get(consumer)
    if (!picture?.isFlowing) return
    picture.isFlowing = false
    consumer.pause().catch(() => undefined)
  }

  /** At a beat: has that layer passed on, or nothing for null. */
  pass(consumer: OwnedConsumer, layer: number | null): void {
    const picture = this.#pictures.get(consumer)
    if (!picture?.isBuilt) return
    if (layer === null) {
      this.hold(consumer)
      return
    }
    if (consumer.type === 'simulcast' && picture.layer !== layer) {
      consumer.setPreferredLayers({ spatialLayer: layer }).catch(() => undefined)
    }
    picture.layer = layer
    if (picture.isFlowing) return
    picture.isFlowing = true
    consumer.resume().catch(() => undefined)
  }
}
