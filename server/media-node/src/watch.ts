import { setTimeout as pause } from 'node:timers/promises'
import type { types } from 'mediasoup'
import { allowedFlows, allowedLoopFlows, maySpeak } from '@visavis/contract/media-graph'
import type { LoopSource, RoomFacts, Source } from '@visavis/contract/media-graph'
import { watchPermit } from '@visavis/contract/media-permits'
import type { Logger } from '@visavis/platform/log'
import { onOwnWorker } from './own-workers.ts'
import {
  consumerOwnerOf,
  isLevelsOwner,
  loopOwnerOf,
  producerOwnerOf,
  sinkOf,
  speechOwnerOf,
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

/** Where something stands: a router, and whether it may be shared. */
type Place = {
  readonly routerId: string
  readonly isOpen: boolean
  /** Settles when the worker has carried out all that it was told so far. */
  readonly settled: () => Promise<unknown>
}

/** Sooner than a level is told, and longer than a room takes to notice. */
const LEVEL_GRACE_MS = 100

type WatchedSource = Source & { readonly visitId: string }

/**
 * OV-8: looks at the library's own events, not at our code's intentions, and measures every consumer
 * against the media graph. It shares nothing with the rooms but their facts.
 */
export class Watch {
  readonly #parts: WatchParts
  readonly #sources = new Map<string, WatchedSource>()
  readonly #loopSources = new Map<string, LoopSource>()
  /** Workers that are watched already stay so until they end. Idempotent. */
  readonly close: () => void

  /** Must be made before the workers it is to watch. */
  constructor(parts: WatchParts) {
    this.#parts = parts
    this.close = onOwnWorker(parts.bootId, (worker) => this.#watchWorker(worker))
  }

  #watchWorker(worker: types.Worker): void {
    // Read once: what is written into the objects later changes nothing for the watch.
    const isOpen = worker.appData['pool'] === 'open'
    const settled = () => worker.getResourceUsage().catch(() => null)
    worker.observer.on('newrouter', ({ id: routerId, observer: events }) => {
      const place = { routerId, isOpen, settled }
      events.on('newtransport', (transport) => this.#watchTransport(place, transport))
      events.on('newrtpobserver', (meter) => this.#watchMeter(place, meter))
    })
  }

  #watchTransport(place: Place, transport: types.Transport): void {
    const owner = transportOwnerOf(transport.appData)
    if (!owner || !mayStand(transport, owner, place.isOpen)) {
      this.#closeForeign(place, transport, `a ${transport.type} transport that may not exist`)
      return
    }
    if (!this.#maySpeak(owner)) {
      // The facts may have named another speaker while the worker answered; nothing has passed by it.
      transport.close()
      return
    }
    transport.observer.on('newproducer', (producer) => this.#watchProducer(producer, owner))
    transport.observer.on('newconsumer', (consumer) => this.#watchConsumer(consumer, owner))
  }

  #closeForeign({ routerId, isOpen }: Place, thing: { close: () => void }, what: string): void {
    thing.close()
    this.#parts.log.error({ routerId, what }, 'closed')
    // On a shared router nothing says whose it was; nothing of it can exist any more.
    if (isOpen) return
    for (const visitId of this.#parts.visitsOn(routerId)) this.#parts.violated(visitId, what)
  }

  /** The library's listener to sound, which needs no consumer: none on a private router, elsewhere only what is heard. */
  #watchMeter(place: Place, meter: types.RtpObserver): void {
    if (!place.isOpen || !isLevelsOwner(meter.appData)) {
      this.#closeForeign(place, meter, 'an observer of sound that may not exist')
      return
    }
    const measured = new Set<string>()
    meter.observer.on('removeproducer', ({ id }) => measured.delete(id))
    meter.observer.on('addproducer', ({ id }) => {
      measured.add(id)
      const forbidden = (): WatchedSource | null =>
        measured.has(id) && !meter.closed ? this.#unheard(id) : null
      void this.#checkLevel(place, forbidden)
    })
  }

  /**
   * The facts may have changed while the worker answered, and the room be about to take the producer out
   * again: it has had the time, and the worker has done what it was told, when this is looked at anew.
   */
  async #checkLevel({ settled }: Place, forbidden: () => WatchedSource | null): Promise<void> {
    if (!forbidden()) return
    await pause(LEVEL_GRACE_MS, undefined, { ref: false })
    await settled()
    const source = forbidden()
    if (source) this.#parts.violated(source.visitId, 'a level of what nobody may hear')
  }

  /** The source, if nobody may hear it; a producer that is closed is measured no more. */
  #unheard(producerId: string): WatchedSource | null {
    const source = this.#sources.get(producerId)
    const facts = source && this.#parts.factsOf(source.visitId)
    const isHeard = facts && watchPermit(facts.visitClass, facts.policy, 'SOUND')
    return source && !isHeard ? source : null
  }

  #watchProducer(producer: types.Producer, transport: TransportOwner): void {
    if (transport.role === 'loop') {
      this.#watchLoopProducer(producer, transport.loopId)
      return
    }
    if (transport.role === 'speaker') {
      this.#watchSpeech(producer, transport)
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

  /** Only the officer whom the facts name sends, and not where nobody may watch (OV-5). */
  #maySpeak(owner: TransportOwner): boolean {
    if (owner.role !== 'speaker') return true
    const facts = this.#parts.factsOf(owner.visitId)
    return facts !== null && maySpeak(facts, owner.speakerId)
  }

  #watchSpeech(producer: types.Producer, speech: { visitId: string; speakerId: string }): void {
    const { id: producerId, kind } = producer
    const { visitId, speakerId } = speech
    const owner = speechOwnerOf(producer.appData)
    if (owner?.visitId !== visitId || owner.speakerId !== speakerId) {
      producer.close()
      this.#parts.log.error({ producerId }, 'producer of another than its speaker closed')
      return
    }
    this.#sources.set(producerId, { visitId, speakerId, producerId, kind })
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
    const { visitId, kind } = source
    const owner = consumerOwnerOf(consumer.appData)
    const sink = sinkOf(transport, visitId)
    if (owner?.visitId !== visitId || owner.sink !== sink) {
      return `a consumer of ${kind} that no room has made`
    }
    const facts = this.#parts.factsOf(visitId)
    const isOfSeat = facts?.seats.some(({ seatId }) => seatId === sink) ?? false
    if (isOfSeat && transport.role !== 'seat') return `a consumer of ${kind} under a seat's id`
    const allowed = facts ? allowedFlows(facts, [source]) : []
    return allowed.some((flow) => flow.sink === sink)
      ? null
      : `a consumer of ${kind} that the media graph forbids`
  }
}

/** Taps, stills and loops belong to shared routers; seats and observers to any. */
function mayStand({ type }: types.Transport, { role }: TransportOwner, isOpen: boolean): boolean {
  if (role === 'tap') return isOpen && type === 'plain'
  if (role === 'stills') return isOpen && type === 'direct'
  return type === 'webrtc' && (isOpen || role !== 'loop')
}
