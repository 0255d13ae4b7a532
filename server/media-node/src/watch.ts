import { observer } from 'mediasoup'
import type { types } from 'mediasoup'
import { allowedFlows, allowedLoopFlows } from '@visavis/contract/media-graph'
import type { LoopSource, RoomFacts, Source } from '@visavis/contract/media-graph'
import type { Logger } from '@visavis/platform/log'
import {
  consumerOwnerOf,
  loopOwnerOf,
  producerOwnerOf,
  sinkOf,
  transportOwnerOf,
} from './ownership.ts'
import type { TransportOwner } from './ownership.ts'

/** What the watch asks and tells. */
export type WatchParts = {
  readonly bootId: string
  /** The facts of a visit's room, or null if it has none. */
  readonly factsOf: (visitId: string) => RoomFacts | null
  /** Visits whose rooms stand on that router. */
  readonly visitsOn: (routerId: string) => string[]
  /** Closes the room at once, then raises the alarm. */
  readonly violated: (visitId: string, what: string) => void
  /** The same for a loop. */
  readonly loopViolated: (loopId: string, what: string) => void
  readonly log: Logger
}

type WatchedSource = Source & { readonly visitId: string }

/**
 * OV-8: looks at the library's own events, not at our code's intentions, and measures every consumer
 * against the media graph. It shares nothing with the rooms but their facts.
 */
export class Watch {
  readonly #parts: WatchParts
  readonly #sources = new Map<string, WatchedSource>()
  readonly #loopSources = new Map<string, LoopSource>()
  readonly #onWorker = (worker: types.Worker) => this.#watchWorker(worker)

  /** Must be made before the workers it is to watch. */
  constructor(parts: WatchParts) {
    this.#parts = parts
    observer.on('newworker', this.#onWorker)
  }

  /** Workers that are watched already stay so until they end. Idempotent. */
  close(): void {
    observer.off('newworker', this.#onWorker)
  }

  #watchWorker(worker: types.Worker): void {
    // Another node in this process (tests) has a watch of its own.
    if (worker.appData['bootId'] !== this.#parts.bootId) return
    worker.observer.on('newrouter', (router) => {
      router.observer.on('newtransport', (transport) => this.#watchTransport(router, transport))
    })
  }

  #watchTransport(router: types.Router, transport: types.Transport): void {
    const owner = transportOwnerOf(transport.appData)
    const isOpen = router.appData['pool'] === 'open'
    if (!owner || !mayStand(transport, owner, isOpen)) {
      this.#closeTransport(router, transport)
      return
    }
    transport.observer.on('newproducer', (producer) => this.#watchProducer(producer, owner))
    transport.observer.on('newconsumer', (consumer) => this.#watchConsumer(consumer, owner))
  }

  #closeTransport(router: types.Router, transport: types.Transport): void {
    const what = `a ${transport.type} transport that may not exist`
    transport.close()
    this.#parts.log.error({ routerId: router.id, what }, 'transport closed')
    // On a shared router nothing says whose it was; its consumers cannot exist any more.
    if (router.appData['pool'] === 'open') return
    for (const visitId of this.#parts.visitsOn(router.id)) this.#parts.violated(visitId, what)
  }

  #watchProducer(producer: types.Producer, transport: TransportOwner): void {
    if (transport.role === 'loop') {
      this.#watchLoopProducer(producer, transport.loopId)
      return
    }
    const owner = producerOwnerOf(producer.appData)
    const isOfSeat =
      owner !== null &&
      transport.role === 'seat' &&
      transport.visitId === owner.visitId &&
      transport.peerId === owner.seatId
    if (!isOfSeat) {
      producer.close()
      this.#parts.log.error({ producerId: producer.id }, 'producer without a seat closed')
      return
    }
    const { id: producerId, kind } = producer
    this.#sources.set(producerId, { ...owner, producerId, kind })
    producer.observer.once('close', () => this.#sources.delete(producerId))
  }

  #watchLoopProducer(producer: types.Producer, loopId: string): void {
    const { id: producerId, kind } = producer
    if (loopOwnerOf(producer.appData)?.loopId !== loopId) {
      producer.close()
      this.#parts.log.error({ producerId }, 'producer of another than its loop closed')
      return
    }
    this.#loopSources.set(producerId, { producerId, loopId, kind })
    producer.observer.once('close', () => this.#loopSources.delete(producerId))
  }

  #watchConsumer(consumer: types.Consumer, transport: TransportOwner): void {
    const check = () => this.#check(consumer, transport)
    consumer.observer.on('resume', check)
    // A paused consumer passes nothing yet: its room may still find that the facts have changed and close it.
    if (consumer.paused) setImmediate(check)
    else check()
  }

  #check(consumer: types.Consumer, transport: TransportOwner): void {
    if (consumer.closed) return
    const looped = this.#loopSources.get(consumer.producerId)
    if (looped) {
      this.#checkLoop(consumer, { source: looped, transport })
      return
    }
    const source = this.#sources.get(consumer.producerId)
    if (!source) {
      consumer.close()
      this.#parts.log.error({ consumerId: consumer.id }, 'consumer of an unknown producer closed')
      return
    }
    const what = this.#faultOf(consumer, { source, transport })
    if (!what) return
    this.#parts.violated(source.visitId, what)
    // Its transport may belong to an observer and so outlive the room.
    consumer.close()
  }

  /** What is sent in a loop comes back to the one who sends it: whatever else takes it, a visit's peer too, is wrong. */
  #checkLoop(
    consumer: types.Consumer,
    { source, transport }: { source: LoopSource; transport: TransportOwner },
  ): void {
    const { loopId } = source
    const sink = transport.role === 'loop' ? transport.loopId : null
    const isOwn = loopOwnerOf(consumer.appData)?.loopId === loopId
    const isAllowed = allowedLoopFlows(loopId, [source]).some((flow) => flow.sink === sink)
    if (isOwn && isAllowed) return
    this.#parts.loopViolated(loopId, `a consumer of ${source.kind} outside its loop`)
    consumer.close()
  }

  #faultOf(
    consumer: types.Consumer,
    { source, transport }: { source: WatchedSource; transport: TransportOwner },
  ): string | null {
    const { visitId, producerId, seatId, kind } = source
    const owner = consumerOwnerOf(consumer.appData)
    const sink = sinkOf(transport, visitId)
    if (owner?.visitId !== visitId || owner.sink !== sink) {
      return `a consumer of ${kind} that no room has made`
    }
    const facts = this.#parts.factsOf(visitId)
    const allowed = facts ? allowedFlows(facts, [{ producerId, seatId, kind }]) : []
    return allowed.some((flow) => flow.sink === sink)
      ? null
      : `a consumer of ${kind} that the media graph forbids`
  }
}

/** Taps and loops belong to shared routers; seats and observers to any. */
function mayStand({ type }: types.Transport, { role }: TransportOwner, isOpen: boolean): boolean {
  if (role === 'tap') return isOpen && type === 'plain'
  return type === 'webrtc' && (isOpen || role !== 'loop')
}
