import { EventEmitter } from 'node:events'
import { Refusal } from '@visavis/contract/errors'
import { STILLS_SINK, allowedFlows } from '@visavis/contract/media-graph'
import type { Flow, RoomFacts, Source } from '@visavis/contract/media-graph'
import { watchPermit } from '@visavis/contract/media-permits'
import type { WatchPermit } from '@visavis/contract/media-permits'
import type { MediaKind } from '@visavis/contract/rtc'
import type { Logger } from '@visavis/platform/log'
import { flowKey, planFlows } from './flow-plan.ts'
import type { OwnedConsumer, Sink } from './peer.ts'
import { SerialQueue } from './serial.ts'

/** What the flows of a room follow from; read anew at every step, for it changes while the worker works. */
export type FlowView = {
  readonly visitId: string
  /** Null once the room is closed: then nothing is allowed. */
  readonly facts: () => RoomFacts | null
  readonly sources: () => Source[]
  /** Where that sink's media goes, or null while it is not there. */
  readonly sinkOf: (sink: string) => Sink | null
  /** The layer a sink is to get of video; null for the best that its network allows. */
  readonly layerOf: (sink: string) => number | null
  /** Whether this picture changes its layer at the beat only, and not when facts change (OV-3). */
  readonly isOnBeat: (consumer: OwnedConsumer) => boolean
  /** Settles when the worker has done all that it was told. */
  readonly settled: () => Promise<void>
}

/** A flow that stands: a consumer in the worker. */
export type StandingFlow = {
  readonly flow: Flow
  readonly source: Source
  readonly consumer: OwnedConsumer
}

/** Simulcast layers count from 0; the library takes this down to the best there is. */
export const BEST_LAYER = 2

/** Names a consumer and whose it is. */
export type ConsumerKey = { readonly peerId: string; readonly consumerId: string }

type RoomFlowsEvents = { created: [StandingFlow]; closed: [StandingFlow] }

/** Keeps exactly the allowed consumers of one room: closes at once, creates one change after another. */
export class RoomFlows extends EventEmitter<RoomFlowsEvents> {
  readonly #view: FlowView
  readonly #log: Logger
  readonly #standing = new Map<string, StandingFlow>()
  readonly #queue = new SerialQueue()
  /** What was last wished of each; the library itself takes a wish down to the best there is. */
  readonly #layers = new WeakMap<OwnedConsumer, number | null>()

  constructor(view: FlowView, log: Logger) {
    super()
    this.#view = view
    this.#log = log
  }

  /** Flows that stand now, paused ones too. */
  standing(): StandingFlow[] {
    return [...this.#standing.values()]
  }

  /** The flow behind a consumer of that peer. */
  find({ peerId, consumerId }: ConsumerKey): StandingFlow | undefined {
    return this.standing().find(
      ({ flow, consumer }) => consumer.id === consumerId && flow.sink === peerId,
    )
  }

  /** The same; refuses with CONSUMER_NOT_FOUND. */
  get(key: ConsumerKey): StandingFlow {
    const found = this.find(key)
    if (!found) throw new Refusal('CONSUMER_NOT_FOUND')
    return found
  }

  /** Makes a consumer anew: for its receiver it is another one, which it builds and resumes. */
  renew(key: ConsumerKey): Promise<void> {
    this.get(key).consumer.close()
    return this.reconcile()
  }

  /** Closes what is forbidden before it returns; settles when the worker has done so and what was missing stands. */
  async reconcile(): Promise<void> {
    const hasClosed = this.closeForbidden()
    await Promise.all([
      this.#queue.run(() => this.#createMissing()),
      hasClosed ? this.#view.settled() : null,
    ])
  }

  /** Synchronous, so that nothing can come between a decision and its effect. Says whether anything was closed. */
  closeForbidden(): boolean {
    const flows = this.standing().map(({ flow }) => flow)
    const { toClose } = planFlows(this.#allowed(), flows)
    for (const flow of toClose) this.#standing.get(flowKey(flow))?.consumer.close()
    return toClose.length > 0
  }

  #allowed(): Flow[] {
    const facts = this.#view.facts()
    return facts ? allowedFlows(facts, this.#view.sources()) : []
  }

  #isAllowed(flow: Flow): boolean {
    const key = flowKey(flow)
    return this.#allowed().some((allowed) => flowKey(allowed) === key)
  }

  async #createMissing(): Promise<void> {
    const flows = this.standing().map(({ flow }) => flow)
    const { toCreate } = planFlows(this.#allowed(), flows)
    await Promise.all([...toCreate.map((flow) => this.#create(flow)), ...this.#adjustLayers()])
  }

  async #create(flow: Flow): Promise<void> {
    const { visitId, sources, sinkOf, layerOf } = this.#view
    const source = sources().find(({ producerId }) => producerId === flow.producerId)
    const sink = sinkOf(flow.sink)
    if (!source || !sink || !this.#isAllowed(flow)) return
    const spatialLayer = source.kind === 'video' ? layerOf(flow.sink) : null
    const { producerId, kind } = source
    const owner = { visitId, sink: flow.sink }
    const consumer = await sink
      .consume({ producerId, kind, owner, spatialLayer, permit: this.#permitFor(flow, kind) })
      .catch((error: unknown) => this.#noteFailure(error))
    if (!consumer) return
    // The facts, the peer or the tap may have changed while the worker answered.
    if (consumer.closed || sinkOf(flow.sink) !== sink || !this.#isAllowed(flow)) consumer.close()
    else this.#keep({ flow, source, consumer }, spatialLayer)
  }

  #permitFor({ sink }: Flow, kind: MediaKind): WatchPermit | null {
    const facts = this.#view.facts()
    const use = sink === STILLS_SINK ? 'STILLS' : kind === 'audio' ? 'SOUND' : 'LIVE'
    return facts && watchPermit(facts.visitClass, facts.policy, use)
  }

  /** A peer or producer that went away meanwhile, or a client that cannot decode: no flow, and no harm. */
  #noteFailure(error: unknown): null {
    this.#log.warn({ err: error }, 'consumer not created')
    return null
  }

  #keep(flow: StandingFlow, spatialLayer: number | null): void {
    const key = flowKey(flow.flow)
    this.#standing.set(key, flow)
    this.#layers.set(flow.consumer, spatialLayer)
    flow.consumer.observer.once('close', () => {
      this.#standing.delete(key)
      this.emit('closed', flow)
    })
    this.emit('created', flow)
  }

  #adjustLayers(): Promise<void>[] {
    return this.standing().flatMap(({ flow, consumer }) => {
      const wished = this.#view.layerOf(flow.sink)
      const isAdjustable = consumer.type === 'simulcast' && this.#layers.get(consumer) !== wished
      if (!isAdjustable || this.#view.isOnBeat(consumer)) return []
      this.#layers.set(consumer, wished)
      const spatialLayer = wished ?? BEST_LAYER
      const adjusted = consumer.setPreferredLayers({ spatialLayer })
      return [adjusted.catch((error: unknown) => void this.#noteFailure(error))]
    })
  }
}
