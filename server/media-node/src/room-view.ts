import type { z } from 'zod'
import type { RoomInfo } from '@visavis/contract/media-control'
import { RECORDER_SINK, STILLS_SINK } from '@visavis/contract/media-graph'
import type { Peers } from './peers.ts'
import { consumerForWire } from './consumer-view.ts'
import type { Room } from './room.ts'

/** Sinks within the operator's own machines. */
const NOT_PEERS: readonly string[] = [RECORDER_SINK, STILLS_SINK]

/** All that a server which lost its memory has to know of a room: the seats' peers, and observers with flows. */
export function describeRoom(room: Room, peers: Peers): z.input<typeof RoomInfo> {
  const standing = room.flows.standing()
  const { visitId, epoch, flowLog, tapRecordingId } = room
  const { routerId } = room.router
  const seatIds = (room.facts?.seats ?? []).map(({ seatId }) => seatId)
  const sinks = standing.map(({ flow }) => flow.sink).filter((sink) => !NOT_PEERS.includes(sink))
  return {
    visitId,
    epoch,
    routerId,
    bothWayMs: flowLog.flowingMs,
    flow: [...flowLog.all()],
    tapRecordingId,
    peers: [...new Set([...seatIds, ...sinks])].map((peerId) => {
      const peer = peers.find({ routerId, peerId })
      return {
        peerId,
        hasTransports: peer !== null,
        producers: (peer?.sources() ?? []).map(({ producerId, kind }) => ({ producerId, kind })),
        consumers: standing
          .filter(({ flow }) => flow.sink === peerId)
          .map((flow) => consumerForWire(flow, visitId)),
      }
    }),
  }
}
