import type { z } from 'zod'
import { Refusal } from '@visavis/contract/errors'
import { RECORDER_SINK, isTalking } from '@visavis/contract/media-graph'
import type { RoomFacts, Source } from '@visavis/contract/media-graph'
import type { TapTrack } from '@visavis/contract/media-control'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { MediaRouter } from './media-router.ts'
import type { Sink } from './peer.ts'
import type { Peers } from './peers.ts'
import { BEST_LAYER, RoomFlows } from './reconcile.ts'
import type { StandingFlow } from './reconcile.ts'
import { consumerForWire } from './consumer-view.ts'
import { FlowLog } from './flow-log.ts'
import { SerialQueue } from './serial.ts'
import { openTap, tapTrackOf } from './tap.ts'
import type { Tap, TapTarget } from './tap.ts'
import type { Tell } from './tell.ts'

type TapTrackInfo = z.input<typeof TapTrack>

/** What a room is made of. */
export type RoomParts = {
  readonly visitId: string
  readonly epoch: number
  readonly router: MediaRouter
  readonly facts: RoomFacts
  readonly peers: Peers
  readonly tell: Tell
  readonly clock: Clock
  /** Milliseconds of a clock that is never set. */
  readonly monotonicMs: () => number
  readonly log: Logger
}

const SMALLEST_LAYER = 0

/** One epoch of a visit's media: its facts, the flows that follow from them, and the recorder's tap. */
export class Room {
  readonly visitId: string
  readonly epoch: number
  readonly router: MediaRouter
  readonly flows: RoomFlows
  /** LV-5: what its media did in this epoch. */
  readonly flowLog: FlowLog
  readonly #peers: Peers
  readonly #tell: Tell
  readonly #clock: Clock
  readonly #log: Logger
  readonly #tapQueue = new SerialQueue()
  #facts: RoomFacts
  #tap: Tap | null = null
  /** While a tap is being opened, its tracks are told in the answer. */
  #isTapAnnounced = false
  #isClosed = false

  constructor({ visitId, epoch, router, facts, peers, tell, clock, monotonicMs, log }: RoomParts) {
    this.visitId = visitId
    this.epoch = epoch
    this.router = router
    this.#facts = facts
    this.#peers = peers
    this.#tell = tell
    this.#clock = clock
    this.#log = log
    this.flowLog = new FlowLog({ monotonicMs, startedAtMs: clock.now().getTime() })
    if (isTalking(facts)) this.flowLog.begin()
    this.flows = new RoomFlows(
      {
        visitId,
        facts: () => this.facts,
        sources: () => this.sources(),
        sinkOf: (sink) => this.#sinkOf(sink),
        layerOf: (sink) => this.#layerOf(sink),
        settled: router.settled,
      },
      log,
    )
    this.flows.on('created', (flow) => this.#noticeCreated(flow))
    this.flows.on('closed', (flow) => this.#noticeClosed(flow))
  }

  /** Null once the room is closed. */
  get facts(): RoomFacts | null {
    return this.#isClosed ? null : this.#facts
  }

  get tapRecordingId(): string | null {
    return this.#tap?.target.recordingId ?? null
  }

  /** The tracks that the room's seats send. */
  sources(): Source[] {
    return this.#peers.ofVisit(this.visitId).flatMap((peer) => peer.sources())
  }

  hasSeat(seatId: string): boolean {
    return !this.#isClosed && this.#facts.seats.some((seat) => seat.seatId === seatId)
  }

  hasObserver(observerId: string): boolean {
    return !this.#isClosed && this.#facts.observers.some((one) => one.observerId === observerId)
  }

  /** Replaces the facts. What they forbid is closed before this returns, what they allow stands when it settles. */
  setFacts(facts: RoomFacts): Promise<void> {
    const wasTalking = isTalking(this.#facts)
    this.#facts = facts
    if (!isTalking(facts)) this.flowLog.end()
    else if (wasTalking) this.flowLog.cut()
    else this.flowLog.begin()
    return this.flows.reconcile()
  }

  /** Feeds a recorder; the same target again changes nothing. Refuses on a private router, which has no such transport. */
  openTap(
    target: TapTarget,
    listenIp: string,
  ): Promise<{ address: string; port: number; tracks: TapTrackInfo[] }> {
    return this.#tapQueue.run(async () => {
      const { router, visitId } = this
      if (router.pool !== 'open') throw new Refusal('MEDIA_POLICY_FORBIDS')
      if (!this.#tap?.feeds(target)) {
        this.closeTap()
        const tap = await openTap(router, { visitId, target, listenIp })
        if (this.#isClosed) tap.close()
        else this.#tap = tap
      }
      await this.flows.reconcile()
      if (!this.#tap) throw new Refusal('ROOM_NOT_FOUND')
      this.#isTapAnnounced = true
      return { ...this.#tap.local, tracks: this.#tapTracks() }
    })
  }

  /** Idempotent. */
  closeTap(): void {
    this.#tap?.close()
    this.#tap = null
    this.#isTapAnnounced = false
  }

  /** Idempotent; closes the flows, the tap, the seats' peers and a router of its own. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.flowLog.end()
    this.flows.closeForbidden()
    this.closeTap()
    for (const peer of this.#peers.ofVisit(this.visitId)) peer.close()
    if (this.router.pool === 'private') this.router.close()
  }

  #sinkOf(sink: string): Sink | null {
    if (sink === RECORDER_SINK) return this.#tap
    return this.#peers.find({ routerId: this.router.routerId, peerId: sink })
  }

  #layerOf(sink: string): number | null {
    const observer = this.#facts.observers.find(({ observerId }) => observerId === sink)
    if (!observer) return this.#isSaver(sink) ? SMALLEST_LAYER : null
    return observer.hasFocus ? BEST_LAYER : SMALLEST_LAYER
  }

  #isSaver(sink: string): boolean {
    const peer = this.#peers.find({ routerId: this.router.routerId, peerId: sink })
    return peer?.wishes.isDataSaver ?? false
  }

  #tapTracks(): TapTrackInfo[] {
    return this.flows
      .standing()
      .filter(({ flow }) => flow.sink === RECORDER_SINK)
      .map((flow) => this.#tapTrack(flow))
  }

  #tapTrack({ consumer, source }: StandingFlow): TapTrackInfo {
    return tapTrackOf(consumer, { seatId: source.seatId, tappedAt: this.#clock.now() })
  }

  #noticeCreated(standing: StandingFlow): void {
    if (standing.flow.sink === RECORDER_SINK) this.#startTapTrack(standing)
    else {
      const consumer = consumerForWire(standing, this.visitId)
      this.#tell('consumer:created', { ...this.#address(standing), consumer })
    }
  }

  #noticeClosed(standing: StandingFlow): void {
    if (standing.flow.sink === RECORDER_SINK) return
    this.#tell('consumer:closed', { ...this.#address(standing), consumerId: standing.consumer.id })
  }

  #startTapTrack(standing: StandingFlow): void {
    const recordingId = this.tapRecordingId
    if (recordingId && this.#isTapAnnounced) {
      const track = this.#tapTrack(standing)
      this.#tell('tap:trackAdded', { visitId: this.visitId, recordingId, track })
    }
    standing.consumer.resume().catch((error: unknown) => {
      this.#log.warn({ err: error }, 'tapped track not started')
    })
  }

  #address({ flow }: StandingFlow): { visitId: string; routerId: string; peerId: string } {
    return { visitId: this.visitId, routerId: this.router.routerId, peerId: flow.sink }
  }
}
