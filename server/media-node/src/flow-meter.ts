import type { RoomFacts } from '@visavis/contract/media-graph'
import { RECORDER_SINK, isTalking, sourceOwnerOf } from '@visavis/contract/media-graph'
import { isBothWay, seatFlows } from './both-way.ts'
import type { FlowSample } from './both-way.ts'
import type { Peer } from './peer.ts'
import type { Peers } from './peers.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import type { Tell } from './tell.ts'
import type { TransportStats } from './transport-stats.ts'

/** How often rooms are looked at: a break is dated to this much. */
export const MEASURE_EVERY_MS = 500
/** What was seen is told once a second. */
const TELL_EVERY_LOOKS = 2

type FlowMeterParts = {
  readonly rooms: Rooms
  readonly peers: Peers
  readonly tell: Tell
  readonly stats: TransportStats
}

/** LV-5: measures at the SFU how long media really flowed both ways, and which seat was in trouble. */
export class FlowMeter {
  readonly #parts: FlowMeterParts
  readonly #receivedBytes = new WeakMap<Peer, number>()
  readonly #arrivedBefore = new WeakMap<Peer, boolean>()
  #looks = 0

  constructor(parts: FlowMeterParts) {
    this.#parts = parts
  }

  /** Looks at every room in which the parties may talk. */
  async measure(): Promise<void> {
    this.#looks += 1
    const rooms = this.#parts.rooms.all().filter(({ facts }) => facts && isTalking(facts))
    await Promise.all(rooms.map((room) => this.#look(room)))
    if (this.#looks % TELL_EVERY_LOOKS === 0) rooms.forEach((room) => this.#tell(room))
  }

  async #look(room: Room): Promise<void> {
    const peers = this.#parts.peers.ofVisit(room.visitId)
    const arrivals = await Promise.all(peers.map((peer) => this.#hasArrived(peer)))
    const sending = new Set(peers.filter((_, index) => arrivals[index]).map(idOf))
    const connected = new Set(peers.filter(({ isConnected }) => isConnected).map(idOf))
    const { facts } = room
    if (!facts || !isTalking(facts)) return
    const sample = sampleOf(room, facts, { sending, connected })
    room.flowLog.see({ isFlowing: isBothWay(sample), seats: seatFlows(sample) })
  }

  #tell({ visitId, epoch, flowLog }: Room): void {
    const { flowingMs: bothWayMs, isFlowing } = flowLog
    this.#parts.tell('room:measured', {
      visitId,
      epoch,
      bothWayMs,
      isFlowing,
      flow: flowLog.takeNew(),
    })
  }

  /** Whether RTP came in since the last look. */
  async #hasArrived(peer: Peer): Promise<boolean> {
    const stat = peer.send ? await this.#parts.stats.now(peer.send) : undefined
    const bytes = stat?.rtpBytesReceived ?? 0
    const before = this.#receivedBytes.get(peer) ?? 0
    this.#receivedBytes.set(peer, bytes)
    const [wasThere, isThere] = [this.#arrivedBefore.get(peer) ?? false, bytes > before]
    this.#arrivedBefore.set(peer, isThere)
    return isThere || (wasThere && skipsSilence(peer))
  }
}

/** Whoever does not send silence sends a sign of life each 400 ms: one look alone may miss it. */
function skipsSilence(peer: Peer): boolean {
  return peer
    .producers()
    .some(({ rtpParameters }) =>
      rtpParameters.codecs.some(({ parameters }) => Number(parameters?.['usedtx']) === 1),
    )
}

type SeenPeers = { readonly sending: Set<string>; readonly connected: Set<string> }

function sampleOf(
  room: Room,
  { state, seats }: RoomFacts,
  { sending, connected }: SeenPeers,
): FlowSample {
  return {
    state,
    seats: seats.map((seat) => ({
      ...seat,
      isConnected: connected.has(seat.seatId),
      hasArrived: sending.has(seat.seatId),
    })),
    deliveries: room.flows
      .standing()
      .filter(({ flow, consumer }) => flow.sink !== RECORDER_SINK && !consumer.paused)
      .map(({ flow, source }) => ({ from: sourceOwnerOf(source), to: flow.sink })),
  }
}

function idOf({ peerId }: Peer): string {
  return peerId
}
