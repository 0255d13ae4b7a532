import { observer } from 'mediasoup'
import type { types } from 'mediasoup'

/** A consumer that the library made, and where its media goes. */
export type CountedConsumer = {
  readonly consumer: types.Consumer
  readonly transport: types.Transport
  readonly routerId: string
}

export type CountedTransport = {
  readonly transport: types.Transport
  readonly routerId: string
}

export type CountedMeter = {
  readonly meter: types.RtpObserver
  readonly routerId: string
  readonly producerIds: ReadonlySet<string>
}

/**
 * All that the media library makes in this process, by its own events: the other side's count beside the
 * node's own watch and census, which it does not know. Must be made before the workers.
 */
export class LibraryCensus {
  readonly routers: types.Router[] = []
  /** What stands now. */
  readonly transports = new Set<CountedTransport>()
  readonly consumers = new Set<CountedConsumer>()
  /** What listens to sound without a consumer, and the producers that it was given. */
  readonly meters = new Set<CountedMeter>()
  /** Of every consumer there ever was, where it stood and who received by it. */
  readonly made: { readonly routerId: string; readonly peerId: string }[] = []
  readonly #onWorker = (worker: types.Worker) =>
    worker.observer.on('newrouter', (router) => this.#addRouter(router))

  constructor() {
    observer.on('newworker', this.#onWorker)
  }

  /** The library's router of that id. */
  router(routerId: string): types.Router {
    const found = this.routers.find(({ id }) => id === routerId)
    if (!found) throw new Error(`no router ${routerId}`)
    return found
  }

  /** RTP bytes that left by transports which are no seat's on that router: to officers, recorders, anybody. */
  async foreignBytes(routerId: string, seatIds: readonly string[]): Promise<number> {
    const foreign = [...this.transports].filter(
      ({ transport, ...at }) =>
        at.routerId === routerId && !seatIds.includes(String(transport.appData['peerId'])),
    )
    const sent = await Promise.all(foreign.map(({ transport }) => rtpBytesSent(transport)))
    return sent.reduce((sum, bytes) => sum + bytes, 0)
  }

  /** How many consumers there ever were on that router for anybody but those seats. */
  foreignConsumers(routerId: string, seatIds: readonly string[]): number {
    return this.made.filter((one) => one.routerId === routerId && !seatIds.includes(one.peerId))
      .length
  }

  /** Idempotent; what is watched already stays so until it ends. */
  close(): void {
    observer.off('newworker', this.#onWorker)
  }

  #addRouter(router: types.Router): void {
    const routerId = router.id
    this.routers.push(router)
    router.observer.on('newtransport', (transport) => this.#addTransport(routerId, transport))
    router.observer.on('newrtpobserver', (meter) => this.#addMeter(routerId, meter))
  }

  #addTransport(routerId: string, transport: types.Transport): void {
    const counted = { transport, routerId }
    this.transports.add(counted)
    transport.observer.once('close', () => this.transports.delete(counted))
    transport.observer.on('newconsumer', (consumer) => {
      const one = { consumer, transport, routerId }
      this.made.push({ routerId, peerId: String(transport.appData['peerId']) })
      this.consumers.add(one)
      consumer.observer.once('close', () => this.consumers.delete(one))
    })
  }

  #addMeter(routerId: string, meter: types.RtpObserver): void {
    const producerIds = new Set<string>()
    const counted = { meter, routerId, producerIds }
    this.meters.add(counted)
    meter.observer.once('close', () => this.meters.delete(counted))
    meter.observer.on('addproducer', ({ id, closed, observer: events }) => {
      // Closed while the worker answered: it is measured no more.
      if (closed) return
      producerIds.add(id)
      events.once('close', () => producerIds.delete(id))
    })
    meter.observer.on('removeproducer', ({ id }) => producerIds.delete(id))
  }
}

async function rtpBytesSent(transport: types.Transport): Promise<number> {
  const stats = (await transport.getStats()) as { rtpBytesSent?: number }[]
  return stats.reduce((sum, { rtpBytesSent: bytes = 0 }) => sum + bytes, 0)
}
