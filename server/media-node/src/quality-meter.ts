import { leastOf } from '@visavis/contract/layer-asks'
import type { LayerAsk } from '@visavis/contract/layer-asks'
import type { HeldKind } from '@visavis/contract/quality-ladder'
import { limitRates, rateLimitsOf } from './bit-rates.ts'
import type { Peer } from './peer.ts'
import type { Peers } from './peers.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import { flowsTo } from './seat-flows.ts'
import { SeatMonitor } from './seat-monitor.ts'
import type { MonitorLook } from './seat-monitor.ts'
import type { Tell } from './tell.ts'
import type { TransportStats } from './transport-stats.ts'

/** How often it is looked whether something must be held back. */
export const QUALITY_EVERY_MS = 1_000
/** Figures are asked of the worker and told at every second look. */
const MEASURE_EVERY_LOOKS = 2

type QualityMeterParts = {
  readonly rooms: Rooms
  readonly peers: Peers
  readonly tell: Tell
  readonly stats: TransportStats
  readonly monotonicMs: () => number
}

/** LV-9, OV-9: follows the connection of every seat of every class of visit; content is none of its business. */
export class QualityMeter {
  readonly #parts: QualityMeterParts
  readonly #monitors = new WeakMap<Peer, SeatMonitor>()
  readonly #limits = new WeakMap<Peer, string>()
  #looks = 0

  constructor(parts: QualityMeterParts) {
    this.#parts = parts
  }

  /** Looks at every room that has peers. */
  async measure(): Promise<void> {
    this.#looks += 1
    await Promise.all(this.#parts.rooms.all().map((room) => this.#look(room)))
  }

  async #look(room: Room): Promise<void> {
    const peers = this.#parts.peers.ofVisit(room.visitId)
    if (peers.length === 0) return
    const keepsPicture = somebodySigns(room, peers)
    const isMeasuring = this.#looks % MEASURE_EVERY_LOOKS === 0
    const changes = await Promise.all(
      peers.map(async (peer) => {
        const look = this.#lookOf(room, peer, keepsPicture ? 'SOUND' : 'PICTURE')
        const isOnTrial = this.#monitorOf(peer).isOnTrial(look.atMs)
        await this.#limit(peer, { keepsPicture, others: look.flows.length, isOnTrial })
        if (isMeasuring) await this.#monitorOf(peer).measure(look, this.#parts.stats)
        return this.#monitorOf(peer).hold(look)
      }),
    )
    if (isMeasuring || changes.includes(true)) this.#tell(room, peers)
  }

  #lookOf(room: Room, peer: Peer, victim: HeldKind): MonitorLook {
    return { atMs: this.#parts.monotonicMs(), flows: flowsTo(room, peer), victim }
  }

  /** The worker is told when something changes, not at each look. */
  async #limit(
    peer: Peer,
    visit: { keepsPicture: boolean; others: number; isOnTrial: boolean },
  ): Promise<void> {
    const limits = rateLimitsOf({ ...visit, wishes: peer.wishes })
    const text = JSON.stringify(limits)
    if (this.#limits.get(peer) === text) return
    this.#limits.set(peer, text)
    // A peer that closes meanwhile has no rates to limit.
    await limitRates(peer, limits).catch(() => this.#limits.delete(peer))
  }

  #monitorOf(peer: Peer): SeatMonitor {
    const known = this.#monitors.get(peer)
    if (known) return known
    const monitor = new SeatMonitor(peer, this.#parts.monotonicMs())
    this.#monitors.set(peer, monitor)
    return monitor
  }

  #tell(room: Room, peers: readonly Peer[]): void {
    const { visitId, epoch } = room
    const here = peers.filter(({ isClosed }) => !isClosed)
    const seats = here.map((peer) => {
      const look = this.#lookOf(room, peer, 'PICTURE')
      return this.#monitorOf(peer).report(look, this.#askedOf(peer, here))
    })
    this.#parts.tell('room:quality', { visitId, epoch, seats })
  }

  /** By the lines of the seats alone: an observer's must not show in what a party sends (OV-3). */
  #askedOf({ peerId }: Peer, seats: readonly Peer[]): LayerAsk {
    return leastOf(seats.map((seat) => this.#monitorOf(seat).askOf(peerId)))
  }
}

/** Whoever interprets may do so with their hands. */
function somebodySigns({ facts }: Room, peers: readonly Peer[]): boolean {
  const hasInterpreter = facts?.seats.some(({ isInterpreter }) => isInterpreter) ?? false
  return hasInterpreter || peers.some(({ wishes }) => wishes.keepsPicture)
}
