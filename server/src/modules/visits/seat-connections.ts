import type { Party } from '@visavis/contract/media-graph'
import type { VisitClientToServer, VisitServerToClient } from '@visavis/contract/visit-socket'
import type { DefaultEventsMap, Socket } from 'socket.io'
import type { AccountActor, Asked, InmateActor } from '../identity/index.ts'

/** The seat that a socket has joined. */
export type JoinedSeat = {
  readonly visitId: string
  readonly seatId: string
  readonly party: Party
}

/** Who can sit in a seat. */
export type SeatActor = AccountActor | InmateActor

/** What the server keeps with a seat's socket. */
export type SeatSocketData = {
  authorise: (asked: Asked) => Promise<SeatActor>
  authSessionId: string
  seat: JoinedSeat | null
  /** Its sign-in is over: nothing is kept for whoever may come back. */
  isSignedOut?: boolean
}

/** A socket in the namespace of visits. */
export type SeatSocket = Socket<
  VisitClientToServer,
  VisitServerToClient,
  DefaultEventsMap,
  SeatSocketData
>

/** Which socket speaks for which seat: one each, the newer wins (LV-4). */
export type SeatConnections = {
  /** The older socket is told and closed. */
  readonly take: (seat: { visitId: string; seatId: string }, socket: SeatSocket) => void
  /** Lets go of the seat, if this socket still has it; tells whether it had. */
  readonly release: (seatId: string, socket: SeatSocket) => boolean
  readonly socketOf: (seatId: string) => SeatSocket | undefined
  /** Forgets all of them: what they do from now on concerns no seat. */
  readonly letGo: () => void
}

export function createSeatConnections(): SeatConnections {
  const sockets = new Map<string, SeatSocket>()
  return {
    take({ visitId, seatId }, socket) {
      const older = sockets.get(seatId)
      sockets.set(seatId, socket)
      if (!older || older === socket) return
      // Not one of the seat's numbered events: they go on at the newer socket.
      older.emit('seat:replaced', { visitId }, 0)
      older.disconnect(true)
    },
    release(seatId, socket) {
      return sockets.get(seatId) === socket && sockets.delete(seatId)
    },
    socketOf: (seatId) => sockets.get(seatId),
    letGo: () => sockets.clear(),
  }
}
