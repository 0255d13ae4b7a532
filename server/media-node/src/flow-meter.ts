import type { RoomFacts } from '@visavis/contract/media-graph'
import { RECORDER_SINK } from '@visavis/contract/media-graph'
import { isBothWay } from './both-way.ts'
import type { FlowSample } from './both-way.ts'
import type { Peer } from './peer.ts'
import type { Peers } from './peers.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import type { Tell } from './tell.ts'

/** How often rooms are measured; `room:measured` goes out as often. */
export const MEASURE_EVERY_MS = 1_000
/** A node that stood still measured nothing: more than this is never added at once. */
const MAX_STEP_MS = 2_000

type FlowMeterParts = {
  readonly rooms: Rooms
  readonly peers: Peers
  readonly tell: Tell
  /** Milliseconds of a clock that is never set. */
  readonly monotonicMs: () => number
}

/** LV-5: measures at the SFU how long media really flowed both ways. */
export class FlowMeter {
  readonly #parts: FlowMeterParts
  readonly #receivedBytes = new WeakMap<Peer, number>()
  #measuredAtMs: number

  constructor(parts: FlowMeterParts) {
    this.#parts = parts
    this.#measuredAtMs = parts.monotonicMs()
  }

  /** Measures every room in which the parties may talk. */
  async measure(): Promise<void> {
    const nowMs = this.#parts.monotonicMs()
    const elapsedMs = Math.min(nowMs - this.#measuredAtMs, MAX_STEP_MS)
    this.#measuredAtMs = nowMs
    const rooms = this.#parts.rooms.all().filter(({ facts }) => facts && isTalking(facts))
    await Promise.all(rooms.map((room) => this.#measureRoom(room, elapsedMs)))
  }

  async #measureRoom(room: Room, elapsedMs: number): Promise<void> {
    const sending = await this.#sendingSeats(room)
    const { facts, visitId, epoch } = room
    if (!facts) return
    const isFlowing = isBothWay(sampleOf(room, facts, sending))
    if (isFlowing) room.addBothWay(elapsedMs)
    this.#parts.tell('room:measured', { visitId, epoch, bothWayMs: room.bothWayMs, isFlowing })
  }

  async #sendingSeats(room: Room): Promise<Set<string>> {
    const peers = this.#parts.peers.ofVisit(room.visitId)
    const arrivals = await Promise.all(peers.map((peer) => this.#hasArrived(peer)))
    return new Set(peers.filter((_, index) => arrivals[index]).map(({ peerId }) => peerId))
  }

  /** Whether RTP came in since the last look; one number for each transport is all the worker is asked. */
  async #hasArrived(peer: Peer): Promise<boolean> {
    const stats = await peer.send?.getStats().catch(() => [])
    const bytes = stats?.[0]?.rtpBytesReceived ?? 0
    const before = this.#receivedBytes.get(peer) ?? 0
    this.#receivedBytes.set(peer, bytes)
    return bytes > before
  }
}

function isTalking({ state }: RoomFacts): boolean {
  return state === 'LIVE' || state === 'RECONNECTING'
}

function sampleOf(room: Room, { state, seats }: RoomFacts, sending: Set<string>): FlowSample {
  return {
    state,
    seats: seats.map((seat) => ({ ...seat, hasArrived: sending.has(seat.seatId) })),
    deliveries: room.flows
      .standing()
      .filter(({ flow, consumer }) => flow.sink !== RECORDER_SINK && !consumer.paused)
      .map(({ flow, source }) => ({ from: source.seatId, to: flow.sink })),
  }
}
