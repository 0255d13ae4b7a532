import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '@visavis/contract/errors'
import { STILLS_SINK, sourceOwnerOf } from '@visavis/contract/media-graph'
import type { RoomFacts } from '@visavis/contract/media-graph'
import { watchPermit } from '@visavis/contract/media-permits'
import { BeatPlan, observedLayer } from './beat-rules.ts'
import type { PictureLook } from './beat-rules.ts'
import { seeToFirstPicture } from './first-picture.ts'
import { KeyFrameTurns } from './key-frame-turns.ts'
import { ObserverPictures } from './observer-pictures.ts'
import type { OwnedConsumer } from './peer.ts'
import type { Peers } from './peers.ts'
import type { StandingFlow } from './reconcile.ts'
import type { Room } from './room.ts'
import { passedLayers } from './seat-flows.ts'
import type { Still, Stills } from './stills.ts'

type PicturesParts = {
  readonly room: Pick<Room, 'visitId' | 'router' | 'facts' | 'flows'>
  readonly peers: Pick<Peers, 'find'>
  readonly monotonicMs: () => number
}

/** The beat of one room: asks its senders for key frames, and lets officers' pictures begin with them (OV-3). */
export class RoomPictures {
  readonly #parts: PicturesParts
  readonly #stills: Stills | null
  readonly #plan: BeatPlan
  readonly #observers = new ObserverPictures()
  readonly #turns = new KeyFrameTurns()

  /** `stills` is null where none may be taken. */
  constructor(parts: PicturesParts, stills: Stills | null) {
    this.#parts = parts
    this.#stills = stills
    this.#plan = new BeatPlan(parts.room.visitId, parts.monotonicMs())
  }

  /** Whether officers may come at all. */
  get mayBeWatched(): boolean {
    const { facts } = this.#parts.room
    return facts !== null && watchPermit(facts.visitClass, facts.policy, 'LIVE') !== null
  }

  /** A flow stands, paused as it was made. */
  add({ flow, source, consumer }: StandingFlow): void {
    if (source.kind !== 'video') return
    if (flow.sink === STILLS_SINK) {
      this.#stills?.add(consumer, sourceOwnerOf(source))
      this.#plan.begin(flow.producerId, this.#parts.monotonicMs())
    } else if (this.#observerOf(flow.sink)) this.#observers.add(consumer)
    else {
      this.#turns.expectBegin(flow.producerId, this.#parts.monotonicMs())
      seeToFirstPicture(consumer)
    }
    consumer.observer.once('close', () => this.#forgetUnlessSent(flow.producerId))
  }

  /** Its receiver has built its end: it flows at once, or for an officer's picture at the next beat. */
  async resume({ consumer }: StandingFlow): Promise<void> {
    if (this.isOnBeat(consumer)) this.#observers.built(consumer)
    else await this.begin(consumer)
  }

  /** A party's or the recorder's flow begins: a picture when its sender listens to a request again. */
  async begin(consumer: OwnedConsumer): Promise<void> {
    const { kind, producerId } = consumer
    const waitMs =
      kind === 'video' ? this.#turns.takeBegin(producerId, this.#parts.monotonicMs()) : 0
    if (waitMs > 0) await pause(waitMs, undefined, { ref: false })
    if (!consumer.closed) await consumer.resume()
  }

  /** Asks the sender of what is consumed; refuses where only the beat may ask. */
  async askKeyFrame({ consumer }: StandingFlow): Promise<void> {
    if (this.isOnBeat(consumer)) throw new Refusal('CONSUMER_NOT_FOUND')
    await consumer.requestKeyFrame()
  }

  /** Whether it begins and changes at a beat only. */
  isOnBeat(consumer: OwnedConsumer): boolean {
    return this.#observers.has(consumer)
  }

  /** Stops an observer's pictures: a line that comes back would have the worker ask at once. */
  hold(observerId: string): void {
    for (const { flow, consumer } of this.#parts.room.flows.standing()) {
      if (flow.sink === observerId) this.#observers.hold(consumer)
    }
  }

  /** The latest picture of a seat, or null. */
  still(seatId: string): Still | null {
    return this.#stills?.of(seatId) ?? null
  }

  /** To be called often: carries out the beat if it is due. All is said in one turn. */
  tick(): void {
    const nowMs = this.#parts.monotonicMs()
    const due = this.#plan.due(nowMs)
    if (!this.mayBeWatched) return
    const standing = this.#parts.room.flows.standing()
    const pictures = standing.filter(({ source }) => source.kind === 'video')
    for (const producerId of new Set(pictures.map(({ flow }) => flow.producerId))) {
      const isItsOwn = due.producerIds.has(producerId)
      if (!isItsOwn && !due.isOfAll) continue
      const waitMs = isItsOwn ? 0 : this.#turns.beatInMs(producerId, nowMs)
      if (waitMs > 0) {
        this.#plan.ask(producerId, nowMs + waitMs)
        continue
      }
      this.#turns.noteBeat(producerId, nowMs)
      this.#beat(pictures.filter(({ flow }) => flow.producerId === producerId))
    }
  }

  #beat(flows: readonly StandingFlow[]): void {
    const still = flows.find(({ flow }) => flow.sink === STILLS_SINK)
    const others = flows.filter(({ flow }) => flow.sink !== STILLS_SINK)
    const watched = others.filter(({ consumer }) => this.isOnBeat(consumer))
    const passed = others.filter(({ consumer }) => !this.isOnBeat(consumer) && !consumer.paused)
    const look = lookAt(flows, { passed, isAskedInAll: still !== undefined })
    if (still) this.#stills?.ask(still.consumer, look.arriving)
    else passed.forEach(({ consumer }) => askTwice(consumer))
    for (const { flow, consumer } of watched) {
      const hasFocus = this.#observerOf(flow.sink)?.hasFocus ?? false
      const layer = this.#isConnected(flow.sink) ? observedLayer(look, hasFocus) : null
      this.#observers.pass(consumer, layer)
    }
  }

  #forgetUnlessSent(producerId: string): void {
    const standing = this.#parts.room.flows.standing()
    if (!standing.some(({ flow }) => flow.producerId === producerId)) this.#turns.forget(producerId)
  }

  #observerOf(sink: string): RoomFacts['observers'][number] | null {
    const observers = this.#parts.room.facts?.observers ?? []
    return observers.find(({ observerId }) => observerId === sink) ?? null
  }

  #isConnected(peerId: string): boolean {
    const { routerId } = this.#parts.room.router
    return this.#parts.peers.find({ routerId, peerId })?.isConnected ?? false
  }
}

/** As often as a still is asked for: what an observer adds then has no effect. */
function askTwice(consumer: OwnedConsumer): void {
  consumer.requestKeyFrame().catch(() => undefined)
  consumer.requestKeyFrame().catch(() => undefined)
}

function lookAt(
  flows: readonly StandingFlow[],
  { passed, isAskedInAll }: { passed: readonly StandingFlow[]; isAskedInAll: boolean },
): PictureLook {
  const scores = flows[0]?.consumer.score.producerScores ?? []
  const best = Math.max(-1, ...passed.map(({ consumer }) => passedLayers(consumer) - 1))
  return {
    arriving: [...scores.keys()].filter((layer) => (scores[layer] ?? 0) > 0),
    passed: best < 0 ? null : best,
    isAskedInAll,
  }
}
