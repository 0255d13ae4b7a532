import type { LayerAsk } from '@visavis/contract/layer-asks'
import { PROBE_MS, isTryingAgain, ladderAt } from '@visavis/contract/quality-ladder'
import type { HeldKind } from '@visavis/contract/quality-ladder'
import type { SeatQuality } from '@visavis/contract/quality'
import { linkLevel, linkScore, smoothedScore } from '@visavis/contract/quality-score'
import { freshPair, nextPair } from './holding.ts'
import type { PairState } from './holding.ts'
import type { OwnedConsumer, Peer } from './peer.ts'
import { arrivingLayers, passedLayers, victimOf } from './seat-flows.ts'
import type { PairFlows } from './seat-flows.ts'
import { NO_FIGURES, figuresOf, isHeardSince } from './seat-figures.ts'
import type { SeatFigures } from './seat-figures.ts'
import type { TransportStats } from './transport-stats.ts'

/** Layers come one after the other: at the beginning a missing one is no fault of the line. */
const BEGINNING_MS = 10_000
const BEST_SCORE = 100
/** A picture that is held back is worse than the smallest one. */
const HELD_COUNTS_AS_LAYERS = 2

/** What the monitor is told at each look. */
export type MonitorLook = {
  readonly atMs: number
  readonly flows: readonly PairFlows[]
  /** What goes when the line is too poor for both. */
  readonly victim: HeldKind
}

/** Follows the connection of one seat: asks for less or holds back what its line does not carry; scores it. */
export class SeatMonitor {
  readonly #peer: Peer
  readonly #beganAtMs: number
  readonly #pairs = new Map<string, PairState>()
  /** Paused by this monitor and by nobody else. */
  readonly #held = new Set<OwnedConsumer>()
  #victim: HeldKind = 'PICTURE'
  #figures: SeatFigures = NO_FIGURES
  #heardAtMs: number
  /** When the line was last heard again after it had been down. */
  #backAtMs = -Infinity
  #score = BEST_SCORE

  constructor(peer: Peer, atMs: number) {
    this.#peer = peer
    this.#beganAtMs = atMs
    this.#heardAtMs = atMs
  }

  /** How much the smallest layer of that seat's picture may take, as far as this seat's line goes. */
  askOf(fromSeatId: string): LayerAsk {
    return this.#pairs.get(fromSeatId)?.ask ?? 'WHOLE'
  }

  /**
   * Whether more is to be sent than the estimate allows, to see what comes: after a dark, which says nothing of what
   * the line carries, and at every try but the first. With little but a voice on it an estimate hardly grows.
   */
  isOnTrial(atMs: number): boolean {
    const hasJustComeBack = atMs - this.#backAtMs < PROBE_MS
    return hasJustComeBack || [...this.#pairs.values()].some(({ ladder }) => isTryingAgain(ladder))
  }

  /** Holds back and lets go; says whether anybody is to be told something else than before. */
  async hold({ atMs, flows, victim }: MonitorLook): Promise<boolean> {
    const before = this.#textOfPairs()
    this.#victim = victim
    for (const pair of flows) this.#pairs.set(pair.fromSeatId, this.#lookAt(pair, atMs))
    this.#forgetBut(flows)
    const wanted = flows.flatMap((pair) => {
      const isHolding = this.#pairs.get(pair.fromSeatId)?.isHolding ?? false
      return (isHolding ? victimOf(pair, victim) : null) ?? []
    })
    await this.#carryOut(new Set(wanted))
    return this.#textOfPairs() !== before
  }

  /** Asks the worker for figures and takes them into the score. */
  async measure({ atMs, flows }: MonitorLook, stats: TransportStats): Promise<void> {
    const figures = await figuresOf(this.#peer, flows, stats)
    if (isHeardSince(this.#figures, figures)) {
      if (this.#isDown(atMs)) this.#backAtMs = atMs
      this.#heardAtMs = atMs
    }
    this.#figures = figures
    const score = linkScore({
      isHeard: this.#isHeard(atMs),
      lossShare: figures.worstLossShare,
      roundTripMs: figures.roundTripMs,
      missedLayers: atMs - this.#beganAtMs < BEGINNING_MS ? 0 : this.#missedLayers(flows),
    })
    this.#score = smoothedScore(this.#score, score)
  }

  /** What is told of the seat; `asked` is what the others' lines leave of its picture. */
  report({ atMs, flows }: MonitorLook, asked: LayerAsk): SeatQuality {
    const { send, receive, roundTripMs } = this.#figures
    const isHeard = this.#isHeard(atMs)
    const passed = flows.flatMap(({ picture }) => (picture ? [passedLayers(picture)] : []))
    return {
      ...{ seatId: this.#peer.peerId, score: Math.round(this.#score), roundTripMs },
      level: linkLevel(this.#score, isHeard),
      send: { ...send, layers: sentLayers(this.#peer), asked },
      receive: {
        ...{ ...receive, held: this.#heldBySeat() },
        layers: passed.length > 0 ? Math.min(...passed) : 0,
      },
    }
  }

  #lookAt({ fromSeatId, picture, sound }: PairFlows, atMs: number): PairState {
    const state = this.#pairs.get(fromSeatId) ?? freshPair(atMs)
    // A line that is down is not narrow: what it carries shows when it is back.
    if (this.#isDown(atMs)) {
      return { ...state, ladder: ladderAt(state.ladder.rung, atMs) }
    }
    const isDue = picture !== null && !picture.paused && arrivingLayers(picture) > 0
    return nextPair(state, {
      ...{ atMs, victim: this.#victim },
      isPictureDue: isDue,
      isPicturePassed: picture !== null && passedLayers(picture) > 0,
      hasSound: sound !== null && (!sound.paused || this.#held.has(sound)),
      lossShare: this.#figures.receive.lossShare,
      availableBps: this.#figures.receive.availableBps,
    })
  }

  /** Only what this monitor paused is let go by it: the rest waits for its receiver's word. */
  async #carryOut(wanted: ReadonlySet<OwnedConsumer>): Promise<void> {
    const freed = [...this.#held].filter((consumer) => !wanted.has(consumer))
    const caught = [...wanted].filter(({ paused }) => !paused)
    freed.forEach((consumer) => this.#held.delete(consumer))
    caught.forEach((consumer) => this.#held.add(consumer))
    // One that was closed meanwhile needs neither.
    await Promise.allSettled([
      ...freed.map((consumer) => consumer.resume()),
      ...caught.map((consumer) => consumer.pause()),
    ])
  }

  #forgetBut(flows: readonly PairFlows[]): void {
    const here = new Set(flows.map(({ fromSeatId }) => fromSeatId))
    for (const seatId of this.#pairs.keys()) if (!here.has(seatId)) this.#pairs.delete(seatId)
    for (const consumer of this.#held) if (consumer.closed) this.#held.delete(consumer)
  }

  #heldBySeat(): Record<string, HeldKind> {
    const held = [...this.#pairs].filter(([, { isHeld }]) => isHeld)
    return Object.fromEntries(held.map(([seatId]) => [seatId, this.#victim]))
  }

  #textOfPairs(): string {
    const asks = [...this.#pairs].map(([seatId, { ask }]) => [seatId, ask])
    return JSON.stringify([this.#heldBySeat(), asks])
  }

  #isDown(atMs: number): boolean {
    return atMs - this.#heardAtMs > LINE_IS_DOWN_MS
  }

  #isHeard(atMs: number): boolean {
    return this.#peer.isConnected && atMs - this.#heardAtMs < SILENT_AFTER_MS
  }

  #missedLayers(flows: readonly PairFlows[]): number {
    if (this.#peer.wishes.isDataSaver) return 0
    const missed = flows.map(({ fromSeatId, picture }) => {
      if (this.#pairs.get(fromSeatId)?.isHeld) return HELD_COUNTS_AS_LAYERS
      return picture ? Math.max(0, arrivingLayers(picture) - passedLayers(picture)) : 0
    })
    return Math.max(0, missedBySender(this.#peer), ...missed)
  }
}

/** Longer than from one measurement to the next. */
const LINE_IS_DOWN_MS = 2_500
/** Nothing at all for so long: reports alone come each second or two. */
const SILENT_AFTER_MS = 5_000

function sentLayers(peer: Peer): number {
  const picture = peer.producers().find(({ kind }) => kind === 'video')
  return picture?.score.filter(({ score }) => score > 0).length ?? 0
}

function missedBySender(peer: Peer): number {
  const picture = peer.producers().find(({ kind }) => kind === 'video')
  if (!picture) return 0
  return (picture.rtpParameters.encodings?.length ?? 1) - sentLayers(peer)
}
