import type { z } from 'zod'
import { Refusal } from '@visavis/contract/errors'
import {
  RECORDER_SINK,
  STILLS_SINK,
  isTalking,
  maySpeak,
  sourceOwnerOf,
} from '@visavis/contract/media-graph'
import type { RoomFacts, Source } from '@visavis/contract/media-graph'
import type { TapTrack } from '@visavis/contract/media-control'
import { recordPermit } from '@visavis/contract/media-permits'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Levels } from './levels.ts'
import type { MediaRouter } from './media-router.ts'
import type { Sink } from './peer.ts'
import type { Peers } from './peers.ts'
import { RoomFlows } from './reconcile.ts'
import type { StandingFlow } from './reconcile.ts'
import { RoomLevels } from './room-levels.ts'
import { RoomPictures } from './room-pictures.ts'
import { consumerForWire } from './consumer-view.ts'
import { FlowLog } from './flow-log.ts'
import { Mutes } from './mutes.ts'
import { SerialQueue } from './serial.ts'
import { openSpeaker } from './speaker.ts'
import type { Speaker } from './speaker.ts'
import { Stills } from './stills.ts'
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
  readonly levels: Levels
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
  /** What officers may see of it, and the beat that hides whether they do. */
  readonly pictures: RoomPictures
  readonly #peers: Peers
  readonly #tell: Tell
  readonly #clock: Clock
  readonly #log: Logger
  readonly #tapQueue = new SerialQueue()
  readonly #mutes: Mutes
  readonly #levels: RoomLevels
  /** Null on a private router, which has no way for them. */
  readonly #stills: Stills | null
  #speaker: Speaker | null = null
  #facts: RoomFacts
  #tap: Tap | null = null
  /** While a tap is being opened, its tracks are told in the answer. */
  #isTapAnnounced = false
  #isClosed = false

  constructor(parts: RoomParts) {
    const { visitId, epoch, router, facts, peers, levels, tell, clock, monotonicMs, log } = parts
    this.visitId = visitId
    this.epoch = epoch
    this.router = router
    this.#facts = facts
    this.#peers = peers
    this.#tell = tell
    this.#clock = clock
    this.#log = log
    this.#mutes = new Mutes(log)
    this.#levels = new RoomLevels(levels, router)
    this.flowLog = new FlowLog({ monotonicMs, startedAtMs: clock.now().getTime() })
    if (isTalking(facts)) this.flowLog.begin()
    this.flows = new RoomFlows(
      {
        visitId,
        facts: () => this.facts,
        sources: () => this.sources(),
        sinkOf: (sink) => this.#sinkOf(sink),
        layerOf: (sink) => this.#layerOf(sink),
        isOnBeat: (consumer) => this.pictures.isOnBeat(consumer),
        settled: router.settled,
      },
      log,
    )
    this.#stills = router.pool === 'open' ? new Stills({ router, visitId, clock }) : null
    this.pictures = new RoomPictures({ room: this, peers, monotonicMs }, this.#stills)
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

  /** The tracks that the room's seats, and perhaps a speaking officer, send. */
  sources(): Source[] {
    const ofSeats = this.#peers.ofVisit(this.visitId).flatMap((peer) => peer.sources())
    return [...ofSeats, ...(this.#speaker?.sources() ?? [])]
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
    return this.follow()
  }

  /** Makes what flows follow the facts and the sources: first what is to stop (OV-5), then what is to come. */
  async follow(): Promise<void> {
    const { facts } = this
    if (this.#speaker && !(facts && maySpeak(facts, this.#speaker.speakerId))) this.#endSpeech()
    const muting = facts && this.#mutes.follow(facts, this.#peers.ofVisit(this.visitId))
    const metering = this.#levels.follow(facts, this.sources())
    await Promise.all([muting, metering, this.flows.reconcile()])
  }

  /** The officer who speaks, while the facts say so. */
  get speaker(): Speaker | null {
    return this.#speaker
  }

  /** Opens a speaking officer's transport anew; refuses whom the facts do not name. */
  async openSpeaker(speakerId: string): Promise<Speaker> {
    const mayNow = (): boolean => this.facts !== null && maySpeak(this.facts, speakerId)
    if (!mayNow()) throw new Refusal('MEDIA_POLICY_FORBIDS')
    const speaker = await openSpeaker(this.router, { visitId: this.visitId, speakerId })
    // The facts may have changed while the worker answered.
    if (!mayNow()) {
      speaker.close()
      throw new Refusal('MEDIA_POLICY_FORBIDS')
    }
    this.#endSpeech()
    this.#speaker = speaker
    speaker.on('sourcesChanged', () => this.#followQuietly())
    return speaker
  }

  /** Feeds a recorder; the same target again changes nothing. Refuses on a private router, which has no such transport. */
  openTap(
    target: TapTarget,
    listenIp: string,
  ): Promise<{ address: string; port: number; tracks: TapTrackInfo[] }> {
    return this.#tapQueue.run(async () => {
      const { router, visitId } = this
      const { visitClass, policy } = this.#facts
      const permit = recordPermit(visitClass, policy)
      if (router.pool !== 'open' || !permit) throw new Refusal('MEDIA_POLICY_FORBIDS')
      if (!this.#tap?.feeds(target)) {
        this.closeTap()
        const tap = await openTap(router, { visitId, target, listenIp, permit })
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
    this.#stills?.close()
    this.#endSpeech()
    for (const peer of this.#peers.ofVisit(this.visitId)) peer.close()
    if (this.router.pool === 'private') this.router.close()
  }

  #endSpeech(): void {
    this.#speaker?.close()
    this.#speaker = null
  }

  #followQuietly(): void {
    this.follow().catch((error: unknown) => {
      this.#log.error({ err: error }, 'speech not followed')
    })
  }

  #sinkOf(sink: string): Sink | null {
    if (sink === RECORDER_SINK) return this.#tap
    if (sink === STILLS_SINK) return this.#stills
    const peer = this.#peers.find({ routerId: this.router.routerId, peerId: sink })
    // An observer's peer that goes by a seat's id is no seat (OV-1), nor a seat's that goes by an observer's.
    return peer?.visitId === (this.hasSeat(sink) ? this.visitId : null) ? peer : null
  }

  #layerOf(sink: string): number | null {
    return this.hasObserver(sink) || this.#isSaver(sink) ? SMALLEST_LAYER : null
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
    return tapTrackOf(consumer, { seatId: sourceOwnerOf(source), tappedAt: this.#clock.now() })
  }

  #noticeCreated(standing: StandingFlow): void {
    this.pictures.add(standing)
    const { sink } = standing.flow
    if (sink === RECORDER_SINK) this.#startTapTrack(standing)
    else if (this.#isPeer(sink)) {
      const consumer = consumerForWire(standing, this.visitId)
      this.#tell('consumer:created', { ...this.#address(standing), consumer })
    }
  }

  #noticeClosed(standing: StandingFlow): void {
    if (!this.#isPeer(standing.flow.sink)) return
    this.#tell('consumer:closed', { ...this.#address(standing), consumerId: standing.consumer.id })
  }

  #isPeer(sink: string): boolean {
    return sink !== RECORDER_SINK && sink !== STILLS_SINK
  }

  #startTapTrack(standing: StandingFlow): void {
    const recordingId = this.tapRecordingId
    if (recordingId && this.#isTapAnnounced) {
      const track = this.#tapTrack(standing)
      this.#tell('tap:trackAdded', { visitId: this.visitId, recordingId, track })
    }
    this.pictures.begin(standing.consumer).catch((error: unknown) => {
      this.#log.warn({ err: error }, 'tapped track not started')
    })
  }

  #address({ flow }: StandingFlow): { visitId: string; routerId: string; peerId: string } {
    return { visitId: this.visitId, routerId: this.router.routerId, peerId: flow.sink }
  }
}
