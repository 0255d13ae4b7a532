import { randomUUID } from 'node:crypto'
import type { types } from 'mediasoup'
import { Refusal } from '@visavis/contract/errors'
import { demandPermit } from '@visavis/contract/media-permits'
import type { Clock } from '@visavis/platform/clock'
import { recorderCapabilities } from './codecs.ts'
import type { OpenRouter, StillsTransport } from './media-router.ts'
import type { ConsumeRequest, OwnedConsumer, Sink } from './peer.ts'
import { StillTaker } from './still-taker.ts'
import { webpOf } from '@visavis/platform/rtp/webp'

/** The latest picture of one seat, as a WebP file. */
export type Still = {
  readonly version: string
  readonly takenAt: Date
  readonly picture: Uint8Array
}

type StillsParts = {
  readonly router: OpenRouter
  readonly visitId: string
  readonly clock: Clock
}

/**
 * Still pictures of the people whom officers may see (OV-4): of each the latest, in memory only, and only as
 * long as they may be seen. They come to this process by a transport that leads nowhere else.
 */
export class Stills implements Sink {
  readonly #parts: StillsParts
  readonly #takers = new Map<
    OwnedConsumer,
    { readonly taker: StillTaker; readonly seatId: string }
  >()
  readonly #latest = new Map<OwnedConsumer, Still>()
  #transport: Promise<StillsTransport> | null = null
  #isClosed = false

  constructor(parts: StillsParts) {
    this.#parts = parts
  }

  /** A paused consumer of the smallest layer; takes a permit. */
  async consume({ producerId, kind, permit, owner }: ConsumeRequest): Promise<OwnedConsumer> {
    demandPermit(permit, { use: 'STILLS', isPrivileged: false })
    if (kind !== 'video') throw new Refusal('MEDIA_POLICY_FORBIDS', { why: 'another kind' })
    const transport = await this.#opened()
    return transport.consume({
      producerId,
      rtpCapabilities: recorderCapabilities(this.#parts.router.rtpCapabilities),
      paused: true,
      enableRtx: false,
      preferredLayers: { spatialLayer: 0 },
      appData: owner,
    })
  }

  /** Begins to keep what a consumer of that seat gets; ends when it closes. */
  add(consumer: OwnedConsumer, seatId: string): void {
    const taker = new StillTaker(consumer, (frame) => {
      this.#latest.set(consumer, {
        version: randomUUID(),
        takenAt: this.#parts.clock.now(),
        picture: webpOf(frame),
      })
    })
    this.#takers.set(consumer, { taker, seatId })
    consumer.observer.once('close', () => {
      this.#takers.delete(consumer)
      this.#latest.delete(consumer)
    })
  }

  /** Has all these layers asked for key frames, and the smallest of them kept. */
  ask(consumer: OwnedConsumer, layers: readonly number[]): void {
    this.#takers.get(consumer)?.taker.ask(layers)
  }

  /** The latest picture of a seat, or null. */
  of(seatId: string): Still | null {
    const ofSeat = [...this.#takers].filter(([, taken]) => taken.seatId === seatId)
    // A camera that took another's place is the last one.
    return ofSeat.map(([consumer]) => this.#latest.get(consumer)).findLast(Boolean) ?? null
  }

  /** Idempotent. */
  close(): void {
    this.#isClosed = true
    this.#latest.clear()
    this.#transport?.then((transport) => transport.close()).catch(() => undefined)
    this.#transport = null
  }

  async #opened(): Promise<types.DirectTransport> {
    const { router, visitId } = this.#parts
    this.#transport ??= router.openStillsTransport({ role: 'stills', visitId })
    try {
      const transport = await this.#transport
      if (!this.#isClosed) return transport
      transport.close()
    } catch (error) {
      this.#transport = null
      throw error
    }
    throw new Refusal('ROOM_NOT_FOUND')
  }
}
