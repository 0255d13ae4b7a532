import { KeyFrameCollector } from '@visavis/platform/rtp/key-frame'
import type { KeyFrame } from '@visavis/platform/rtp/key-frame'
import type { OwnedConsumer } from './peer.ts'

/**
 * Takes one key frame a beat from its consumer, which is paused in between. By the same consumer the beat
 * asks the sender, in all layers. What is relied on (mediasoup-worker 3.27):
 * - A consumer that is resumed asks for a key frame of the layer that it is to get
 *   (SimulcastProducerStreamManager, OnResumed to UpdateTargetLayers), and so it does when told to.
 * - The first request is sent at once; further ones, until the key frame is there, only have it sent again
 *   after a second (KeyFrameRequestManager, KeyFrameNeeded, with a delay of 0). Each layer is asked for
 *   twice here, so that an observer who asks along adds nothing at all.
 * - The worker carries out what it reads from its pipe in order and in one go, long before a sender can answer.
 */
export class StillTaker {
  readonly #consumer: OwnedConsumer
  readonly #onFrame: (frame: KeyFrame) => void
  #collector = new KeyFrameCollector()
  #isTaking = false
  #hasReference = false

  constructor(consumer: OwnedConsumer, onFrame: (frame: KeyFrame) => void) {
    this.#consumer = consumer
    this.#onFrame = onFrame
    consumer.on('rtp', (packet) => this.#take(packet))
  }

  /** Asks for a key frame of each of these layers and takes that of the first; all in one turn. */
  ask([smallest, ...better]: readonly number[]): void {
    if (this.#isTaking) this.#pause()
    if (smallest === undefined) return
    // The worker aligns the layers' clocks by the one that a consumer got first: for observers, too, the smallest.
    if (this.#hasReference) for (const layer of better) this.#askFor(layer)
    this.#hasReference = true
    this.#collector = new KeyFrameCollector()
    this.#isTaking = true
    this.#begin(smallest)
  }

  #askFor(layer: number): void {
    this.#begin(layer)
    this.#pause()
  }

  #begin(spatialLayer: number): void {
    const consumer = this.#consumer
    if (consumer.type === 'simulcast') quietly(consumer.setPreferredLayers({ spatialLayer }))
    quietly(consumer.resume())
    quietly(consumer.requestKeyFrame())
  }

  #pause(): void {
    this.#isTaking = false
    quietly(this.#consumer.pause())
  }

  #take(packet: Uint8Array): void {
    const frame = this.#isTaking ? this.#collector.take(packet) : null
    if (!frame) return
    this.#pause()
    this.#onFrame(frame)
  }
}

/** A consumer that was closed meanwhile needs nothing any more. */
function quietly(done: Promise<unknown>): void {
  done.catch(() => undefined)
}
